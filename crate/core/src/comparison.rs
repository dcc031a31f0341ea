//! Two sites, or two periods, side by side: which third parties both have, which only one of them, and how much of each.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::arrangement::{Arrangement, Cut};
use crate::day_sum::Number;
use crate::display::host_text;
use crate::period::{PairSum, Period, SiteSum};
use crate::search::Search;
use crate::summary::Summary;
use crate::summary_view::{Page, SummaryView};

/// What is compared, third party by third party.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The first side as a whole.
    pub one: SideTotals,
    /// The second.
    pub other: SideTotals,
    /// How many third parties both have.
    pub both: u32,
    /// How many only the first has.
    pub only_one: u32,
    /// How many only the second has.
    pub only_other: u32,
    /// Those that were asked for.
    pub page: Page<ComparedRow>,
}

/// One side as a whole: a site, or a period. All 0 where there is nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SideTotals {
    /// Pages visited.
    pub visits: u32,
    /// Sites visited.
    pub sites: u32,
    /// Distinct third-party domains contacted.
    pub domains: u32,
    /// Requests to third parties that left the browser.
    pub requests: u32,
    /// Visits whose count may be incomplete.
    pub incomplete: u32,
    /// Third-party domains a visit, on average; 0 where there is no visit.
    pub domains_a_visit: f64,
}

/// One third party on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ComparedRow {
    /// The domain.
    pub name: String,
    /// The domain as people write it.
    pub text: String,
    /// On the first side.
    pub one: Side,
    /// On the second.
    pub other: Side,
}

/// What one side has of a third party; all 0 where it has nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Side {
    /// Requests that left the browser for it.
    pub requests: u32,
    /// In how many visits it was contacted.
    pub visits: u32,
    /// On how many of the sites that were visited.
    pub visited_sites: u32,
    /// Between two sites: the share of the site's visits in which it was contacted. Between two periods: its reach, the share of the
    /// visited sites. From 0 to 1; 0 where only workers asked for it.
    pub share: f64,
}

/// Which third parties of a comparison are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ComparisonQuery {
    /// Those that these sides have.
    pub part: ComparisonPart,
    /// What their name holds; empty: all.
    pub search: String,
    /// By what they are sorted.
    pub sort: ComparisonSort,
    /// Last to first.
    pub back: bool,
    /// How many rows come before the page.
    pub offset: u32,
    /// How many rows the page has at most.
    pub limit: u32,
}

/// Which sides have a third party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ComparisonPart {
    /// One or both.
    #[default]
    All,
    /// Both.
    Both,
    /// Only the first.
    One,
    /// Only the second.
    Other,
}

/// By what compared rows are sorted: names from A, what else from the greatest. What is equal is in the order of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ComparisonSort {
    /// The name as people write it.
    Name,
    /// Its share on the first side, then its requests there.
    One,
    /// Its share on the second side, then its requests there.
    Other,
    /// Its requests on the first side.
    OneRequests,
    /// Its requests on the second side.
    OtherRequests,
    /// How far its shares lie apart, then its requests.
    #[default]
    Difference,
}

impl From<&ComparisonQuery> for Cut {
    fn from(query: &ComparisonQuery) -> Self {
        let ComparisonQuery { sort, back, offset, limit, .. } = *query;
        Self { by_name: sort == ComparisonSort::Name, back, offset, limit }
    }
}

impl Side {
    fn of(sum: Option<&PairSum>, part: impl Fn(&PairSum) -> u32, all: u32) -> Self {
        let Some(sum) = sum.filter(|sum| sum.sites > 0) else { return Self::default() };
        let PairSum { requests, visits, visited_sites, .. } = *sum;
        let share = if all == 0 { 0.0 } else { f64::from(part(sum)) / f64::from(all) };
        Self { requests, visits, visited_sites, share }
    }

    /// What left is counted: a side without a request has nothing.
    const fn has_it(&self) -> bool {
        self.requests > 0
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.share.total_cmp(&other.share).then(self.requests.cmp(&other.requests))
    }
}

impl SideTotals {
    fn of_period(period: &Period) -> Self {
        let SummaryView { visits, sites, domains, requests, incomplete, domains_a_visit, .. } = period.view();
        Self { visits, sites, domains, requests, incomplete, domains_a_visit: domains_a_visit.mean }
    }

    /// `contacts`: in how many visits of the site each of its third parties was contacted.
    fn of_site(site: &SiteSum, contacts: impl Iterator<Item = u32>) -> Self {
        let SiteSum { visits, domains, requests, incomplete, .. } = *site;
        let contacts: f64 = contacts.map(f64::from).sum();
        let domains_a_visit = if visits == 0 { 0.0 } else { contacts / f64::from(visits) };
        Self { visits, sites: u32::from(visits > 0), domains, requests, incomplete, domains_a_visit }
    }
}

impl ComparedRow {
    fn part(&self) -> ComparisonPart {
        match (self.one.has_it(), self.other.has_it()) {
            (true, false) => ComparisonPart::One,
            (false, true) => ComparisonPart::Other,
            _ => ComparisonPart::Both,
        }
    }

    /// How far its sides lie apart.
    fn difference(&self) -> Side {
        let share = (self.one.share - self.other.share).abs();
        Side { share, requests: self.one.requests.abs_diff(self.other.requests), ..Side::default() }
    }
}

impl Summary {
    /// Two sites of a period.
    #[must_use]
    pub fn compare_sites(
        &self,
        period: &Period,
        one: &str,
        other: &str,
        query: &ComparisonQuery,
    ) -> Comparison {
        let side = |site: &str| -> (SideTotals, Vec<Side>) {
            let mut sides = vec![Side::default(); self.domains.len()];
            let Some((number, sum)) =
                self.sites.find(site).and_then(|number| Some((number, period.sites.get(number as usize)?)))
            else {
                return (SideTotals::default(), sides);
            };
            for (_, (_, domain), pair) in self.pairs_of(period, |of, _| of == number) {
                if let Some(side) = sides.get_mut(domain as usize) {
                    *side = Side::of(Some(pair), |pair| pair.visits, sum.visits);
                }
            }
            (SideTotals::of_site(sum, sides.iter().map(|side| side.visits)), sides)
        };
        self.compare(&side(one), &side(other), query)
    }

    /// Two periods, on all sites.
    #[must_use]
    pub fn compare_periods(&self, one: &Period, other: &Period, query: &ComparisonQuery) -> Comparison {
        let side = |period: &Period| -> (SideTotals, Vec<Side>) {
            let sites = period.visited_sites();
            let of =
                |domain: usize| Side::of(period.domains.get(domain), |domain| domain.visited_sites, sites);
            (SideTotals::of_period(period), (0..self.domains.len()).map(of).collect())
        };
        self.compare(&side(one), &side(other), query)
    }

    /// Sides by the numbers of their domains.
    fn compare(
        &self,
        (one_totals, one): &(SideTotals, Vec<Side>),
        (other_totals, other): &(SideTotals, Vec<Side>),
        query: &ComparisonQuery,
    ) -> Comparison {
        let row = |(number, (one, other)): (Number, (&Side, &Side))| {
            let name = self.domains.name(number);
            let text = || host_text(name).into_owned();
            (one.has_it() || other.has_it()).then(|| ComparedRow {
                name: name.to_owned(),
                text: text(),
                one: *one,
                other: *other,
            })
        };
        let rows: Vec<ComparedRow> = (0..).zip(one.iter().zip(other)).filter_map(row).collect();
        let count = |part: ComparisonPart| {
            u32::try_from(rows.iter().filter(|row| row.part() == part).count()).unwrap_or(u32::MAX)
        };
        let (both, only_one, only_other) =
            (count(ComparisonPart::Both), count(ComparisonPart::One), count(ComparisonPart::Other));
        let search = Search::of(&query.search);
        let is_wanted = |row: &ComparedRow| {
            (query.part == ComparisonPart::All || query.part == row.part()) && search.is_in(&row.name)
        };
        let arrangement = Arrangement {
            compare: |one: &ComparedRow, other: &ComparedRow| match query.sort {
                ComparisonSort::Name => Ordering::Equal,
                ComparisonSort::One => other.one.compare(&one.one),
                ComparisonSort::Other => other.other.compare(&one.other),
                ComparisonSort::OneRequests => other.one.requests.cmp(&one.one.requests),
                ComparisonSort::OtherRequests => other.other.requests.cmp(&one.other.requests),
                ComparisonSort::Difference => other.difference().compare(&one.difference()),
            },
            names: |one: &ComparedRow, other: &ComparedRow| {
                (&one.text, &one.name).cmp(&(&other.text, &other.name))
            },
        };
        let rows = rows.into_iter().filter(is_wanted).collect();
        let page = arrangement.page(rows, query, Clone::clone);
        Comparison { one: *one_totals, other: *other_totals, both, only_one, only_other, page }
    }
}
