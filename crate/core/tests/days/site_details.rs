//! Laws of the requests of one site: they are what its visits say, add up to what its days' sums and its third parties say, and nothing depends
//! on how they are read.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::archive::Archive;
use tiers_core::day::Day;
use tiers_core::outcome::OutcomeCounts;
use tiers_core::record::{ContactRecord, VisitRecord};
use tiers_core::request_sum::RequestSumView;
use tiers_core::site_detail::SiteDetail;
use tiers_core::third_party_detail::ThirdPartyDetail;
use tiers_core::view::UnreadableVisits;

use crate::any_days::{
    DAYS, FIRST, archives, count, pages, read, stored, told_types, total, types_of, visits,
};
use crate::any_visit::page_with_requests;

fn view_of<'a>(site: &str, days: impl IntoIterator<Item = &'a Archive>) -> RequestSumView {
    let mut detail = SiteDetail::of(site);
    for day in days {
        detail.add(day);
    }
    detail.view()
}

fn sites(visits: &[VisitRecord]) -> BTreeSet<String> {
    visits.iter().map(|visit| visit.site.clone()).collect()
}

fn of_site(visits: &[VisitRecord], site: &str) -> Vec<VisitRecord> {
    visits.iter().filter(|visit| visit.site == site).cloned().collect()
}

fn thirds(visits: &[VisitRecord]) -> impl Iterator<Item = &ContactRecord> {
    visits.iter().flat_map(|visit| &visit.contacts).filter(|contact| contact.third_party)
}

proptest! {
    #[test]
    fn the_requests_of_a_site_are_what_its_visits_say(visits in visits(), ways in vec(any::<u8>(), 6)) {
        let days = archives(&visits, &ways);
        for site in sites(&visits) {
            let view = view_of(&site, days.values());
            let own = of_site(&visits, &site);
            let outcomes: OutcomeCounts = thirds(&own).flat_map(|one| &one.tallies).map(|tally| &tally.outcomes).sum();
            prop_assert_eq!(view.outcomes, outcomes);
            prop_assert_eq!(view.requests, outcomes.sent.saturating_add(outcomes.pending));
            prop_assert_eq!(view.visits, count(pages(&own).map(|visit| &visit.id)));
            prop_assert_eq!(told_types(&view.types), types_of(thirds(&own)));
            prop_assert!(view.types.is_sorted_by(|one, other| one.requests >= other.requests));
            prop_assert_eq!(view.unreadable, UnreadableVisits::default());
        }
    }

    #[test]
    fn they_add_up_to_what_the_sums_of_its_days_say(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        from in prop::option::of(FIRST..FIRST + DAYS),
        to in prop::option::of(FIRST..FIRST + DAYS),
    ) {
        let summary = read(&visits, &ways);
        let period = summary.over(from.map(Day::new), to.map(Day::new));
        let days = archives(&visits, &ways);
        for site in sites(&visits) {
            // No other days are read: there is nothing of it.
            let met = summary.days_of_site(&period, &site);
            let view = view_of(&site, met.iter().map(|row| &days[&row.day]));
            let Some(row) = summary.site(&period, &site) else {
                prop_assert!(met.is_empty());
                continue;
            };
            prop_assert_eq!((view.visits, view.requests), (row.visits, row.requests));
            prop_assert_eq!(total(view.types.iter().map(|one| one.requests)), view.requests);
        }
    }

    #[test]
    fn they_are_the_requests_of_its_visits_to_all_of_its_third_parties(visits in visits()) {
        let days = archives(&visits, &[0]);
        for site in sites(&visits) {
            let own = of_site(&visits, &site);
            let domains: BTreeSet<&str> = thirds(&own).map(|contact| contact.domain.as_str()).collect();
            let own_days = archives(&own, &[0]);
            let (mut types, mut outcomes) = (BTreeMap::<String, u32>::new(), OutcomeCounts::default());
            for domain in domains {
                let mut detail = ThirdPartyDetail::of(domain);
                for day in own_days.values() {
                    detail.add(day);
                }
                let of_domain = detail.view();
                outcomes.absorb(&of_domain.outcomes);
                for (name, requests) in told_types(&of_domain.types) {
                    let sum = types.entry(name).or_default();
                    *sum = sum.saturating_add(requests);
                }
            }
            let view = view_of(&site, days.values());
            prop_assert_eq!((view.outcomes, told_types(&view.types)), (outcomes, types));
        }
    }

    #[test]
    fn the_order_of_the_days_and_how_they_are_stored_change_nothing(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        others in vec(any::<u8>(), 6),
    ) {
        let (days, again) = (archives(&visits, &ways), archives(&visits, &others));
        for site in sites(&visits) {
            prop_assert_eq!(view_of(&site, again.values().rev()), view_of(&site, days.values()));
        }
    }
}

#[test]
fn what_cannot_be_read_is_counted_and_hides_nothing_else() {
    let visit = page_with_requests("session-1", 3);
    let mut bytes = stored(std::slice::from_ref(&visit));
    bytes.push(vec![0xff, 1]);
    let view = view_of(&visit.site, [&Archive::of_day(None, bytes)]);
    assert_eq!((view.visits, view.requests), (1, 3));
    assert_eq!(view.unreadable, UnreadableVisits { damaged: 0, later_version: 1 });
}
