//! What a wall came to.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use serde::Serialize;

use super::tally::{Class, ClassTally, Stretch};
use crate::report::{
    CurvePoint, FleetSummary, LatencyPoint, LatencySummary, ProcessPoint, ProcessesUse, Table, table_of,
};

/// A whole run.
#[derive(Clone, Debug, Serialize)]
pub struct WallReport {
    pub agents: usize,
    /// On fast lines.
    pub viewers: usize,
    pub slow_viewers: usize,
    pub slow_bits_per_second: Option<u64>,
    pub tracks_per_viewer: usize,
    /// That agents were told to send at most.
    pub fps: f64,
    /// The most that the hub asked any agent for; fewer than `fps` were sent if this is less.
    pub fps_asked_by_hub: f64,
    pub picture_bytes: usize,
    pub paint_ms: u64,
    pub stretches: Vec<StretchReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// From `watch` to the first picture of a track.
    pub first_picture: LatencySummary,
    /// Tracks of fast viewers that had shown nothing when the measurement began.
    pub never_shown: usize,
    /// What the hub said last of tracks that never showed anything.
    pub states_without_picture: BTreeMap<String, u64>,
    /// Messages that the protocol does not allow.
    pub faults: BTreeMap<String, u64>,
    /// Tracks that turned blank while everybody was connected and working: false states.
    pub blanks: BTreeMap<String, u64>,
    /// Viewers' sockets that ended or did not open.
    pub closes: BTreeMap<String, u64>,
    pub processes: Vec<ProcessPoint>,
    pub fleet: FleetSummary,
}

/// One measured stretch.
#[derive(Clone, Debug, Serialize)]
pub struct StretchReport {
    /// When it began, in seconds since the run did.
    pub from_s: f64,
    pub seconds: f64,
    /// By all agents.
    pub pictures_sent: u64,
    /// Pictures whose moments passed while the hub held back a `got`.
    pub pictures_skipped: u64,
    pub pictures_delivered: u64,
    pub classes: Vec<ClassReport>,
    #[serde(flatten)]
    pub used: ProcessesUse,
    /// The hub's processor time over the pictures that it delivered.
    pub hub_cpu_us_per_delivered: Option<f64>,
}

/// Viewers of one class in one stretch.
#[derive(Clone, Debug, Serialize)]
pub struct ClassReport {
    pub name: &'static str,
    pub viewers: usize,
    pub pictures: u64,
    /// By all of them.
    pub pictures_per_second: f64,
    pub bytes_per_second: f64,
    /// From the moment a picture was due to its arrival.
    pub age: LatencySummary,
    /// How old a picture had become when the next one of its track replaced it.
    pub outgrown: LatencySummary,
    pub age_curve: Vec<CurvePoint>,
    pub age_over_time: Vec<LatencyPoint>,
}

/// The fast viewers with slow ones beside them, against the fast ones alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// 1 is unchanged.
    pub p50_ratio: f64,
    pub p99_ratio: f64,
    pub pictures_per_second_ratio: f64,
    /// Of the highest resident memory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hub_growth_bytes: Option<i64>,
}

/// What [`StretchReport::new`] is made of.
pub(super) struct Measured<'a> {
    pub(super) stretch: &'a Stretch,
    pub(super) from_s: f64,
    pub(super) seconds: f64,
    pub(super) sent: u64,
    pub(super) skipped: u64,
    pub(super) used: ProcessesUse,
    pub(super) viewers: usize,
    pub(super) slow_viewers: usize,
}

impl StretchReport {
    pub(super) fn new(measured: &Measured<'_>) -> Self {
        let Measured { stretch, from_s, seconds, sent, skipped, used, viewers, slow_viewers } = *measured;
        let classes = [(Class::Fast, viewers), (Class::Slow, slow_viewers)].into_iter();
        let classes = classes
            .filter(|(_, viewers)| *viewers > 0)
            .map(|(class, viewers)| ClassReport::new(class, viewers, seconds, stretch.class(class)));
        Self {
            from_s,
            seconds,
            pictures_sent: sent,
            pictures_skipped: skipped,
            pictures_delivered: stretch.frames(),
            classes: classes.collect(),
            used,
            hub_cpu_us_per_delivered: used.hub_cpu_us_per(stretch.frames()),
        }
    }

    /// What the fast viewers saw; there are always some.
    pub(super) fn fast(&self) -> &ClassReport {
        &self.classes[0]
    }
}

impl ClassReport {
    fn new(class: Class, viewers: usize, seconds: f64, tally: &ClassTally) -> Self {
        let pictures = tally.frames.load(Ordering::Relaxed);
        Self {
            name: class.name(),
            viewers,
            pictures,
            pictures_per_second: pictures as f64 / seconds.max(0.001),
            bytes_per_second: tally.bytes.load(Ordering::Relaxed) as f64 / seconds.max(0.001),
            age: tally.age.total().summary(),
            outgrown: tally.outgrown.summary(),
            age_curve: tally.age.total().curve(),
            age_over_time: tally.age.stretches(),
        }
    }
}

impl Comparison {
    /// Of the second stretch with the first, if there are two.
    pub(super) fn of(stretches: &[StretchReport]) -> Option<Self> {
        let [alone, beside] = stretches else { return None };
        let ratio = |of: fn(&ClassReport) -> f64| of(beside.fast()) / of(alone.fast()).max(f64::MIN_POSITIVE);
        let growth = |alone: u64, beside: u64| beside.cast_signed() - alone.cast_signed();
        Some(Self {
            p50_ratio: ratio(|fast| fast.age.p50_ms),
            p99_ratio: ratio(|fast| fast.age.p99_ms),
            pictures_per_second_ratio: ratio(|fast| fast.pictures_per_second),
            hub_growth_bytes: alone
                .used
                .hub
                .zip(beside.used.hub)
                .map(|(alone, beside)| growth(alone.resident_max_bytes, beside.resident_max_bytes)),
        })
    }
}

impl WallReport {
    /// Whether the hub did nothing that it must not: no faults, no false states, no fast viewer closed, nothing unseen.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let has_closed_fast = self.closes.keys().any(|kind| kind.starts_with(Class::Fast.name()));
        self.faults.is_empty() && self.blanks.is_empty() && !has_closed_fast && self.never_shown == 0
    }

    /// Frame ages, a row for each class and stretch.
    pub(super) fn age_table(&self) -> Table {
        let rows =
            self.rows(|name, class| vec![(name.to_owned(), class.age), (format!("{name}, outgrown"), class.outgrown)]);
        let rows: Vec<(&str, LatencySummary)> =
            rows.iter().flatten().map(|(name, age)| (name.as_str(), *age)).collect();
        LatencySummary::table(&rows)
    }

    /// What was delivered, a row for each class and stretch.
    pub(super) fn delivery_table(&self) -> Table {
        let mut table =
            Table::new(&["delivered", "viewers", "pictures", "pictures/s", "per viewer", "MiB/s", "KiB/s per viewer"]);
        let rows = self.rows(|name, class| {
            let viewers = class.viewers as f64;
            [
                name.to_owned(),
                class.viewers.to_string(),
                class.pictures.to_string(),
                format!("{:.1}", class.pictures_per_second),
                format!("{:.1}", class.pictures_per_second / viewers),
                format!("{:.2}", class.bytes_per_second / 1_048_576.0),
                format!("{:.1}", class.bytes_per_second / 1_024.0 / viewers),
            ]
        });
        for row in rows {
            table.row(row);
        }
        table
    }

    fn rows<T>(&self, row: impl Fn(&str, &ClassReport) -> T) -> Vec<T> {
        let name_of = |class: &ClassReport, index: usize| match (self.stretches.len(), index) {
            (1, _) => class.name.to_owned(),
            (_, 0) => format!("{} alone", class.name),
            _ => format!("{}, together", class.name),
        };
        let stretches = self.stretches.iter().enumerate();
        stretches
            .flat_map(|(index, stretch)| stretch.classes.iter().map(move |class| (index, class)))
            .map(|(index, class)| row(&name_of(class, index), class))
            .collect()
    }

    /// What each stretch cost.
    pub(super) fn cost_tables(&self) -> Vec<Table> {
        let of = |(index, stretch): (usize, &StretchReport)| {
            let title = match (self.stretches.len(), index) {
                (1, _) => "cost",
                (_, 0) => "cost, fast alone",
                _ => "cost, together",
            };
            let mut rows = vec![
                ["pictures sent".to_owned(), stretch.pictures_sent.to_string()],
                ["pictures skipped by agents".to_owned(), stretch.pictures_skipped.to_string()],
                ["pictures delivered".to_owned(), stretch.pictures_delivered.to_string()],
            ];
            if let Some(us) = stretch.hub_cpu_us_per_delivered {
                rows.push(["hub CPU per delivered picture".to_owned(), format!("{us:.1} us")]);
            }
            rows.extend(stretch.used.rows());
            table_of(title, rows)
        };
        self.stretches.iter().enumerate().map(of).collect()
    }

    /// What went wrong, if anything did.
    pub(super) fn wrong_tables(&self) -> Vec<Table> {
        let wrong = [
            ("faults", &self.faults),
            ("false states", &self.blanks),
            ("viewers closed", &self.closes),
            ("never shown, last said to be", &self.states_without_picture),
        ];
        wrong
            .into_iter()
            .filter(|(_, counts)| !counts.is_empty())
            .map(|(name, counts)| Table::counts(name, counts))
            .collect()
    }
}

impl std::fmt::Display for WallReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "{} agents, {} bytes a picture, {} a second (the hub asked for {}); {} viewers of {} tracks, {} slow ones\n",
            self.agents,
            self.picture_bytes,
            self.fps,
            self.fps_asked_by_hub,
            self.viewers,
            self.tracks_per_viewer,
            self.slow_viewers,
        )?;
        writeln!(f, "{}\n{}", self.age_table(), self.delivery_table())?;
        for table in self.cost_tables() {
            writeln!(f, "{table}")?;
        }
        writeln!(f, "{}", LatencySummary::table(&[("watch to first picture", self.first_picture)]))?;
        if let Some(comparison) = &self.comparison {
            writeln!(
                f,
                "slow viewers beside them changed the fast ones' p50 by {:.3}, their p99 by {:.3}, their pictures by {:.3}",
                comparison.p50_ratio, comparison.p99_ratio, comparison.pictures_per_second_ratio
            )?;
            if let Some(bytes) = comparison.hub_growth_bytes {
                writeln!(f, "and the hub's highest memory by {:.1} KiB", bytes as f64 / 1024.0)?;
            }
        }
        if self.never_shown > 0 {
            writeln!(f, "{} tracks had shown nothing when the measurement began", self.never_shown)?;
        }
        for table in self.wrong_tables() {
            writeln!(f, "{table}")?;
        }
        write!(f, "{}", self.fleet)
    }
}
