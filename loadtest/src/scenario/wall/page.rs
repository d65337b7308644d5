//! A wall's report as a page.

use super::report::{ClassReport, StretchReport, WallReport};
use crate::report::{
    Axis, Figure, LatencySummary, Line, Page, Percentile, Plot, Presented, Section, Unit, Verdict, process_plots,
};

/// What a slow viewer may change for the others: a tenth.
const RATIO_MAX: f64 = 1.1;

impl Presented for WallReport {
    fn page(&self) -> Page {
        Page {
            title: "Wall".to_owned(),
            lead: format!(
                "{} agents show {} pictures a second each to {} viewers: how old a picture is when it arrives, and what that costs the hub.",
                self.agents,
                Unit::Count.text(self.fps.min(self.fps_asked_by_hub)),
                self.viewers + self.slow_viewers
            ),
            setting: self.setting(),
            figures: self.figures(),
            sections: vec![self.ages(), self.costs(), self.fleet.section()],
        }
    }
}

impl WallReport {
    fn setting(&self) -> Vec<(&'static str, String)> {
        let mut setting = vec![
            ("agents", self.agents.to_string()),
            ("pictures per second and agent", format!("{} (the hub asked for {})", self.fps, self.fps_asked_by_hub)),
            ("picture", Unit::Bytes.text(self.picture_bytes as f64)),
            ("viewers", format!("{} of {} tracks each", self.viewers, self.tracks_per_viewer)),
            ("paint time", format!("{} ms", self.paint_ms)),
        ];
        if self.slow_viewers > 0 {
            let line =
                self.slow_bits_per_second.map_or("no limit".to_owned(), |bits| format!("{} kbit/s", bits / 1000));
            setting.push(("slow viewers", format!("{} at {line}", self.slow_viewers)));
        }
        let seconds: Vec<String> = self.stretches.iter().map(|stretch| format!("{:.0} s", stretch.seconds)).collect();
        setting.push(("measured", seconds.join(" and ")));
        setting
    }

    fn figures(&self) -> Vec<Figure> {
        let Some(last) = self.stretches.last() else { return Vec::new() };
        let fast = last.fast();
        let mut figures = vec![
            Figure::new("frame age, p99", Unit::Milliseconds.text(fast.age.p99_ms), "of fast viewers"),
            Figure::new(
                "delivered",
                format!("{:.0}/s", last.pictures_delivered as f64 / last.seconds.max(0.001)),
                format!(
                    "{}/s in bytes",
                    Unit::Bytes.text(last.classes.iter().map(|class| class.bytes_per_second).sum())
                ),
            ),
        ];
        if let Some(us) = last.hub_cpu_us_per_delivered {
            figures.push(Figure::new("hub CPU per picture", format!("{us:.1} us"), "delivered to one viewer"));
        }
        if let Some(hub) = last.used.hub {
            let highest = Unit::Bytes.text(hub.resident_max_bytes as f64);
            figures.push(Figure::new("hub memory", highest, "at the highest"));
        }
        if let Some(comparison) = &self.comparison {
            let verdict = if comparison.p99_ratio <= RATIO_MAX { Verdict::Good } else { Verdict::Bad };
            let growth = comparison.hub_growth_bytes.map_or(String::new(), |bytes| {
                format!("hub memory {}{}", if bytes < 0 { "−" } else { "+" }, Unit::Bytes.text(bytes.abs() as f64))
            });
            let ratio = format!("× {:.2}", comparison.p99_ratio);
            figures.push(Figure::new("p99 beside a slow viewer", ratio, growth).judged(verdict));
        }
        if self.never_shown > 0 {
            let never_shown = Figure::new("never shown", self.never_shown.to_string(), "tracks without a picture");
            figures.push(never_shown.judged(Verdict::Bad));
        }
        let wrong = [("faults", &self.faults), ("false states", &self.blanks), ("viewers closed", &self.closes)];
        for (name, counts) in wrong {
            let count: u64 = counts.values().sum();
            figures.push(Figure::new(name, count.to_string(), "").judged(Verdict::none_of(count)));
        }
        figures
    }

    fn ages(&self) -> Section {
        let mut tables = vec![self.age_table(), self.delivery_table()];
        tables.push(LatencySummary::table(&[("watch to first picture", self.first_picture)]));
        tables.extend(self.wrong_tables());
        Section {
            title: "How old pictures are",
            text: "From the moment a picture was due at the agent, whether or not the hub let it go then, to its last byte at \
                   the viewer. Outgrown: how old a picture had become on the screen when the next one replaced it."
                .to_owned(),
            plots: vec![self.over_time(), self.distribution()],
            tables,
        }
    }

    fn over_time(&self) -> Plot {
        let mut lines: Vec<Line> = Vec::new();
        for stretch in &self.stretches {
            for class in &stretch.classes {
                let percentiles: [Percentile; 2] = [("p50", |age| age.p50_ms), ("p99", |age| age.p99_ms)];
                for (percentile, of) in percentiles {
                    let name = format!("{} {percentile}", class.name);
                    let points = points(stretch, class, of);
                    // A second stretch goes on with the lines of the first.
                    match lines.iter_mut().find(|line| line.name == name) {
                        Some(line) => line.points.extend(points),
                        None => lines.push(Line::new(name, points)),
                    }
                }
            }
        }
        Plot {
            title: "Frame age over time".to_owned(),
            x: Axis::linear("since the run began", Unit::Seconds),
            y: Axis::log("age on arrival", Unit::Milliseconds),
            lines,
            marks: self.marks(),
        }
    }

    fn distribution(&self) -> Plot {
        let name = |stretch: usize, class: &ClassReport| match (self.stretches.len(), stretch) {
            (1, _) => class.name.to_owned(),
            (_, 0) => format!("{} alone", class.name),
            _ => format!("{}, together", class.name),
        };
        let lines = self.stretches.iter().enumerate().flat_map(|(index, stretch)| {
            stretch.classes.iter().map(move |class| {
                Line::new(name(index, class), class.age_curve.iter().map(|point| (point.share, point.ms)))
            })
        });
        Plot {
            title: "Frame age, distribution".to_owned(),
            x: Axis::linear("of all pictures", Unit::Share),
            y: Axis::log("at most so old", Unit::Milliseconds),
            lines: lines.collect(),
            marks: Vec::new(),
        }
    }

    /// When each measurement began.
    fn marks(&self) -> Vec<(f64, &'static str)> {
        match &self.stretches[..] {
            [alone, beside] => vec![(alone.from_s, "fast alone"), (beside.from_s, "together")],
            stretches => stretches.iter().map(|stretch| (stretch.from_s, "measured")).collect(),
        }
    }

    fn costs(&self) -> Section {
        Section {
            title: "What it costs",
            text: "Memory is the hub's resident memory; what the kernel holds for its sockets is not in it.".to_owned(),
            plots: process_plots(&self.processes, &self.marks()),
            tables: self.cost_tables(),
        }
    }
}

fn points(
    stretch: &StretchReport,
    class: &ClassReport,
    of: fn(&LatencySummary) -> f64,
) -> impl Iterator<Item = (f64, f64)> {
    class.age_over_time.iter().map(move |point| (stretch.from_s + point.at_s, of(&point.latency)))
}
