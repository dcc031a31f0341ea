//! Some days of visits, read into a summary in all ways in which days are stored, and what a naive reader finds in them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::archive::Archive;
use tiers_core::closed_day::ClosedDay;
use tiers_core::day::{Day, UtcOffset};
use tiers_core::record::{ContactRecord, StoredVisit, VisitKind, VisitRecord};
use tiers_core::span::pack_span;
use tiers_core::summary::Summary;
use tiers_core::summary_view::{RowQuery, SortKey};
use tiers_core::time::Millis;
use tiers_core::view::TypeCount;

use crate::any_visit::visit;

pub const FIRST: u32 = 20_785;
pub const DAYS: u32 = 6;
pub const ALL: RowQuery =
    RowQuery { search: String::new(), sort: SortKey::Name, back: false, offset: 0, limit: u32::MAX };

/// Visits of some days, each under its own identifier, in the order in which they began.
pub fn visits() -> impl Strategy<Value = Vec<VisitRecord>> {
    vec((visit(), FIRST..FIRST + DAYS, 0..86_400_000_u64), 0..14).prop_map(|visits| {
        let mut visits: Vec<VisitRecord> = visits
            .into_iter()
            .enumerate()
            .map(|(number, (visit, day, millis))| {
                let started_at_ms = Millis::new(u64::from(day) * 86_400_000 + millis);
                let id = format!("session-{}", number + 1);
                // A day that is folded has no other.
                VisitRecord { id, started_at_ms, utc_offset: UtcOffset::from_minutes(0), ..visit }.over()
            })
            .collect();
        visits.sort_by_key(|visit| visit.started_at_ms);
        visits
    })
}

pub fn by_day(visits: &[VisitRecord]) -> BTreeMap<Day, Vec<VisitRecord>> {
    let mut days = BTreeMap::<Day, Vec<VisitRecord>>::new();
    for visit in visits {
        days.entry(visit.day()).or_default().push(visit.clone());
    }
    days
}

pub fn stored(visits: &[VisitRecord]) -> Vec<Vec<u8>> {
    visits.iter().map(|visit| StoredVisit::of(visit).bytes).collect()
}

/// The days as they are stored: some closed, some open, some with visits beside their closed record.
pub fn archives(visits: &[VisitRecord], ways: &[u8]) -> BTreeMap<Day, Archive> {
    let archive = |(day, visits): (Day, Vec<VisitRecord>), way: u8| {
        let (early, late) = visits.split_at(visits.len() * usize::from(way % 3) / 2);
        let closed = ClosedDay::fold(day, None, stored(early)).unwrap().closed.day;
        let archive = if early.is_empty() {
            Archive::of_day(None, stored(late))
        } else {
            Archive::of_day(Some(&closed), stored(late))
        };
        (day, archive)
    };
    by_day(visits).into_iter().zip(ways.iter().cycle()).map(|(of_day, way)| archive(of_day, *way)).collect()
}

/// Some days packed together, some by their sums, the others by their visits, of which some are beside their closed record.
pub fn read(visits: &[VisitRecord], ways: &[u8]) -> Summary {
    let mut summary = Summary::default();
    let sums = by_day(visits)
        .into_iter()
        .map(|(day, visits)| (day, ClosedDay::fold(day, None, stored(&visits)).unwrap().closed.rollup.bytes));
    // Those that are read below take the place of what is known of them.
    if let Some(span) = pack_span(sums) {
        summary.add_span(&span).unwrap();
    }
    for ((day, visits), way) in by_day(visits).into_iter().zip(ways.iter().cycle()) {
        let (early, late) = visits.split_at(visits.len() / 2);
        match way % 4 {
            0 => {
                let closed = ClosedDay::fold(day, None, stored(&visits)).unwrap().closed;
                summary.add_rollup(day, &closed.rollup.bytes).unwrap();
            }
            1 => summary.add_visits(day, None, stored(&visits)),
            2 => {
                let closed = ClosedDay::fold(day, None, stored(early)).unwrap().closed;
                summary.add_visits(day, Some(&closed.day), stored(late));
            }
            _ => {}
        }
    }
    summary
}

/// What left for third parties: of each visit and contact that holds such a request.
pub fn contacts(visits: &[VisitRecord]) -> impl Iterator<Item = (&VisitRecord, &str, u32)> {
    visits.iter().flat_map(|visit| {
        let third = visit.contacts.iter().filter(|one| one.third_party && one.outcomes().contacted() > 0);
        third.map(move |one| (visit, one.domain.as_str(), one.outcomes().contacted()))
    })
}

pub fn total(requests: impl Iterator<Item = u32>) -> u32 {
    requests.fold(0, u32::saturating_add)
}

pub fn count<T: Ord>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.collect::<BTreeSet<T>>().len()).unwrap()
}

pub fn pages(visits: &[VisitRecord]) -> impl Iterator<Item = &VisitRecord> {
    visits.iter().filter(|visit| visit.kind == VisitKind::Page)
}

/// What left for the hosts of some contacts, by type, as a naive reader counts it.
pub fn types_of<'a>(contacts: impl Iterator<Item = &'a ContactRecord>) -> BTreeMap<String, u32> {
    let mut types = BTreeMap::new();
    for tally in contacts.flat_map(|contact| &contact.tallies).filter(|tally| tally.outcomes.contacted() > 0)
    {
        let count: &mut u32 = types.entry(tally.request_type.clone()).or_default();
        *count = count.saturating_add(tally.outcomes.contacted());
    }
    types
}

/// The same as it is told; no type twice.
pub fn told_types(types: &[TypeCount]) -> BTreeMap<String, u32> {
    let told: BTreeMap<_, _> = types.iter().map(|one| (one.request_type.clone(), one.requests)).collect();
    assert_eq!(told.len(), types.len());
    told
}
