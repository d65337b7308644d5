//! When an alert begins and when it is over. The roster owns the board and tells it what it hears anyway.
//!
//! A person has at most one open alert of a kind. Idle time has a deadline of its own, so that a tick costs nothing for the
//! many who are fine; working hours are checked once, when the wait after their beginning is over.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use muster_protocol::alert::AlertKind;
use muster_protocol::presence::Status;
use muster_protocol::{EmployeeId, UtcMillis};

use super::AlertSettings;
use crate::presence::Presence;
use crate::{Span, Version};

/// See the module's page.
#[derive(Debug)]
pub struct AlertBoard {
    settings: AlertSettings,
    /// The oldest agent that is good enough when the settings do not say.
    hub_version: Version,
    /// Since when.
    open: BTreeMap<(EmployeeId, AlertKind), UtcMillis>,
    /// Who idles at work, since when.
    idle: HashMap<EmployeeId, UtcMillis>,
    /// When each of them has idled too long. Those for whom it was told are not in it any more.
    idle_due: BTreeSet<(UtcMillis, EmployeeId)>,
    /// The latest failures of each person, at most as many as the settings ask for.
    failures: HashMap<EmployeeId, VecDeque<UtcMillis>>,
    /// The working hours whose beginning was checked.
    checked: Option<Span>,
}

/// Something to tell, to store, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlertChange {
    Raised { employee: EmployeeId, kind: AlertKind, since: UtcMillis, detail: String },
    Cleared { employee: EmployeeId, kind: AlertKind, until: UtcMillis },
}

impl AlertBoard {
    /// A board with the alerts that were open when it was last stored.
    #[must_use]
    pub fn new(
        settings: AlertSettings,
        hub_version: Version,
        open: impl IntoIterator<Item = (EmployeeId, AlertKind, UtcMillis)>,
    ) -> Self {
        let open = open.into_iter().map(|(employee, kind, since)| ((employee, kind), since)).collect();
        Self {
            settings,
            hub_version,
            open,
            idle: HashMap::new(),
            idle_due: BTreeSet::new(),
            failures: HashMap::new(),
            checked: None,
        }
    }

    /// What holds now.
    #[must_use]
    pub fn settings(&self) -> &AlertSettings {
        &self.settings
    }

    /// The organization wants other alerts: those that it does not want any more are over.
    pub fn change_settings(&mut self, settings: AlertSettings, now: UtcMillis) -> Vec<AlertChange> {
        self.settings = settings;
        self.checked = None;
        self.failures.clear();
        self.idle_due = self.idle.iter().map(|(employee, since)| self.idle_deadline(employee, *since)).collect();
        let unwanted = self.open.keys().filter(|(_, kind)| !self.wants(*kind)).cloned().collect::<Vec<_>>();
        unwanted.into_iter().filter_map(|(employee, kind)| self.clear(&employee, kind, now)).collect()
    }

    /// Screens show something else of a person.
    pub fn presence_changed(
        &mut self,
        employee: &EmployeeId,
        presence: &Presence,
        is_working: bool,
        now: UtcMillis,
    ) -> Vec<AlertChange> {
        let idles = is_working && presence.status == Status::Idle && presence.overlay.is_none();
        self.note_idle(employee, idles.then_some(presence.since));
        let over = match presence.status {
            Status::Offline => &[AlertKind::IdleTooLong, AlertKind::CaptureFailing][..],
            _ if idles => &[AlertKind::NotLoggedIn][..],
            _ => &[AlertKind::NotLoggedIn, AlertKind::IdleTooLong][..],
        };
        over.iter().filter_map(|kind| self.clear(employee, *kind, now)).collect()
    }

    /// The account was closed, or it is no employee's any more.
    pub fn forget(&mut self, employee: &EmployeeId, now: UtcMillis) -> Vec<AlertChange> {
        self.note_idle(employee, None);
        self.failures.remove(employee);
        let kinds =
            [AlertKind::NotLoggedIn, AlertKind::IdleTooLong, AlertKind::CaptureFailing, AlertKind::AgentOutdated];
        kinds.into_iter().filter_map(|kind| self.clear(employee, kind, now)).collect()
    }

    /// An agent could not take a picture at `at`. What it tells late, out of its spool, may be past already.
    pub fn capture_failed(
        &mut self,
        employee: &EmployeeId,
        at: UtcMillis,
        reason: &str,
        now: UtcMillis,
    ) -> Option<AlertChange> {
        let rule = self.settings.capture_failing;
        let earliest = now.minus(i64::from(rule.within_minutes) * 60_000);
        if !rule.enabled || at < earliest {
            return None;
        }
        let recent = self.failures.entry(employee.clone()).or_default();
        recent.push_back(at);
        recent.retain(|failed_at| *failed_at >= earliest);
        while recent.len() > rule.failures as usize {
            recent.pop_front();
        }
        let first = recent.front().copied().filter(|_| recent.len() == rule.failures as usize)?;
        self.raise(employee, AlertKind::CaptureFailing, first, reason.to_owned())
    }

    /// An agent took a picture at `at`.
    pub fn captured(&mut self, employee: &EmployeeId, at: UtcMillis, now: UtcMillis) -> Option<AlertChange> {
        let last = self.failures.get(employee).and_then(|recent| recent.back().copied());
        let last = last.or_else(|| self.open.get(&(employee.clone(), AlertKind::CaptureFailing)).copied())?;
        if at < last {
            return None;
        }
        self.failures.remove(employee);
        self.clear(employee, AlertKind::CaptureFailing, now)
    }

    /// An agent said hello. A version that is no number is not judged.
    pub fn agent_seen(&mut self, employee: &EmployeeId, version: &str, now: UtcMillis) -> Option<AlertChange> {
        if !self.settings.agent_outdated.enabled {
            return None;
        }
        let minimum = self.settings.agent_outdated.minimum.as_ref().unwrap_or(&self.hub_version);
        let seen: Version = version.parse().ok()?;
        if seen < *minimum {
            let detail = format!("{seen}, needed is {minimum}");
            self.raise(employee, AlertKind::AgentOutdated, now, detail)
        } else {
            self.clear(employee, AlertKind::AgentOutdated, now)
        }
    }

    /// What the passing of time brings. `shift` are the working hours that go on, if any; whoever is `absent` from them
    /// (neither here nor seen since they began) is asked for once, when the wait is over.
    pub fn tick(
        &mut self,
        shift: Option<Span>,
        absent: impl FnOnce(Span) -> Vec<EmployeeId>,
        now: UtcMillis,
    ) -> Vec<AlertChange> {
        let mut changes = self.end_absences(shift, now);
        while let Some((due, _)) = self.idle_due.first()
            && *due <= now
        {
            let Some((_, employee)) = self.idle_due.pop_first() else { break };
            let since = self.idle.get(&employee).copied().unwrap_or(now);
            if self.settings.idle_too_long.enabled {
                changes.extend(self.raise(&employee, AlertKind::IdleTooLong, since, String::new()));
            }
        }
        let rule = self.settings.not_logged_in;
        let due =
            shift.filter(|shift| rule.enabled && shift.from.plus(rule.ms()) <= now && self.checked != Some(*shift));
        if let Some(shift) = due {
            self.checked = Some(shift);
            for employee in absent(shift) {
                changes.extend(self.raise(&employee, AlertKind::NotLoggedIn, shift.from, String::new()));
            }
        }
        changes
    }

    /// Nobody is missing from hours that are over.
    fn end_absences(&mut self, shift: Option<Span>, now: UtcMillis) -> Vec<AlertChange> {
        let is_over = |since: UtcMillis| shift.is_none_or(|shift| shift.from != since);
        let over = self.open.iter().filter(|((_, kind), since)| *kind == AlertKind::NotLoggedIn && is_over(**since));
        let over = over.map(|((employee, _), _)| employee.clone()).collect::<Vec<_>>();
        over.iter().filter_map(|employee| self.clear(employee, AlertKind::NotLoggedIn, now)).collect()
    }

    fn wants(&self, kind: AlertKind) -> bool {
        match kind {
            AlertKind::NotLoggedIn => self.settings.not_logged_in.enabled,
            AlertKind::IdleTooLong => self.settings.idle_too_long.enabled,
            AlertKind::CaptureFailing => self.settings.capture_failing.enabled,
            AlertKind::AgentOutdated => self.settings.agent_outdated.enabled,
        }
    }

    fn note_idle(&mut self, employee: &EmployeeId, since: Option<UtcMillis>) {
        let before = match since {
            Some(since) => self.idle.insert(employee.clone(), since),
            None => self.idle.remove(employee),
        };
        if before == since {
            return;
        }
        if let Some(before) = before {
            self.idle_due.remove(&self.idle_deadline(employee, before));
        }
        if let Some(since) = since {
            self.idle_due.insert(self.idle_deadline(employee, since));
        }
    }

    fn idle_deadline(&self, employee: &EmployeeId, since: UtcMillis) -> (UtcMillis, EmployeeId) {
        (since.plus(self.settings.idle_too_long.ms()), employee.clone())
    }

    fn raise(
        &mut self,
        employee: &EmployeeId,
        kind: AlertKind,
        since: UtcMillis,
        detail: String,
    ) -> Option<AlertChange> {
        let place = (employee.clone(), kind);
        if self.open.contains_key(&place) {
            return None;
        }
        self.open.insert(place, since);
        Some(AlertChange::Raised { employee: employee.clone(), kind, since, detail })
    }

    fn clear(&mut self, employee: &EmployeeId, kind: AlertKind, now: UtcMillis) -> Option<AlertChange> {
        let since = self.open.remove(&(employee.clone(), kind))?;
        Some(AlertChange::Cleared { employee: employee.clone(), kind, until: now.max(since) })
    }
}
