//! One site, or one third party, day by day, and which third parties were new to a site.

use serde::Serialize;

use crate::arrangement::Arrangement;
use crate::day::Day;
use crate::day_sum::{DaySum, Number};
use crate::period::Period;
use crate::search::Search;
use crate::summary::Summary;
use crate::summary_view::{Page, RowQuery, SortKey};

/// One site on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SiteDayRow {
    /// The day.
    pub day: Day,
    /// Pages visited.
    pub visits: u32,
    /// Distinct third-party domains contacted.
    pub domains: u32,
    /// Of those, how many were new to the site, as [`NewContactRow`] says it.
    pub new_domains: u32,
    /// Requests to third parties that left the browser.
    pub requests: u32,
    /// Visits whose count may be incomplete.
    pub incomplete: u32,
}

/// One third party on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ThirdPartyDayRow {
    /// The day.
    pub day: Day,
    /// On how many sites it was contacted, by pages or by workers.
    pub sites: u32,
    /// In how many visits it was contacted.
    pub visits: u32,
    /// Requests that left the browser for it.
    pub requests: u32,
}

/// A third party that is new to a site: it was first contacted there on a day of the period, and the site was visited on a day before
/// that one. On a site's first day everything would be new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NewContactRow {
    /// The site.
    pub site: String,
    /// The site as people write it.
    pub site_text: String,
    /// The third party.
    pub name: String,
    /// The third party as people write it.
    pub text: String,
    /// The day on which it was first contacted there, as far as days are stored.
    pub first_day: Day,
    /// In how many visits of the period it was contacted there.
    pub visits: u32,
    /// Requests of the period that left the browser for it from there.
    pub requests: u32,
}

/// The first days of sites and pairs, by their numbers; none: there is nothing of it.
struct Firsts {
    sites: Vec<Option<Day>>,
    pairs: Vec<Option<Day>>,
}

impl Firsts {
    /// The day on which a pair was new to its site; none where it was there from the first day on.
    fn new_on(&self, pair: Number, site: Number) -> Option<Day> {
        let of = |days: &[Option<Day>], number: Number| days.get(number as usize).copied().flatten();
        let day = of(&self.pairs, pair)?;
        of(&self.sites, site).is_some_and(|first| first < day).then_some(day)
    }
}

/// A third party that is new to a site, by numbers, before it is known whether it is on the page.
struct NewContact {
    site: Number,
    domain: Number,
    first_day: Day,
    visits: u32,
    requests: u32,
}

impl Summary {
    /// The days of a period on which there is something of a site.
    #[must_use]
    pub fn days_of_site(&self, period: &Period, site: &str) -> Vec<SiteDayRow> {
        let Some(number) = self.sites.find(site) else { return Vec::new() };
        let firsts = self.firsts(|of| of == number);
        let row = |(day, of_day): (Day, &DaySum)| {
            let of_site = of_day.sites.iter().find(|one| one.site == number)?;
            let visits = u32::try_from(of_site.visits.len()).unwrap_or(u32::MAX);
            let mut row = SiteDayRow {
                day,
                visits,
                domains: 0,
                new_domains: 0,
                requests: 0,
                incomplete: of_site.incomplete,
            };
            for one in of_day.contacts.iter().filter(|one| self.site_of(one.pair) == Some(number)) {
                row.domains += 1;
                row.new_domains += u32::from(firsts.new_on(one.pair, number) == Some(day));
                row.requests = row.requests.saturating_add(one.requests);
            }
            Some(row)
        };
        self.days_of(period).filter_map(row).collect()
    }

    /// The days of a period on which a third party was contacted.
    #[must_use]
    pub fn days_of_third_party(&self, period: &Period, domain: &str) -> Vec<ThirdPartyDayRow> {
        let Some(number) = self.domains.find(domain) else { return Vec::new() };
        let is_it: Vec<bool> = self.pairs.all.iter().map(|(_, domain)| *domain == number).collect();
        let row = |(day, of_day): (Day, &DaySum)| {
            let mut row = ThirdPartyDayRow { day, sites: 0, visits: 0, requests: 0 };
            for one in of_day.contacts.iter().filter(|one| is_it.get(one.pair as usize) == Some(&true)) {
                row.sites += 1;
                row.visits = row.visits.saturating_add(one.visits);
                row.requests = row.requests.saturating_add(one.requests);
            }
            (row.sites > 0).then_some(row)
        };
        self.days_of(period).filter_map(row).collect()
    }

    /// The third parties that were new in a period, on one site or on all. Sorted by the last day first, or as the query says; what is
    /// searched for is in the name of the site or of the third party.
    #[must_use]
    pub fn new_contacts(&self, period: &Period, site: Option<&str>, query: &RowQuery) -> Page<NewContactRow> {
        let wanted = site.map(|site| self.sites.find(site));
        let is_wanted = |of: Number| wanted.is_none_or(|wanted| wanted == Some(of));
        let firsts = self.firsts(is_wanted);
        let search = Search::of(&query.search);
        let (of_sites, of_domains) = (self.sites.with(&search), self.domains.with(&search));
        let holds = |found: &[bool], number: Number| found.get(number as usize) == Some(&true);
        let met: Vec<NewContact> = self
            .pairs_of(period, |of, _| is_wanted(of))
            .filter_map(|(number, (site, domain), pair)| {
                // What is on a day of the period, and on none before it, is first met on the pair's first day of the period.
                let first_day = firsts.new_on(number, site).filter(|first| *first == pair.first_day)?;
                let is_found = holds(&of_domains, domain) || wanted.is_none() && holds(&of_sites, site);
                is_found.then_some(NewContact {
                    site,
                    domain,
                    first_day,
                    visits: pair.visits,
                    requests: pair.requests,
                })
            })
            .collect();
        let (site_texts, domain_texts) = (self.sites.texts(), self.domains.texts());
        let site_text = |one: &NewContact| site_texts.get(one.site as usize).map_or("", AsRef::as_ref);
        let text = |one: &NewContact| domain_texts.get(one.domain as usize).map_or("", AsRef::as_ref);
        let names = |one: &NewContact| (text(one), self.domains.name(one.domain), self.sites.name(one.site));
        let arrangement = Arrangement {
            compare: |one: &NewContact, other: &NewContact| match query.sort {
                SortKey::Name => std::cmp::Ordering::Equal,
                SortKey::Visits => other.visits.cmp(&one.visits),
                SortKey::Sites => site_text(one).cmp(site_text(other)),
                SortKey::Requests => other.requests.cmp(&one.requests),
                SortKey::Last | SortKey::Domains | SortKey::OwnVisits | SortKey::Change => {
                    other.first_day.cmp(&one.first_day)
                }
            },
            names: |one: &NewContact, other: &NewContact| names(one).cmp(&names(other)),
        };
        arrangement.page(met, query, |one| NewContactRow {
            site: self.sites.name(one.site).to_owned(),
            site_text: site_text(one).to_owned(),
            name: self.domains.name(one.domain).to_owned(),
            text: text(one).to_owned(),
            first_day: one.first_day,
            visits: one.visits,
            requests: one.requests,
        })
    }

    /// The first days of the sites that are wanted, and of their pairs, of all that is stored.
    fn firsts(&self, is_wanted: impl Fn(Number) -> bool) -> Firsts {
        let mut firsts =
            Firsts { sites: vec![None; self.sites.len()], pairs: vec![None; self.pairs.all.len()] };
        let meet = |days: &mut Vec<Option<Day>>, number: Number, day: Day| {
            if let Some(first) = days.get_mut(number as usize) {
                first.get_or_insert(day);
            }
        };
        for (day, of_day) in self.days_in(None, None) {
            for one in of_day.sites.iter().filter(|one| is_wanted(one.site) && !one.visits.is_empty()) {
                meet(&mut firsts.sites, one.site, day);
            }
            for one in &of_day.contacts {
                if self.site_of(one.pair).is_some_and(&is_wanted) {
                    meet(&mut firsts.pairs, one.pair, day);
                }
            }
        }
        firsts
    }

    fn site_of(&self, pair: Number) -> Option<Number> {
        self.pairs.all.get(pair as usize).map(|(site, _)| *site)
    }

    fn days_of(&self, period: &Period) -> impl Iterator<Item = (Day, &DaySum)> {
        self.days_in(period.from, period.to)
    }
}
