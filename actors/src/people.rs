//! Everyone with an account, in memory: asked for on every request, so that no permission check waits for the database.
//!
//! Loaded at start-up and changed by REST after each commit.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use muster_db::PersonRow;
use muster_domain::Principal;
use muster_domain::permission::Subject;
use muster_protocol::{EmployeeId, UtcMillis};

/// A person and the moment of the last touch, which survives changes of the row.
#[derive(Debug)]
pub struct Person {
    row: PersonRow,
    last_seen: Arc<AtomicI64>,
}

/// `last_seen` of somebody who was never seen.
const NEVER: i64 = i64::MIN;

impl Person {
    fn new(row: PersonRow, last_seen: Arc<AtomicI64>) -> Self {
        Self { row, last_seen }
    }

    /// The stored row.
    #[must_use]
    pub fn row(&self) -> &PersonRow {
        &self.row
    }

    /// The organization's code.
    #[must_use]
    pub fn id(&self) -> &EmployeeId {
        &self.row.id
    }

    /// The last touch, exact to the beat.
    #[must_use]
    pub fn last_seen(&self) -> Option<UtcMillis> {
        match self.last_seen.load(Ordering::Relaxed) {
            NEVER => None,
            at => Some(UtcMillis(at)),
        }
    }

    /// Where the employee's actor writes the last touch.
    #[must_use]
    pub fn last_seen_cell(&self) -> Arc<AtomicI64> {
        self.last_seen.clone()
    }

    /// The person as the one who acts.
    #[must_use]
    pub fn principal(&self) -> Principal {
        Principal {
            employee: self.row.id.clone(),
            role: self.row.role,
            teams: self.row.managed_teams.clone().into(),
            capabilities: self.row.capabilities,
        }
    }

    /// The person as the one who is acted upon.
    #[must_use]
    pub fn subject(&self) -> Subject<'_> {
        Subject { employee: &self.row.id, team: self.row.team }
    }
}

/// See the module's page.
#[derive(Debug, Default)]
pub struct People {
    index: RwLock<Index>,
}

#[derive(Debug, Default)]
struct Index {
    by_id: HashMap<EmployeeId, Arc<Person>>,
    by_number: HashMap<u32, EmployeeId>,
    by_email: HashMap<String, EmployeeId>,
}

impl People {
    /// The directory with these rows and their last touches.
    #[must_use]
    pub fn new(rows: Vec<PersonRow>, last_seen: &HashMap<EmployeeId, UtcMillis>) -> Self {
        let people = Self::default();
        for row in rows {
            let at = last_seen.get(&row.id).map_or(NEVER, |at| at.0);
            people.insert(row, Arc::new(AtomicI64::new(at)));
        }
        people
    }

    /// Finds a person by code.
    #[must_use]
    pub fn get(&self, employee: &EmployeeId) -> Option<Arc<Person>> {
        self.read().by_id.get(employee).cloned()
    }

    /// Finds a person by code or, as the older clients do, by number.
    #[must_use]
    pub fn find(&self, code_or_number: &EmployeeId) -> Option<Arc<Person>> {
        let index = self.read();
        index.by_id.get(code_or_number).cloned().or_else(|| {
            let number = code_or_number.as_str().parse::<u32>().ok()?;
            index.by_id.get(index.by_number.get(&number)?).cloned()
        })
    }

    /// Finds a person by e-mail, whatever its case.
    #[must_use]
    pub fn by_email(&self, email: &str) -> Option<Arc<Person>> {
        let index = self.read();
        index.by_id.get(index.by_email.get(&email.to_lowercase())?).cloned()
    }

    /// Everyone, ordered by name.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Person>> {
        let mut all = self.read().by_id.values().cloned().collect::<Vec<_>>();
        all.sort_unstable_by(|a, b| (&a.row.name, &a.row.id).cmp(&(&b.row.name, &b.row.id)));
        all
    }

    /// Shows everyone to `look`, in no order.
    pub fn for_each(&self, look: impl FnMut(&Person)) {
        self.read().by_id.values().map(Arc::as_ref).for_each(look);
    }

    /// How many accounts there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.read().by_id.len()
    }

    /// Takes a row that was just committed and returns the one it replaces.
    pub fn put(&self, row: PersonRow) -> Option<Arc<Person>> {
        let before = self.get(&row.id);
        let cell = before.as_ref().map_or_else(|| Arc::new(AtomicI64::new(NEVER)), |person| person.last_seen_cell());
        self.insert(row, cell);
        before
    }

    fn insert(&self, row: PersonRow, last_seen: Arc<AtomicI64>) {
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        let email = row.email.to_lowercase();
        if let Some(before) = index.by_id.get(&row.id).map(|person| person.row.email.to_lowercase()) {
            index.by_email.remove(&before);
        }
        index.by_number.insert(row.number, row.id.clone());
        index.by_email.insert(email, row.id.clone());
        index.by_id.insert(row.id.clone(), Arc::new(Person::new(row, last_seen)));
    }

    fn read(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }
}
