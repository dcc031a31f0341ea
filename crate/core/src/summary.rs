//! Days summed up, and the answers for any period of them: the sums of all days are read once, a period adds up numbers alone.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::archive::Archive;
use crate::closed_day::StoredDay;
use crate::day::Day;
use crate::day_sum::{DaySum, Number, PairDay, SiteDay};
use crate::distinct::Distinct;
use crate::numbered::Numbered;
use crate::period::Period;
use crate::record::RecordError;
use crate::rollup::Rollup;
use crate::search::Search;
use crate::view::UnreadableVisits;

/// All days that were read.
#[derive(Debug, Default)]
pub struct Summary {
    pub(crate) sites: Named,
    pub(crate) domains: Named,
    /// Which domain was met on which site.
    pub(crate) pairs: Pairs,
    pub(crate) days: Numbered<DaySum>,
}

/// Names by their numbers.
#[derive(Debug, Default)]
pub struct Named {
    numbers: Distinct,
    names: Vec<Box<str>>,
}

/// Sites with a domain, by their numbers.
#[derive(Debug, Default)]
pub struct Pairs {
    /// The domains of each site, with the pair's number. A table a site, so that a day's site finds all of its own close together: one
    /// table of all is larger than the caches.
    of_sites: Vec<HashMap<Number, Number, BuildHasherDefault<NumberHasher>>>,
    pub(crate) all: Vec<(Number, Number)>,
}

/// Spreads a number: a wasm multiplies 64 bits in one step, and the 128 of a better hash in twenty.
#[derive(Debug, Default)]
pub struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        let spread = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ (spread >> 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Named {
    /// The number of a name; it is given one where it was not met.
    pub(crate) fn number(&mut self, name: &str) -> Number {
        let (number, is_new) = self.numbers.meet(name);
        if is_new {
            self.names.push(name.into());
        }
        number
    }

    /// The number of a name, if it was met.
    pub(crate) fn find(&self, name: &str) -> Option<Number> {
        self.numbers.find(name)
    }

    /// The name of a number.
    pub(crate) fn name(&self, number: Number) -> &str {
        self.names.get(number as usize).map_or("", |name| name)
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}

impl Pairs {
    /// The number of a pair. `site` is one that was met.
    pub(crate) fn number(&mut self, site: Number, domain: Number) -> Number {
        if self.of_sites.len() <= site as usize {
            self.of_sites.resize_with(site as usize + 1, HashMap::default);
        }
        let Some(of_site) = self.of_sites.get_mut(site as usize) else { return Number::MAX };
        *of_site.entry(domain).or_insert_with(|| {
            self.all.push((site, domain));
            u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

impl Summary {
    /// Reads the stored sum of a day, in the place of what was known of it. An error where it cannot be read: then the day's visits are
    /// to be asked.
    pub fn add_rollup(&mut self, day: Day, stored: &[u8]) -> Result<(), RecordError> {
        self.put(day, Rollup::from_bytes(stored)?, UnreadableVisits::default());
        Ok(())
    }

    /// Sums up a day from its visits, in the place of what was known of it: those of its closed record, and those that are stored beside
    /// it, which are the newer ones. What cannot be read is counted, and hides nothing else.
    pub fn add_visits<B: AsRef<[u8]>>(
        &mut self,
        day: Day,
        closed: Option<&StoredDay>,
        visits: impl IntoIterator<Item = B>,
    ) {
        let Archive { visits, unreadable } = Archive::of_day(closed, visits);
        self.put(day, Rollup::of(&visits), unreadable);
    }

    /// Adds visits to the stored sum of a day whose own visits are kept no longer, in the place of what was known of it. An error where that
    /// cannot be read.
    pub fn add_rollup_and_visits<B: AsRef<[u8]>>(
        &mut self,
        day: Day,
        stored: &[u8],
        visits: impl IntoIterator<Item = B>,
    ) -> Result<(), RecordError> {
        let rollup = Rollup::from_bytes(stored)?;
        let Archive { visits, unreadable } = Archive::of_day(None, visits);
        self.put(day, rollup.and(Rollup::of(&visits)), unreadable);
        Ok(())
    }

    /// Notes that the visits of a day, so many, cannot be read.
    pub fn add_unreadable(&mut self, day: Day, visits: u32, why: &RecordError) {
        let mut unreadable = UnreadableVisits::default();
        unreadable.add(visits, why);
        self.put(day, Rollup::default(), unreadable);
    }

    /// Forgets a day: nothing is stored of it any more.
    pub fn forget(&mut self, day: Day) {
        self.days.remove(day.get());
    }

    /// The sum of the days of a period, its first and its last one included; without one, of all before or after.
    #[must_use]
    pub fn over(&self, from: Option<Day>, to: Option<Day>) -> Period {
        let mut sum =
            Period::with_room((from, to), self.sites.len(), self.domains.len(), self.pairs.all.len());
        for (day, of_day) in self.days_in(from, to) {
            sum.add(day, of_day);
        }
        sum.finish(&self.pairs.all);
        sum
    }

    /// The days of a period on which a site or a third party has this in its name, the last first: where to look for their visits. Where
    /// nothing is looked for, also those of which nothing can be read: visits were counted there, and that they cannot be shown is said.
    #[must_use]
    pub fn days_with(&self, from: Option<Day>, to: Option<Day>, search: &str) -> Vec<Day> {
        let search = Search::of(search);
        let (sites, domains) = (self.sites.with(&search), self.domains.with(&search));
        let has = |of_day: &DaySum| {
            (search.is_empty() && of_day.unreadable != UnreadableVisits::default())
                || of_day.sites.iter().any(|site| sites.get(site.site as usize) == Some(&true))
                || of_day.contacts.iter().any(|one| {
                    let pair = self.pairs.all.get(one.pair as usize);
                    pair.is_some_and(|(_, domain)| domains.get(*domain as usize) == Some(&true))
                })
        };
        let mut days: Vec<Day> =
            self.days_in(from, to).filter(|(_, of_day)| has(of_day)).map(|(day, _)| day).collect();
        days.reverse();
        days
    }

    pub(crate) fn days_in(&self, from: Option<Day>, to: Option<Day>) -> impl Iterator<Item = (Day, &DaySum)> {
        let all = self.days.iter().map(|(day, of_day)| (Day::new(day), of_day));
        all.filter(move |(day, _)| from.is_none_or(|from| from <= *day) && to.is_none_or(|to| *day <= to))
    }

    fn put(&mut self, day: Day, rollup: Rollup, unreadable: UnreadableVisits) {
        let Rollup { names, sites } = rollup;
        let name = |place: u32| names.get(place as usize).map_or("", AsRef::as_ref);
        let mut sum = DaySum { unreadable, ..DaySum::default() };
        // Of each name of the day, so that it is looked up once.
        let mut domains: Vec<Option<Number>> = vec![None; names.len()];
        for of_site in sites {
            let site = self.sites.number(name(of_site.site));
            sum.sites.push(SiteDay {
                site,
                first_at: of_site.first_at,
                last_at: of_site.last_at,
                incomplete: of_site.incomplete,
                visits: of_site.visits,
            });
            for one in &of_site.domains {
                sum.outcomes.absorb(&one.outcomes);
                let requests = one.outcomes.contacted();
                let Some(known) = domains.get_mut(one.domain as usize).filter(|_| requests > 0) else {
                    continue;
                };
                let domain = *known.get_or_insert_with(|| self.domains.number(name(one.domain)));
                let pair = self.pairs.number(site, domain);
                sum.contacts.push(PairDay { pair, visits: one.visits, requests });
            }
        }
        sum.domains = u32::try_from(domains.iter().flatten().count()).unwrap_or(u32::MAX);
        self.days.insert(day.get(), sum);
    }
}
