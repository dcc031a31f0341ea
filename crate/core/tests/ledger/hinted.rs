//! What a page to come hints at (an answer 103): asked for before the page is there, and its own.

use crate::browser::{Browser, SHOWN, Sent, TAB};
use crate::unnamed::{ask, charged};
use tiers_core::event::{NavigationEvent, UnnamedRequestEvent};
use tiers_core::time::Millis;
use tiers_core::type_table::TypeCode;

/// The page of [`TAB`] to come is asked for, and hints at what it will need: no document is committed yet.
fn hint(browser: &mut Browser, page: &str, url: &str) {
    browser.ask_for_page(TAB, &[page]);
    let sent = ask(browser, page, url);
    browser.answer(sent);
}

#[test]
fn what_a_page_to_come_hints_at_is_the_pages_once_it_is_there() {
    for wakes in [false, true] {
        let mut browser = Browser::new();
        browser.open("https://before.com/");
        hint(&mut browser, "https://news.com/", "https://third.net/");
        assert!(browser.contacted().is_empty(), "not the page's that is still shown");
        if wakes {
            browser.store();
            browser.restart("session");
        }
        browser.commit_page(TAB, "https://news.com/");
        assert_eq!(browser.contacted(), ["third.net"]);
        assert_eq!(charged(&mut browser, "third.net"), ["news.com"]);
    }
}

#[test]
fn what_a_page_that_did_not_come_hinted_at_is_no_other_pages() {
    let mut browser = Browser::new();
    hint(&mut browser, "https://gone.com/", "https://third.net/");
    browser.open("https://news.com/");
    assert!(charged(&mut browser, "third.net").is_empty());
}

#[test]
fn what_a_host_hinted_at_before_it_redirected_is_no_strangers() {
    let mut browser = Browser::new();
    let (id, at) = (browser.request_id(), browser.tick());
    browser.ask_page(TAB, id, "gone.com", at);
    ask(&mut browser, "https://gone.com/", "https://third.net/");
    browser.redirect(Sent(id));
    let at = browser.tick();
    browser.ask_page(TAB, id, "news.com", at);
    browser.commit_page(TAB, "https://news.com/");
    assert_eq!(charged(&mut browser, "third.net"), ["news.com"], "that navigation's page's, as it came");
    browser.open("https://gone.com/");
    assert!(browser.contacted().is_empty());
}

#[test]
fn a_hinted_request_that_ends_after_the_commit_ends_in_the_page() {
    let mut browser = Browser::new();
    browser.ask_for_page(TAB, &["https://news.com/"]);
    let sent = ask(&mut browser, "https://news.com/", "https://third.net/");
    browser.commit_page(TAB, "https://news.com/");
    assert_eq!(browser.page().outcomes.pending, 1);
    browser.answer(sent);
    assert_eq!((browser.page().outcomes.pending, browser.page().outcomes.sent), (0, 1));
}

#[test]
fn of_what_a_page_hinted_at_that_is_not_counted_nothing_is_kept() {
    let mut browser = Browser::new();
    browser.exclude("news.com");
    hint(&mut browser, "https://news.com/", "https://third.net/");
    assert!(!browser.live_text().contains("third.net"));
    browser.commit_page(TAB, "https://news.com/");
    assert!(!browser.live_text().contains("third.net"));
}

#[test]
fn of_what_a_private_page_to_come_hinted_at_nothing_is_kept() {
    let mut browser = Browser::new();
    let at = browser.tick();
    let request_id = browser.request_id();
    let event =
        NavigationEvent { request_id, host: "secret.com", tab_id: TAB, private: true, is_late: false, at };
    browser.ledger.navigation_started(&event);
    let at = browser.tick();
    browser.ledger.unnamed_request_started(&UnnamedRequestEvent {
        request_id: request_id + 1,
        host: "third.net",
        document_id: "",
        frame: SHOWN,
        initiator_host: "secret.com",
        is_of_next_page: false,
        request_type: TypeCode::new(0),
        private: true,
        at,
    });
    let live = browser.live_text();
    assert!(!live.contains("secret.com") && !live.contains("third.net"), "{live}");
}

/// Whoever clicks within a site: both pages are of one host.
#[test]
fn what_a_page_to_come_of_the_same_host_hints_at_is_its_own() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.ask_for_page(TAB, &["https://news.com/"]);
    let at = browser.tick();
    hint_at(&mut browser, "news.com", at, true);
    browser.commit_page(TAB, "https://news.com/");
    browser.store();
    assert_eq!(asked_by(&browser, "third.net"), [false, true]);
}

#[test]
fn what_a_page_that_did_not_come_hinted_at_is_no_later_pages_of_its_host_either() {
    let mut browser = Browser::new();
    browser.open("https://other.org/");
    hint(&mut browser, "https://news.com/", "https://third.net/");
    browser.now += 200_000;
    browser.open("https://news.com/");
    assert_eq!(charged(&mut browser, "third.net"), Vec::<String>::new());
}

/// Firefox 153, most of all as it starts: the times are right, the order is not.
#[test]
fn what_a_page_hinted_at_that_is_told_after_its_commit_is_its_own() {
    for is_request_told_first in [false, true] {
        let mut browser = Browser::new();
        browser.open("about:blank");
        let (request_id, asked_at, hinted_at) = (browser.request_id(), browser.tick(), browser.tick());
        if is_request_told_first {
            browser.ask_page(TAB, request_id, "news.com", asked_at);
        }
        browser.commit_page(TAB, "https://news.com/");
        if !is_request_told_first {
            browser.ask_page(TAB, request_id, "news.com", asked_at);
        }
        hint_at(&mut browser, "news.com", hinted_at, true);
        assert_eq!(charged(&mut browser, "third.net"), ["news.com"]);
    }
}

#[test]
fn what_asks_with_another_address_before_a_page_came_is_not_what_the_page_hinted_at() {
    let mut browser = Browser::new();
    browser.open("about:blank");
    let (request_id, asked_at, at) = (browser.request_id(), browser.tick(), browser.tick());
    browser.ask_page(TAB, request_id, "news.com", asked_at);
    browser.commit_page(TAB, "https://news.com/");
    hint_at(&mut browser, "news.com", at, false);
    assert_eq!(charged(&mut browser, "third.net"), ["worker of news.com"]);
}

#[test]
fn what_was_asked_for_before_the_page_was_is_not_what_it_hinted_at() {
    let mut browser = Browser::new();
    browser.open("about:blank");
    let (before, request_id, asked_at) = (browser.tick(), browser.request_id(), browser.tick());
    browser.ask_page(TAB, request_id, "news.com", asked_at);
    browser.commit_page(TAB, "https://news.com/");
    hint_at(&mut browser, "news.com", before, true);
    assert_eq!(charged(&mut browser, "third.net"), ["worker of news.com"]);
}

#[test]
fn what_the_next_page_of_a_host_hinted_at_that_is_told_after_its_commit_is_its_own() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    let (request_id, asked_at, hinted_at) = (browser.request_id(), browser.tick(), browser.tick());
    browser.commit_page(TAB, "https://news.com/next");
    browser.ask_page(TAB, request_id, "news.com", asked_at);
    hint_at(&mut browser, "news.com", hinted_at, true);
    browser.store();
    assert_eq!(asked_by(&browser, "third.net"), [false, true]);
}

/// Which visits asked a host, in their order.
fn asked_by(browser: &Browser, host: &str) -> Vec<bool> {
    browser.visits.iter().map(|visit| visit.contacts.iter().any(|one| one.host == host)).collect()
}

/// The page to come of a host asks for something of `third.net`.
fn hint_at(browser: &mut Browser, initiator_host: &str, at: Millis, is_of_next_page: bool) {
    let request_id = browser.request_id();
    browser.ledger.unnamed_request_started(&UnnamedRequestEvent {
        request_id,
        host: "third.net",
        document_id: "",
        frame: SHOWN,
        initiator_host,
        is_of_next_page,
        request_type: TypeCode::new(0),
        private: false,
        at,
    });
}
