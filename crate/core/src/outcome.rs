//! What became of a request, and the counts of it. The table of the browsers' error codes is in `error_code`.

use serde::{Deserialize, Serialize};

use crate::live::{live_enum, live_struct};

/// What became of one request. Only [`Outcome::Sent`] and [`Outcome::Pending`] count as a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// An answer came, or the connection was surely made.
    Sent,
    /// Answered from the browser's cache. Chromium 156 does not tell whether a server was asked if the copy is still good.
    Cached,
    /// Stopped by another extension or by the browser before it left.
    Blocked,
    /// Surely not reached: name not resolved, connection refused, offline.
    Failed,
    /// An error that does not tell whether the request left.
    Unknown,
    /// No end has been seen yet.
    Pending,
}

live_enum!(Outcome { 0: Sent, 1: Cached, 2: Blocked, 3: Failed, 4: Unknown, 5: Pending });

impl Outcome {
    /// Every outcome, those that count as a contact first.
    pub const ALL: [Self; 6] =
        [Self::Sent, Self::Pending, Self::Cached, Self::Blocked, Self::Failed, Self::Unknown];

    /// Whether a request with this outcome counts as a contact.
    #[must_use]
    pub const fn is_contact(self) -> bool {
        matches!(self, Self::Sent | Self::Pending)
    }
}

/// How many requests had each outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OutcomeCounts {
    /// See [`Outcome::Sent`].
    pub sent: u32,
    /// See [`Outcome::Cached`].
    pub cached: u32,
    /// See [`Outcome::Blocked`].
    pub blocked: u32,
    /// See [`Outcome::Failed`].
    pub failed: u32,
    /// See [`Outcome::Unknown`].
    pub unknown: u32,
    /// See [`Outcome::Pending`].
    pub pending: u32,
}

live_struct!(OutcomeCounts { sent, cached, blocked, failed, unknown, pending });

impl OutcomeCounts {
    /// Requests that left the browser, as far as it is known: sent, or still on their way.
    #[must_use]
    pub const fn contacted(&self) -> u32 {
        self.sent.saturating_add(self.pending)
    }

    /// All requests, whatever became of them.
    #[must_use]
    pub const fn requests(&self) -> u32 {
        self.contacted()
            .saturating_add(self.cached)
            .saturating_add(self.blocked)
            .saturating_add(self.failed)
            .saturating_add(self.unknown)
    }

    /// Counts one more request with this outcome.
    pub const fn add(&mut self, outcome: Outcome) {
        let count = self.count_mut(outcome);
        *count = count.saturating_add(1);
    }

    /// Takes one request with this outcome back; nothing happens where none was counted.
    pub const fn remove(&mut self, outcome: Outcome) {
        let count = self.count_mut(outcome);
        *count = count.saturating_sub(1);
    }

    /// Adds other counts to these.
    pub const fn absorb(&mut self, other: &Self) {
        self.sent = self.sent.saturating_add(other.sent);
        self.cached = self.cached.saturating_add(other.cached);
        self.blocked = self.blocked.saturating_add(other.blocked);
        self.failed = self.failed.saturating_add(other.failed);
        self.unknown = self.unknown.saturating_add(other.unknown);
        self.pending = self.pending.saturating_add(other.pending);
    }

    const fn count_mut(&mut self, outcome: Outcome) -> &mut u32 {
        match outcome {
            Outcome::Sent => &mut self.sent,
            Outcome::Cached => &mut self.cached,
            Outcome::Blocked => &mut self.blocked,
            Outcome::Failed => &mut self.failed,
            Outcome::Unknown => &mut self.unknown,
            Outcome::Pending => &mut self.pending,
        }
    }
}
impl<'a> std::iter::Sum<&'a Self> for OutcomeCounts {
    fn sum<All: Iterator<Item = &'a Self>>(all: All) -> Self {
        let mut sum = Self::default();
        for counts in all {
            sum.absorb(counts);
        }
        sum
    }
}
