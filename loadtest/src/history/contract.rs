//! Who is there when: the shifts of an office.

use jiff::civil::{Date, Weekday};

use super::chance::{Topic, day_number, draws, happens};

/// Of a thousand Saturdays so many see somebody from the office.
const WORKS_ON_SATURDAY: u32 = 25;

/// When somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contract {
    /// From about nine to about half past five.
    Office,
    /// From half past six.
    Early,
    /// From one in the afternoon, on Saturdays too.
    Late,
    /// Part time: four mornings a week.
    Mornings,
    /// From a quarter to ten in the evening, over midnight.
    Nights,
}

impl Contract {
    /// The contract of the person at `index`: of each twenty-five three work part time, four in early or late shifts, and one
    /// at night.
    #[must_use]
    pub const fn of(index: usize) -> Self {
        match index % 25 {
            3 | 14 | 20 => Self::Mornings,
            5 | 11 => Self::Early,
            9 | 18 => Self::Late,
            7 => Self::Nights,
            _ => Self::Office,
        }
    }

    /// When the shift begins, in minutes after midnight.
    pub(super) const fn begins_at_minute(self) -> i64 {
        match self {
            Self::Office => 8 * 60 + 50,
            Self::Early => 6 * 60 + 30,
            Self::Late => 13 * 60,
            Self::Mornings => 8 * 60 + 10,
            Self::Nights => 21 * 60 + 45,
        }
    }

    /// How long it lasts, breaks included, in minutes.
    pub(super) const fn lasts_minutes(self) -> i64 {
        match self {
            Self::Office => 8 * 60 + 40,
            Self::Early | Self::Late => 8 * 60 + 15,
            Self::Mornings => 4 * 60 + 30,
            Self::Nights => 7 * 60 + 30,
        }
    }

    /// Whether a shift begins on this day.
    pub(super) fn works_on(self, seed: u64, date: Date) -> bool {
        let weekday = date.weekday();
        match self {
            Self::Office | Self::Early => match weekday {
                Weekday::Sunday => false,
                Weekday::Saturday => happens(&mut draws(seed, Topic::Weekend, day_number(date)), WORKS_ON_SATURDAY),
                _ => true,
            },
            Self::Late => !matches!(weekday, Weekday::Sunday | Weekday::Monday),
            Self::Mornings => !matches!(weekday, Weekday::Saturday | Weekday::Sunday | Weekday::Wednesday),
            Self::Nights => !matches!(weekday, Weekday::Friday | Weekday::Saturday),
        }
    }
}
