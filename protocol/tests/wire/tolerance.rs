//! What may differ between versions: fields may be added, message types may be added downwards, nothing else.

use muster_protocol::EmployeeId;
use muster_protocol::agent::{AgentUp, Beat, BeatState, EventKind};
use muster_protocol::close::CloseAction;
use muster_protocol::portal::PortalUp;
use muster_protocol::{CloseCode, agent::DurableEvent};

#[test]
fn a_message_type_that_the_hub_does_not_know_is_refused() {
    for text in [r#"{"type":"shell","command":"id"}"#, r#"{"type":"Hello"}"#, r#"{"idle_ms":1}"#, "[]", "null", ""] {
        assert!(serde_json::from_str::<AgentUp>(text).is_err(), "{text}");
        assert!(serde_json::from_str::<PortalUp>(text).is_err(), "{text}");
    }
}

#[test]
fn an_event_kind_that_the_hub_does_not_know_is_refused() {
    assert!(serde_json::from_str::<DurableEvent>(r#"{"seq":1,"at":0,"kind":"work_paused"}"#).is_err());
    let known = serde_json::from_str::<DurableEvent>(r#"{"seq":1,"at":0,"kind":"work_stopped"}"#).unwrap();
    assert_eq!(known.kind, EventKind::WorkStopped);
}

#[test]
fn a_newer_agent_may_add_fields_and_an_older_one_may_leave_out_optional_ones() {
    let newer = serde_json::from_str(r#"{"type":"beat","idle_ms":5,"state":"locked","battery":0.4}"#).unwrap();
    assert_eq!(AgentUp::Beat(Beat { idle_ms: 5, state: BeatState::Locked }), newer);
    let older = serde_json::from_str(r#"{"type":"beat","idle_ms":5}"#).unwrap();
    assert_eq!(AgentUp::Beat(Beat { idle_ms: 5, state: BeatState::Normal }), older);
}

#[test]
fn negative_fractional_and_huge_numbers_are_refused_where_none_can_be() {
    for idle_ms in ["-1", "1.5", "1e30", "NaN", "\"5\"", "null"] {
        let text = format!(r#"{{"type":"beat","idle_ms":{idle_ms}}}"#);
        assert!(serde_json::from_str::<AgentUp>(&text).is_err(), "{text}");
    }
}

#[test]
fn an_employee_id_on_the_wire_is_never_a_path() {
    for text in [r#""../../etc/passwd""#, r#""a b""#, r#""""#, "-1", "1.5", "true", "null", "{}"] {
        assert!(serde_json::from_str::<EmployeeId>(text).is_err(), "{text}");
    }
}

#[test]
fn a_client_needs_only_the_range_of_a_close_code() {
    for (number, action) in [
        (4000, CloseAction::Reconnect),
        (4499, CloseAction::Reconnect),
        (4500, CloseAction::Stop),
        (4999, CloseAction::Stop),
        (1006, CloseAction::Reconnect),
        (1001, CloseAction::Reconnect),
    ] {
        assert_eq!(CloseCode::action_of(number), action, "{number}");
    }
}
