//! A day of the user's calendar: the date that the clock on the wall showed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// How far a clock on the wall is ahead of UTC, in minutes: 120 in Paris in summer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "number"))]
#[serde(transparent)]
pub struct UtcOffset(i16);

/// No clock of the world is further from UTC than 14 hours; a day more is room for those to come.
const FURTHEST_MINUTES: i16 = 24 * 60;

impl UtcOffset {
    /// An offset in minutes; one that no clock can have is cut to a day.
    #[must_use]
    pub fn from_minutes(minutes: i32) -> Self {
        let furthest = i32::from(FURTHEST_MINUTES);
        Self(i16::try_from(minutes.clamp(-furthest, furthest)).unwrap_or(0))
    }

    /// The offset in minutes.
    #[must_use]
    pub const fn minutes(self) -> i16 {
        self.0
    }
}

/// A date: days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "number"))]
#[serde(transparent)]
pub struct Day(u32);

const MILLIS_A_MINUTE: i64 = 60_000;
const MILLIS_A_DAY: u64 = 24 * 60 * 60_000;

impl Day {
    /// The date on the wall at a moment. Days so follow the user through clock changes and travels: the day of a moment is what the
    /// user would have said.
    #[must_use]
    pub const fn of(moment: Millis, offset: UtcOffset) -> Self {
        let wall = moment.get().saturating_add_signed(offset.0 as i64 * MILLIS_A_MINUTE);
        #[expect(clippy::cast_possible_truncation, reason = "cut to the last day that there is room for")]
        Self(if wall / MILLIS_A_DAY > u32::MAX as u64 { u32::MAX } else { (wall / MILLIS_A_DAY) as u32 })
    }

    /// A number of days since 1970-01-01.
    #[must_use]
    pub const fn new(days: u32) -> Self {
        Self(days)
    }

    /// So many days before; the first day of all where there are not so many.
    #[must_use]
    pub const fn before(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// The number of days since 1970-01-01.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// Days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DayRange {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

impl DayRange {
    /// Whether a day is one of them.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

/// ISO 8601: `2026-11-28`.
impl fmt::Display for Day {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let midnight = Millis::new(u64::from(self.0).saturating_mul(MILLIS_A_DAY)).to_iso_8601();
        to.write_str(midnight.split('T').next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(iso: &str, minutes: i32) -> String {
        let at = humantime::parse_rfc3339(iso).unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
        let moment = Millis::new(u64::try_from(at.as_millis()).unwrap());
        Day::of(moment, UtcOffset::from_minutes(minutes)).to_string()
    }

    #[test]
    fn a_day_is_the_date_on_the_wall_wherever_the_user_is() {
        assert_eq!(day("2026-02-28T22:59:59Z", 60), "2026-02-28");
        assert_eq!(day("2026-02-28T23:00:00Z", 60), "2026-03-01");
        assert_eq!(day("2024-02-29T11:59:59Z", -720), "2024-02-28");
        assert_eq!(day("2026-12-31T10:00:00Z", 840), "2027-01-01");
    }

    #[test]
    fn a_day_of_a_clock_change_has_23_or_25_hours_and_no_hour_is_of_two_days() {
        // Paris, 2026-03-29: at 02:00 it is 03:00.
        assert_eq!(day("2026-03-28T22:59:59Z", 60), "2026-03-28");
        assert_eq!(day("2026-03-28T23:00:00Z", 60), "2026-03-29");
        assert_eq!(day("2026-03-29T21:59:59Z", 120), "2026-03-29");
        assert_eq!(day("2026-03-29T22:00:00Z", 120), "2026-03-30");
        // Paris, 2026-10-25: at 03:00 it is 02:00.
        assert_eq!(day("2026-10-24T22:00:00Z", 120), "2026-10-25");
        assert_eq!(day("2026-10-25T22:59:59Z", 60), "2026-10-25");
    }

    proptest! {
        #[test]
        fn no_moment_and_no_offset_has_no_date(moment: u64, minutes: i32) {
            let day = Day::of(Millis::new(moment), UtcOffset::from_minutes(minutes));
            prop_assert_eq!(day.to_string().len(), "2026-11-28".len());
        }

        #[test]
        fn later_on_the_same_wall_is_no_earlier_day(moment in 0..4_000_000_000_000_u64, more in 0..200_000_000_u64, minutes: i16) {
            let offset = UtcOffset::from_minutes(minutes.into());
            let [day, later] = [moment, moment + more].map(|at| Day::of(Millis::new(at), offset));
            prop_assert!(day <= later);
        }
    }
}
