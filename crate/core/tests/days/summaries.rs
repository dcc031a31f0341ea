//! Laws of the summary: any period says what its visits say, however its days were read.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::day::Day;
use tiers_core::record::{VisitKind, VisitRecord};
use tiers_core::summary::Summary;
use tiers_core::summary_view::{Page, RowQuery, SortKey};

use crate::any_days::{ALL, DAYS, FIRST, by_day, contacts, count, pages, read, stored, total, visits};

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
        let days = visits.first().map(VisitRecord::day).zip(visits.last().map(VisitRecord::day));
        prop_assert_eq!(view.days, days);

        let sites = summary.sites(&period, &ALL).rows;
        prop_assert_eq!(sites.len(), count(visits.iter().map(|visit| &visit.site)) as usize);
        for row in sites {
            let of_site: Vec<VisitRecord> = visits.iter().filter(|visit| visit.site == row.site).cloned().collect();
            prop_assert_eq!(row.visits as usize, pages(&of_site).count());
            prop_assert_eq!(row.incomplete as usize, pages(&of_site).filter(|visit| !visit.gaps.is_empty()).count());
            prop_assert_eq!(row.domains, count(contacts(&of_site).map(|(_, domain, _)| domain)));
            prop_assert_eq!(row.requests, total(contacts(&of_site).map(|(_, _, requests)| requests)));
            prop_assert_eq!(Some(row.last_at_ms), of_site.iter().map(|visit| visit.started_at_ms).max());
            prop_assert_eq!(summary.site(&period, &row.site), Some(row.clone()));
            for one in summary.third_parties_of(&period, &row.site, &ALL).rows {
                let of_both: Vec<_> = contacts(&of_site).filter(|(_, domain, _)| *domain == one.name).collect();
                prop_assert_eq!(one.requests, total(of_both.iter().map(|(_, _, requests)| *requests)));
                let visited = of_both.iter().filter(|(visit, _, _)| visit.kind == VisitKind::Page);
                prop_assert_eq!(one.visits, count(visited.map(|(visit, _, _)| &visit.id)));
            }
        }
        let domains = summary.third_parties(&period, None, &ALL).rows;
        prop_assert_eq!(domains.len(), view.domains as usize);
        for row in domains {
            let of_domain: Vec<_> = contacts(&visits).filter(|(_, domain, _)| *domain == row.domain).collect();
            prop_assert_eq!(row.sites, count(of_domain.iter().map(|(visit, _, _)| &visit.site)));
            let visited: BTreeSet<&String> = pages(&visits).map(|visit| &visit.site).collect();
            let met = of_domain.iter().map(|(visit, _, _)| &visit.site).filter(|site| visited.contains(site));
            prop_assert_eq!(row.visited_sites, count(met));
            prop_assert_eq!(row.requests, total(of_domain.iter().map(|(_, _, requests)| *requests)));
            prop_assert_eq!(Some(row.first_day), of_domain.iter().map(|(visit, _, _)| visit.day()).min());
            prop_assert_eq!(Some(row.last_day), of_domain.iter().map(|(visit, _, _)| visit.day()).max());
            prop_assert_eq!(summary.sites_with(&period, &row.domain, &ALL).total, row.sites);
            prop_assert_eq!(summary.third_party(&period, &row.domain), Some(row.clone()));
        }
        prop_assert_eq!((summary.site(&period, "nobody.test"), summary.third_party(&period, "nobody.test")), (None, None));
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

#[test]
fn a_day_of_which_nothing_can_be_read_is_one_of_all_days_and_on_none_that_are_searched_for() {
    let mut summary = Summary::default();
    let (unread, read) = (Day::new(FIRST), Day::new(FIRST + 1));
    summary.add_visits(unread, None, [[0xff]]);
    summary.add_visits(read, None, stored(&[crate::any_visit::page_with_requests("session-1", 1)]));
    assert_eq!(summary.days_with(None, None, " "), [read, unread]);
    assert_eq!(summary.days_with(None, None, "ads"), [read]);
    assert_eq!(summary.over(None, None).view().days, Some((unread, read)));
}
