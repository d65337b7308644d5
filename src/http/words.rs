//! Words of the domain as OpenAPI describes them. The domain's own types know nothing of descriptions; a test holds both
//! together.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody is in the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Employee,
    Manager,
    Admin,
}

/// What an administrator grants to, or takes from, a single manager or administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    WatchScreen,
    WatchCamera,
    AssignInterval,
    CorrectTime,
    ConfirmAttendance,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(value: impl Serialize) -> serde_json::Value {
        serde_json::to_value(value).unwrap()
    }

    #[test]
    fn the_domain_says_the_same_words() {
        let roles = [Role::Employee, Role::Manager, Role::Admin].map(word);
        assert_eq!(roles, muster_domain::Role::ALL.map(word));
        let described = [
            Capability::WatchScreen,
            Capability::WatchCamera,
            Capability::AssignInterval,
            Capability::CorrectTime,
            Capability::ConfirmAttendance,
        ];
        assert_eq!(described.map(word), muster_domain::Capability::ALL.map(word));
    }
}
