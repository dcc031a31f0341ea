//! Pages that are prepared: each request once, as Chromium 156 tells of them.

use crate::browser::Browser;

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
        tab_id: crate::browser::TAB,
        private: false,
        at,
    };
    assert_eq!(browser.ledger.prerender_started(&event), 0);
}
