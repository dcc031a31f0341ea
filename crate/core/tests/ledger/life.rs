//! The background dies and wakes; the browser ends and begins again.

use crate::browser::{Browser, Sent, TAB};
use tiers_core::record::{EndReason, GapReason};
use tiers_core::snapshot::{RestoreError, open_visits};

#[test]
fn a_background_that_dies_when_all_is_quiet_loses_nothing() {
    let mut browser = Browser::new();
    let page = browser.navigate(TAB, &["https://t.co/a", "https://news.com/"]);
    let frame = browser.commit_frame(&page, "https://ads.net/");
    browser.load(&frame, "https://pixel.org/");
    browser.now += 5_000;
    browser.store();
    let before = browser.page();
    browser.restart("session");
    assert_eq!(browser.page(), before);
    browser.load(&frame, "https://late.net/");
    assert!(browser.contacted().contains(&"late.net".to_owned()), "the frame still finds its page");
}

#[test]
fn a_background_that_dies_in_the_middle_of_a_load_says_so() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.load(&page, "https://third.net/");
    browser.store();
    browser.restart("session");
    assert_eq!(browser.contacted(), ["third.net"]);
    assert_eq!(browser.page().gaps[0].reason, GapReason::BackgroundRestarted);
}

#[test]
fn a_quiet_moment_after_a_load_is_stored_so_that_a_later_death_is_harmless() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    browser.now += 2_000;
    browser.store();
    browser.restart("session");
    assert!(browser.page().gaps.is_empty());
}

#[test]
fn a_request_that_is_on_its_way_ends_in_the_next_life() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let slow = browser.ask(&page, "https://slow.net/");
    let waiting = browser.ask("LATER", "https://early.net/");
    browser.store();
    browser.restart("session");
    assert!(browser.answer(slow));
    assert!(browser.answer(waiting));
    browser.commit_document("LATER", &page, TAB, "https://frame.net/");
    let view = browser.page();
    assert_eq!(view.outcomes.pending, 0);
    assert_eq!(view.outcomes.sent, 2);
}

#[test]
fn a_navigation_that_is_on_its_way_arrives_in_the_next_life() {
    use tiers_core::event::{NavigationEvent, RequestEnd};
    let mut browser = Browser::new();
    browser.open("https://before.com/");
    let at = browser.tick();
    let event = |host| NavigationEvent { request_id: 5_000, host, tab_id: TAB, private: false, at };
    browser.ledger.navigation_started(&event("t.co"));
    browser.ledger.request_ended(5_000, RequestEnd::Redirected { from_cache: false, from_network: true });
    browser.store();
    browser.restart("session");
    browser.ledger.navigation_started(&event("www.news.com"));
    browser.ledger.request_ended(5_000, RequestEnd::Answered { from_cache: false });
    browser.commit_page(TAB, "https://www.news.com/");
    assert_eq!(browser.page().hops[0].host, "t.co");
}

#[test]
fn another_browser_session_closes_what_the_last_one_left_open() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.load(&page, "https://third.net/");
    let last = browser.now;
    browser.store();
    browser.restart("next");
    browser.store();
    let visit = &browser.visits[0];
    assert_eq!(visit.end_reason, Some(EndReason::SessionEnded));
    assert!(
        visit.ended_at_ms.unwrap().get() <= last,
        "it ended when it was last seen, not when the browser came back"
    );
    browser.open("https://news.com/");
    browser.store();
    assert_eq!(browser.visits.len(), 2);
}

#[test]
fn a_page_found_open_after_the_background_died_is_marked() {
    let mut browser = Browser::new();
    browser.open("https://known.com/");
    browser.now += 5_000;
    browser.store();
    browser.restart("session");
    browser.adopt("UNKNOWN", "", 9, "https://unknown.com/");
    assert_eq!(browser.page_in(9).gaps[0].reason, GapReason::BackgroundRestarted);
    assert!(browser.page().gaps.is_empty());
}

#[test]
fn a_live_state_of_another_version_is_refused_and_so_is_a_damaged_one() {
    assert_eq!(open_visits(&[9, 1, 2]), Err(RestoreError::SnapshotVersion { found: 9 }));
    assert!(matches!(open_visits(&[]), Err(RestoreError::SnapshotDamaged { .. })));
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    let live = browser.live.unwrap();
    for length in 1..live.len() {
        assert!(
            matches!(open_visits(&live[..length]), Err(RestoreError::SnapshotDamaged { .. })),
            "{length}"
        );
    }
}

#[test]
fn a_closed_tabs_visit_ends_and_its_last_beacon_still_belongs_to_it() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let at = browser.tick();
    browser.ledger.tab_removed(TAB, at);
    browser.load(&page, "https://beacon.net/");
    browser.store();
    assert_eq!(browser.visits[0].end_reason, Some(EndReason::TabClosed));
    assert!(browser.visits[0].contacts.iter().any(|one| one.domain == "beacon.net"));
}

#[test]
fn what_is_stored_and_long_over_is_forgotten() {
    let mut browser = Browser::new();
    for number in 0..200 {
        let page = browser.open(&format!("https://site{number}.com/"));
        browser.load(&page, "https://third.net/");
        browser.store();
    }
    browser.now += 120_000;
    browser.open("https://last.com/");
    browser.store();
    browser.now += 120_000;
    browser.store();
    let live = browser.live.clone().unwrap();
    assert!(open_visits(&live).unwrap().len() < 20);
    assert!(live.len() < 4_000, "{}", live.len());
    assert_eq!(browser.visits.len(), 201);
}

#[test]
fn pages_that_are_not_counted_leave_nothing_behind() {
    let mut browser = Browser::new();
    for tab in 0..50 {
        for _ in 0..20 {
            let page = browser.commit_page(tab, "chrome://newtab/");
            browser.commit_frame(&page, "https://frame.net/");
        }
        let at = browser.tick();
        browser.ledger.tab_removed(tab, at);
    }
    browser.store();
    let live = browser.live.clone().unwrap();
    assert!(live.len() < 40, "{}", live.len());
}

#[test]
fn events_that_a_restarted_background_is_told_again_or_late_are_counted_once() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let told = browser.ask(&page, "https://told-again.net/");
    browser.answer(told);
    browser.now += 5_000;
    browser.store();
    browser.restart("session");
    assert!(browser.answer(told), "an end that is told again is known");
    browser.ask_again(told, &page, "https://told-again.net/", "image");
    let late = Sent(browser.request_id());
    assert!(!browser.answer(late), "its beginning is asked for");
    browser.ask_again(late, &page, "https://late.net/", "image");
    browser.answer(late);
    browser.ask_again(late, &page, "https://late.net/", "image");
    let requests: Vec<u32> = browser.page().domains.iter().map(|domain| domain.outcomes.requests()).collect();
    assert_eq!(requests, [1, 1]);
}

#[test]
fn a_core_that_failed_is_not_taken_for_a_background_that_was_stopped() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    browser.restart("session");
    let at = browser.tick();
    browser.ledger.core_restarted(at);
    let reasons: Vec<GapReason> = browser.page().gaps.iter().map(|gap| gap.reason).collect();
    assert_eq!(reasons, [GapReason::CoreRestarted]);
}

#[test]
fn a_page_of_a_background_that_died_before_it_stored_anything_was_not_open_before() {
    let mut browser = Browser::new();
    browser.restart("session");
    browser.adopt("PAGE", "", TAB, "https://news.com/");
    assert_eq!(browser.page().gaps[0].reason, GapReason::BackgroundRestarted);
}
