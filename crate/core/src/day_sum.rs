//! What is known of one day: numbers alone, by the numbers of its sites, and of the pairs of a site with a third party.

use crate::outcome::OutcomeCounts;
use crate::rollup::VisitTotals;
use crate::time::Millis;
use crate::view::UnreadableVisits;

/// A number of a site, a domain, or a pair of both, from 0.
pub type Number = u32;

/// What is known of one day.
#[derive(Debug, Default)]
pub struct DaySum {
    pub(crate) sites: Vec<SiteDay>,
    pub(crate) contacts: Vec<PairDay>,
    /// Distinct ones.
    pub(crate) domains: u32,
    pub(crate) outcomes: OutcomeCounts,
    pub(crate) unreadable: UnreadableVisits,
}

/// One site on one day.
#[derive(Debug)]
pub struct SiteDay {
    pub(crate) site: Number,
    pub(crate) first_at: Millis,
    pub(crate) last_at: Millis,
    pub(crate) incomplete: u32,
    pub(crate) visits: Vec<VisitTotals>,
}

/// One domain that was contacted on one site on one day.
#[derive(Debug, Clone, Copy)]
pub struct PairDay {
    pub(crate) pair: Number,
    pub(crate) visits: u32,
    pub(crate) requests: u32,
}
