//! Laws of a comparison: each side is what that side says by itself, and every third party is on its right side.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::comparison::{
    ComparedRow, Comparison, ComparisonPart, ComparisonQuery, ComparisonSort, Side, SideTotals,
};
use tiers_core::day::Day;
use tiers_core::period::Period;
use tiers_core::summary_view::{RowQuery, SortKey, ThirdPartyRow};

use crate::any_days::{ALL, DAYS, FIRST, contacts, read, visits};

const WHOLE: ComparisonQuery = ComparisonQuery {
    part: ComparisonPart::All,
    search: String::new(),
    sort: ComparisonSort::Name,
    back: false,
    offset: 0,
    limit: u32::MAX,
};

fn share(part: u32, all: u32) -> f64 {
    if all == 0 { 0.0 } else { f64::from(part) / f64::from(all) }
}

/// The sides that two sides by themselves give, by their names.
fn joined(one: BTreeMap<String, Side>, other: BTreeMap<String, Side>) -> BTreeMap<String, (Side, Side)> {
    let mut joined: BTreeMap<String, (Side, Side)> =
        one.into_iter().map(|(name, side)| (name, (side, Side::default()))).collect();
    for (name, side) in other {
        joined.entry(name).or_default().1 = side;
    }
    joined
}

/// Checks a comparison against its two sides.
fn check(
    compare: impl Fn(&ComparisonQuery) -> Comparison,
    expected: &BTreeMap<String, (Side, Side)>,
) -> Result<(), TestCaseError> {
    let found = compare(&WHOLE);
    let sides: BTreeMap<String, (Side, Side)> =
        found.page.rows.iter().map(|row| (row.name.clone(), (row.one, row.other))).collect();
    prop_assert_eq!(&sides, expected);
    prop_assert_eq!(found.page.total, found.both + found.only_one + found.only_other);
    let none = Side::default();
    for (part, counted) in [
        (ComparisonPart::Both, found.both),
        (ComparisonPart::One, found.only_one),
        (ComparisonPart::Other, found.only_other),
    ] {
        let page = compare(&ComparisonQuery { part, ..WHOLE }).page;
        prop_assert_eq!(page.total, counted);
        let is_there = |row: &ComparedRow| match part {
            ComparisonPart::One => row.other == none,
            ComparisonPart::Other => row.one == none,
            _ => row.one != none && row.other != none,
        };
        prop_assert!(page.rows.iter().all(is_there));
    }
    for (sort, figure) in [
        (ComparisonSort::One, (|row: &ComparedRow| row.one.share) as fn(&ComparedRow) -> f64),
        (ComparisonSort::Other, |row| row.other.share),
        (ComparisonSort::OneRequests, |row| row.one.requests.into()),
        (ComparisonSort::OtherRequests, |row| row.other.requests.into()),
        (ComparisonSort::Difference, |row| (row.one.share - row.other.share).abs()),
    ] {
        let rows = compare(&ComparisonQuery { sort, ..WHOLE }).page.rows;
        prop_assert!(rows.is_sorted_by(|before, after| figure(before) >= figure(after)));
        let first = compare(&ComparisonQuery { sort, limit: 1, ..WHOLE }).page.rows;
        prop_assert_eq!(first.first(), rows.first());
    }
    Ok(())
}

proptest! {
    #[test]
    fn two_sites_side_by_side_are_each_what_it_is_alone(visits in visits(), ways in vec(any::<u8>(), 6)) {
        let summary = read(&visits, &ways);
        let period = summary.over(None, None);
        let side = |site: &str| -> BTreeMap<String, Side> {
            let visits = summary.site(&period, site).map_or(0, |site| site.visits);
            let met = summary.third_parties_of(&period, site, &ALL).rows;
            met.into_iter()
                .map(|row| {
                    let side = Side {
                        requests: row.requests,
                        visits: row.visits,
                        visited_sites: u32::from(visits > 0),
                        share: share(row.visits, visits),
                    };
                    (row.name, side)
                })
                .collect()
        };
        let sites = summary.sites(&period, &ALL).rows;
        let names = sites.iter().map(|row| row.site.as_str()).chain(["nobody.test"]);
        for other in names {
            let one = sites.first().map_or("nobody.test", |row| row.site.as_str());
            check(|query| summary.compare_sites(&period, one, other, query), &joined(side(one), side(other)))?;
            let found = summary.compare_sites(&period, one, other, &WHOLE);
            if other == one {
                prop_assert_eq!(found.one, found.other);
            }
            let Some(row) = summary.site(&period, other) else {
                prop_assert_eq!(found.other, SideTotals::default());
                continue;
            };
            let totals = found.other;
            prop_assert_eq!(
                (totals.visits, totals.domains, totals.requests, totals.incomplete),
                (row.visits, row.domains, row.requests, row.incomplete)
            );
            let alone: Vec<_> = visits.iter().filter(|visit| visit.site == other).cloned().collect();
            let mean = read(&alone, &ways).over(None, None).view().domains_a_visit.mean;
            prop_assert!((totals.domains_a_visit - mean).abs() < 1e-9, "as where nothing else is stored");
        }
    }

    #[test]
    fn two_periods_side_by_side_are_each_what_it_is_alone(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        cut in FIRST..FIRST + DAYS,
    ) {
        let summary = read(&visits, &ways);
        let (one, other) = (summary.over(None, Some(Day::new(cut))), summary.over(Some(Day::new(cut)), None));
        let side = |period: &Period| -> BTreeMap<String, Side> {
            let sites = period.view().sites;
            summary
                .third_parties(period, None, &ALL)
                .rows
                .into_iter()
                .map(|row| {
                    let side = Side {
                        requests: row.requests,
                        visits: row.visits,
                        visited_sites: row.visited_sites,
                        share: share(row.visited_sites, sites),
                    };
                    (row.domain, side)
                })
                .collect()
        };
        check(|query| summary.compare_periods(&one, &other, query), &joined(side(&one), side(&other)))?;
        let found = summary.compare_periods(&one, &other, &WHOLE);
        for (period, totals) in [(&one, found.one), (&other, found.other)] {
            let view = period.view();
            let expected = SideTotals {
                visits: view.visits,
                sites: view.sites,
                domains: view.domains,
                requests: view.requests,
                incomplete: view.incomplete,
                domains_a_visit: view.domains_a_visit.mean,
            };
            prop_assert_eq!(totals, expected);
        }
    }

    #[test]
    fn the_third_parties_of_a_period_say_how_far_their_reach_is_from_that_before_and_who_was_not_there(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        cut in FIRST..FIRST + DAYS,
        length in 1..DAYS,
        sort in prop::sample::select(vec![SortKey::Name, SortKey::Change]),
    ) {
        let summary = read(&visits, &ways);
        let (first, last) = (Day::new(cut), Day::new(cut - 1));
        let (period, before) = (summary.over(Some(first), None), summary.over(Some(Day::new(cut - length)), Some(last)));
        let query = RowQuery { sort, ..ALL };
        let rows = summary.third_parties(&period, Some(&before), &query).rows;
        let compared: BTreeMap<String, ComparedRow> =
            summary.compare_periods(&period, &before, &WHOLE).page.rows.into_iter().map(|row| (row.name.clone(), row)).collect();
        let is_any = period.view().sites > 0 && before.view().sites > 0;
        for row in &rows {
            let change = compared.get(&row.domain).map(|row| row.one.share - row.other.share);
            prop_assert_eq!(row.change, change.filter(|_| is_any));
            let mut earlier = contacts(&visits).filter(|(visit, _, _)| visit.day() < first);
            prop_assert_eq!(row.is_new, earlier.all(|(_, domain, _)| domain != row.domain));
        }
        if sort == SortKey::Change {
            prop_assert!(rows.is_sorted_by(|one, other| one.change >= other.change));
        }
        let plain: Vec<_> = rows.into_iter().map(|row| ThirdPartyRow { change: None, is_new: false, ..row }).collect();
        let alone = summary.third_parties(&period, None, &ALL).rows;
        let is_there = |row| plain.contains(row);
        prop_assert!(plain.len() == alone.len() && alone.iter().all(is_there), "all else is as it is alone");
    }
}
