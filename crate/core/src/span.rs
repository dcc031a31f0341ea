//! Some days as one record, which a page reads in the place of their sums: each name is in it once, and each pair of a site and a domain,
//! so that a year is read in a fraction of the time. It says nothing that the sums do not say.

use crate::bytes::{self, BytesError, damaged};
use crate::columns::{ColumnsReader, ColumnsWriter};
use crate::day::Day;
use crate::day_sum::{DaySum, Number, PairDay, SiteDay};
use crate::order::sort_by;
use crate::outcome_columns::OutcomeColumns;
use crate::record::RecordError;
use crate::rollup::VisitTotals;
use crate::summary::{Named, Summary};
use crate::time::Millis;

/// The version of packed spans that this core writes and reads: their first byte.
pub const SPAN_VERSION: u8 = 1;

/// The columns, in their order. What belongs to a row follows it in columns of its own, as many rows as it says.
#[derive(Debug, Clone, Copy)]
enum Column {
    /// How many sites, domains, pairs and days.
    Sizes,
    SiteName,
    DomainName,
    /// After the site of the pair before.
    PairSite,
    /// After the domain of the pair before, where the site is the same.
    PairDomain,
    /// After the day before.
    Day,
    DayDomains,
    Outcomes,
    OutcomeCounts,
    Sites,
    /// After the site before.
    Site,
    /// Milliseconds after the site before.
    First,
    /// Milliseconds after the first.
    Last,
    Incomplete,
    Visits,
    VisitDomains,
    VisitRequests,
    Contacts,
    /// After the pair before.
    Pair,
    PairVisits,
    PairRequests,
}

impl Column {
    const COUNT: usize = Self::PairRequests as usize + 1;
    const OUTCOMES: OutcomeColumns =
        OutcomeColumns { bits: Self::Outcomes as usize, counts: Self::OutcomeCounts as usize };
}

type Writer = ColumnsWriter<{ Column::COUNT }>;
type Reader<'a> = ColumnsReader<'a, { Column::COUNT }>;

/// Some days as one record, from their stored sums; none where there is nothing to read. A day whose sum cannot be read is not in it, and is
/// asked by itself.
#[must_use]
pub fn pack_span<B: AsRef<[u8]>>(sums: impl IntoIterator<Item = (Day, B)>) -> Option<Vec<u8>> {
    let mut summary = Summary::default();
    let read = sums.into_iter().filter_map(|(day, stored)| summary.add_rollup(day, stored.as_ref()).ok());
    (read.count() > 0).then(|| summary.to_span())
}

impl Summary {
    fn to_span(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        for size in [self.sites.len(), self.domains.len(), self.pairs.all.len(), self.days.values().count()] {
            writer.put_count(Column::Sizes as usize, size);
        }
        put_names(&mut writer, Column::SiteName, &self.sites);
        put_names(&mut writer, Column::DomainName, &self.domains);
        let places = put_pairs(&mut writer, &self.pairs.all);
        let mut before = 0;
        for (day, sum) in self.days.iter() {
            put_after(&mut writer, Column::Day, &mut before, day);
            put_day(&mut writer, sum, &places);
        }
        let mut bytes = bytes::head(SPAN_VERSION);
        writer.write(&mut bytes);
        bytes::seal(bytes)
    }

    /// Reads some days as [`pack_span`] packed them, each in the place of what was known of it; gives back which days they are. An error where it cannot be
    /// read: then nothing is known that was not before, and the days' own sums are to be asked.
    pub fn add_span(&mut self, stored: &[u8]) -> Result<Vec<Day>, RecordError> {
        let content = bytes::open(SPAN_VERSION, stored)?;
        let days = self.read_days(&mut Reader::new(content)?)?;
        let which = days.iter().map(|(day, _)| *day).collect();
        for (day, sum) in days {
            self.days.insert(day.get(), sum);
        }
        Ok(which)
    }

    fn read_days(&mut self, reader: &mut Reader) -> Result<Vec<(Day, DaySum)>, BytesError> {
        let [sites, domains, pairs, days] = [(); 4].map(|()| reader.take(Column::Sizes as usize));
        let sites = read_names(reader, Column::SiteName, sites?, &mut self.sites)?;
        let domains = read_names(reader, Column::DomainName, domains?, &mut self.domains)?;
        let (mut site, mut domain) = (0, 0);
        let pairs = (0..pairs?).map(|_| {
            let step = reader.take(Column::PairSite as usize)?;
            domain = if step == 0 { domain } else { 0 };
            let of_site = numbered(&sites, &mut site, step)?;
            let of_domain = numbered(&domains, &mut domain, reader.take(Column::PairDomain as usize)?)?;
            Ok(self.pairs.number(of_site, of_domain))
        });
        let pairs = pairs.collect::<Result<Vec<Number>, BytesError>>()?;
        let mut before = 0;
        let days = (0..days?).map(|_| {
            before = after(before, reader.take(Column::Day as usize)?)?;
            Ok((Day::new(before), read_day(reader, &sites, &pairs)?))
        });
        let days = days.collect::<Result<Vec<_>, BytesError>>()?;
        if (0..Column::COUNT).all(|column| reader.is_at_end(column)) {
            Ok(days)
        } else {
            Err(damaged("more rows than days"))
        }
    }
}

fn put_names(writer: &mut Writer, column: Column, names: &Named) {
    for number in (0..).take(names.len()) {
        writer.put_name(column as usize, names.name(number));
    }
}

/// Puts the pairs in their order, so that each is a step behind the one before. The place of each there.
fn put_pairs(writer: &mut Writer, pairs: &[(Number, Number)]) -> Vec<Number> {
    let mut sorted: Vec<_> = (0..pairs.len()).zip(pairs).collect();
    sort_by(&mut sorted, |(_, one), (_, other)| one.cmp(other));
    let mut places = vec![0; pairs.len()];
    let (mut site, mut domain) = (0, 0);
    for (place, (at, (of_site, of_domain))) in (0..).zip(sorted) {
        domain = if *of_site == site { domain } else { 0 };
        put_after(writer, Column::PairSite, &mut site, *of_site);
        put_after(writer, Column::PairDomain, &mut domain, *of_domain);
        if let Some(slot) = places.get_mut(at) {
            *slot = place;
        }
    }
    places
}

fn put_day(writer: &mut Writer, sum: &DaySum, places: &[Number]) {
    writer.put(Column::DayDomains as usize, sum.domains.into());
    Column::OUTCOMES.put(writer, &sum.outcomes);
    let mut sites: Vec<&SiteDay> = sum.sites.iter().collect();
    sort_by(&mut sites, |one, other| one.site.cmp(&other.site));
    writer.put_count(Column::Sites as usize, sites.len());
    let (mut before, mut moment) = (0, Millis::default());
    for one in sites {
        put_after(writer, Column::Site, &mut before, one.site);
        writer.put_after(Column::First as usize, moment, one.first_at);
        writer.put_after(Column::Last as usize, one.first_at, one.last_at);
        moment = one.first_at;
        writer.put(Column::Incomplete as usize, one.incomplete.into());
        writer.put_count(Column::Visits as usize, one.visits.len());
        for visit in &one.visits {
            writer.put(Column::VisitDomains as usize, visit.domains.into());
            writer.put(Column::VisitRequests as usize, visit.requests.into());
        }
    }
    let place = |one: &PairDay| places.get(one.pair as usize).copied().unwrap_or_default();
    let mut contacts: Vec<(Number, &PairDay)> = sum.contacts.iter().map(|one| (place(one), one)).collect();
    sort_by(&mut contacts, |(one, _), (other, _)| one.cmp(other));
    writer.put_count(Column::Contacts as usize, contacts.len());
    let mut before = 0;
    for (pair, one) in contacts {
        put_after(writer, Column::Pair, &mut before, pair);
        writer.put(Column::PairVisits as usize, one.visits.into());
        writer.put(Column::PairRequests as usize, one.requests.into());
    }
}

fn put_after(writer: &mut Writer, column: Column, before: &mut u32, number: u32) {
    writer.put(column as usize, u64::from(number).saturating_sub((*before).into()));
    *before = number;
}

/// The numbers here of so many names.
fn read_names(
    reader: &mut Reader,
    column: Column,
    count: u64,
    names: &mut Named,
) -> Result<Vec<Number>, BytesError> {
    (0..count).map(|_| Ok(names.number(reader.take_name(column as usize)?))).collect()
}

fn read_day(reader: &mut Reader, sites: &[Number], pairs: &[Number]) -> Result<DaySum, BytesError> {
    let domains = reader.take_as(Column::DayDomains as usize)?;
    let outcomes = Column::OUTCOMES.take(reader)?;
    let (mut before, mut moment) = (0, Millis::default());
    let of_sites = (0..reader.take(Column::Sites as usize)?).map(|_| {
        let site = numbered(sites, &mut before, reader.take(Column::Site as usize)?)?;
        moment = reader.take_after(Column::First as usize, moment)?;
        let last_at = reader.take_after(Column::Last as usize, moment)?;
        let incomplete = reader.take_as(Column::Incomplete as usize)?;
        let visits = (0..reader.take(Column::Visits as usize)?).map(|_| {
            let domains = reader.take_as(Column::VisitDomains as usize)?;
            Ok(VisitTotals { domains, requests: reader.take_as(Column::VisitRequests as usize)? })
        });
        let visits = visits.collect::<Result<_, BytesError>>()?;
        Ok(SiteDay { site, first_at: moment, last_at, incomplete, visits })
    });
    let of_sites = of_sites.collect::<Result<_, BytesError>>()?;
    let count = reader.take(Column::Contacts as usize)?;
    let [steps, visits, requests] = [Column::Pair, Column::PairVisits, Column::PairRequests]
        .map(|column| reader.take_all(column as usize, count));
    let mut before = 0;
    let contacts = steps?.into_iter().zip(visits?).zip(requests?).map(|((step, visits), requests)| {
        Ok(PairDay { pair: numbered(pairs, &mut before, step.into())?, visits, requests })
    });
    let contacts = contacts.collect::<Result<_, BytesError>>()?;
    Ok(DaySum { sites: of_sites, contacts, domains, outcomes, ..DaySum::default() })
}

/// The number of what is so many places after the one before.
fn numbered(numbers: &[Number], before: &mut u32, step: u64) -> Result<Number, BytesError> {
    *before = after(*before, step)?;
    numbers.get(*before as usize).copied().ok_or_else(|| damaged("it names what it does not hold"))
}

fn after(before: u32, step: u64) -> Result<u32, BytesError> {
    let place = u64::from(before).checked_add(step).and_then(|place| u32::try_from(place).ok());
    place.ok_or_else(|| damaged("a number is too large"))
}
