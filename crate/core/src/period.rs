//! A period added up: numbers alone, by the numbers of its sites, its third parties, and the pairs of both.

use crate::day::Day;
use crate::day_sum::{DaySum, Number};
use crate::outcome::OutcomeCounts;
use crate::rollup::VisitTotals;
use crate::summary_view::{DayRow, Spread, SummaryView};
use crate::time::Millis;
use crate::view::UnreadableVisits;

/// A period added up.
#[derive(Debug, Default)]
pub struct Period {
    /// Its first day; without one, it begins with what is stored.
    pub(crate) from: Option<Day>,
    /// Its last one.
    pub(crate) to: Option<Day>,
    /// Its days with something, in their order.
    pub days: Vec<DayRow>,
    pub(crate) sites: Vec<SiteSum>,
    pub(crate) domains: Vec<PairSum>,
    pub(crate) pairs: Vec<PairSum>,
    visits: Vec<VisitTotals>,
    requests: u32,
    incomplete: u32,
    outcomes: OutcomeCounts,
    unreadable: UnreadableVisits,
}

/// A site in a period.
#[derive(Debug, Clone, Copy, Default)]
pub struct SiteSum {
    /// Whether there is anything of it in the period.
    pub(crate) is_met: bool,
    pub(crate) visits: u32,
    pub(crate) domains: u32,
    pub(crate) requests: u32,
    pub(crate) incomplete: u32,
    pub(crate) last_at: Millis,
}

/// A third party in a period, on one site or on all.
#[derive(Debug, Clone, Copy, Default)]
pub struct PairSum {
    /// On how many sites it was contacted; 0: it was not.
    pub(crate) sites: u32,
    /// Of those, how many were visited.
    pub(crate) visited_sites: u32,
    pub(crate) visits: u32,
    pub(crate) requests: u32,
    pub(crate) first_day: Day,
    pub(crate) last_day: Day,
}

impl PairSum {
    fn add(&mut self, other: &Self) {
        self.first_day = if self.sites == 0 { other.first_day } else { self.first_day.min(other.first_day) };
        self.last_day = self.last_day.max(other.last_day);
        self.sites += other.sites;
        self.visited_sites += other.visited_sites;
        self.visits = self.visits.saturating_add(other.visits);
        self.requests = self.requests.saturating_add(other.requests);
    }
}

impl Period {
    /// Nothing yet, with room for so many sites, domains and pairs.
    pub(crate) fn with_room(
        (from, to): (Option<Day>, Option<Day>),
        sites: usize,
        domains: usize,
        pairs: usize,
    ) -> Self {
        Self {
            from,
            to,
            sites: vec![SiteSum::default(); sites],
            domains: vec![PairSum::default(); domains],
            pairs: vec![PairSum::default(); pairs],
            ..Self::default()
        }
    }

    /// Adds a day; later than those before.
    pub(crate) fn add(&mut self, day: Day, of_day: &DaySum) {
        let mut row =
            DayRow { day, visits: 0, sites: 0, domains: of_day.domains, requests: 0, incomplete: 0 };
        for one in &of_day.sites {
            let visits = u32::try_from(one.visits.len()).unwrap_or(u32::MAX);
            row.visits += visits;
            row.sites += u32::from(visits > 0);
            row.incomplete += one.incomplete;
            self.visits.extend_from_slice(&one.visits);
            if let Some(site) = self.sites.get_mut(one.site as usize) {
                site.is_met = true;
                site.visits += visits;
                site.incomplete += one.incomplete;
                site.last_at = site.last_at.max(one.last_at);
            }
        }
        for one in &of_day.contacts {
            row.requests = row.requests.saturating_add(one.requests);
            if let Some(pair) = self.pairs.get_mut(one.pair as usize) {
                if pair.sites == 0 {
                    pair.first_day = day;
                    pair.sites = 1;
                }
                pair.last_day = day;
                pair.visits = pair.visits.saturating_add(one.visits);
                pair.requests = pair.requests.saturating_add(one.requests);
            }
        }
        self.requests = self.requests.saturating_add(row.requests);
        self.incomplete += row.incomplete;
        self.outcomes.absorb(&of_day.outcomes);
        self.unreadable.absorb(of_day.unreadable);
        if !of_day.sites.is_empty() || of_day.unreadable != UnreadableVisits::default() {
            self.days.push(row);
        }
    }

    /// Adds the pairs up, by site and by domain. `pairs`: the site and the domain of each.
    pub(crate) fn finish(&mut self, pairs: &[(Number, Number)]) {
        for ((site, domain), pair) in pairs.iter().zip(&mut self.pairs).filter(|(_, pair)| pair.sites > 0) {
            if let Some(site) = self.sites.get_mut(*site as usize) {
                site.domains += 1;
                site.requests = site.requests.saturating_add(pair.requests);
                pair.visited_sites = u32::from(site.visits > 0);
            }
            if let Some(domain) = self.domains.get_mut(*domain as usize) {
                domain.add(pair);
            }
        }
    }

    /// How many sites were visited.
    #[must_use]
    pub fn visited_sites(&self) -> u32 {
        u32::try_from(self.sites.iter().filter(|site| site.visits > 0).count()).unwrap_or(u32::MAX)
    }

    /// The totals.
    #[must_use]
    pub fn view(&self) -> SummaryView {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        SummaryView {
            visits: count(self.visits.len()),
            sites: self.visited_sites(),
            domains: count(self.domains.iter().filter(|domain| domain.sites > 0).count()),
            requests: self.requests,
            incomplete: self.incomplete,
            domains_a_visit: spread(self.visits.iter().map(|visit| visit.domains).collect()),
            requests_a_visit: spread(self.visits.iter().map(|visit| visit.requests).collect()),
            outcomes: self.outcomes,
            unreadable: self.unreadable,
            days: self.days.first().zip(self.days.last()).map(|(first, last)| (first.day, last.day)),
        }
    }
}

fn spread(mut figures: Vec<u32>) -> Spread {
    if figures.is_empty() {
        return Spread::default();
    }
    let count = figures.len();
    let sum: f64 = figures.iter().copied().map(f64::from).sum();
    let (below, upper, _) = figures.select_nth_unstable(count / 2);
    let upper = f64::from(*upper);
    let lower = below.iter().max().copied().map_or(upper, f64::from);
    #[expect(clippy::cast_precision_loss, reason = "no user visits so many pages")]
    Spread {
        mean: sum / count as f64,
        median: if count % 2 == 1 { upper } else { f64::midpoint(lower, upper) },
    }
}
