//! The notice: the text that an employee acknowledges before anything is captured.

use muster_protocol::limits::NOTICE_CHARS_MAX;

/// Whether something may be captured or accepted from an employee.
///
/// `current` is the version of the organization's notice, `None` when none is published: then there is no gate.
/// `acknowledged` is the latest version that this employee acknowledged.
#[must_use]
pub fn may_capture(current: Option<u64>, acknowledged: Option<u64>) -> bool {
    current.is_none() || acknowledged == current
}

/// The version of the next notice.
#[must_use]
pub const fn next_version(current: Option<u64>) -> u64 {
    match current {
        Some(version) => version.saturating_add(1),
        None => 1,
    }
}

/// Why an acknowledgement is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AcknowledgementError {
    #[error("no notice is published")]
    NonePublished,
    #[error("version {acknowledged} of the notice is not the current one, {current}")]
    NotCurrent { acknowledged: u64, current: u64 },
}

/// Only the current version can be acknowledged: nobody agrees to a text that they were not shown, or to one of later.
pub fn check_acknowledgement(current: Option<u64>, acknowledged: u64) -> Result<(), AcknowledgementError> {
    match current {
        None => Err(AcknowledgementError::NonePublished),
        Some(current) if current == acknowledged => Ok(()),
        Some(current) => Err(AcknowledgementError::NotCurrent { acknowledged, current }),
    }
}

/// Why a text is no notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeTextError {
    #[error("the notice is empty")]
    Empty,
    #[error("the notice is longer than {NOTICE_CHARS_MAX} characters")]
    TooLong,
}

/// Checked before a notice is published.
pub fn check_text(text: &str) -> Result<(), NoticeTextError> {
    if text.trim().is_empty() {
        return Err(NoticeTextError::Empty);
    }
    if text.chars().count() > NOTICE_CHARS_MAX {
        return Err(NoticeTextError::TooLong);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_current_version_opens_the_gate() {
        let cases = [
            (None, None, true),
            (None, Some(3), true),
            (Some(1), None, false),
            (Some(1), Some(1), true),
            (Some(2), Some(1), false),
            (Some(2), Some(3), false),
        ];
        for (current, acknowledged, expected) in cases {
            assert_eq!(may_capture(current, acknowledged), expected, "{current:?} {acknowledged:?}");
        }
    }

    #[test]
    fn only_the_current_version_can_be_acknowledged() {
        assert_eq!(check_acknowledgement(Some(2), 2), Ok(()));
        assert_eq!(check_acknowledgement(None, 1), Err(AcknowledgementError::NonePublished));
        for acknowledged in [0, 1, 3] {
            let refused = Err(AcknowledgementError::NotCurrent { acknowledged, current: 2 });
            assert_eq!(check_acknowledgement(Some(2), acknowledged), refused);
        }
    }

    #[test]
    fn a_new_notice_closes_the_gate_for_everyone() {
        let (first, second) = (next_version(None), next_version(Some(1)));
        assert_eq!((first, second), (1, 2));
        assert!(!may_capture(Some(second), Some(first)));
    }

    #[test]
    fn a_notice_says_something() {
        assert_eq!(check_text("We take a screenshot every ten minutes."), Ok(()));
        assert_eq!(check_text(" \n\t"), Err(NoticeTextError::Empty));
        assert_eq!(check_text(&"ä".repeat(NOTICE_CHARS_MAX)), Ok(()));
        assert_eq!(check_text(&"a".repeat(NOTICE_CHARS_MAX + 1)), Err(NoticeTextError::TooLong));
    }
}
