//! The sign-in form: what has been typed, and whether it can be sent.

use crate::core::command::{Command, Credential};

/// By what a person signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    #[default]
    Password,
    Code,
}

/// What was typed so far. Emptied of secrets as soon as it was sent.
#[derive(Clone, Default)]
pub struct Form {
    pub way: Way,
    pub hub: String,
    pub email: String,
    pub password: String,
    pub code: String,
}

/// One change of the form.
#[derive(Clone)]
pub enum Input {
    Way(Way),
    Hub(String),
    Email(String),
    Password(String),
    Code(String),
}

/// Secrets stay out of logs.
impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Way(_) => "Way",
            Self::Hub(_) => "Hub",
            Self::Email(_) => "Email",
            Self::Password(_) => "Password",
            Self::Code(_) => "Code",
        })
    }
}

impl Form {
    pub fn apply(&mut self, input: Input) {
        match input {
            Input::Way(way) => self.way = way,
            Input::Hub(text) => self.hub = text,
            Input::Email(text) => self.email = text,
            Input::Password(text) => self.password = text,
            Input::Code(text) => self.code = text,
        }
    }

    /// The command that the form asks for; `None` while something is missing.
    #[must_use]
    pub fn command(&self) -> Option<Command> {
        let (hub, email, code) = (self.hub.trim(), self.email.trim(), self.code.trim());
        let by = match self.way {
            Way::Code if !code.is_empty() => Credential::Code(code.to_owned()),
            Way::Password if !email.is_empty() && !self.password.is_empty() => {
                Credential::Password { email: email.to_owned(), password: self.password.clone() }
            }
            Way::Code | Way::Password => return None,
        };
        (!hub.is_empty()).then(|| Command::SignIn { hub: hub.to_owned(), by })
    }

    /// Forgets what nobody may read afterwards.
    pub fn forget_secrets(&mut self) {
        self.password.clear();
        self.code.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(inputs: impl IntoIterator<Item = Input>) -> Form {
        let mut form = Form::default();
        inputs.into_iter().for_each(|input| form.apply(input));
        form
    }

    #[test]
    fn a_form_with_something_missing_asks_for_nothing() {
        let hub = || Input::Hub("hub.example".to_owned());
        let email = || Input::Email("mia@example.org".to_owned());
        assert_eq!(typed([]).command(), None);
        assert_eq!(typed([hub(), email()]).command(), None);
        assert_eq!(typed([email(), Input::Password("x".to_owned())]).command(), None);
        assert_eq!(typed([hub(), Input::Way(Way::Code), Input::Code("  ".to_owned())]).command(), None);
    }

    #[test]
    fn spaces_around_are_no_part_of_an_address_but_of_a_password() {
        let form = typed([
            Input::Hub(" hub.example ".to_owned()),
            Input::Email(" mia@example.org".to_owned()),
            Input::Password(" a b ".to_owned()),
        ]);
        let by = Credential::Password { email: "mia@example.org".to_owned(), password: " a b ".to_owned() };
        assert_eq!(form.command(), Some(Command::SignIn { hub: "hub.example".to_owned(), by }));
    }

    #[test]
    fn secrets_are_forgotten_and_never_printed() {
        let mut form = typed([Input::Password("hunter2".to_owned()), Input::Code("K7".to_owned())]);
        form.forget_secrets();
        assert!(form.password.is_empty() && form.code.is_empty());
        assert_eq!(format!("{:?}", Input::Password("hunter2".to_owned())), "Password");
    }
}
