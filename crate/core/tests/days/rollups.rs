//! Laws of a day's sum: it says what the visits say, and damage is refused.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::closed_day::ClosedDay;
use tiers_core::day::Day;
use tiers_core::outcome::OutcomeCounts;
use tiers_core::record::{VisitKind, VisitRecord};
use tiers_core::rollup::{Rollup, StoredRollup};

use crate::any_visit::visit;

const DAY: Day = Day::new(20_785);

fn stored(visits: &[VisitRecord]) -> StoredRollup {
    Rollup::of(visits).to_stored(DAY)
}

proptest! {
    #[test]
    fn what_was_summed_up_is_read_again(visits in vec(visit(), 0..12)) {
        let rollup = Rollup::of(&visits);
        let stored = rollup.to_stored(DAY);
        prop_assert_eq!(Rollup::from_bytes(&stored.bytes).unwrap(), rollup);
    }

    #[test]
    fn it_says_of_each_site_and_domain_what_the_visits_say(visits in vec(visit(), 0..12)) {
        let rollup = Rollup::of(&visits);
        let names: Vec<&str> = rollup.sites.iter().map(|site| rollup.name(site.site)).collect();
        let expected: BTreeSet<&str> = visits.iter().map(|visit| visit.site.as_str()).collect();
        prop_assert_eq!(&names, &expected.into_iter().collect::<Vec<_>>());
        for site in &rollup.sites {
            let of_site: Vec<&VisitRecord> =
                visits.iter().filter(|visit| visit.site == rollup.name(site.site)).collect();
            let pages: Vec<&VisitRecord> =
                of_site.iter().copied().filter(|visit| visit.kind == VisitKind::Page).collect();
            prop_assert_eq!(site.visits.len(), pages.len());
            prop_assert_eq!(site.incomplete as usize, pages.iter().filter(|page| !page.gaps.is_empty()).count());
            prop_assert_eq!(Some(site.first_at), of_site.iter().map(|visit| visit.started_at_ms).min());
            prop_assert_eq!(Some(site.last_at), of_site.iter().map(|visit| visit.started_at_ms).max());
            for (totals, page) in site.visits.iter().zip(&pages) {
                let contacted = contacted(page);
                prop_assert_eq!(totals.domains as usize, contacted.len());
                let requests = contacted.values().fold(0_u32, |sum, one| sum.saturating_add(*one));
                prop_assert_eq!(totals.requests, requests);
            }
            let mut asked = BTreeMap::<&str, (u32, OutcomeCounts)>::new();
            for visit in &of_site {
                for contact in visit.contacts.iter().filter(|contact| contact.third_party) {
                    asked.entry(&contact.domain).or_default().1.absorb(&contact.outcomes());
                }
                for domain in contacted(visit).keys().filter(|_| visit.kind == VisitKind::Page) {
                    asked.entry(domain).or_default().0 += 1;
                }
            }
            let told: BTreeMap<&str, (u32, OutcomeCounts)> = site
                .domains
                .iter()
                .map(|domain| (rollup.name(domain.domain), (domain.visits, domain.outcomes)))
                .collect();
            prop_assert_eq!(told.len(), site.domains.len());
            prop_assert_eq!(told, asked);
        }
    }

    #[test]
    fn a_sum_without_a_site_is_the_sum_of_the_other_visits(visits in vec(visit(), 0..12)) {
        let site = visits.first().map_or("news.com", |visit| visit.site.as_str());
        let others: Vec<VisitRecord> = visits.iter().filter(|visit| visit.site != site).cloned().collect();
        prop_assert_eq!(stored_without(&stored(&visits), site), stored(&others));
    }

    #[test]
    fn what_is_added_to_a_sum_is_as_if_it_had_been_there(visits in vec(visit(), 0..12), at in any::<prop::sample::Index>()) {
        let (before, late) = visits.split_at(at.index(visits.len() + 1));
        prop_assert_eq!(Rollup::of(before).and(Rollup::of(late)), Rollup::of(&visits));
        let bytes = late.iter().map(|visit| tiers_core::record::StoredVisit::of(visit).bytes);
        let added = ClosedDay::add_to_sum(DAY, &stored(before).bytes, bytes).unwrap();
        prop_assert_eq!(added.rollup.visits, stored(&visits).visits.min(added.rollup.visits));
        prop_assert!(added.added.iter().all(|id| late.iter().any(|visit| visit.id == *id)));
    }

    #[test]
    fn a_day_that_is_made_anew_is_the_day(visits in vec(visit(), 0..12)) {
        let mut by_id = BTreeMap::new();
        by_id.extend(visits.iter().map(|visit| (visit.id.clone(), visit.clone())));
        let bytes = by_id.values().map(|visit| tiers_core::record::StoredVisit::of(visit).bytes);
        let closed = ClosedDay::fold(DAY, None, bytes).unwrap().closed;
        prop_assert_eq!(ClosedDay::rebuilt(DAY, &closed.day.bytes).unwrap(), closed);
    }

    #[test]
    fn a_damaged_sum_is_refused(visits in vec(visit(), 0..6), at in any::<prop::sample::Index>(), flipped in 1..=u8::MAX) {
        let mut bytes = stored(&visits).bytes;
        let place = at.index(bytes.len());
        bytes[place] ^= flipped;
        prop_assert!(Rollup::from_bytes(&bytes).is_err());
    }
}

fn stored_without(rollup: &StoredRollup, site: &str) -> StoredRollup {
    Rollup::from_bytes(&rollup.bytes).unwrap().without(site).to_stored(rollup.day)
}

/// The requests that left for each third party of a visit.
fn contacted(visit: &VisitRecord) -> BTreeMap<&str, u32> {
    let mut requests = BTreeMap::<&str, u32>::new();
    for contact in visit.contacts.iter().filter(|one| one.third_party && one.outcomes().contacted() > 0) {
        let sum = requests.entry(&contact.domain).or_default();
        *sum = sum.saturating_add(contact.outcomes().contacted());
    }
    requests
}
