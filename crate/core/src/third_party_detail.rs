//! One third party as the visits of some days tell of it, read day by day: its hosts, what was asked of them and what became of it, and who
//! brought it.

use std::cmp::Ordering;

use serde::Serialize;

use crate::archive::Archive;
use crate::arrangement::Arrangement;
use crate::chain::{ChainRow, Chains};
use crate::day_sum::Number;
use crate::display::host_text;
use crate::numbered::Numbered;
use crate::outcome::OutcomeCounts;
use crate::record::{VisitKind, VisitRecord};
use crate::request_sum::{RequestSum, RequestSumView};
use crate::search::Search;
use crate::summary::Named;
use crate::summary_view::{Page, RowQuery, SortKey};

/// What was read of one third party so far.
#[derive(Debug)]
pub struct ThirdPartyDetail {
    domain: Box<str>,
    requests: RequestSum,
    hosts: Named,
    /// By their numbers.
    sums: Vec<HostSum>,
    chains: Chains,
}

/// One of its hosts.
#[derive(Debug, Default)]
struct HostSum {
    visits: u32,
    outcomes: OutcomeCounts,
}

/// One host of a third party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct HostRow {
    /// The host.
    pub host: String,
    /// The host as people write it.
    pub text: String,
    /// In how many visits it was contacted.
    pub visits: u32,
    /// Requests that left the browser for it.
    pub requests: u32,
    /// What became of all requests.
    pub outcomes: OutcomeCounts,
}

impl ThirdPartyDetail {
    /// A third party of which nothing was read.
    #[must_use]
    pub fn of(domain: &str) -> Self {
        Self {
            domain: domain.into(),
            requests: RequestSum::default(),
            hosts: Named::default(),
            sums: Vec::new(),
            chains: Chains::default(),
        }
    }

    /// Reads one more day, or some visits of one. What a site's workers did counts for its requests, not as a visit.
    pub fn add(&mut self, day: &Archive) {
        for visit in &day.visits {
            self.add_visit(visit);
        }
        self.requests.add_unreadable(day.unreadable);
    }

    /// What was read so far, without its hosts and who brought it.
    #[must_use]
    pub fn view(&self) -> RequestSumView {
        self.requests.view()
    }

    /// Some of its hosts: by their names, their requests or their visits.
    #[must_use]
    pub fn hosts(&self, query: &RowQuery) -> Page<HostRow> {
        let search = Search::of(&query.search);
        let numbered = (0..).zip(&self.sums).map(|(number, sum)| (self.hosts.name(number), sum));
        let found =
            numbered.filter(|(host, _)| search.is_in(host)).map(|(host, sum)| sum.row(host)).collect();
        let arrangement = Arrangement {
            compare: |one: &HostRow, other: &HostRow| match query.sort {
                SortKey::Requests => (other.requests, other.visits).cmp(&(one.requests, one.visits)),
                SortKey::Visits => (other.visits, other.requests).cmp(&(one.visits, one.requests)),
                _ => Ordering::Equal,
            },
            names: |one: &HostRow, other: &HostRow| (&one.text, &one.host).cmp(&(&other.text, &other.host)),
        };
        arrangement.page(found, query, HostRow::clone)
    }

    /// Some of the ways in which it came into visits: by the domains of their steps, their visits or their sites.
    #[must_use]
    pub fn chains(&self, query: &RowQuery) -> Page<ChainRow> {
        self.chains.page(query)
    }

    fn add_visit(&mut self, visit: &VisitRecord) {
        let mut contacted = Numbered::<()>::default();
        let mut brought = Vec::new();
        for contact in &visit.contacts {
            let outcomes = contact.outcomes();
            if !contact.third_party || *contact.domain != *self.domain || outcomes.requests() == 0 {
                continue;
            }
            self.requests.add(contact, &outcomes);
            let host = self.hosts.number(&contact.host);
            self.sum(host).outcomes.absorb(&outcomes);
            if outcomes.contacted() > 0 {
                contacted.insert(host, ());
                brought.push(contact);
            }
        }
        if visit.kind == VisitKind::Page {
            if !brought.is_empty() {
                self.requests.add_visit();
            }
            for (host, ()) in contacted.iter() {
                self.sum(host).visits += 1;
            }
        }
        self.chains.add(visit, &self.domain, &brought);
    }

    /// What was read of a host.
    fn sum(&mut self, host: Number) -> &mut HostSum {
        let place = host as usize;
        if self.sums.len() <= place {
            self.sums.resize_with(place + 1, HostSum::default);
        }
        &mut self.sums[place]
    }
}

impl HostSum {
    fn row(&self, host: &str) -> HostRow {
        HostRow {
            host: host.to_owned(),
            text: host_text(host).into_owned(),
            visits: self.visits,
            requests: self.outcomes.contacted(),
            outcomes: self.outcomes,
        }
    }
}
