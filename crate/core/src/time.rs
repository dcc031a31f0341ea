//! A moment: whole milliseconds since 1970-01-01T00:00:00Z, as the shell's clock and the browser's events give it.

use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::live::live_newtype;

/// Milliseconds since the Unix epoch. The core has no clock: every moment comes in with an event or a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "number"))]
#[serde(transparent)]
pub struct Millis(u64);

live_newtype!(Millis);

impl Millis {
    /// A browser's time stamp. Fractions are cut off; a time before 1970 or no number at all is the epoch.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates: the cut is meant"
    )]
    pub fn from_browser(time_stamp: f64) -> Self {
        Self(time_stamp as u64)
    }

    /// A whole number of milliseconds since the epoch.
    #[must_use]
    pub const fn new(milliseconds: u64) -> Self {
        Self(milliseconds)
    }

    /// The number of milliseconds since the epoch.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// How many milliseconds lie between an earlier moment and this one; 0 where the clock went back.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Whether the clock was set back since another moment: nothing that happened later is told as so much earlier.
    #[must_use]
    pub const fn is_set_back_from(self, other: Self) -> bool {
        /// A background that is woken is told of what happened meanwhile; a browser's clock is put right by less.
        const TOLD_LATE_MS: u64 = 60_000;
        other.since(self) > TOLD_LATE_MS
    }

    /// ISO 8601 in UTC, to the millisecond. A moment after the year 9999 is written as the last one before.
    #[must_use]
    pub fn to_iso_8601(self) -> String {
        /// 9999-12-31T23:59:59.999Z.
        const LATEST: u64 = 253_402_300_799_999;
        let moment = UNIX_EPOCH + Duration::from_millis(self.0.min(LATEST));
        humantime::format_rfc3339_millis(moment).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_utc_to_the_millisecond() {
        assert_eq!(Millis::new(1_772_323_199_007).to_iso_8601(), "2026-02-28T23:59:59.007Z");
        assert_eq!(Millis::new(0).to_iso_8601(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Millis::new(u64::MAX).to_iso_8601(), "9999-12-31T23:59:59.999Z");
    }

    #[test]
    fn a_browsers_time_stamp_loses_its_fraction_and_never_fails() {
        assert_eq!(Millis::from_browser(1_700_000_000_000.9).get(), 1_700_000_000_000);
        assert_eq!(Millis::from_browser(f64::NAN).get(), 0);
        assert_eq!(Millis::from_browser(-5.0).get(), 0);
    }
}
