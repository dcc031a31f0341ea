//! Requests whose document the browser does not name: each as Firefox 153 tells of it.

use crate::browser::{Browser, SHOWN, Sent, TAB, host};
use tiers_core::event::{DocumentEvent, Frame, Lifecycle, UnnamedRequestEvent};
use tiers_core::message::Request;
use tiers_core::record::{VisitKind, VisitRecord};
use tiers_core::time::Millis;
use tiers_core::type_table::TypeCode;

/// Who was charged with the requests to a host: the sites of pages, and `worker of` those of whom no more is known.
pub fn charged(browser: &mut Browser, host: &str) -> Vec<String> {
    browser.store();
    let asked = |visit: &&VisitRecord| visit.contacts.iter().any(|contact| contact.host == host);
    let name = |visit: &VisitRecord| match visit.kind {
        VisitKind::Page => visit.site.clone(),
        VisitKind::Background => format!("worker of {}", visit.site),
    };
    browser.visits.iter().filter(asked).map(name).collect()
}

/// A worker of the shown page, or a fetch that outlives it.
pub fn ask(browser: &mut Browser, asker: &str, url: &str) -> Sent {
    browser.unnamed_asks("", SHOWN, asker, url)
}

#[test]
fn what_the_worker_of_a_page_asks_for_is_the_pages() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    ask(&mut browser, "https://news.com/worker.js", "https://third.net/");
    assert_eq!(charged(&mut browser, "third.net"), ["news.com"]);
}

#[test]
fn what_is_told_late_is_the_pages_that_was_shown_then() {
    let mut browser = Browser::new();
    browser.open("https://one.com/");
    let left = browser.now;
    browser.open("https://two.com/");
    let shown = browser.now;
    browser.now = left;
    ask(&mut browser, "https://one.com/", "https://third.net/");
    browser.now = shown;
    assert_eq!(charged(&mut browser, "third.net"), ["one.com"]);
}

#[test]
fn a_page_that_is_back_is_the_one_that_is_shown() {
    let mut browser = Browser::new();
    let one = browser.open("https://one.com/");
    browser.open("https://two.com/");
    browser.commit_document(&one, "", TAB, "https://one.com/");
    ask(&mut browser, "https://one.com/worker.js", "https://third.net/");
    assert_eq!(charged(&mut browser, "third.net"), ["one.com"]);
}

#[test]
fn who_is_of_another_host_than_what_the_frame_shows_is_of_its_own_site() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    ask(&mut browser, "https://other.org/worker.js", "https://third.net/");
    assert_eq!(charged(&mut browser, "third.net"), ["worker of other.org"]);
}

#[test]
fn a_worker_without_a_host_is_of_what_its_frame_shows() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    ask(&mut browser, "data:", "https://third.net/");
    assert_eq!(charged(&mut browser, "third.net"), ["news.com"]);
}

#[test]
fn what_the_worker_of_a_frame_asks_for_is_the_pages_and_was_brought_by_the_frame() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let frame = Frame { tab_id: TAB, frame_id: 9 };
    let at = browser.tick();
    browser.ledger.document_committed(&DocumentEvent {
        document_id: "FRAME",
        parent_document_id: &page,
        tab_id: TAB,
        frame_id: 9,
        outermost: false,
        lifecycle: Lifecycle::Untold,
        private: false,
        scheme: "https",
        host: "ads.net",
        at,
    });
    browser.unnamed_asks("", frame, "https://ads.net/worker.js", "https://third.net/");
    assert_eq!(charged(&mut browser, "third.net"), ["news.com"]);
    assert_eq!(browser.way_to("third.net"), ["ads.net"]);
}

#[test]
fn what_a_frame_held_is_known_after_a_wake() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    browser.restart("session");
    ask(&mut browser, "https://news.com/worker.js", "https://third.net/");
    assert_eq!(charged(&mut browser, "third.net"), ["news.com"]);
}

#[test]
fn a_page_that_was_found_in_its_place_was_there_before_any_request() {
    let mut browser = Browser::new();
    browser.adopt("OLD", "", TAB, "https://old.com/");
    browser.now -= 1_000;
    ask(&mut browser, "https://old.com/worker.js", "https://third.net/");
    browser.now += 1_000;
    assert_eq!(charged(&mut browser, "third.net"), ["old.com"]);
}

#[test]
fn what_the_worker_of_a_page_asks_for_that_is_not_counted_is_not() {
    let mut browser = Browser::new();
    browser.exclude("news.com");
    browser.open("https://www.news.com/");
    ask(&mut browser, "https://www.news.com/worker.js", "https://third.net/");
    assert!(charged(&mut browser, "third.net").is_empty());
}

#[test]
fn what_is_asked_in_the_name_of_a_blank_window_is_its_openers() {
    let mut browser = Browser::new();
    browser.commit_document("BLANK", "", TAB, "about:blank");
    browser.unnamed_asks("BLANK", SHOWN, "https://opener.com/", "https://third.net/");
    assert_eq!(charged(&mut browser, "third.net"), ["worker of opener.com"]);
    ask(&mut browser, "https://opener.com/", "https://fourth.net/");
    assert_eq!(charged(&mut browser, "fourth.net"), ["worker of opener.com"]);
}

#[test]
fn a_document_that_is_no_blank_page_has_no_opener_to_charge() {
    let mut browser = Browser::new();
    browser.exclude("news.com");
    let page = browser.open("https://www.news.com/");
    browser.unnamed_asks(&page, SHOWN, "https://www.news.com/", "https://third.net/");
    assert!(charged(&mut browser, "third.net").is_empty());
}

/// A tab that Firefox brings back (discarded, or of the session before): its blank document is committed once more, with the
/// address of the page to come.
#[test]
fn a_blank_page_with_the_address_of_a_page_to_come_is_no_visit() {
    let mut browser = Browser::new();
    browser.commit_document("BLANK", "", TAB, "about:blank");
    browser.commit_document("BLANK", "", TAB, "https://news.com/");
    browser.store();
    assert!(browser.visits.is_empty());
    browser.open("https://news.com/");
    assert!(browser.page().gaps.is_empty());
}

/// A navigation to this address fails, as Firefox tells of it.
fn fail_to_open(browser: &mut Browser, url: &str) {
    browser.ask_for_page(TAB, &[url]);
    let at = browser.tick();
    browser.ledger.navigation_failed(TAB, host(url), false, at);
}

#[test]
fn the_browsers_own_page_in_the_place_of_one_that_did_not_come_is_no_visit() {
    let mut browser = Browser::new();
    fail_to_open(&mut browser, "https://gone.com/");
    browser.commit_page(TAB, "https://gone.com/");
    browser.store();
    assert!(browser.visits.is_empty());
    browser.open("https://gone.com/");
    assert_eq!(browser.page().host, "gone.com", "it came, the second time");
}

#[test]
fn a_failed_navigation_says_nothing_of_the_next_one_or_of_what_was_committed_before() {
    let mut browser = Browser::new();
    fail_to_open(&mut browser, "https://gone.com/");
    browser.open("https://gone.com/");
    assert_eq!(browser.page().host, "gone.com");
    let before = browser.tick();
    fail_to_open(&mut browser, "https://gone.com/again");
    browser.commit_late("EARLIER", "https://gone.com/", Millis::new(before.get()));
    browser.store();
    assert_eq!(browser.visits.len(), 2);
}

#[test]
fn what_is_told_after_the_next_page_is_there_is_the_left_pages_whatever_the_next_one_is() {
    for next in ["https://two.com/", "https://excluded.com/", "about:blank"] {
        let mut browser = Browser::new();
        browser.exclude("excluded.com");
        browser.open("https://one.com/");
        browser.open(next);
        ask(&mut browser, "https://one.com/", "https://third.net/");
        assert_eq!(charged(&mut browser, "third.net"), ["one.com"], "{next}");
    }
}

#[test]
fn a_blank_windows_redirects_keep_their_way() {
    let mut browser = Browser::new();
    browser.commit_document("BLANK", "", TAB, "about:blank");
    let sent = browser.unnamed_asks("BLANK", SHOWN, "https://opener.com/", "https://one.net/");
    browser.redirect(sent);
    // As the shell does it: first in the name of the document, then in its opener's.
    browser.ask_again(sent, "BLANK", "https://two.net/", "image");
    browser.ledger.unnamed_request_started(&UnnamedRequestEvent {
        request_id: sent.0,
        host: "two.net",
        document_id: "BLANK",
        frame: SHOWN,
        initiator_host: "opener.com",
        is_of_next_page: false,
        request_type: TypeCode::new(0),
        private: false,
        at: Millis::new(browser.now),
    });
    browser.store();
    let two = browser.visits[0].contacts.iter().find(|contact| contact.host == "two.net").unwrap();
    assert_eq!(two.brought_by.iter().map(|step| step.host.as_str()).collect::<Vec<_>>(), ["one.net"]);
}

#[test]
fn what_asks_in_a_page_that_is_not_counted_is_not_the_page_befores_of_its_host() {
    for sleeps in [false, true] {
        let mut browser = Browser::new();
        browser.open("https://news.com/");
        let at = browser.tick();
        browser.ledger.answer(&Request::SetPaused { paused: true }, at);
        browser.open("https://news.com/");
        let at = browser.tick();
        browser.ledger.answer(&Request::SetPaused { paused: false }, at);
        if sleeps {
            browser.store();
            browser.now += 40_000;
            browser.restart("session");
        }
        ask(&mut browser, "https://news.com/worker.js", "https://third.net/");
        assert_eq!(charged(&mut browser, "third.net"), Vec::<String>::new(), "{sleeps}");
    }
}

/// Chromium 156 told of what a worker had asked for before the page's commit, after that commit.
#[test]
fn what_a_worker_does_after_a_page_began_shows_on_it_also_where_something_before_was_told_late() {
    let mut browser = Browser::new();
    browser.open("https://app.com/");
    let began = browser.now;
    browser.now = began - 2;
    let late = browser.worker_asks("https://app.com/", "https://early.net/");
    browser.answer(late);
    browser.now = began + 1_000;
    let sent = browser.worker_asks("https://app.com/", "https://third.net/");
    browser.answer(sent);
    assert_eq!(browser.contacted(), ["third.net"]);
}

#[test]
fn a_request_of_a_worker_has_its_end_also_where_a_page_of_the_site_has_come_meanwhile() {
    let mut browser = Browser::new();
    let sent = browser.worker_asks("https://app.com/", "https://gone.net/");
    browser.open("https://app.com/");
    browser.store();
    browser.now += 5_000;
    browser.store();
    browser.fail(sent, "net::ERR_NAME_NOT_RESOLVED");
    browser.store();
    let record = browser.visits.iter().find(|visit| visit.kind == VisitKind::Background).unwrap();
    let outcomes = record.contacts[0].outcomes();
    assert_eq!((outcomes.failed, outcomes.pending), (1, 0));
}

#[test]
fn what_a_worker_did_before_a_page_ends_with_that_page_however_late_it_is_told() {
    for tells_the_later_first in [true, false] {
        let mut browser = Browser::new();
        browser.open("https://app.com/");
        let began = browser.now;
        let tell = |browser: &mut Browser, at: u64, url: &str| {
            browser.now = at;
            let sent = browser.worker_asks("https://app.com/", url);
            browser.answer(sent);
        };
        if tells_the_later_first {
            tell(&mut browser, began + 1_000, "https://third.net/");
            tell(&mut browser, began - 2, "https://early.net/");
        } else {
            tell(&mut browser, began - 2, "https://early.net/");
            tell(&mut browser, began + 1_000, "https://third.net/");
        }
        assert_eq!(browser.contacted(), ["third.net"], "{tells_the_later_first}");
        browser.now = began + 2_000;
        browser.store();
        let early = browser.visits.iter().find(|visit| visit.contacts[0].host == "early.net").unwrap();
        assert_eq!(early.ended_at_ms, Some(Millis::new(began)), "{tells_the_later_first}");
    }
}
