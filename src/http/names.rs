//! Names that people give: of people, teams, devices and organizations.

use muster_protocol::limits::NAME_CHARS_MAX;

/// What is said about a text that is no name.
pub const NAME_RULE: &str = "1 to 200 characters on one line";

/// Whether `text` can be shown as a name.
pub fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= NAME_CHARS_MAX && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_bounded_length() {
        assert!(is_name("Zoë Łukasiewicz"));
        assert!(is_name(&"ä".repeat(NAME_CHARS_MAX)));
        for bad in ["", " \t", "two\nlines", "bell\u{7}", &"ä".repeat(NAME_CHARS_MAX + 1)] {
            assert!(!is_name(bad), "{bad:?}");
        }
    }
}
