//! Laws that hold for the visits of any day.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::closed_day::{ClosedDay, StoredDay};
use tiers_core::day::Day;
use tiers_core::pack::pack;
use tiers_core::record::{GapReason, RecordError, StoredVisit, VisitKind, VisitRecord};
use tiers_core::unpack::unpack;

use crate::any_visit::visit;

const DAY: Day = Day::new(20_785);

fn stored(visits: &[VisitRecord]) -> Vec<Vec<u8>> {
    visits.iter().map(|visit| StoredVisit::of(visit).bytes).collect()
}

fn fold(before: Option<&StoredDay>, visits: &[VisitRecord]) -> StoredDay {
    ClosedDay::fold(DAY, before.map(|day| day.bytes.as_slice()), stored(visits)).unwrap().closed.day
}

proptest! {
    #[test]
    fn unpacking_gives_back_every_visit_in_its_order(visits in vec(visit(), 0..12)) {
        prop_assert_eq!(unpack(&pack(&visits)).unwrap(), visits);
    }

    #[test]
    fn folding_keeps_every_figure_of_every_visit(visits in vec(visit(), 0..12)) {
        let day = fold(None, &visits);
        // Of two records of one visit the later one is the visit.
        let by_id: BTreeMap<&str, &VisitRecord> = visits.iter().map(|visit| (visit.id.as_str(), visit)).collect();
        let kept = StoredDay::read(&day.bytes).unwrap();
        prop_assert_eq!(kept.len(), by_id.len());
        for visit in &kept {
            prop_assert_eq!(visit, &by_id[visit.id.as_str()].clone().over());
        }
        let pages = kept.iter().filter(|visit| visit.kind == VisitKind::Page).count();
        prop_assert_eq!(day.visits as usize, pages.max(usize::from(!kept.is_empty())), "workers visit no page");
    }

    #[test]
    fn a_visit_whose_end_was_lost_is_over_at_the_last_moment_that_is_known_and_says_that_it_may_lack_something(
        visit in visit(),
    ) {
        let over = visit.clone().over();
        let is_whole = visit.ended_at_ms.is_some() && visit.end_reason.is_some();
        if is_whole {
            prop_assert_eq!(&over, &visit);
        } else {
            prop_assert!(over.ended_at_ms >= Some(visit.started_at_ms));
            prop_assert!(over.contacts.iter().all(|contact| over.ended_at_ms >= Some(contact.last_at_ms)));
            prop_assert!(over.gaps.iter().any(|gap| gap.reason == GapReason::BackgroundRestarted));
        }
        prop_assert_eq!(over.clone().over(), over);
    }

    #[test]
    fn folding_twice_is_folding_once(visits in vec(visit(), 0..12)) {
        let once = fold(None, &visits);
        prop_assert_eq!(fold(Some(&once), &visits), once);
    }

    #[test]
    fn folding_in_parts_is_folding_at_once(visits in vec(visit(), 0..12), at in any::<prop::sample::Index>()) {
        let (early, late) = visits.split_at(at.index(visits.len() + 1));
        prop_assert_eq!(fold(Some(&fold(None, early)), late), fold(None, &visits));
    }

    #[test]
    fn a_visit_that_cannot_be_read_is_left_where_it_is(visits in vec(visit(), 1..6), at in any::<prop::sample::Index>()) {
        let mut bytes = stored(&visits);
        let damaged = at.index(bytes.len());
        bytes[damaged].pop();
        let fold = ClosedDay::fold(DAY, None, bytes).unwrap();
        let ids: Vec<&str> = visits.iter().map(|visit| visit.id.as_str()).collect();
        let whole: Vec<&str> = ids.iter().enumerate().filter(|(place, _)| *place != damaged).map(|(_, id)| *id).collect();
        prop_assert_eq!(fold.folded, whole);
    }

    #[test]
    fn what_is_left_out_leaves_no_trace_in_the_bytes(visits in vec(visit(), 0..12), other in visit()) {
        let gone = VisitRecord { id: "gone-1".to_owned(), site: "secret.example".to_owned(), ..other };
        let day = fold(None, &[visits.clone(), vec![gone]].concat());
        let left = ClosedDay::without(DAY, &day.bytes, |visit| visit.site == "secret.example").unwrap();
        let left = left.map(|closed| closed.day);
        prop_assert_eq!(left.clone().unwrap_or_else(|| fold(None, &[])), fold(None, &visits));
        let has_secret = |bytes: &[u8]| bytes.windows(b"secret".len()).any(|window| window == b"secret");
        prop_assert!(has_secret(&day.bytes));
        prop_assert!(left.is_none_or(|left| !has_secret(&left.bytes)));
    }

    #[test]
    fn a_damaged_day_is_refused_and_nothing_is_put_in_its_place(
        visits in vec(visit(), 0..6),
        at in any::<prop::sample::Index>(),
        flipped in 1..=u8::MAX,
    ) {
        let mut bytes = fold(None, &visits).bytes;
        let place = at.index(bytes.len());
        bytes[place] ^= flipped;
        let refused = ClosedDay::fold(DAY, Some(&bytes), stored(&visits));
        let is_refused = if place == 0 {
            matches!(refused, Err(RecordError::Version { .. } | RecordError::Damaged { .. }))
        } else {
            matches!(refused, Err(RecordError::Damaged { .. }))
        };
        prop_assert!(is_refused);
    }
}
