//! Capabilities: what an administrator grants to, or takes from, a single manager or administrator.

use serde::{Deserialize, Serialize};

use super::Role;

/// Something that is granted person by person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    WatchScreen,
    WatchCamera,
    AssignInterval,
    CorrectTime,
    ConfirmAttendance,
}

impl Capability {
    pub const ALL: [Self; 5] =
        [Self::WatchScreen, Self::WatchCamera, Self::AssignInterval, Self::CorrectTime, Self::ConfirmAttendance];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of capabilities. A list of names on the wire and in the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Capability>", into = "Vec<Capability>")]
pub struct Capabilities(u8);

impl Capabilities {
    pub const NONE: Self = Self(0);

    /// What somebody of this role has unless an administrator decides otherwise.
    #[must_use]
    pub fn usual_for(role: Role) -> Self {
        match role {
            Role::Employee => Self::NONE,
            Role::Manager | Role::Admin => Capability::ALL.into_iter().collect(),
        }
    }

    #[must_use]
    pub const fn contains(self, capability: Capability) -> bool {
        self.0 & capability.bit() != 0
    }

    /// The set with `capability`.
    #[must_use]
    pub const fn with(self, capability: Capability) -> Self {
        Self(self.0 | capability.bit())
    }

    /// The set without `capability`.
    #[must_use]
    pub const fn without(self, capability: Capability) -> Self {
        Self(self.0 & !capability.bit())
    }

    /// Its members, in the order of [`Capability::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        Capability::ALL.into_iter().filter(move |capability| self.contains(*capability))
    }
}

impl FromIterator<Capability> for Capabilities {
    fn from_iter<I: IntoIterator<Item = Capability>>(members: I) -> Self {
        members.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Vec<Capability>> for Capabilities {
    fn from(members: Vec<Capability>) -> Self {
        members.into_iter().collect()
    }
}

impl From<Capabilities> for Vec<Capability> {
    fn from(set: Capabilities) -> Self {
        set.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_a_list_of_names() {
        let set = Capabilities::NONE.with(Capability::CorrectTime).with(Capability::WatchScreen);
        let json = serde_json::to_string(&set).unwrap();
        assert_eq!(json, r#"["watch_screen","correct_time"]"#);
        assert_eq!(serde_json::from_str::<Capabilities>(&json).unwrap(), set);
        assert!(serde_json::from_str::<Capabilities>(r#"["fly"]"#).is_err());
    }

    #[test]
    fn each_capability_is_a_member_of_its_own() {
        for capability in Capability::ALL {
            let alone = Capabilities::NONE.with(capability);
            assert_eq!(alone.iter().collect::<Vec<_>>(), [capability]);
            assert_eq!(alone.without(capability), Capabilities::NONE);
        }
    }
}
