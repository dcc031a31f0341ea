//! What Chromium 156 tells of a page's first requests on a busy machine, in a new tab: under the name of the blank document that was there.

use crate::browser::{Browser, SHOWN, TAB};
use tiers_core::event::{Frame, RequestEnd};
use tiers_core::record::GapReason;
use tiers_core::time::Millis;
use tiers_core::type_table::TypeCode;

/// A document that never commits, of a host, asks for something in a frame.
fn ask(browser: &mut Browser, document: &str, document_host: &str, frame: Frame, host: &str, at: Millis) {
    let key = browser.ledger.document_key(document, "", document_host, frame, false, at);
    let host = browser.ledger.host_id(host);
    let id = browser.request_id();
    browser.ledger.request_from(key, id, host, TypeCode::new(0), at);
    browser.ledger.request_ended(id, RequestEnd::Answered { from_cache: false });
}

/// The page is committed, as Chromium tells of it. Gives its document.
fn commit(browser: &mut Browser) -> String {
    let page = browser.document_id();
    browser.commit_untold(&page, "", TAB, "https://news.com/");
    page
}

#[test]
fn what_a_page_asked_for_under_its_blank_documents_name_is_its_own() {
    for wakes in [false, true] {
        let mut browser = Browser::new();
        browser.ask_for_page(TAB, &["https://news.com/"]);
        for host in ["one.net", "two.net"] {
            let at = browser.tick();
            ask(&mut browser, "BLANK", "news.com", SHOWN, host, at);
        }
        if wakes {
            browser.store();
            browser.restart("session");
        }
        let page = commit(&mut browser);
        browser.load(&page, "https://three.net/");
        assert_eq!(browser.contacted(), ["one.net", "three.net", "two.net"]);
        let at = browser.tick();
        ask(&mut browser, "BLANK", "news.com", SHOWN, "late.net", at);
        assert_eq!(browser.contacted().len(), 4, "what is told after the commit, too");
    }
}

#[test]
fn what_the_page_before_asked_for_at_its_end_is_not_the_pages_where_its_coming_went_down_with_the_background()
{
    let mut browser = Browser::new();
    // It came, and nothing of it was stored.
    browser.unstored = vec![TAB];
    browser.restart("session");
    browser.ask_for_page(TAB, &["https://news.com/"]);
    let at = browser.tick();
    ask(&mut browser, "BEFORE", "news.com", SHOWN, "beacon.net", at);
    commit(&mut browser);
    assert!(browser.contacted().is_empty());
    assert_eq!(browser.reasons(), [GapReason::BackgroundRestarted], "it may be the page's own all the same");

    // Of what comes next in the tab, the page before is known.
    browser.ask_for_page(TAB, &["https://news.com/"]);
    let at = browser.tick();
    ask(&mut browser, "BLANK", "news.com", SHOWN, "one.net", at);
    commit(&mut browser);
    assert_eq!(browser.contacted(), ["one.net"]);
    assert!(browser.reasons().is_empty());
}

#[test]
fn what_another_document_of_the_frame_asked_for_is_not_the_pages() {
    let of = |document_host: &str, frame: Frame| {
        let mut browser = Browser::new();
        browser.ask_for_page(TAB, &["https://news.com/"]);
        let at = browser.tick();
        ask(&mut browser, "OTHER", document_host, frame, "one.net", at);
        commit(&mut browser);
        browser.contacted()
    };
    assert_eq!(of("news.com", SHOWN), ["one.net"]);
    assert!(of("other.com", SHOWN).is_empty(), "of another host");
    assert!(of("", SHOWN).is_empty(), "of nobody knows whom");
    assert!(of("news.com", Frame { frame_id: 9, ..SHOWN }).is_empty(), "in another frame");
    assert!(of("news.com", Frame { tab_id: 1, ..SHOWN }).is_empty(), "in another tab");
}

#[test]
fn what_was_asked_for_before_the_page_was_or_after_it_came_is_not_its_own() {
    let mut browser = Browser::new();
    let at = browser.tick();
    ask(&mut browser, "BEFORE", "news.com", SHOWN, "before.net", at);
    browser.ask_for_page(TAB, &["https://news.com/"]);
    let at = Millis::new(browser.now + 5);
    ask(&mut browser, "AFTER", "news.com", SHOWN, "after.net", at);
    commit(&mut browser);
    assert!(browser.contacted().is_empty());
}

#[test]
fn of_what_a_page_that_is_excluded_asks_for_early_no_name_of_its_own_is_kept() {
    let mut browser = Browser::new();
    browser.exclude("news.com");
    let at = browser.tick();
    ask(&mut browser, "BLANK", "www.news.com", SHOWN, "one.net", at);
    assert!(!browser.live_text().replace(r#""news.com""#, "").contains("www.news.com"));
}
