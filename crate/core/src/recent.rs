//! The last requests to a host, in memory only: what the popup lists under a domain.

use std::collections::VecDeque;

use crate::outcome::Outcome;
use crate::time::Millis;
use crate::type_table::TypeCode;

/// How many requests are kept for one host, and shown for one domain.
pub const RECENT_REQUESTS: usize = 100;

/// One request that is remembered.
#[derive(Debug, Clone, Copy)]
pub struct RecentRequest {
    /// The number that the core gave it.
    pub number: u32,
    /// Its type.
    pub request_type: TypeCode,
    /// When it began.
    pub at: Millis,
    /// What became of it.
    pub outcome: Outcome,
}

/// The last requests to one host, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Recent(VecDeque<RecentRequest>);

impl Recent {
    /// Remembers a request that begins.
    pub fn begin(&mut self, request: RecentRequest) {
        if self.0.len() == RECENT_REQUESTS {
            self.0.pop_front();
        }
        self.0.push_back(request);
    }

    /// Gives a remembered request its outcome.
    pub fn end(&mut self, number: u32, outcome: Outcome) {
        // The ones still pending are mostly the newest.
        if let Some(request) = self.0.iter_mut().rev().find(|one| one.number == number) {
            request.outcome = outcome;
        }
    }

    /// Forgets a request that turned out to be none.
    pub fn take_back(&mut self, number: u32) {
        self.0.retain(|one| one.number != number);
    }

    /// Takes over what was remembered elsewhere before it was known to belong here.
    pub fn absorb(&mut self, other: Self) {
        for request in other.0 {
            self.begin(request);
        }
    }

    /// The requests, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &RecentRequest> {
        self.0.iter()
    }
}
