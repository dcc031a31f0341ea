//! Laws of one visit in full: it adds up to its row in the history, and is found under its identifier alone.

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::archive::Archive;
use tiers_core::day::Day;
use tiers_core::outcome::OutcomeCounts;
use tiers_core::record::{ContactRecord, VisitKind, VisitRecord};
use tiers_core::view::UnreadableVisits;
use tiers_core::visit_detail::SoughtVisit;
use tiers_core::visit_row::visit_rows;

use crate::any_days::{FIRST, stored, total, visits};
use crate::any_visit::page_with_requests;

proptest! {
    #[test]
    fn a_visit_in_full_adds_up_to_its_row_in_the_history(visits in visits()) {
        let day = Archive::of_day(None, stored(&visits));
        prop_assert_eq!(day.visits.len(), visits.len());
        for row in visit_rows(&visits, Day::new(FIRST), "", None) {
            let visit = SoughtVisit::of(&day, &row.id).visit.unwrap();
            let page = &visit.page;
            prop_assert_eq!((&page.visit_id, &page.site, &page.site_text), (&row.id, &row.site, &row.text));
            prop_assert_eq!((page.totals.domains, page.totals.requests), (row.domains, row.requests));
            prop_assert_eq!((page.started_at_ms, visit.ended_at_ms), (row.started_at_ms, row.ended_at_ms));
            prop_assert_eq!(&page.gaps, &row.gaps);
        }
    }

    #[test]
    fn what_became_of_the_requests_is_the_same_by_visit_by_domain_and_by_host(visits in visits()) {
        let day = Archive::of_day(None, stored(&visits));
        for record in visits.iter().filter(|visit| visit.kind == VisitKind::Page) {
            let visit = SoughtVisit::of(&day, &record.id).visit.unwrap();
            let of_domains: OutcomeCounts = visit.page.domains.iter().map(|domain| &domain.outcomes).sum();
            prop_assert_eq!(visit.page.outcomes, of_domains);
            let by_type = total(visit.page.types.iter().map(|one| one.requests));
            prop_assert_eq!(by_type, visit.page.outcomes.contacted());
            for domain in &visit.page.domains {
                let of_hosts: OutcomeCounts = domain.hosts.iter().map(|host| &host.outcomes).sum();
                prop_assert_eq!(domain.outcomes, of_hosts);
                prop_assert_eq!(domain.contacted, domain.outcomes.contacted() > 0);
                let earliest = record.contacts.iter()
                    .filter(|contact| contact.third_party && contact.domain == domain.domain)
                    // One that was asked for nothing after all brought nobody.
                    .filter(|contact| contact.outcomes().requests() > 0)
                    .min_by_key(|contact| contact.first_at_ms).unwrap();
                prop_assert_eq!(&domain.brought_by, &earliest.brought_by);
            }
        }
    }

    #[test]
    fn what_workers_did_is_no_page_and_a_visit_that_is_not_there_is_not_found(
        visits in visits(),
        damaged in vec(any::<u8>(), 0..3),
    ) {
        let bytes = stored(&visits).into_iter().chain(damaged.iter().map(|byte| vec![0xff, *byte]));
        let day = Archive::of_day(None, bytes);
        for record in visits.iter().filter(|visit| visit.kind == VisitKind::Background) {
            prop_assert_eq!(SoughtVisit::of(&day, &record.id).visit, None);
        }
        let unreadable = u32::try_from(damaged.len()).unwrap();
        let sought = SoughtVisit::of(&day, "of another session-1");
        let expected = UnreadableVisits { damaged: 0, later_version: unreadable };
        prop_assert_eq!(sought, SoughtVisit { visit: None, unreadable: expected });
    }
}

#[test]
fn a_visit_that_goes_on_has_no_end_yet() {
    let day = Archive::of_day(None, stored(&[page_with_requests("session-1", 3)]));
    let visit = SoughtVisit::of(&day, "session-1").visit.unwrap();
    assert_eq!((visit.ended_at_ms, visit.end_reason), (None, None));
    let domain = visit.page.domains.first().unwrap();
    assert_eq!((domain.domain.as_str(), domain.requests), ("ads.net", 3));
    assert_eq!(domain.hosts.first().unwrap().host, "cdn.ads.net");
}

#[test]
fn the_visits_with_a_third_party_are_those_that_contacted_it_and_none_that_has_its_name_in_another() {
    let met = page_with_requests("session-1", 1);
    let of_itself = VisitRecord { site: "ads.net".to_owned(), contacts: Vec::new(), ..met.clone() };
    let of_another = with_domain(&met, "loads.net");
    let not_sent = page_with_requests("session-2", 0);
    let as_first_party = with_contact(&met, |contact| contact.third_party = false);
    let visits = [of_itself, of_another, not_sent, as_first_party, met];
    let found = |search, with| {
        let rows = visit_rows(&visits, Day::new(FIRST), search, with);
        rows.into_iter().map(|row| (row.site, row.requests)).collect::<Vec<_>>()
    };
    assert_eq!(found("", Some("ads.net")), [("news.com".to_owned(), 1)]);
    assert_eq!(found("news", Some("ads.net")).len(), 1);
    assert_eq!(found("shop", Some("ads.net")), []);
    assert_eq!(found("ads.net", None).len(), 3, "a search is for a part of any name");
}

fn with_domain(visit: &VisitRecord, domain: &str) -> VisitRecord {
    with_contact(visit, |contact| domain.clone_into(&mut contact.domain))
}

fn with_contact(visit: &VisitRecord, change: impl Fn(&mut ContactRecord)) -> VisitRecord {
    let mut visit = visit.clone();
    visit.contacts.iter_mut().for_each(change);
    visit
}
