//! What workers ask for where the browser names no document.

use crate::browser::{Browser, TAB, frame_number};

/// The way to a third party: its steps' hosts.
fn way_to(browser: &Browser, domain: &str) -> Vec<String> {
    let page = browser.page();
    let found = page.domains.iter().find(|one| one.domain == domain).unwrap();
    found.brought_by.iter().map(|step| step.host.clone()).collect()
}

#[test]
fn what_a_frames_own_worker_asks_belongs_to_the_page_and_names_frame_and_worker() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.commit_document("FRAME", &page, TAB, "https://ads.net/");
    browser.frame_worker_loads(0, "https://news.com/worker.js", "https://api.one.org/");
    browser.frame_worker_loads(frame_number("FRAME"), "https://ads.net/worker.js", "https://api.two.org/");
    assert_eq!(browser.contacted(), ["one.org", "two.org"]);
    assert_eq!(way_to(&browser, "one.org"), ["news.com"]);
    assert_eq!(way_to(&browser, "two.org"), ["ads.net", "ads.net"]);
}

#[test]
fn a_worker_belongs_to_the_page_that_came_back_and_not_to_the_one_that_came_last() {
    let mut browser = Browser::new();
    let first = browser.open("https://first.com/");
    browser.open("https://second.com/");
    browser.commit_document(&first, "", TAB, "https://first.com/");
    browser.frame_worker_loads(0, "https://first.com/worker.js", "https://api.one.org/");
    assert_eq!(browser.page().site, "first.com");
    assert_eq!(browser.contacted(), ["one.org"]);
}

#[test]
fn a_worker_of_a_frame_whose_commit_was_not_seen_is_one_of_the_page() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.frame_worker_loads(77, "https://ads.net/worker.js", "https://api.one.org/");
    assert_eq!(browser.contacted(), ["one.org"]);
    assert_eq!(way_to(&browser, "one.org"), ["ads.net"]);
}
