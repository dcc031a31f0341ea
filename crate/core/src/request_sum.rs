//! What was asked in some visits, summed up: requests by type and by outcome, in how many visits, and how many visits cannot be read.

use serde::Serialize;

use crate::order::sort_by;
use crate::outcome::OutcomeCounts;
use crate::record::ContactRecord;
use crate::view::{TypeCount, UnreadableVisits};

/// The sum of what was read so far.
#[derive(Debug, Default)]
pub(crate) struct RequestSum {
    visits: u32,
    outcomes: OutcomeCounts,
    types: Vec<TypeCount>,
    unreadable: UnreadableVisits,
}

/// What the visits that were read tell of the requests of a site or to a third party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RequestSumView {
    /// How many visits they are: of a site all of its pages, of a third party those in which it was contacted. Fewer than the days' sums
    /// say where not all of them could be read.
    pub visits: u32,
    /// Requests that left the browser, those of workers included.
    pub requests: u32,
    /// What became of all requests.
    pub outcomes: OutcomeCounts,
    /// Requests that left, by type, most first.
    pub types: Vec<TypeCount>,
    /// Visits of these days that cannot be read: what is told of may be in them.
    pub unreadable: UnreadableVisits,
}

impl RequestSum {
    /// Adds what was asked of a host; `outcomes` are those of all its types.
    pub fn add(&mut self, contact: &ContactRecord, outcomes: &OutcomeCounts) {
        self.outcomes.absorb(outcomes);
        add_types(&mut self.types, contact);
    }

    /// One more visit was read.
    pub fn add_visit(&mut self) {
        self.visits += 1;
    }

    /// So many visits could not be.
    pub fn add_unreadable(&mut self, unreadable: UnreadableVisits) {
        self.unreadable.absorb(unreadable);
    }

    /// What was read so far.
    pub fn view(&self) -> RequestSumView {
        let mut types = self.types.clone();
        settle_types(&mut types);
        RequestSumView {
            visits: self.visits,
            requests: self.outcomes.contacted(),
            outcomes: self.outcomes,
            types,
            unreadable: self.unreadable,
        }
    }
}

/// Adds a contact's requests that left to those by type; there are few types.
pub(crate) fn add_types(types: &mut Vec<TypeCount>, contact: &ContactRecord) {
    for tally in contact.tallies.iter().filter(|tally| tally.outcomes.contacted() > 0) {
        let requests = tally.outcomes.contacted();
        match types.iter_mut().find(|count| count.request_type == tally.request_type) {
            Some(count) => count.requests = count.requests.saturating_add(requests),
            None => types.push(TypeCount { request_type: tally.request_type.clone(), requests }),
        }
    }
}

/// Most requests first.
pub(crate) fn settle_types(types: &mut Vec<TypeCount>) {
    sort_by(types, |a, b| b.requests.cmp(&a.requests).then_with(|| a.request_type.cmp(&b.request_type)));
}
