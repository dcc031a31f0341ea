//! Laws of one site or one third party day by day, and of what is new: they say what the visits of each day say.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::by_day::{SiteDayRow, ThirdPartyDayRow};
use tiers_core::day::Day;
use tiers_core::record::{VisitKind, VisitRecord};
use tiers_core::summary_view::{RowQuery, SortKey};

use crate::any_days::{ALL, DAYS, FIRST, by_day, contacts, count, pages, read, total, visits};

/// Of all visits: each third party that is new to a site, with its day, as a reader finds it who goes through the days.
fn new_ones(visits: &[VisitRecord]) -> BTreeSet<(String, String, Day)> {
    let (mut sites, mut pairs) = (BTreeSet::new(), BTreeSet::new());
    let mut new = BTreeSet::new();
    for (day, of_day) in by_day(visits) {
        for (visit, domain, _) in contacts(&of_day) {
            let is_first = !pairs.contains(&(visit.site.clone(), domain.to_owned()));
            if is_first && sites.contains(&visit.site) {
                new.insert((visit.site.clone(), domain.to_owned(), day));
            }
        }
        pairs.extend(contacts(&of_day).map(|(visit, domain, _)| (visit.site.clone(), domain.to_owned())));
        sites.extend(pages(&of_day).map(|visit| visit.site.clone()));
    }
    new
}

proptest! {
    #[test]
    fn each_day_of_a_site_and_of_a_third_party_says_what_its_visits_say(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        from in prop::option::of(FIRST..FIRST + DAYS),
        to in prop::option::of(FIRST..FIRST + DAYS),
    ) {
        let summary = read(&visits, &ways);
        let (from, to) = (from.map(Day::new), to.map(Day::new));
        let period = summary.over(from, to);
        let new = new_ones(&visits);
        let is_in = |day: &Day| from.is_none_or(|from| from <= *day) && to.is_none_or(|to| *day <= to);
        for site in summary.sites(&period, &ALL).rows {
            let mut expected = Vec::new();
            for (day, of_day) in by_day(&visits).into_iter().filter(|(day, _)| is_in(day)) {
                let of_site: Vec<VisitRecord> = of_day.into_iter().filter(|visit| visit.site == site.site).collect();
                if of_site.is_empty() {
                    continue;
                }
                expected.push(SiteDayRow {
                    day,
                    visits: u32::try_from(pages(&of_site).count()).unwrap(),
                    domains: count(contacts(&of_site).map(|(_, domain, _)| domain)),
                    new_domains: count(new.iter().filter(|(of, _, on)| *of == site.site && *on == day)),
                    requests: total(contacts(&of_site).map(|(_, _, requests)| requests)),
                    incomplete: count(pages(&of_site).filter(|visit| !visit.gaps.is_empty()).map(|visit| &visit.id)),
                });
            }
            prop_assert_eq!(summary.days_of_site(&period, &site.site), expected);
        }
        for row in summary.third_parties(&period, None, &ALL).rows {
            let mut expected = Vec::new();
            for (day, of_day) in by_day(&visits).into_iter().filter(|(day, _)| is_in(day)) {
                let met: Vec<_> = contacts(&of_day).filter(|(_, domain, _)| *domain == row.domain).collect();
                if met.is_empty() {
                    continue;
                }
                let visited = met.iter().filter(|(visit, _, _)| visit.kind == VisitKind::Page);
                expected.push(ThirdPartyDayRow {
                    day,
                    sites: count(met.iter().map(|(visit, _, _)| &visit.site)),
                    visits: count(visited.map(|(visit, _, _)| &visit.id)),
                    requests: total(met.iter().map(|(_, _, requests)| *requests)),
                });
            }
            prop_assert_eq!(summary.days_of_third_party(&period, &row.domain), expected);
            let own = period_visits(&visits, is_in, &row.domain);
            prop_assert_eq!(row.own_visits, own);
        }
        prop_assert!(summary.days_of_site(&period, "nobody.test").is_empty());
        prop_assert!(summary.days_of_third_party(&period, "nobody.test").is_empty());
    }

    #[test]
    fn what_is_new_is_what_was_never_there_on_a_site_that_was_known(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        from in prop::option::of(FIRST..FIRST + DAYS),
        to in prop::option::of(FIRST..FIRST + DAYS),
    ) {
        let summary = read(&visits, &ways);
        let (from, to) = (from.map(Day::new), to.map(Day::new));
        let period = summary.over(from, to);
        let is_in = |day: Day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to);
        let expected: BTreeSet<_> = new_ones(&visits).into_iter().filter(|(_, _, day)| is_in(*day)).collect();
        let found = summary.new_contacts(&period, None, &ALL);
        prop_assert_eq!(found.total as usize, expected.len());
        let rows: BTreeSet<_> =
            found.rows.iter().map(|row| (row.site.clone(), row.name.clone(), row.first_day)).collect();
        prop_assert_eq!(rows, expected);
        for row in &found.rows {
            let of_site = summary.new_contacts(&period, Some(&row.site), &ALL).rows;
            prop_assert!(of_site.contains(row));
            prop_assert!(of_site.iter().all(|one| one.site == row.site));
            let both = summary.third_parties_of(&period, &row.site, &ALL).rows;
            let both = both.iter().find(|one| one.name == row.name).unwrap();
            prop_assert_eq!((both.requests, both.visits), (row.requests, row.visits));
        }
        let newest = RowQuery { sort: SortKey::Last, limit: 1, ..ALL };
        let newest = summary.new_contacts(&period, None, &newest).rows.first().map(|row| row.first_day);
        prop_assert_eq!(newest, found.rows.iter().map(|row| row.first_day).max());
    }
}

fn period_visits(visits: &[VisitRecord], is_in: impl Fn(&Day) -> bool, site: &str) -> u32 {
    count(pages(visits).filter(|visit| is_in(&visit.day()) && visit.site == site).map(|visit| &visit.id))
}
