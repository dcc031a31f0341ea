//! Laws that hold for any sequence of events.

use proptest::prelude::*;

use crate::browser::Browser;
use crate::player::{Player, Step, step, two_after};
use tiers_core::ledger::Ledger;
use tiers_core::record::{GapReason, VisitRecord};
use tiers_core::site::site_of;
use tiers_core::start::Before;
use tiers_core::time::Millis;
use tiers_core::view::TabView;
use tiers_core::visit_detail::VisitDetail;

fn requests_of(visit: &VisitRecord) -> u32 {
    let tallies = visit.contacts.iter().flat_map(|contact| &contact.tallies);
    tallies.map(|tally| tally.outcomes.requests()).sum()
}

/// A host that was asked for nothing after all has its place no longer in what was stored.
fn by_host(mut visits: Vec<VisitRecord>) -> Vec<VisitRecord> {
    for visit in &mut visits {
        visit.contacts.sort_by(|one, other| one.host.cmp(&other.host));
    }
    visits
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_badge_the_total_and_the_list_say_the_same_number(steps in prop::collection::vec(step(), 1..80)) {
        let mut player = Player::new();
        for step in &steps {
            player.play(step);
        }
        for badge in player.browser.ledger.badges() {
            if let TabView::Page(page) = player.browser.ledger.popup(badge.tab_id).page {
                prop_assert_eq!(badge.domains, Some(page.totals.domains));
                let listed = page.domains.iter().filter(|domain| domain.contacted).count();
                prop_assert_eq!(page.totals.domains as usize, listed);
                let by_type: u32 = page.types.iter().map(|one| one.requests).sum();
                prop_assert_eq!(by_type, page.totals.requests);
                for domain in &page.domains {
                    prop_assert_ne!(&domain.domain, &page.site);
                    prop_assert_eq!(domain.hosts.iter().map(|host| host.requests).sum::<u32>(), domain.requests);
                    for host in &domain.hosts {
                        prop_assert_eq!(site_of(&host.host), domain.domain.as_str());
                    }
                }
            }
        }
    }

    #[test]
    fn a_stored_visit_in_full_is_what_the_popup_showed_of_the_page(steps in prop::collection::vec(step(), 1..80)) {
        let mut player = Player::new();
        for step in &steps {
            player.play(step);
        }
        player.browser.store();
        for tab in 0..3 {
            let TabView::Page(shown) = player.browser.ledger.popup(tab).page else { continue };
            // What workers asked for is stored apart.
            if shown.domains.iter().any(|domain| domain.by_site) {
                continue;
            }
            let stored = player.browser.visits.iter().find(|visit| visit.id == shown.visit_id).unwrap();
            prop_assert_eq!(VisitDetail::of(stored).page, shown);
        }
    }

    #[test]
    fn a_background_that_slept_after_any_commit_goes_on_as_if_nothing_had_happened(
        before in prop::collection::vec(step(), 1..60),
        after in prop::collection::vec(step(), 0..40),
    ) {
        let [mut undisturbed, mut stopped] = two_after(&before);
        for player in [&mut undisturbed, &mut stopped] {
            // At rest, so that nothing is lost.
            player.browser.store();
            player.browser.now += 10_000;
            player.browser.store();
        }
        stopped.browser.now += 30_000;
        stopped.browser.restart("session");
        undisturbed.browser.now = stopped.browser.now;
        for step in &after {
            undisturbed.play(step);
            stopped.play(step);
        }
        for tab in 0..3 {
            prop_assert_eq!(undisturbed.browser.ledger.popup(tab), stopped.browser.ledger.popup(tab));
        }
    }

    #[test]
    fn a_background_that_was_killed_after_any_commit_counts_the_same_and_marks_no_less(
        before in prop::collection::vec(step(), 1..60),
        after in prop::collection::vec(step(), 0..40),
    ) {
        let [mut undisturbed, mut killed] = two_after(&before);
        for player in [&mut undisturbed, &mut killed] {
            player.browser.store();
        }
        killed.browser.restart("session");
        // Later than what can have gone down with the background: Chromium's pages that come at once are taken for such.
        killed.browser.now += 2_000;
        undisturbed.browser.now = killed.browser.now;
        for step in &after {
            undisturbed.play(step);
            killed.play(step);
        }
        for player in [&mut undisturbed, &mut killed] {
            player.browser.store();
        }
        let [whole, marked] = [undisturbed, killed].map(|player| by_host(player.browser.visits));
        prop_assert_eq!(whole.len(), marked.len());
        for whole in &whole {
            let marked = marked.iter().find(|marked| marked.id == whole.id);
            let Some(marked) = marked else { return Err(TestCaseError::fail(format!("{} is gone", whole.id))) };
            prop_assert!(whole.gaps.iter().all(|gap| marked.gaps.contains(gap)), "{:?}, {:?}", whole, marked);
            prop_assert_eq!(whole, &VisitRecord { gaps: whole.gaps.clone(), ..marked.clone() });
        }
    }

    #[test]
    fn what_a_killed_background_had_not_stored_is_marked_in_every_visit_that_goes_on(
        before in prop::collection::vec(step(), 1..60),
        lost in prop::collection::vec(step(), 0..20),
    ) {
        let [mut undisturbed, mut killed] = two_after(&before);
        for player in [&mut undisturbed, &mut killed] {
            player.browser.store();
            // Where it is not heard that somebody else answers, a request has no end.
            for step in lost.iter().filter(|step| !matches!(step, Step::Store | Step::Vanish { .. })) {
                player.play(step);
            }
        }
        killed.browser.unstored = vec![-1, 0, 1, 2];
        killed.browser.restart("session");
        for player in [&mut undisturbed, &mut killed] {
            player.browser.store();
        }
        for marked in &killed.browser.visits {
            let whole = undisturbed.browser.visits.iter().find(|whole| whole.id == marked.id);
            let Some(whole) = whole else { return Err(TestCaseError::fail(format!("{} is invented", marked.id))) };
            prop_assert!(requests_of(marked) <= requests_of(whole));
            if requests_of(marked) < requests_of(whole) && marked.ended_at_ms.is_none() {
                prop_assert!(marked.gaps.iter().any(|gap| gap.reason == GapReason::BackgroundRestarted));
            }
        }
    }

    #[test]
    fn a_visit_has_each_reason_once_and_ends_no_earlier_than_it_began_whatever_becomes_of_background_browser_and_clock(
        lives in prop::collection::vec((prop::collection::vec(step(), 1..25), 0..4), 1..5),
    ) {
        let mut player = Player::new();
        let mut session = "session".to_owned();
        for (life, (steps, end)) in lives.iter().enumerate() {
            for step in steps {
                player.play(step);
            }
            if *end == 0 {
                player.browser.now -= 2 * 60 * 60_000;
                continue;
            }
            player.browser.store();
            let before = if *end == 1 {
                session = format!("session after {life}");
                Before::Nothing
            } else {
                Before::Background
            };
            player.browser.restart_after(&session, before);
        }
        player.browser.store();
        for visit in &player.browser.visits {
            prop_assert!(visit.ended_at_ms.is_none_or(|end| end >= visit.started_at_ms), "{:?}", visit);
            for (place, gap) in visit.gaps.iter().enumerate() {
                prop_assert!(visit.gaps[..place].iter().all(|before| before.reason != gap.reason), "{:?}", visit);
            }
        }
    }

    #[test]
    fn storing_twice_equals_storing_once(steps in prop::collection::vec(step(), 1..60)) {
        let mut player = Player::new();
        for step in &steps {
            player.play(step);
        }
        player.browser.store();
        let once = player.browser.visits.clone();
        player.browser.now += 5_000;
        player.browser.store();
        player.browser.store();
        prop_assert_eq!(once, player.browser.visits);
    }

    #[test]
    fn no_request_is_counted_twice_or_lost(steps in prop::collection::vec(step(), 1..60)) {
        let mut player = Player::new();
        // What waits for a page is counted once that is there.
        let waits = |step: &Step| matches!(step, Step::AskEarly { .. } | Step::TryInVain { .. } | Step::Close { .. });
        for step in steps.iter().filter(|step| !waits(step)) {
            player.play(step);
        }
        player.browser.store();
        let counted: u32 = player
            .browser
            .visits
            .iter()
            .flat_map(|visit| &visit.contacts)
            .flat_map(|contact| &contact.tallies)
            .filter(|tally| tally.request_type != "main_frame")
            .map(|tally| tally.outcomes.requests())
            .sum();
        prop_assert_eq!(counted, player.begun);
    }

    #[test]
    fn a_damaged_live_state_is_refused(
        steps in prop::collection::vec(step(), 1..40),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut player = Player::new();
        for step in &steps {
            player.play(step);
        }
        player.browser.store();
        let Some(whole) = player.browser.live.clone() else { return Ok(()) };
        let mut live = whole.clone();
        for (place, byte) in &damage {
            let place = place.index(live.len());
            live[place] = *byte;
        }
        let browser = &player.browser;
        let mut ledger = Ledger::new("session");
        let restored = ledger.restore(Some(&live), &browser.visits, None, Before::Background, &[], Millis::new(browser.now));
        prop_assert_eq!(restored.is_ok(), live == whole);
    }

    #[test]
    fn arbitrary_strings_never_make_the_core_fail(
        hosts in prop::collection::vec("\\PC{0,40}", 1..20),
        document in "\\PC{0,20}",
        scheme in "\\PC{0,8}",
    ) {
        let mut browser = Browser::new();
        for host in &hosts {
            browser.commit_document(&document, "", 1, &format!("{scheme}://{host}/"));
            browser.commit_document(host, &document, 1, "https://frame.net/");
            let sent = browser.ask_as(&document, &format!("https://{host}/"), &scheme);
            browser.redirect(sent);
            browser.ask_again(sent, host, "https://third.net/", "image");
            browser.fail(sent, &scheme);
            browser.ledger.popup(1);
            browser.store();
        }
        browser.restart("session");
        browser.ledger.popup(1);
    }
}
