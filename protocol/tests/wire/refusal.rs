//! How the hub says no: the body of every refused request, the message before every close.

use muster_protocol::close::Close;
use muster_protocol::{CloseCode, ErrorBody, ErrorCode, FieldError};

use crate::golden;

#[test]
fn the_body_of_a_refused_request() {
    let plain = ErrorBody {
        code: ErrorCode::Forbidden,
        message: "this belongs to another employee".into(),
        request_id: "0193a4d07c00".into(),
        fields: vec![],
    };
    let field = FieldError { field: "intervalMinutes".into(), message: "must be between 2 and 20".into() };
    let with_fields = ErrorBody {
        code: ErrorCode::Invalid,
        message: "one field is not valid".into(),
        request_id: "0193a4d07c01".into(),
        fields: vec![field],
    };
    golden::check("error", &[("forbidden", plain), ("invalid", with_fields)]);
}

#[test]
fn the_message_before_a_close() {
    let hinted = Close::new(CloseCode::Shutdown, Some(4_200));
    golden::check("close", &[("shutdown", hinted), ("replaced", Close::new(CloseCode::Replaced, None))]);
}
