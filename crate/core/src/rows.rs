//! The rows of a period, page by page: which of them are asked for, in which order.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::arrangement::{Arrangement, Cut};
use crate::day::Day;
use crate::day_sum::Number;
use crate::display::host_text;
use crate::period::{PairSum, Period, SiteSum};
use crate::reach_change::ReachChanges;
use crate::search::Search;
use crate::summary::{Named, Summary};
use crate::summary_view::{ContactRow, Page, RowQuery, SiteRow, SortKey, ThirdPartyRow};
use crate::time::Millis;

impl From<&RowQuery> for Cut {
    fn from(query: &RowQuery) -> Self {
        let RowQuery { sort, back, offset, limit, .. } = *query;
        Self { by_name: sort == SortKey::Name, back, offset, limit }
    }
}

/// A row before it is known whether it is on the page.
struct Candidate<'a> {
    name: &'a str,
    text: Cow<'a, str>,
    domains: u32,
    sites: u32,
    visited_sites: u32,
    change: Option<f64>,
    is_new: bool,
    own_visits: u32,
    incomplete: u32,
    visits: u32,
    requests: u32,
    first_day: Day,
    last_day: Day,
    last_at: Millis,
}

impl<'a> Candidate<'a> {
    fn site(name: &'a str, sum: &SiteSum) -> Self {
        let SiteSum { visits, domains, requests, incomplete, last_at, .. } = *sum;
        let nothing = PairSum::default();
        Self {
            domains,
            incomplete,
            last_at,
            ..Self::third_party(name, &PairSum { visits, requests, ..nothing })
        }
    }

    fn third_party(name: &'a str, sum: &PairSum) -> Self {
        let PairSum { sites, visited_sites, visits, requests, first_day, last_day } = *sum;
        let last_at = Millis::default();
        Self {
            name,
            text: host_text(name),
            domains: 0,
            sites,
            visited_sites,
            change: None,
            is_new: false,
            own_visits: 0,
            incomplete: 0,
            visits,
            requests,
            first_day,
            last_day,
            last_at,
        }
    }

    fn compare(&self, other: &Self, key: SortKey) -> Ordering {
        match key {
            SortKey::Name => Ordering::Equal,
            SortKey::Domains => other.domains.cmp(&self.domains),
            SortKey::Sites => (other.visited_sites, other.sites).cmp(&(self.visited_sites, self.sites)),
            SortKey::Change => {
                let share = |one: &Self| one.change.unwrap_or_default();
                share(other).total_cmp(&share(self))
            }
            SortKey::OwnVisits => other.own_visits.cmp(&self.own_visits),
            SortKey::Visits => other.visits.cmp(&self.visits),
            SortKey::Requests => other.requests.cmp(&self.requests),
            SortKey::Last => (other.last_at, other.last_day).cmp(&(self.last_at, self.last_day)),
        }
    }
}

impl Summary {
    /// The sites of a period.
    #[must_use]
    pub fn sites(&self, period: &Period, query: &RowQuery) -> Page<SiteRow> {
        let met = period.sites.iter().zip(0..).filter(|(site, _)| site.is_met);
        page(met.map(|(site, number)| Candidate::site(self.sites.name(number), site)), query, site_row)
    }

    /// One site of a period; none where there is nothing of it.
    #[must_use]
    pub fn site(&self, period: &Period, site: &str) -> Option<SiteRow> {
        let sum = period.sites.get(self.sites.find(site)? as usize).filter(|sum| sum.is_met)?;
        Some(site_row(&Candidate::site(site, sum)))
    }

    /// One third party of a period, on all sites; none where it was not contacted.
    #[must_use]
    pub fn third_party(&self, period: &Period, domain: &str) -> Option<ThirdPartyRow> {
        let sum = period.domains.get(self.domains.find(domain)? as usize).filter(|sum| sum.sites > 0)?;
        Some(third_party_row(&self.whole_third_party(period, domain, sum)))
    }

    /// The third parties of a period, on all sites; where it is compared with another, with what has changed since.
    #[must_use]
    pub fn third_parties(
        &self,
        period: &Period,
        compared: Option<&Period>,
        query: &RowQuery,
    ) -> Page<ThirdPartyRow> {
        let changes = compared.map(|other| ReachChanges::of(self, period, other));
        let met = period.domains.iter().zip(0..).filter(|(domain, _)| domain.sites > 0);
        let candidates = met.map(|(domain, number)| {
            let whole = self.whole_third_party(period, self.domains.name(number), domain);
            let Some(changes) = &changes else { return whole };
            Candidate { change: changes.change(number), is_new: changes.is_new(number), ..whole }
        });
        page(candidates, query, third_party_row)
    }

    fn whole_third_party<'a>(&self, period: &Period, domain: &'a str, sum: &PairSum) -> Candidate<'a> {
        Candidate { own_visits: self.own_visits(period, domain), ..Candidate::third_party(domain, sum) }
    }

    /// The third parties of a period on one site.
    #[must_use]
    pub fn third_parties_of(&self, period: &Period, site: &str, query: &RowQuery) -> Page<ContactRow> {
        let site = self.sites.find(site);
        let met = self.pairs_of(period, move |of, _| Some(of) == site);
        let candidates =
            met.map(|(_, (_, domain), pair)| Candidate::third_party(self.domains.name(domain), pair));
        page(candidates, query, contact_row)
    }

    /// The sites of a period on which one third party was contacted.
    #[must_use]
    pub fn sites_with(&self, period: &Period, domain: &str, query: &RowQuery) -> Page<ContactRow> {
        let domain = self.domains.find(domain);
        let met = self.pairs_of(period, move |_, of| Some(of) == domain);
        let candidates = met.map(|(_, (site, _), pair)| Candidate::third_party(self.sites.name(site), pair));
        page(candidates, query, contact_row)
    }

    /// The pairs of a period that are wanted by their site and their domain, each with its number.
    pub(crate) fn pairs_of<'a>(
        &'a self,
        period: &'a Period,
        is_wanted: impl Fn(Number, Number) -> bool + 'a,
    ) -> impl Iterator<Item = (Number, (Number, Number), &'a PairSum)> {
        let all = (0..).zip(&self.pairs.all).zip(&period.pairs);
        all.map(|((number, of), pair)| (number, *of, pair))
            .filter(move |(_, (site, domain), pair)| pair.sites > 0 && is_wanted(*site, *domain))
    }

    /// How often the site of this name was visited itself in a period.
    fn own_visits(&self, period: &Period, domain: &str) -> u32 {
        let site = self.sites.find(domain).and_then(|number| period.sites.get(number as usize));
        site.map_or(0, |site| site.visits)
    }
}

impl Named {
    /// Whether each name holds what is searched for, by its number.
    pub(crate) fn with(&self, search: &Search) -> Vec<bool> {
        (0..).take(self.len()).map(|number| search.is_in(self.name(number))).collect()
    }

    /// Each name as people write it, by its number.
    pub(crate) fn texts(&self) -> Vec<Cow<'_, str>> {
        (0..).take(self.len()).map(|number| host_text(self.name(number))).collect()
    }
}

fn page<'a, Row>(
    candidates: impl Iterator<Item = Candidate<'a>>,
    query: &RowQuery,
    row: fn(&Candidate) -> Row,
) -> Page<Row> {
    let search = Search::of(&query.search);
    let arrangement = Arrangement {
        compare: |one: &Candidate, other: &Candidate| one.compare(other, query.sort),
        names: |one: &Candidate, other: &Candidate| (&one.text, one.name).cmp(&(&other.text, other.name)),
    };
    arrangement.page(candidates.filter(|one| search.is_in(one.name)).collect(), query, row)
}

fn site_row(one: &Candidate) -> SiteRow {
    SiteRow {
        site: one.name.to_owned(),
        text: one.text.clone().into_owned(),
        visits: one.visits,
        domains: one.domains,
        requests: one.requests,
        incomplete: one.incomplete,
        last_at_ms: one.last_at,
    }
}

fn third_party_row(one: &Candidate) -> ThirdPartyRow {
    ThirdPartyRow {
        domain: one.name.to_owned(),
        text: one.text.clone().into_owned(),
        sites: one.sites,
        visited_sites: one.visited_sites,
        change: one.change,
        is_new: one.is_new,
        own_visits: one.own_visits,
        visits: one.visits,
        requests: one.requests,
        first_day: one.first_day,
        last_day: one.last_day,
    }
}

fn contact_row(one: &Candidate) -> ContactRow {
    ContactRow {
        name: one.name.to_owned(),
        text: one.text.clone().into_owned(),
        visits: one.visits,
        requests: one.requests,
        first_day: one.first_day,
        last_day: one.last_day,
    }
}
