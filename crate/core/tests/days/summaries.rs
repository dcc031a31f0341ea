//! Laws of the summary: any period says what its visits say, however its days were read.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::closed_day::ClosedDay;
use tiers_core::day::{Day, UtcOffset};
use tiers_core::record::{StoredVisit, VisitKind, VisitRecord};
use tiers_core::summary::Summary;
use tiers_core::summary_view::{Page, RowQuery, SortKey};
use tiers_core::time::Millis;

use crate::any_visit::visit;

const FIRST: u32 = 20_785;
const DAYS: u32 = 6;
const ALL: RowQuery =
    RowQuery { search: String::new(), sort: SortKey::Name, back: false, offset: 0, limit: u32::MAX };

/// Visits of some days, each under its own identifier, in the order in which they began.
fn visits() -> impl Strategy<Value = Vec<VisitRecord>> {
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

fn by_day(visits: &[VisitRecord]) -> BTreeMap<Day, Vec<VisitRecord>> {
    let mut days = BTreeMap::<Day, Vec<VisitRecord>>::new();
    for visit in visits {
        days.entry(visit.day()).or_default().push(visit.clone());
    }
    days
}

fn stored(visits: &[VisitRecord]) -> Vec<Vec<u8>> {
    visits.iter().map(|visit| StoredVisit::of(visit).bytes).collect()
}

/// Some days by their sums, the others by their visits, of which some are beside their closed record.
fn read(visits: &[VisitRecord], ways: &[u8]) -> Summary {
    let mut summary = Summary::default();
    for ((day, visits), way) in by_day(visits).into_iter().zip(ways.iter().cycle()) {
        let (early, late) = visits.split_at(visits.len() / 2);
        match way % 3 {
            0 => {
                let closed = ClosedDay::fold(day, None, stored(&visits)).unwrap().closed;
                summary.add_rollup(day, &closed.rollup.bytes).unwrap();
            }
            1 => summary.add_visits(day, None, stored(&visits)),
            _ => {
                let closed = ClosedDay::fold(day, None, stored(early)).unwrap().closed;
                summary.add_visits(day, Some(&closed.day), stored(late));
            }
        }
    }
    summary
}

/// What left for third parties: of each visit and contact that holds such a request.
fn contacts(visits: &[VisitRecord]) -> impl Iterator<Item = (&VisitRecord, &str, u32)> {
    visits.iter().flat_map(|visit| {
        let third = visit.contacts.iter().filter(|one| one.third_party && one.outcomes().contacted() > 0);
        third.map(move |one| (visit, one.domain.as_str(), one.outcomes().contacted()))
    })
}

fn total(requests: impl Iterator<Item = u32>) -> u32 {
    requests.fold(0, u32::saturating_add)
}

fn count<T: Ord>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.collect::<BTreeSet<T>>().len()).unwrap()
}

fn pages(visits: &[VisitRecord]) -> impl Iterator<Item = &VisitRecord> {
    visits.iter().filter(|visit| visit.kind == VisitKind::Page)
}

proptest! {
    #[test]
    fn a_period_says_what_its_visits_say(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        from in prop::option::of(FIRST..FIRST + DAYS),
        to in prop::option::of(FIRST..FIRST + DAYS),
    ) {
        let summary = read(&visits, &ways);
        let (from, to) = (from.map(Day::new), to.map(Day::new));
        let is_in = |day: Day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to);
        let visits: Vec<VisitRecord> = visits.into_iter().filter(|visit| is_in(visit.day())).collect();
        let period = summary.over(from, to);
        let view = period.view();
        prop_assert_eq!(view.visits as usize, pages(&visits).count());
        prop_assert_eq!(view.sites, count(pages(&visits).map(|visit| &visit.site)));
        prop_assert_eq!(view.domains, count(contacts(&visits).map(|(_, domain, _)| domain)));
        prop_assert_eq!(view.requests, total(contacts(&visits).map(|(_, _, requests)| requests)));
        prop_assert_eq!(view.incomplete as usize, pages(&visits).filter(|visit| !visit.gaps.is_empty()).count());
        prop_assert_eq!(view.since_ms, visits.iter().map(|visit| visit.started_at_ms).min());
        let days = visits.first().map(VisitRecord::day).zip(visits.last().map(VisitRecord::day));
        prop_assert_eq!(view.days, days);

        let sites = summary.sites(&period, &ALL).rows;
        prop_assert_eq!(sites.len(), count(visits.iter().map(|visit| &visit.site)) as usize);
        for row in sites {
            let of_site: Vec<VisitRecord> = visits.iter().filter(|visit| visit.site == row.site).cloned().collect();
            prop_assert_eq!(row.visits as usize, pages(&of_site).count());
            prop_assert_eq!(row.domains, count(contacts(&of_site).map(|(_, domain, _)| domain)));
            prop_assert_eq!(row.requests, total(contacts(&of_site).map(|(_, _, requests)| requests)));
            prop_assert_eq!(Some(row.last_at_ms), of_site.iter().map(|visit| visit.started_at_ms).max());
            for one in summary.third_parties_of(&period, &row.site, &ALL).rows {
                let of_both: Vec<_> = contacts(&of_site).filter(|(_, domain, _)| *domain == one.name).collect();
                prop_assert_eq!(one.requests, total(of_both.iter().map(|(_, _, requests)| *requests)));
                let visited = of_both.iter().filter(|(visit, _, _)| visit.kind == VisitKind::Page);
                prop_assert_eq!(one.visits, count(visited.map(|(visit, _, _)| &visit.id)));
            }
        }
        let domains = summary.third_parties(&period, &ALL).rows;
        prop_assert_eq!(domains.len(), view.domains as usize);
        for row in domains {
            let of_domain: Vec<_> = contacts(&visits).filter(|(_, domain, _)| *domain == row.domain).collect();
            prop_assert_eq!(row.sites, count(of_domain.iter().map(|(visit, _, _)| &visit.site)));
            prop_assert_eq!(row.requests, total(of_domain.iter().map(|(_, _, requests)| *requests)));
            prop_assert_eq!(Some(row.first_day), of_domain.iter().map(|(visit, _, _)| visit.day()).min());
            prop_assert_eq!(Some(row.last_day), of_domain.iter().map(|(visit, _, _)| visit.day()).max());
            prop_assert_eq!(summary.sites_with(&period, &row.domain, &ALL).total, row.sites);
        }
        for (row, (day, of_day)) in period.days.iter().zip(by_day(&visits)) {
            prop_assert_eq!(row.day, day);
            prop_assert_eq!(row.domains, count(contacts(&of_day).map(|(_, domain, _)| domain)));
            prop_assert_eq!(row.requests, total(contacts(&of_day).map(|(_, _, requests)| requests)));
        }
    }

    #[test]
    fn a_day_that_is_read_again_takes_the_place_of_what_was_known_of_it(
        before in visits(),
        after in visits(),
        ways in vec(any::<u8>(), 6),
    ) {
        let mut summary = read(&before, &ways);
        for day in (FIRST..FIRST + DAYS).map(Day::new) {
            match by_day(&after).get(&day) {
                Some(visits) => summary.add_visits(day, None, stored(visits)),
                None => summary.forget(day),
            }
        }
        let (again, anew) = (summary.over(None, None), read(&after, &ways).over(None, None));
        prop_assert_eq!(again.view(), anew.view());
        prop_assert_eq!(again.days, anew.days);
    }

    #[test]
    fn the_pages_of_a_table_are_the_table(
        visits in visits(),
        limit in 1..5_u32,
        sort in prop::sample::select(vec![SortKey::Name, SortKey::Domains, SortKey::Visits, SortKey::Requests, SortKey::Last]),
        back: bool,
        search in prop::sample::select(vec!["", "news", " NEWS.com ", "1"]),
    ) {
        let summary = read(&visits, &[0, 1, 2]);
        let period = summary.over(None, None);
        let query = RowQuery { search: search.to_owned(), sort, back, ..ALL };
        let all = summary.sites(&period, &query);
        let words = search.trim().to_lowercase();
        prop_assert!(all.rows.iter().all(|row| row.site.contains(&words)));
        prop_assert_eq!(all.total as usize, all.rows.len());
        let paged = (0..all.total).step_by(limit as usize).flat_map(|offset| {
            let Page { total, rows } = summary.sites(&period, &RowQuery { offset, limit, ..query.clone() });
            assert_eq!(total, all.total);
            rows
        });
        prop_assert_eq!(paged.collect::<Vec<_>>(), all.rows);
    }

    #[test]
    fn what_is_searched_for_is_on_the_days_that_are_told_and_on_no_other(visits in visits(), ways in vec(any::<u8>(), 6)) {
        let summary = read(&visits, &ways);
        let mut expected: Vec<Day> = by_day(&visits)
            .into_iter()
            .filter(|(_, of_day)| {
                of_day.iter().any(|visit| visit.site.contains("ads")) || contacts(of_day).any(|(_, domain, _)| domain.contains("ads"))
            })
            .map(|(day, _)| day)
            .collect();
        expected.reverse();
        // Names of any characters can have an `ads` in the way that people write them.
        prop_assume!(visits.iter().all(|visit| !visit.site.contains("xn--")));
        prop_assert_eq!(summary.days_with(None, None, "ads"), expected);
    }
}

#[test]
fn a_median_is_the_middle_visit_or_the_mean_of_the_two_in_the_middle() {
    let browser = |contacted: &[u32]| {
        let mut visits = Vec::new();
        for (number, requests) in contacted.iter().enumerate() {
            visits.push(crate::any_visit::page_with_requests(&format!("session-{}", number + 1), *requests));
        }
        let mut summary = Summary::default();
        summary.add_visits(Day::new(FIRST), None, stored(&visits));
        summary.over(None, None).view().requests_a_visit
    };
    let spread = browser(&[10, 1, 4]);
    assert!((spread.mean, spread.median) == (5.0, 4.0), "{spread:?}");
    let spread = browser(&[10, 1, 4, 5]);
    assert!((spread.mean, spread.median) == (5.0, 4.5), "{spread:?}");
    let spread = browser(&[]);
    assert!((spread.mean, spread.median) == (0.0, 0.0), "{spread:?}");
}
