//! The last requests to each third-party domain of a visit, in memory only: what the popup lists under a domain.

use std::collections::VecDeque;

use foldhash::HashMap;

use crate::host_table::HostId;
use crate::outcome::Outcome;
use crate::time::Millis;
use crate::type_table::TypeCode;

/// How many requests are kept for one domain.
pub const RECENT_REQUESTS: usize = 100;

/// One request that is remembered.
#[derive(Debug, Clone, Copy)]
pub struct RecentRequest {
    /// The number that the core gave it.
    pub number: u32,
    /// The host that was asked.
    pub host: HostId,
    /// Its type.
    pub request_type: TypeCode,
    /// When it began.
    pub at: Millis,
    /// What became of it.
    pub outcome: Outcome,
}

/// The last requests, by domain.
#[derive(Debug, Clone, Default)]
pub struct Recent {
    by_site: HashMap<HostId, VecDeque<RecentRequest>>,
}

impl Recent {
    /// Remembers a request that begins.
    pub fn begin(&mut self, site: HostId, request: RecentRequest) {
        let requests = self.by_site.entry(site).or_default();
        if requests.len() == RECENT_REQUESTS {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    /// Gives a remembered request its outcome.
    pub fn end(&mut self, site: HostId, number: u32, outcome: Outcome) {
        // Numbers rise with time, so the newest are at the back, where the ones still pending mostly are.
        let requests = self.by_site.get_mut(&site);
        if let Some(request) = requests.and_then(|all| all.iter_mut().rev().find(|one| one.number == number))
        {
            request.outcome = outcome;
        }
    }

    /// Forgets a request that turned out to be none.
    pub fn take_back(&mut self, site: HostId, number: u32) {
        if let Some(requests) = self.by_site.get_mut(&site) {
            requests.retain(|one| one.number != number);
        }
    }

    /// Takes over what a document remembered before it was known to belong here.
    pub fn absorb(&mut self, other: Self) {
        for (site, requests) in other.by_site {
            let here = self.by_site.entry(site).or_default();
            here.extend(requests);
            here.make_contiguous().sort_unstable_by_key(|one| one.number);
            let surplus = here.len().saturating_sub(RECENT_REQUESTS);
            here.drain(..surplus);
        }
    }

    /// The requests to one domain, newest first.
    pub fn of(&self, site: HostId) -> impl Iterator<Item = &RecentRequest> {
        self.by_site.get(&site).into_iter().flatten().rev()
    }
}
