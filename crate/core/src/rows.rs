//! The rows of a period, page by page: which of them are asked for, in which order.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::day::Day;
use crate::display::host_text;
use crate::order::sort_by;
use crate::period::{PairSum, Period, SiteSum};
use crate::summary::{Named, Number, Summary};
use crate::summary_view::{ContactRow, Page, RowQuery, SiteRow, SortKey, ThirdPartyRow};
use crate::time::Millis;

/// What a name is to hold.
pub(crate) struct Search(String);

impl Search {
    /// Upper and lower case are the same, and what is around the words is not looked for.
    pub fn of(words: &str) -> Self {
        Self(words.trim().to_lowercase())
    }

    /// Whether a host's name holds it, as it is stored or as people write it.
    pub fn is_in(&self, name: &str) -> bool {
        self.0.is_empty() || name.contains(&self.0) || host_text(name).to_lowercase().contains(&self.0)
    }
}

/// A row before it is known whether it is on the page.
struct Candidate<'a> {
    name: &'a str,
    text: Cow<'a, str>,
    domains: u32,
    sites: u32,
    visits: u32,
    requests: u32,
    first_day: Day,
    last_day: Day,
    last_at: Millis,
}

impl<'a> Candidate<'a> {
    fn site(name: &'a str, sum: &SiteSum) -> Self {
        let SiteSum { visits, domains, requests, last_at, .. } = *sum;
        let nothing = PairSum::default();
        Self { domains, last_at, ..Self::third_party(name, &PairSum { visits, requests, ..nothing }) }
    }

    fn third_party(name: &'a str, sum: &PairSum) -> Self {
        let PairSum { sites, visits, requests, first_day, last_day } = *sum;
        let last_at = Millis::default();
        Self {
            name,
            text: host_text(name),
            domains: 0,
            sites,
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
            SortKey::Sites => other.sites.cmp(&self.sites),
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

    /// The third parties of a period, on all sites.
    #[must_use]
    pub fn third_parties(&self, period: &Period, query: &RowQuery) -> Page<ThirdPartyRow> {
        let met = period.domains.iter().zip(0..).filter(|(domain, _)| domain.sites > 0);
        let candidates =
            met.map(|(domain, number)| Candidate::third_party(self.domains.name(number), domain));
        page(candidates, query, third_party_row)
    }

    /// The third parties of a period on one site.
    #[must_use]
    pub fn third_parties_of(&self, period: &Period, site: &str, query: &RowQuery) -> Page<ContactRow> {
        let site = self.sites.find(site);
        let met = self.pairs_of(period, move |of, _| Some(of) == site);
        let candidates =
            met.map(|((_, domain), pair)| Candidate::third_party(self.domains.name(domain), pair));
        page(candidates, query, contact_row)
    }

    /// The sites of a period on which one third party was contacted.
    #[must_use]
    pub fn sites_with(&self, period: &Period, domain: &str, query: &RowQuery) -> Page<ContactRow> {
        let domain = self.domains.find(domain);
        let met = self.pairs_of(period, move |_, of| Some(of) == domain);
        let candidates = met.map(|((site, _), pair)| Candidate::third_party(self.sites.name(site), pair));
        page(candidates, query, contact_row)
    }

    fn pairs_of<'a>(
        &'a self,
        period: &'a Period,
        is_wanted: impl Fn(Number, Number) -> bool + 'a,
    ) -> impl Iterator<Item = ((Number, Number), &'a PairSum)> {
        let all = self.pairs.all.iter().copied().zip(&period.pairs);
        all.filter(move |((site, domain), pair)| pair.sites > 0 && is_wanted(*site, *domain))
    }
}

impl Named {
    /// Whether each name holds what is searched for, by its number.
    pub(crate) fn with(&self, search: &Search) -> Vec<bool> {
        (0..).take(self.len()).map(|number| search.is_in(self.name(number))).collect()
    }
}

fn page<'a, Row>(
    candidates: impl Iterator<Item = Candidate<'a>>,
    query: &RowQuery,
    row: fn(&Candidate) -> Row,
) -> Page<Row> {
    let search = Search::of(&query.search);
    let mut found: Vec<Candidate> = candidates.filter(|one| search.is_in(one.name)).collect();
    sort_by(&mut found, |one, other| {
        let names = || one.text.cmp(&other.text).then_with(|| one.name.cmp(other.name));
        match (one.compare(other, query.sort), query.back) {
            (Ordering::Equal, true) if query.sort == SortKey::Name => names().reverse(),
            (Ordering::Equal, _) => names(),
            (order, true) => order.reverse(),
            (order, false) => order,
        }
    });
    let rows = found.iter().skip(query.offset as usize).take(query.limit as usize).map(row).collect();
    Page { total: u32::try_from(found.len()).unwrap_or(u32::MAX), rows }
}

fn site_row(one: &Candidate) -> SiteRow {
    SiteRow {
        site: one.name.to_owned(),
        text: one.text.clone().into_owned(),
        visits: one.visits,
        domains: one.domains,
        requests: one.requests,
        last_at_ms: one.last_at,
    }
}

fn third_party_row(one: &Candidate) -> ThirdPartyRow {
    ThirdPartyRow {
        domain: one.name.to_owned(),
        text: one.text.clone().into_owned(),
        sites: one.sites,
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
