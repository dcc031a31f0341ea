//! While the counting is paused: nothing is counted, and what may be missing is said.

use crate::browser::{Browser, Sent, TAB};
use tiers_core::event::{NavigationEvent, RequestEnd};
use tiers_core::record::GapReason;
use tiers_core::view::TabView;

#[test]
fn nothing_is_counted_while_paused_and_the_page_says_that_it_is_incomplete() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.set_paused(true);
    browser.load(&page, "https://third.net/");
    assert!(browser.contacted().is_empty());
    browser.set_paused(false);
    browser.load(&page, "https://fourth.net/");
    assert_eq!(browser.contacted(), ["fourth.net"]);
    assert_eq!(browser.page().gaps[0].reason, GapReason::Paused);
}

#[test]
fn a_page_opened_while_paused_is_not_kept() {
    let mut browser = Browser::new();
    browser.set_paused(true);
    browser.open("https://secret.com/");
    browser.store();
    assert!(browser.visits.is_empty());
    let live = browser.live_text();
    assert!(!live.contains("secret.com"));
}

#[test]
fn a_page_that_comes_back_while_paused_says_that_it_is_incomplete() {
    let mut browser = Browser::new();
    let first = browser.open("https://first.com/");
    browser.open("https://second.com/");
    browser.set_paused(true);
    browser.commit_document(&first, "", TAB, "https://first.com/");
    browser.load(&first, "https://lost.net/");
    browser.set_paused(false);
    assert_eq!(browser.page().gaps[0].reason, GapReason::Paused);
}

#[test]
fn a_page_that_was_asked_for_while_paused_says_that_it_is_incomplete() {
    for begun_before in [true, false] {
        let mut browser = Browser::new();
        if begun_before {
            browser.ask_for_page(TAB, &["https://hop.net/", "https://news.com/"]);
        }
        browser.set_paused(true);
        if !begun_before {
            browser.ask_for_page(TAB, &["https://hop.net/", "https://news.com/"]);
        }
        browser.load("PAGE", "https://lost.net/");
        browser.set_paused(false);
        browser.commit_document("PAGE", "", TAB, "https://news.com/");
        assert_eq!(browser.reasons(), [GapReason::Paused], "{begun_before}");
        browser.open("https://next.com/");
        assert!(browser.page().gaps.is_empty(), "the pause is over");
    }
}

#[test]
fn a_navigation_that_a_pause_ends_in_the_middle_of_leads_to_a_page_that_says_so() {
    for ends_in_pause in [true, false] {
        let mut browser = Browser::new();
        browser.set_paused(true);
        let at = browser.tick();
        browser.ask_page(TAB, 900, "hop.net", at);
        if ends_in_pause {
            browser.ask_page(TAB, 900, "news.com", at);
        }
        browser.set_paused(false);
        let at = browser.tick();
        browser.ask_page(TAB, 900, "news.com", at);
        browser.ledger.request_ended(900, RequestEnd::Answered { from_cache: false });
        browser.commit_page(TAB, "https://news.com/");
        assert_eq!(browser.reasons(), [GapReason::Paused], "{ends_in_pause}");
    }
}

#[test]
fn a_private_tab_that_is_asked_to_go_somewhere_in_a_pause_is_not_in_the_live_state() {
    let live_after = |private: bool| {
        let mut browser = Browser::new();
        browser.set_paused(true);
        let at = browser.tick();
        let event =
            NavigationEvent { request_id: 90, host: "news.com", tab_id: 8, private, is_late: false, at };
        browser.ledger.navigation_started(&event);
        browser.ledger.live().len()
    };
    assert!(live_after(true) < live_after(false));
}

/// The navigation of the page before, which a service worker answered, has nothing to do with it.
#[test]
fn a_page_after_a_pause_is_not_marked_by_a_navigation_that_was_over_before() {
    let mut browser = Browser::new();
    let (id, at) = (browser.request_id(), browser.tick());
    browser.ask_page(TAB, id, "t.co", at);
    browser.redirect(Sent(id));
    browser.commit_untold("ONE", "", TAB, "https://app.com/");
    browser.set_paused(true);
    browser.set_paused(false);
    browser.commit_untold("TWO", "", TAB, "https://app.com/two");
    assert!(browser.reasons().is_empty());
}

#[test]
fn the_hops_of_a_page_whose_last_request_fell_in_a_pause_are_no_later_pages() {
    let mut browser = Browser::new();
    let (id, at) = (browser.request_id(), browser.tick());
    browser.ask_page(TAB, id, "hop.net", at);
    browser.redirect(Sent(id));
    browser.set_paused(true);
    let at = browser.tick();
    browser.ask_page(TAB, id, "news.com", at);
    browser.answer(Sent(id));
    browser.set_paused(false);
    browser.commit_untold("ONE", "", TAB, "https://news.com/");
    browser.commit_untold("TWO", "", TAB, "https://app.com/");
    assert!(browser.page().hops.is_empty());
}

/// Firefox 153 says of a download no more than that it was answered.
#[test]
fn a_download_is_not_the_way_to_a_page_that_was_asked_for_in_a_pause() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.ask_for_page(TAB, &["https://hop.net/", "https://news.com/"]);
    browser.set_paused(true);
    let (id, at) = (browser.request_id(), browser.tick());
    browser.ask_page(TAB, id, "news.com", at);
    browser.set_paused(false);
    browser.commit_page(TAB, "https://news.com/");
    assert!(browser.page().hops.is_empty());
}

#[test]
fn a_page_that_was_prepared_in_a_pause_and_is_shown_after_it_has_no_count_that_seems_complete() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.set_paused(true);
    browser.prepare("PREPARED", "https://news.com/next");
    browser.load("PREPARED", "https://lost.net/");
    browser.store();
    browser.set_paused(false);
    browser.commit_untold("PREPARED", "", TAB, "https://news.com/next");
    assert_eq!(browser.ledger.popup(TAB).page, TabView::Uncounted);
}
