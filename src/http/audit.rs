//! What is kept of who did what: an entry for everything that a person may later want explained.

use std::collections::BTreeMap;

use muster_actors::Person;
use muster_actors::journal::Note;
use muster_db::{AuditEntry, Write};
use muster_protocol::EmployeeId;
use uuid::Uuid;

use super::request_id;
use crate::app::App;

/// Something that happened. `Event::by(person, "verb_in_past_tense").about(subject).with("key", value)`.
pub struct Event {
    actor: EmployeeId,
    action: &'static str,
    subject: Option<EmployeeId>,
    details: BTreeMap<String, String>,
}

impl Event {
    /// `person` did `action`.
    pub fn by(person: &Person, action: &'static str) -> Self {
        Self { actor: person.id().clone(), action, subject: None, details: BTreeMap::new() }
    }

    /// To whom.
    pub fn about(self, subject: &EmployeeId) -> Self {
        Self { subject: Some(subject.clone()), ..self }
    }

    /// With what. Never a secret, never a picture.
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.details.insert(key.to_owned(), value.to_string());
        self
    }

    /// The row to commit, together with what it speaks of where both go through the journal.
    pub fn entry(self, app: &App) -> AuditEntry {
        AuditEntry {
            id: Uuid::now_v7(),
            at: app.now().wall,
            actor: Some(self.actor),
            action: self.action.to_owned(),
            subject: self.subject,
            details: self.details,
            request_id: Some(request_id::current()),
        }
    }
}

/// Writes the event after what it speaks of has been done.
pub fn note(app: &App, event: Event) {
    let entry = event.entry(app);
    if app.hub.journal.try_send(Note(vec![Write::Audit(entry)])).is_err() {
        metrics::counter!("muster_journal_mailbox_full_total").increment(1);
    }
}
