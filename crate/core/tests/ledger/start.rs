//! What a background finds as it starts, what it takes up, and what of the one before it marks as lost.

use crate::browser::{Browser, SHOWN, Sent, TAB};
use tiers_core::event::{NavigationEvent, RequestEnd};
use tiers_core::record::{EndReason, GapReason};
use tiers_core::start::Before;

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
fn a_tab_that_was_closed_while_the_background_was_stopped_leaves_a_visit_that_is_over_and_marked() {
    let mut browser = Browser::new();
    browser.open_in(8, "https://closed.com/");
    browser.open("https://open.com/");
    browser.now += 5_000;
    browser.store();
    browser.restart("session");
    // In a tab that opened after those of the list were read.
    browser.open_in(9, "https://new.com/");
    let at = browser.tick();
    browser.ledger.tabs_found(&[TAB], &[], at);
    browser.store();
    let ends: Vec<_> =
        browser.visits.iter().map(|one| (&*one.host, one.end_reason, one.gaps.len())).collect();
    assert_eq!(
        ends,
        [("closed.com", Some(EndReason::TabClosed), 1), ("open.com", None, 0), ("new.com", None, 0)]
    );
}

#[test]
fn a_tab_whose_closing_woke_the_background_leaves_a_visit_that_is_complete() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.now += 5_000;
    browser.store();
    browser.restart("session");
    let at = browser.tick();
    browser.ledger.tab_removed(TAB, at);
    browser.ledger.tabs_found(&[], &[], at);
    browser.store();
    assert_eq!(browser.visits[0].end_reason, Some(EndReason::TabClosed));
    assert!(browser.visits[0].gaps.is_empty());
}

#[test]
fn a_page_whose_end_nobody_told_of_is_marked_by_the_page_that_is_found_in_its_place() {
    let mut browser = Browser::new();
    browser.open("https://left.com/");
    browser.now += 5_000;
    browser.store();
    browser.restart("session");
    browser.adopt("NEXT", "", TAB, "https://next.com/");
    browser.store();
    assert_eq!(browser.visits[0].end_reason, Some(EndReason::Navigated));
    assert_eq!(browser.visits[0].gaps[0].reason, GapReason::BackgroundRestarted);
}

#[test]
fn a_page_that_its_tab_went_back_to_unseen_is_what_the_tab_shows() {
    let mut browser = Browser::new();
    let first = browser.open("https://first.com/");
    browser.open("https://second.com/");
    browser.now += 5_000;
    browser.store();
    browser.restart("session");
    browser.adopt(&first, "", TAB, "https://first.com/");
    assert_eq!(browser.page().host, "first.com");
    // What it asked for as it was shown again may have gone down with the background.
    assert_eq!(browser.page().gaps[0].reason, GapReason::BackgroundRestarted);
    browser.store();
    let second = browser.visits.iter().find(|visit| visit.host == "second.com").unwrap();
    assert_eq!(second.end_reason, Some(EndReason::Navigated));
    assert_eq!(second.gaps[0].reason, GapReason::BackgroundRestarted);
}

/// Firefox 153 tells of a worker's requests by the frame and the host alone.
#[test]
fn what_asks_in_a_page_that_was_found_is_not_taken_for_the_page_that_was_left_unseen() {
    for is_known in [true, false] {
        let mut browser = Browser::new();
        let first = browser.open("https://news.com/one");
        let second = browser.open("https://news.com/two");
        browser.now += 5_000;
        browser.store();
        browser.restart("session");
        let found = if is_known { first } else { "FOUND".to_owned() };
        browser.adopt(&found, "", TAB, "https://news.com/one");
        let sent = browser.unnamed_asks("", SHOWN, "https://news.com/", "https://third.net/");
        browser.answer(sent);
        assert_eq!(browser.contacted(), ["third.net"], "{second}, {is_known}");
    }
}

#[test]
fn a_page_that_was_open_before_goes_on_saying_so_when_the_background_has_slept() {
    let mut browser = Browser::new();
    // Its request was sent before there was anybody to be told.
    browser.commit_page(TAB, "https://news.com/");
    for _ in 0..2 {
        browser.now += 10_000;
        browser.store();
        browser.now += 40_000;
        browser.restart("session");
        assert_eq!(browser.reasons(), [GapReason::OpenedBefore]);
    }
}

/// A page at rest asked for something, and the background was killed before it had stored that.
#[test]
fn what_was_not_stored_of_a_page_at_rest_marks_it_and_no_other() {
    let mut browser = Browser::new();
    browser.open_in(1, "https://news.com/");
    browser.open_in(2, "https://calm.com/");
    // Its request was sent before there was anybody to be told.
    browser.commit_page(3, "https://early.com/");
    browser.now += 5_000;
    browser.store();
    browser.unstored = vec![1, 3];
    browser.now += 40_000;
    browser.restart("session");
    assert_eq!(browser.reasons_in(1), [GapReason::BackgroundRestarted]);
    assert!(browser.reasons_in(2).is_empty());
    assert_eq!(browser.reasons_in(3), [GapReason::OpenedBefore, GapReason::BackgroundRestarted]);
}

/// Which one asked is not told: what has no tab marks all that have none.
#[test]
fn what_was_not_stored_of_a_worker_marks_every_workers_record_that_is_open() {
    let mut browser = Browser::new();
    browser.open_in(1, "https://news.com/");
    for site in ["https://one.com/", "https://two.com/"] {
        let asked = browser.worker_asks(site, "https://third.net/");
        browser.answer(asked);
    }
    browser.now += 5_000;
    browser.store();
    browser.unstored = vec![-1];
    browser.restart("session");
    browser.store();
    let marked: Vec<&str> = browser
        .visits
        .iter()
        .filter(|visit| !visit.gaps.is_empty())
        .map(|visit| visit.host.as_str())
        .collect();
    assert_eq!(marked, ["one.com", "two.com"]);
}

#[test]
fn a_core_that_takes_the_place_of_one_that_failed_takes_no_page_for_one_whose_request_was_lost() {
    let mut browser = Browser::new();
    browser.open("https://before.com/");
    browser.store();
    browser.restart_after("session", Before::Core);
    browser.commit_untold("PAGE", "", TAB, "https://news.com/");
    assert!(browser.page().gaps.is_empty());
}

#[test]
fn what_is_found_where_it_was_changes_nothing() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.now += 5_000;
    browser.store();
    let before = browser.visits.clone();
    browser.restart("session");
    let at = browser.tick();
    browser.ledger.tabs_found(&[TAB], &[], at);
    browser.adopt(&page, "", TAB, "https://news.com/");
    browser.store();
    assert_eq!(browser.visits, before);
}

/// Chromium 156 starts the first background of a session beside the pages that come back, and tells it of their commits alone.
#[test]
fn a_page_that_was_on_its_way_as_the_first_background_looked_is_marked() {
    let mut browser = Browser::new();
    let at = browser.tick();
    browser.ledger.tabs_found(&[TAB, 8], &[TAB], at);
    browser.commit_untold("BACK", "", TAB, "https://back.com/");
    browser.commit_untold("SERVED", "", 8, "https://served-by-its-worker.com/");
    assert_eq!(browser.reasons(), [GapReason::OpenedBefore]);
    assert!(browser.reasons_in(8).is_empty());
    browser.commit_untold("NEXT", "", TAB, "https://served-next.com/");
    assert!(browser.reasons().is_empty());
}

#[test]
fn a_page_that_came_untold_before_the_first_background_looked_is_marked_unless_its_request_is_told_late() {
    let mut browser = Browser::new();
    let asked_at = browser.tick();
    browser.commit_untold("BACK", "", TAB, "https://back.com/");
    browser.commit_untold("LATE", "", 8, "https://late.com/");
    assert!(browser.reasons().is_empty());
    let at = browser.tick();
    browser.ledger.tabs_found(&[TAB, 8], &[], at);
    assert_eq!(browser.reasons(), [GapReason::OpenedBefore]);
    assert_eq!(browser.reasons_in(8), [GapReason::OpenedBefore]);
    let id = browser.request_id();
    browser.ask_page(8, id, "late.com", asked_at);
    assert!(browser.reasons_in(8).is_empty());
}

#[test]
fn a_page_whose_request_was_told_is_not_marked_however_it_was_found() {
    let mut browser = Browser::new();
    browser.open("https://there.com/");
    browser.ask_for_page(8, &["https://coming.com/"]);
    let at = browser.tick();
    browser.ledger.tabs_found(&[TAB, 8], &[TAB, 8], at);
    browser.commit_untold("COMING", "", 8, "https://coming.com/");
    assert!(browser.reasons().is_empty() && browser.reasons_in(8).is_empty());
}

#[test]
fn a_later_background_marks_no_page_for_coming_without_a_request() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.now += 60_000;
    browser.store();
    browser.restart("session");
    let at = browser.tick();
    browser.ledger.tabs_found(&[TAB], &[TAB], at);
    browser.now += 5_000;
    browser.commit_untold("SERVED", "", TAB, "https://served.com/");
    assert!(browser.reasons().is_empty());
}

#[test]
fn a_core_that_failed_is_not_taken_for_a_background_that_was_stopped() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    browser.restart_after("session", Before::Core);
    let at = browser.tick();
    browser.ledger.core_restarted(at);
    assert_eq!(browser.reasons(), [GapReason::CoreRestarted]);
}

/// The core failed before this background had stored what it found: the stop before it is still true.
#[test]
fn a_core_that_fails_before_its_background_has_stored_anything_takes_no_mark_back() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    browser.restart("session");
    let at = browser.tick();
    browser.ledger.core_restarted(at);
    assert_eq!(browser.reasons(), [GapReason::BackgroundRestarted, GapReason::CoreRestarted]);
}

#[test]
fn a_page_of_a_background_that_died_before_it_stored_anything_was_not_open_before() {
    let mut browser = Browser::new();
    browser.restart("session");
    browser.adopt("PAGE", "", TAB, "https://news.com/");
    assert_eq!(browser.page().gaps[0].reason, GapReason::BackgroundRestarted);
}

/// Firefox 153, asked for the documents of a tab that goes from `about:blank` to a page, can name the new one with the old
/// address.
#[test]
fn a_page_that_was_adopted_on_its_way_is_counted_once_it_is_committed() {
    let mut browser = Browser::new();
    browser.ask_for_page(TAB, &["https://news.com/"]);
    browser.adopt("PAGE", "", TAB, "about:blank");
    browser.commit_document("PAGE", "", TAB, "https://news.com/");
    browser.load("PAGE", "https://third.net/");
    assert_eq!(browser.contacted(), ["third.net"]);
    assert!(browser.page().gaps.is_empty());
}

#[test]
fn a_page_that_is_found_and_then_told_of_is_complete() {
    let mut browser = Browser::new();
    browser.ask_for_page(TAB, &["https://news.com/"]);
    browser.adopt("CAME", "", TAB, "https://news.com/");
    browser.commit_untold("CAME", "", TAB, "https://news.com/");
    assert!(browser.reasons().is_empty());
}

/// The shell asked what is open; the navigation began before the browser answered.
#[test]
fn a_navigation_that_began_as_the_open_tabs_were_asked_for_leads_to_the_page_that_is_found() {
    let mut browser = Browser::new();
    let asked = browser.tick();
    browser.ask_for_page(TAB, &["https://hop.net/", "https://news.com/"]);
    let now = browser.now;
    browser.now = asked.get() - 1;
    browser.adopt("CAME", "", TAB, "https://news.com/");
    browser.now = now;
    browser.commit_untold("CAME", "", TAB, "https://news.com/");
    browser.store();
    let told: Vec<_> = browser.visits.iter().map(|visit| (visit.hops.len(), visit.contacts.len())).collect();
    assert_eq!(told, [(1, 1)]);
}

/// A service worker answers both pages: of neither the last request is told.
#[test]
fn a_navigation_that_is_told_late_marks_its_own_page_alone() {
    let mut browser = Browser::new();
    browser.open("https://before.com/");
    browser.now += 5_000;
    browser.store();
    browser.now += 40_000;
    browser.restart("session");
    let (request_id, at) = (browser.request_id(), browser.tick());
    let late = NavigationEvent { request_id, host: "t.co", tab_id: TAB, private: false, is_late: true, at };
    browser.ledger.navigation_started(&late);
    browser.redirect(Sent(request_id));
    browser.commit_untold("ONE", "", TAB, "https://app.com/");
    assert_eq!(browser.reasons(), [GapReason::BackgroundRestarted]);
    browser.commit_untold("TWO", "", TAB, "https://app.com/two");
    assert!(browser.reasons().is_empty());
}

#[test]
fn a_page_is_marked_where_the_background_knew_its_request_and_the_answer_is_never_told() {
    for is_told in [true, false] {
        let mut browser = Browser::new();
        let (id, at) = (browser.request_id(), browser.tick());
        browser.ask_page(TAB, id, "news.com", at);
        browser.store();
        browser.restart("session");
        if is_told {
            browser.answer(Sent(id));
        }
        browser.commit_page(TAB, "https://news.com/");
        let marked = [GapReason::BackgroundRestarted];
        assert_eq!(browser.reasons(), if is_told { &[][..] } else { &marked });
    }
}

/// A host that was asked for nothing after all, as where a service worker takes a request over, is not stored.
#[test]
fn an_answer_after_a_restart_ends_the_request_that_it_answers() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let taken_over = browser.ask(&page, "https://app.net/");
    browser
        .ledger
        .request_ended(taken_over.0, RequestEnd::Redirected { from_cache: false, from_network: false });
    let slow = browser.ask(&page, "https://slow.net/");
    browser.load(&page, "https://other.net/");
    browser.store();
    browser.restart("session");
    browser.answer(slow);
    let told = |domain: &tiers_core::view::DomainView| (domain.outcomes.sent, domain.outcomes.pending);
    let domains: Vec<_> = browser.page().domains.iter().map(|one| (one.domain.clone(), told(one))).collect();
    assert_eq!(domains, [("other.net".to_owned(), (1, 0)), ("slow.net".to_owned(), (1, 0))]);
}

#[test]
fn a_page_that_was_found_and_is_gone_back_to_began_when_it_was_found() {
    let mut browser = Browser::new();
    browser.adopt("FOUND", "", TAB, "https://news.com/");
    browser.load("FOUND", "https://third.net/");
    let before = browser.page();
    browser.open("https://other.com/");
    browser.now += 120_000;
    browser.commit_untold("FOUND", "", TAB, "https://news.com/");
    assert_eq!((browser.page().started_at_ms, browser.page().gaps), (before.started_at_ms, before.gaps));
}

/// Firefox 153 can tell of a page's request after its commit.
#[test]
fn a_page_that_is_found_then_committed_and_then_asked_for_is_complete() {
    let mut browser = Browser::new();
    let asked_at = browser.tick();
    browser.adopt("CAME", "", TAB, "https://news.com/");
    browser.commit_document("CAME", "", TAB, "https://news.com/");
    let id = browser.request_id();
    browser.ask_page(TAB, id, "news.com", asked_at);
    browser.answer(Sent(id));
    browser.store();
    assert_eq!((browser.reasons().len(), browser.visits[0].contacts.len()), (0, 1));
}

/// No answer was to come.
#[test]
fn a_page_whose_request_a_worker_took_over_before_the_background_slept_is_complete() {
    let mut browser = Browser::new();
    let (id, at) = (browser.request_id(), browser.tick());
    browser.ask_page(TAB, id, "app.com", at);
    browser.ledger.request_ended(id, RequestEnd::Redirected { from_cache: false, from_network: false });
    browser.store();
    browser.now += 40_000;
    browser.restart("session");
    browser.commit_untold("PAGE", "", TAB, "https://app.com/");
    assert!(browser.reasons().is_empty());
}
