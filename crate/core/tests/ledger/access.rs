//! What is marked while the browser does not let the extension see all sites.

use crate::browser::{Browser, TAB};
use tiers_core::record::GapReason;

impl Browser {
    fn set_access(&mut self, is_to_all_sites: bool) {
        let at = self.tick();
        self.ledger.set_access(is_to_all_sites, at);
    }
}

#[test]
fn a_page_that_is_open_or_comes_while_the_access_is_missing_is_marked_and_one_that_comes_before_or_after_is_not()
 {
    let mut browser = Browser::new();
    browser.open_in(7, "https://before.com/");
    browser.open_in(7, "https://elsewhere.com/");
    browser.open_in(8, "https://open.com/");
    browser.set_access(false);
    browser.open("https://meanwhile.com/");
    browser.set_access(true);
    browser.open_in(9, "https://after.com/");
    assert_eq!(browser.reasons_in(8), [GapReason::AccessMissing]);
    assert_eq!(browser.reasons(), [GapReason::AccessMissing]);
    assert_eq!(browser.reasons_in(9), []);
    browser.store();
    let before = browser.visits.iter().find(|visit| visit.host == "before.com");
    assert!(before.is_some_and(|visit| visit.gaps.is_empty()));
}

/// No request is told of it: the browser, not a background that was stopped, is why.
#[test]
fn a_page_without_a_request_gives_the_missing_access_as_its_only_reason() {
    let mut browser = Browser::new();
    browser.set_access(false);
    browser.commit_untold("PAGE", "", TAB, "https://hidden.com/");
    assert_eq!(browser.reasons(), [GapReason::AccessMissing]);
}

#[test]
fn a_page_that_is_shown_again_while_the_access_is_missing_is_marked_and_once() {
    let mut browser = Browser::new();
    let document = browser.open("https://first.com/");
    browser.open("https://second.com/");
    browser.set_access(false);
    browser.commit_document(&document, "", TAB, "https://first.com/");
    browser.set_access(false);
    assert_eq!(browser.reasons(), [GapReason::AccessMissing]);
}

#[test]
fn what_a_sites_workers_ask_for_while_the_access_is_missing_is_marked() {
    let mut browser = Browser::new();
    browser.set_access(false);
    browser.worker_asks("https://site.com", "https://third.com/1");
    browser.store();
    let reasons: Vec<_> = browser.visits[0].gaps.iter().map(|gap| gap.reason).collect();
    assert_eq!(reasons, [GapReason::AccessMissing]);
}
