//! What is written in the windows. Invented; no real person, company or page.

pub(super) const CODE: &[&str] = &[
    "use std::collections::BTreeMap;",
    "",
    "/// Hours of one person on one day, in milliseconds.",
    "#[derive(Clone, Debug, Default)]",
    "pub struct DayTotals {",
    "    pub active_ms: i64,",
    "    pub idle_ms: i64,",
    "    pub pause_ms: i64,",
    "}",
    "",
    "impl DayTotals {",
    "    /// What is paid: active without idle and breaks.",
    "    pub fn net_ms(&self) -> i64 {",
    "        self.active_ms - self.idle_ms - self.pause_ms",
    "    }",
    "",
    "    pub fn add(&mut self, segment: &Segment) {",
    "        let length_ms = segment.to - segment.from;",
    "        match segment.kind {",
    "            Kind::Active => self.active_ms += length_ms,",
    "            Kind::Idle => self.idle_ms += length_ms,",
    "            Kind::Break => self.pause_ms += length_ms,",
    "        }",
    "    }",
    "}",
    "",
    "pub fn by_day(segments: &[Segment], zone: &Zone) -> BTreeMap<Day, DayTotals> {",
    "    let mut days = BTreeMap::new();",
    "    for segment in segments {",
    "        for (day, part) in segment.split_at_midnight(zone) {",
    "            days.entry(day).or_insert_with(DayTotals::default).add(&part);",
    "        }",
    "    }",
    "    days",
    "}",
    "",
    "#[cfg(test)]",
    "mod tests {",
    "    use super::*;",
    "",
    "    #[test]",
    "    fn a_night_shift_counts_on_both_days() {",
    "        let zone = Zone::named(\"Europe/Vienna\");",
    "        let shift = Segment::active(\"2026-03-28T22:00\", \"2026-03-29T06:00\");",
    "        let days = by_day(&[shift], &zone);",
    "        assert_eq!(days.len(), 2);",
    "        assert_eq!(days.values().map(DayTotals::net_ms).sum::<i64>(), 7 * HOUR_MS);",
    "    }",
    "}",
];

pub(super) const KEYWORDS: &[&str] = &[
    "use", "pub", "struct", "impl", "fn", "let", "mut", "match", "for", "in", "mod", "if", "else", "return", "self",
    "&self", "&mut",
];

pub(super) const COMMANDS: &[&str] = &[
    "cargo test --package reports",
    "git status --short",
    "git log --oneline -5",
    "ls -l target/release",
    "cargo clippy --all-targets",
    "curl -s localhost:8080/healthz",
    "tail -f logs/import.log",
    "make dist",
];

pub(super) const OUTPUT: &[&str] = &[
    "   Compiling reports v0.4.2",
    "   Compiling calendar v1.1.0",
    "    Finished `test` profile [unoptimized] target(s) in 4.81s",
    "running 48 tests",
    "test days::a_night_shift_counts_on_both_days ... ok",
    "test days::an_empty_day_is_zero ... ok",
    "test export::cells_are_formula_safe ... ok",
    "test result: ok. 48 passed; 0 failed; 0 ignored",
    " M src/days.rs",
    "?? notes/friday.md",
    "a41f09c Split segments at midnight",
    "77b20de Round once, at the end of the statement",
    "1c9e0b3 Import: skip rows without a date",
    "-rwxr-xr-x 1 dev dev 6.2M importer",
    "{\"status\":\"ok\",\"uptime_s\":86211}",
    "INFO  import: 1204 rows read, 1198 kept, 6 without a date",
    "WARN  import: row 512 has two dates, the later one is used",
    "INFO  export: month.xlsx written (212 KiB)",
];

pub(super) const HEADLINES: &[&str] = &[
    "How the harbour got its clock back",
    "A short guide to quiet meetings",
    "What we learned from a year of four-day weeks",
    "Seven ways to read a balance sheet",
    "The river, the bridge and the spreadsheet",
];

pub(super) const PROSE: &[&str] = &[
    "The clock above the old customs house had stood still for eleven years when",
    "the council finally voted on its repair. Nobody remembered who had the key,",
    "and the drawings had been lost in the flood. What followed was a small lesson",
    "in patience: three apprentices measured every wheel by hand, photographed the",
    "teeth, and entered the numbers into one long table that soon had more columns",
    "than the office screen could show at once.",
    "",
    "By spring the first train of wheels turned again. The sound was softer than",
    "people remembered, and a few of them came by every evening to listen. Schools",
    "asked for visits, and the harbour master agreed under one condition: everyone",
    "who climbed the tower had to explain on the way down how an escapement works.",
    "",
    "The budget held, mostly because the bells were left for another year. Their",
    "bronze is cracked in two places; casting new ones would cost more than all of",
    "the wheels together. Until then a volunteer strikes noon on the rail outside,",
    "a little late in winter, never early.",
    "",
];

pub(super) const SHEET_COLUMNS: &[&str] =
    &["Client", "Project", "Mon", "Tue", "Wed", "Thu", "Fri", "Hours", "Rate", "Total"];

pub(super) const CLIENTS: &[&str] = &[
    "Alder & Sons",
    "Birchwood",
    "Cobalt Ltd",
    "Dune Travel",
    "Elm School",
    "Fjord Media",
    "Granite Co",
    "Harbour Trust",
];

pub(super) const PROJECTS: &[&str] = &["Audit", "Website", "Training", "Support", "Rollout", "Archive"];

pub(super) const PEOPLE: &[&str] = &["Ada", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hugo"];

pub(super) const MESSAGES: &[&str] = &[
    "Morning! Is the March file final?",
    "Almost, two cells are still open.",
    "I moved the call to 14:30, hope that works.",
    "Works for me.",
    "Can somebody check the totals in row 40?",
    "Done, there was a rounding in there twice.",
    "Thanks! Sending it to the client now.",
    "The build is green again.",
    "Lunch at the river?",
    "Yes please. 12:15 at the door.",
    "New scans are in the shared folder.",
    "I will be ten minutes late.",
    "No problem, we start with the easy part.",
    "Who has the projector?",
    "Second floor, behind the plant.",
];
