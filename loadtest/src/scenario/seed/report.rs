//! What a hub has now.

use super::delivery::Delivered;
use crate::client::Role;
use crate::report::Table;
use crate::secret::Secret;

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    pub role: Role,
    pub email: String,
}

/// The past that a hub was given.
#[derive(Clone, Debug)]
pub struct SeedReport {
    pub organization: String,
    pub teams: usize,
    pub employees: usize,
    pub days: u32,
    pub shifts: u64,
    pub events: u64,
    pub refused: u64,
    /// Why the first of them was refused.
    pub refusal: Option<String>,
    pub acknowledgements: u64,
    pub corrections: u64,
    pub screenshots: u64,
    pub screenshot_bytes: u64,
    pub seconds: f64,
    pub sign_ins: Vec<SignIn>,
    /// Of all of them.
    pub password: Secret,
}

impl SeedReport {
    /// Adds what one person brought.
    pub(super) fn count(&mut self, one: &Delivered) {
        self.shifts += one.shifts;
        self.events += one.events;
        self.refused += one.refused;
        self.acknowledgements += u64::from(one.acknowledged_notice);
        self.refusal = self.refusal.take().or_else(|| one.refusal.clone());
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["a past for", &self.organization]);
        let acknowledged = format!("{} of {}", self.acknowledgements, self.employees);
        let pictures = format!("{} ({:.1} MB)", self.screenshots, self.screenshot_bytes as f64 / 1e6);
        let rows = [
            ("people", self.employees.to_string()),
            ("teams", self.teams.to_string()),
            ("days", self.days.to_string()),
            ("shifts", self.shifts.to_string()),
            ("events", self.events.to_string()),
            ("notice acknowledged", acknowledged),
            ("corrections", self.corrections.to_string()),
            ("screenshots", pictures),
            ("took", format!("{:.0} s", self.seconds)),
        ];
        for (name, value) in rows {
            table.row([name.to_owned(), value]);
        }
        if let Some(reason) = &self.refusal {
            table.row(["events refused".to_owned(), format!("{}: {reason}", self.refused)]);
        }
        table
    }
}

impl std::fmt::Display for SeedReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.table())?;
        writeln!(f, "sign-ins (new password in every run): {}", self.password.expose())?;
        for SignIn { role, email } in &self.sign_ins {
            writeln!(f, "  {:<9} {email}", role.word())?;
        }
        Ok(())
    }
}
