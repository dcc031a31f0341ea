//! Pages that are prepared: each request once, as Chromium 156 tells of them.

use crate::browser::{Browser, TAB};
use tiers_core::event::{DocumentEvent, Frame, Lifecycle, RequestEnd};
use tiers_core::record::Attribution;

/// Requests for pages that the visit asked the host for, its own included.
fn pages_asked(browser: &mut Browser, host: &str) -> u32 {
    browser.store();
    let visit = browser.visits.first().unwrap();
    let contact = visit.contacts.iter().find(|contact| contact.host == host);
    contact.map_or(0, |contact| {
        let is_page = |tally: &&tiers_core::record::TypeTally| tally.request_type == "main_frame";
        contact.tallies.iter().filter(is_page).map(|tally| tally.outcomes.sent).sum()
    })
}

#[test]
fn over_https_a_prepared_page_is_told_of_twice_and_counts_once() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    for (number, path) in (2..).zip(["a", "b"]) {
        let url = format!("https://news.com/{path}");
        let fetch = browser.ask_as(&page, &url, "main_frame");
        browser.answer(fetch);
        browser.prerender(&url);
        assert_eq!(pages_asked(&mut browser, "news.com"), number);
    }
}

#[test]
fn over_http_a_prepared_page_is_told_of_once_and_counts_once() {
    let mut browser = Browser::new();
    browser.open("http://news.com/");
    browser.prerender("http://news.com/a");
    browser.prerender("http://news.com/b");
    assert_eq!(pages_asked(&mut browser, "news.com"), 3);
}

#[test]
fn a_page_that_is_back_has_its_pages_prepared_from_what_was_fetched_before() {
    for (scheme, tells_the_fetch) in [("https", true), ("http", false)] {
        let mut browser = Browser::new();
        let address = |path| format!("{scheme}://news.com/{path}");
        let page = browser.open(&address(""));
        if tells_the_fetch {
            let fetch = browser.ask_as(&page, &address("a"), "main_frame");
            browser.answer(fetch);
        }
        browser.prerender(&address("a"));
        browser.open("https://other.org/");
        browser.commit_document(&page, "", TAB, &address(""));
        browser.prerender(&address("a"));
        // Without a fetch that is told, each preparation is one.
        assert_eq!(pages_asked(&mut browser, "news.com"), if tells_the_fetch { 2 } else { 3 }, "{scheme}");
    }
}

#[test]
fn a_page_that_is_only_fetched_ahead_counts_once() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let fetch = browser.ask_as(&page, "https://other.org/", "main_frame");
    browser.answer(fetch);
    assert_eq!(pages_asked(&mut browser, "other.org"), 1);
}

#[test]
fn a_page_that_is_prepared_by_no_page_that_is_counted_counts_nowhere() {
    let mut browser = Browser::new();
    browser.open("about:blank");
    let id = browser.request_id();
    let at = browser.tick();
    let event = tiers_core::event::NavigationEvent {
        request_id: id,
        host: "news.com",
        tab_id: TAB,
        private: false,
        is_late: false,
        at,
    };
    assert_eq!(browser.ledger.prerender_started(&event, "news.com"), 0);
}

/// Chromium 156 tells of it 5 ms after the commit of the blank page that its tab goes back to.
#[test]
fn what_a_page_had_prepared_as_it_was_left_is_its_own() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.open("about:blank");
    browser.prerender("https://other.org/");
    assert_eq!(pages_asked(&mut browser, "other.org"), 1);
    browser.open("https://next.net/");
    browser.prerender("https://another.org/");
    assert_eq!(pages_asked(&mut browser, "another.org"), 1);
    assert_eq!(browser.page().site, "next.net");
    assert!(browser.page().domains.is_empty());
}

/// A request of a page that is prepared in frame 62, told before the page's commit, under this name.
fn ask_early(browser: &mut Browser, document: &str, host: &str) {
    let at = browser.tick();
    let frame = Frame { tab_id: TAB, frame_id: 62 };
    let key = browser.ledger.document_key(document, "", "", frame, false, at);
    let (host, image) = (browser.ledger.host_id(host), browser.ledger.type_code("image"));
    let id = browser.request_id();
    browser.ledger.request_from(key, id, host, image, at);
    browser.ledger.request_ended(id, RequestEnd::Answered { from_cache: false });
}

/// A page that is prepared is committed in this frame.
fn commit_prepared(browser: &mut Browser, frame_id: u64) {
    let at = browser.tick();
    browser.ledger.document_committed(&DocumentEvent {
        document_id: "C025",
        parent_document_id: "",
        tab_id: TAB,
        frame_id,
        outermost: true,
        lifecycle: Lifecycle::Prerender,
        private: false,
        scheme: "https",
        host: "news.com",
        at,
    });
}

#[test]
fn what_a_prepared_page_asked_for_under_a_name_that_never_comes_is_its_own() {
    // Chromium 156: a request of the document C64E in frame 62, 3 ms before frame 62 commits the document C025.
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    ask_early(&mut browser, "C64E", "third.net");
    commit_prepared(&mut browser, 62);
    ask_early(&mut browser, "C64E", "third.net");
    browser.store();
    let prepared =
        browser.visits.iter().find(|visit| visit.contacts.iter().any(|one| one.host == "third.net"));
    let contact = prepared.unwrap().contacts.iter().find(|one| one.host == "third.net").unwrap();
    assert_eq!(contact.outcomes().sent, 2);
    assert_eq!(contact.attribution, Attribution::Frame);
}

#[test]
fn what_waits_in_another_frame_is_not_taken_by_a_page_that_is_prepared() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    ask_early(&mut browser, "C64E", "third.net");
    commit_prepared(&mut browser, 63);
    browser.store();
    assert!(browser.visits.iter().all(|visit| visit.contacts.iter().all(|one| one.host != "third.net")));
}

#[test]
fn a_page_that_is_prepared_while_its_tab_is_on_its_way_takes_nothing_of_the_page_to_come() {
    // Chromium 156: the tab has asked for its page anew as the prepared one, of the same host, is committed.
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.ask_for_page(TAB, &["https://t.co/", "https://news.com/"]);
    commit_prepared(&mut browser, 62);
    browser.commit_page(TAB, "https://news.com/");
    assert_eq!(browser.page().hops.len(), 1);
    browser.store();
    let asked: Vec<usize> = browser.visits.iter().map(|visit| visit.contacts.len()).collect();
    assert_eq!(asked, [1, 0, 1], "the page, the prepared one, the page anew");
}

#[test]
fn pages_that_are_prepared_after_a_wake_count_once_too() {
    for (scheme, tells_the_fetch) in [("https", true), ("http", false)] {
        let mut browser = Browser::new();
        let address = |path| format!("{scheme}://news.com/{path}");
        let page = browser.open(&address(""));
        for path in ["a", "b"] {
            if tells_the_fetch {
                let fetch = browser.ask_as(&page, &address(path), "main_frame");
                browser.answer(fetch);
            }
            browser.prerender(&address(path));
            browser.now += 5_000;
            browser.store();
            browser.restart("session");
        }
        assert_eq!(pages_asked(&mut browser, "news.com"), 3, "{scheme}");
    }
}

/// It was open before the counting began: its own request is not among the contacts.
#[test]
fn a_page_that_was_found_in_its_place_has_pages_prepared_that_count_once_also_after_a_wake() {
    let mut browser = Browser::new();
    browser.adopt("FOUND", "", TAB, "https://news.com/");
    browser.now += 5_000;
    browser.store();
    browser.restart("session");
    let fetch = browser.ask_as("FOUND", "https://news.com/a", "main_frame");
    browser.answer(fetch);
    browser.prerender("https://news.com/a");
    assert_eq!(pages_asked(&mut browser, "news.com"), 1);
}
