//! What fails, so that it is said once. Pure.

use std::collections::BTreeMap;

use crate::platform::CaptureError;

/// What was being captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Screenshot,
    /// The display of this track, live.
    Live(u32),
}

/// What there is to say after a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    Failed(CaptureError),
    Recovered,
}

/// What fails at the moment.
#[derive(Clone, Debug, Default)]
pub struct Trouble {
    failing: BTreeMap<Subject, CaptureError>,
    /// It was said that something fails, and not yet that it works again.
    is_said: bool,
}

impl Trouble {
    /// `subject` failed. Something to say unless it, or another subject, fails for this reason already.
    pub fn failed(&mut self, subject: Subject, error: CaptureError) -> Option<Word> {
        let is_known = self.failing.values().any(|known| *known == error);
        self.failing.insert(subject, error.clone());
        if is_known {
            return None;
        }
        self.is_said = true;
        Some(Word::Failed(error))
    }

    /// `subject` was captured. Something to say when with it nothing fails any more.
    pub fn worked(&mut self, subject: Subject) -> Option<Word> {
        self.failing.remove(&subject);
        let is_over = self.is_said && self.failing.is_empty();
        self.is_said &= !is_over;
        is_over.then_some(Word::Recovered)
    }

    /// Nobody wants `subject` any more: it cannot fail, which does not mean that it works.
    pub fn dropped(&mut self, subject: Subject) {
        self.failing.remove(&subject);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error() -> CaptureError {
        CaptureError::NoDisplay("no X server".to_owned())
    }

    #[test]
    fn a_failure_is_said_once_and_its_end_once() {
        let mut trouble = Trouble::default();
        assert_eq!(trouble.worked(Subject::Live(0)), None);
        assert_eq!(trouble.failed(Subject::Live(0), error()), Some(Word::Failed(error())));
        assert_eq!(trouble.failed(Subject::Live(0), error()), None);
        assert_eq!(trouble.worked(Subject::Live(0)), Some(Word::Recovered));
        assert_eq!(trouble.worked(Subject::Live(0)), None);
        assert_eq!(trouble.failed(Subject::Live(0), error()), Some(Word::Failed(error())));
    }

    #[test]
    fn one_reason_for_all_displays_is_said_once_and_over_when_all_work() {
        let mut trouble = Trouble::default();
        assert!(trouble.failed(Subject::Live(0), error()).is_some());
        assert_eq!(trouble.failed(Subject::Live(1), error()), None);
        assert_eq!(trouble.failed(Subject::Screenshot, error()), None);
        assert_eq!(trouble.worked(Subject::Live(0)), None);
        assert_eq!(trouble.worked(Subject::Screenshot), None);
        assert_eq!(trouble.worked(Subject::Live(1)), Some(Word::Recovered));
    }

    #[test]
    fn another_reason_is_said_too() {
        let mut trouble = Trouble::default();
        trouble.failed(Subject::Live(0), error());
        let gone = CaptureError::Gone(0);
        assert_eq!(trouble.failed(Subject::Live(0), gone.clone()), Some(Word::Failed(gone)));
    }

    #[test]
    fn what_nobody_wants_any_more_neither_fails_nor_works() {
        let mut trouble = Trouble::default();
        trouble.failed(Subject::Live(0), CaptureError::Gone(0));
        trouble.dropped(Subject::Live(0));
        assert_eq!(trouble.worked(Subject::Live(1)), Some(Word::Recovered), "something works, nothing fails");
    }
}
