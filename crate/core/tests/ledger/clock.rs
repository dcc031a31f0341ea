//! The clock is set back, or forward, between two events.

use crate::browser::{Browser, TAB};
use tiers_core::record::{EndReason, GapReason, VisitKind};
use tiers_core::time::Millis;

const HOUR_MS: u64 = 60 * 60_000;

#[test]
fn a_visit_ends_no_earlier_than_it_began_where_the_clock_was_set_back() {
    let mut browser = Browser::new();
    let began = browser.now;
    let page = browser.open("https://news.com/");
    browser.now -= 2 * HOUR_MS;
    browser.load(&page, "https://third.net/");
    let at = browser.tick();
    browser.ledger.tab_removed(TAB, at);
    browser.store();
    let visit = &browser.visits[0];
    assert_eq!(visit.ended_at_ms, Some(visit.started_at_ms));
    assert!(visit.started_at_ms > Millis::new(began));
}

#[test]
fn whatever_ends_a_visit_it_ends_no_earlier_than_it_began_where_the_clock_was_set_back() {
    type End = fn(&mut Browser);
    let ends: [(&str, EndReason, End); 3] = [
        ("the browser ends", EndReason::SessionEnded, |browser| {
            browser.store();
            browser.restart("next");
        }),
        ("its site is left out", EndReason::Navigated, |browser| browser.exclude("news.com")),
        ("its workers ask no more", EndReason::Navigated, |browser| browser.now += 10 * 60_000),
    ];
    for (what, reason, end) in ends {
        let mut browser = Browser::new();
        let is_of_worker = what.starts_with("its workers");
        if is_of_worker {
            browser.worker_asks("https://news.com/", "https://third.net/");
            browser.now -= 2 * HOUR_MS;
            browser.worker_asks("https://news.com/", "https://third.net/");
        } else {
            let page = browser.open("https://news.com/");
            browser.now -= 2 * HOUR_MS;
            browser.load(&page, "https://third.net/");
        }
        end(&mut browser);
        browser.store();
        let visit = &browser.visits[0];
        assert_eq!(visit.kind == VisitKind::Background, is_of_worker, "{what}");
        assert_eq!(
            (visit.ended_at_ms, visit.end_reason),
            (Some(visit.started_at_ms), Some(reason)),
            "{what}"
        );
    }
}

#[test]
fn a_request_after_the_clock_was_set_back_is_not_taken_for_the_first_of_its_host() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let frame = browser.commit_frame(&page, "https://frame.net/");
    browser.load(&frame, "https://third.net/");
    browser.store();
    let first = |browser: &Browser| {
        let third = browser.visits[0].contacts.iter().find(|contact| contact.host == "third.net");
        third.map(|contact| (contact.first_at_ms, contact.brought_by.clone()))
    };
    let before = first(&browser);
    assert!(before.is_some());
    browser.now -= 2 * HOUR_MS;
    browser.load(&page, "https://third.net/");
    browser.store();
    assert_eq!(first(&browser), before);
}

#[test]
fn a_page_that_is_at_rest_since_the_clock_was_set_back_is_stored_as_at_rest() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.load(&page, "https://third.net/");
    browser.now += 5_000;
    browser.now -= 2 * HOUR_MS;
    browser.store();
    browser.restart("session");
    assert!(browser.page().gaps.is_empty());
}

#[test]
fn a_page_that_loads_after_the_clock_was_set_back_is_marked_where_the_background_dies() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.now -= 2 * HOUR_MS;
    browser.load(&page, "https://third.net/");
    browser.store();
    browser.restart("session");
    assert_eq!(browser.page().gaps[0].reason, GapReason::BackgroundRestarted);
}

#[test]
fn what_was_over_before_the_clock_was_set_back_is_forgotten_all_the_same() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    let at = browser.tick();
    browser.ledger.tab_removed(TAB, at);
    browser.store();
    assert_eq!(browser.ledger.unsettled_visits(), ["session-1"]);
    browser.now -= 2 * HOUR_MS;
    browser.store();
    assert!(browser.ledger.unsettled_visits().is_empty());
}

#[test]
fn visits_keep_their_order_by_number_wherever_the_clock_is_set() {
    let mut browser = Browser::new();
    for (tab_id, url) in [(1, "https://one.com/"), (2, "https://two.com/"), (3, "https://three.com/")] {
        browser.open_in(tab_id, url);
        browser.now -= 26 * HOUR_MS;
    }
    browser.store();
    let ids: Vec<&str> = browser.visits.iter().map(|visit| visit.id.as_str()).collect();
    assert_eq!(ids, ["session-1", "session-2", "session-3"]);
    assert!(browser.visits[0].started_at_ms > browser.visits[2].started_at_ms);
}
