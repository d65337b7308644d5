//! Identifiers. Each is its own type, so that a team can never be passed where a device is meant.

use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use crate::limits::EMPLOYEE_ID_CHARS_MAX;

/// Declares a UUID identifier: client-made UUIDv7 where order helps, so that a write of unknown outcome can be replayed.
macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier, ordered by creation time.
            #[must_use]
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

uuid_id! {
    /// One installation of the desktop agent.
    DeviceId
}
uuid_id! {
    /// One life of an agent's spool: sequence numbers count up within it.
    BootId
}
uuid_id! {
    /// One socket's life.
    SessionId
}
uuid_id! {
    /// A team of employees.
    TeamId
}
uuid_id! {
    /// A stored screenshot. Made by the client, which makes the upload idempotent.
    ScreenshotId
}
uuid_id! {
    /// One alert.
    AlertId
}

/// The organization's own code for a person ("INT2607"): 1 to 64 letters, digits, `.`, `_` or `-`.
///
/// The older clients send it as a number (2) or as text ("2"); both deserialize to the same id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(transparent)]
pub struct EmployeeId(std::sync::Arc<str>);

/// Why a text is not an employee id.
#[derive(Debug, PartialEq, Eq)]
pub struct EmployeeIdError;

impl std::fmt::Display for EmployeeIdError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an employee id has 1 to 64 letters, digits, '.', '_' or '-'")
    }
}

impl std::error::Error for EmployeeIdError {}

impl EmployeeId {
    /// Checks and wraps `text`.
    pub fn new(text: &str) -> Result<Self, EmployeeIdError> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if text.is_empty() || text.len() > EMPLOYEE_ID_CHARS_MAX || !text.chars().all(allowed) {
            return Err(EmployeeIdError);
        }
        Ok(Self(text.into()))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for EmployeeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for EmployeeId {
    type Err = EmployeeIdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl<'de> Deserialize<'de> for EmployeeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "an employee id as text or number")]
        enum NumberOrText {
            Number(u64),
            Text(String),
        }
        let text = match NumberOrText::deserialize(deserializer)? {
            NumberOrText::Number(number) => number.to_string(),
            NumberOrText::Text(text) => text,
        };
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_of_older_clients_are_the_same_employee() {
        let number: EmployeeId = serde_json::from_str("2").unwrap();
        let text: EmployeeId = serde_json::from_str("\"2\"").unwrap();
        assert_eq!(number, text);
    }

    #[test]
    fn a_path_is_no_employee() {
        for bad in ["", "../etc", "a b", "a/b", &"x".repeat(65), "ä"] {
            assert_eq!(EmployeeId::new(bad), Err(EmployeeIdError), "{bad:?}");
        }
    }
}
