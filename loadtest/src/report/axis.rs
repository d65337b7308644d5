//! The axes of a plot: where a value lies, where the ticks are, and how numbers are written. Pure.

/// What the numbers of an axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Seconds,
    Milliseconds,
    Bytes,
    Percent,
    Count,
    /// A share of all, 0 to 1, drawn in orders of magnitude of what is beyond: 90 %, 99 %, 99.9 % are evenly spaced.
    Share,
}

/// How values are spread over an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    Linear,
    Log,
}

/// One axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    pub label: &'static str,
    pub unit: Unit,
    pub scale: Scale,
}

/// An axis with the range that its values need.
#[derive(Clone, Debug)]
pub(super) struct RangedAxis {
    axis: Axis,
    from: f64,
    to: f64,
}

/// Ticks on one axis, about.
const TICKS: f64 = 5.0;
/// A logarithmic axis begins here at the lowest: 0 has no logarithm.
const LOG_MIN: f64 = 0.01;

impl Axis {
    /// An evenly spread axis.
    #[must_use]
    pub const fn linear(label: &'static str, unit: Unit) -> Self {
        Self { label, unit, scale: Scale::Linear }
    }

    /// An axis of orders of magnitude.
    #[must_use]
    pub const fn log(label: &'static str, unit: Unit) -> Self {
        Self { label, unit, scale: Scale::Log }
    }

    /// The axis over `values`. An even one begins at zero unless it is time.
    pub(super) fn over(self, values: impl Iterator<Item = f64>) -> RangedAxis {
        let (mut from, mut to) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            (from, to) = (from.min(value), to.max(value));
        }
        if from > to {
            (from, to) = (0.0, 1.0);
        }
        match (self.unit, self.scale) {
            (Unit::Share, _) => from = 0.0,
            (_, Scale::Log) => {
                from = 10f64.powf(from.max(LOG_MIN).log10().floor());
                to = 10f64.powf(to.max(from * 10.0).log10().ceil());
            }
            (Unit::Seconds, Scale::Linear) => to = to.max(from + 1.0),
            (_, Scale::Linear) => {
                from = from.min(0.0);
                let step = step_over((to - from).max(f64::MIN_POSITIVE), self.unit);
                to = ((to / step).ceil() * step).max(from + step);
            }
        }
        RangedAxis { axis: self, from, to }
    }
}

impl RangedAxis {
    /// Where `value` lies, from 0 to 1.
    pub(super) fn position(&self, value: f64) -> f64 {
        let place = |value: f64| match (self.axis.unit, self.axis.scale) {
            (Unit::Share, _) => -(1.0 - value.clamp(0.0, 0.999_999)).log10(),
            (_, Scale::Log) => value.max(LOG_MIN).log10(),
            (_, Scale::Linear) => value,
        };
        let (from, to) = (place(self.from), place(self.to));
        if to > from { ((place(value) - from) / (to - from)).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The values that get a line and a number.
    pub(super) fn ticks(&self) -> Vec<f64> {
        match (self.axis.unit, self.axis.scale) {
            (Unit::Share, _) => {
                let nines = [0.0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999];
                nines.into_iter().filter(|share| *share <= self.to + f64::EPSILON).collect()
            }
            (_, Scale::Log) => {
                let decades = (self.from.log10().round() as i32)..=(self.to.log10().round() as i32);
                decades.map(|decade| 10f64.powi(decade)).collect()
            }
            (unit, Scale::Linear) => {
                let step = step_over(self.to - self.from, unit);
                let first = (self.from / step).ceil() as i64;
                let last = (self.to / step + 1e-9).floor() as i64;
                (first..=last).map(|tick| tick as f64 * step).collect()
            }
        }
    }

    /// `value` in words.
    pub(super) fn text(&self, value: f64) -> String {
        self.axis.unit.text(value)
    }
}

/// A round step that gives about [`TICKS`] of them.
fn step_over(range: f64, unit: Unit) -> f64 {
    let rough = range / TICKS;
    let base = if unit == Unit::Bytes { 1024f64.powf(rough.max(1.0).log(1024.0).floor()) } else { 1.0 };
    let decade = 10f64.powf((rough / base).log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| base * decade * factor >= rough * 0.999);
    base * decade * factor.unwrap_or(10.0)
}

impl Unit {
    /// `value` with its unit, short.
    #[must_use]
    pub fn text(self, value: f64) -> String {
        match self {
            Self::Seconds if value >= 600.0 => format!("{} min", short(value / 60.0)),
            Self::Seconds => format!("{} s", short(value)),
            Self::Milliseconds if value >= 1_000.0 => format!("{} s", short(value / 1_000.0)),
            Self::Milliseconds => format!("{} ms", short(value)),
            Self::Bytes if value >= 1_073_741_824.0 => format!("{} GiB", short(value / 1_073_741_824.0)),
            Self::Bytes if value >= 1_048_576.0 => format!("{} MiB", short(value / 1_048_576.0)),
            Self::Bytes if value >= 1_024.0 => format!("{} KiB", short(value / 1_024.0)),
            Self::Bytes => format!("{} B", short(value)),
            Self::Percent => format!("{} %", short(value)),
            Self::Share => format!("{} %", short_share(value)),
            Self::Count if value >= 10_000.0 => format!("{}k", short(value / 1_000.0)),
            Self::Count => short(value),
        }
    }
}

/// Three significant digits, without zeros at the end.
fn short(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 100.0 || size == 0.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// As many nines as there are.
fn short_share(share: f64) -> String {
    let text = format!("{:.3}", share * 100.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let axis = Axis::linear("memory", Unit::Bytes).over([40e6, 97e6].into_iter());
        let texts: Vec<String> = axis.ticks().into_iter().map(|tick| axis.text(tick)).collect();
        assert_eq!(texts, ["0 B", "20 MiB", "40 MiB", "60 MiB", "80 MiB", "100 MiB"]);
        assert!(axis.position(97e6) < 1.0 && axis.position(0.0) == 0.0);
        let axis = Axis::log("age", Unit::Milliseconds).over([0.0, 3.0, 8_000.0].into_iter());
        let texts: Vec<String> = axis.ticks().into_iter().map(|tick| axis.text(tick)).collect();
        assert_eq!(texts, ["0.01 ms", "0.1 ms", "1 ms", "10 ms", "100 ms", "1 s", "10 s"]);
    }

    #[test]
    fn nines_are_evenly_spaced() {
        let axis = Axis::linear("of all", Unit::Share).over([0.999].into_iter());
        assert_eq!(axis.ticks(), [0.0, 0.5, 0.9, 0.99, 0.999]);
        assert!((axis.position(0.9) - 1.0 / 3.0).abs() < 1e-9 && (axis.position(0.99) - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!((axis.text(0.5), axis.text(0.999)), ("50 %".to_owned(), "99.9 %".to_owned()));
    }

    #[test]
    fn nothing_to_draw_is_no_panic() {
        for unit in [Unit::Seconds, Unit::Bytes, Unit::Count, Unit::Share] {
            for scale in [Scale::Linear, Scale::Log] {
                for values in [vec![], vec![0.0], vec![5.0, 5.0], vec![f64::NAN]] {
                    let axis = Axis { label: "", unit, scale }.over(values.iter().copied());
                    assert!((1..=12).contains(&axis.ticks().len()), "{unit:?} {scale:?} {values:?}: {axis:?}");
                    assert!((0.0..=1.0).contains(&axis.position(5.0)), "{unit:?} {scale:?} {values:?}");
                }
            }
        }
    }
}
