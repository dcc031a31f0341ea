//! How a page comes to its tab: its request told before its commit, late, or never; and what only looks like a page.

use crate::browser::{Browser, Sent, TAB};
use tiers_core::event::{NavigationEvent, RequestEnd};
use tiers_core::record::GapReason;
use tiers_core::start::Before;
use tiers_core::time::Millis;

const REDIRECTED: RequestEnd<'_> = RequestEnd::Redirected { from_cache: false, from_network: true };

#[test]
fn a_page_whose_request_went_down_with_the_background_says_that_its_count_is_incomplete() {
    let mut browser = Browser::new();
    browser.open("https://before.com/");
    browser.now += 10_000;
    browser.store();
    // The page's request and its answer reached the background that was being killed.
    browser.restart("session");
    browser.commit_page(TAB, "https://news.com/");
    assert_eq!(browser.page().gaps[0].reason, GapReason::BackgroundRestarted);
}

/// What it asked for is told after the commit of the page that is loaded anew.
#[test]
fn a_page_whose_request_went_down_with_the_background_is_a_visit_also_where_it_is_reloaded_at_once() {
    let mut browser = Browser::new();
    browser.open("https://before.com/");
    browser.store();
    browser.restart("session");
    let page = browser.commit_page(TAB, "https://news.com/");
    browser.now += 200;
    browser.open("https://news.com/");
    browser.load(&page, "https://third.net/");
    browser.store();
    let told: Vec<_> = browser.visits.iter().map(|visit| (visit.site.as_str(), visit.gaps.len())).collect();
    assert_eq!(told, [("before.com", 1), ("news.com", 1), ("news.com", 0)]);
    assert_eq!(browser.visits[1].contacts[0].host, "third.net");
}

/// Firefox 153 can tell of two commits before it tells of the requests that led there.
#[test]
fn a_request_that_is_told_after_the_next_commit_led_to_the_page_that_came_first() {
    let mut browser = Browser::new();
    browser.open("https://before.com/");
    let first_asked = browser.tick();
    let first_came = browser.tick();
    let second_asked = browser.tick();
    browser.commit_late("FIRST", "https://news.com/", first_came);
    let second_came = browser.tick();
    browser.commit_late("SECOND", "https://news.com/", second_came);
    for (request_id, at) in [(70, first_asked), (71, second_asked)] {
        browser.ask_page(TAB, request_id, "news.com", at);
    }
    browser.store();
    let told: Vec<_> = browser
        .visits
        .iter()
        .map(|visit| (visit.site.as_str(), visit.gaps.len(), visit.contacts.len()))
        .collect();
    assert_eq!(told, [("before.com", 0, 1), ("news.com", 0, 1), ("news.com", 0, 1)]);
}

/// A background that starts anew in the middle of a navigation finds the page that goes.
#[test]
fn a_navigation_under_way_leads_away_from_a_page_that_is_found_in_its_place() {
    let mut browser = Browser::new();
    browser.ask_for_page(TAB, &["https://way.net/", "https://news.com/"]);
    browser.adopt("GOES", "", TAB, "https://news.com/");
    browser.commit_untold("COMES", "", TAB, "https://news.com/");
    browser.store();
    let told: Vec<_> = browser.visits.iter().map(|visit| (visit.hops.len(), visit.contacts.len())).collect();
    assert_eq!(told, [(0, 0), (1, 1)]);
}

/// The same, where the page that is found is the one that came, and its commit is told a little later.
#[test]
fn a_navigation_led_to_the_page_that_is_found_in_its_place_where_its_commit_is_told_after() {
    let mut browser = Browser::new();
    browser.ask_for_page(TAB, &["https://way.net/", "https://news.com/"]);
    browser.adopt("CAME", "", TAB, "https://news.com/");
    browser.commit_untold("CAME", "", TAB, "https://news.com/");
    browser.store();
    let told: Vec<_> = browser.visits.iter().map(|visit| (visit.hops.len(), visit.contacts.len())).collect();
    assert_eq!(told, [(1, 1)]);
}

#[test]
fn a_page_whose_request_is_told_after_its_commit_is_complete() {
    let mut browser = Browser::new();
    let began = browser.tick();
    browser.commit_late("PAGE", "https://news.com/", Millis::new(began.get() + 5));
    assert_eq!(browser.page().gaps[0].reason, GapReason::OpenedBefore);
    browser.store();
    assert_eq!(browser.visits[0].gaps.len(), 1);
    browser.ask_page(TAB, 70, "news.com", began);
    assert!(browser.page().gaps.is_empty());
    browser.store();
    assert!(browser.visits[0].gaps.is_empty(), "it is stored so");
}

/// Firefox 153 under load tells of a page's commit and of the end of its tab before it tells of what was asked for there.
#[test]
fn a_page_whose_request_is_told_after_its_tab_was_closed_is_complete() {
    let mut browser = Browser::new();
    let began = [browser.tick(), browser.tick()];
    let page_came = browser.tick();
    browser.commit_late("PAGE", "https://news.com/", page_came);
    let closed = browser.tick();
    browser.ledger.tab_removed(TAB, closed);
    browser.store();
    assert_eq!((browser.visits[0].gaps.len(), browser.visits[0].contacts.len()), (1, 0), "until it is told");
    browser.ask_page(TAB, 70, "way.net", began[0]);
    browser.redirect(Sent(70));
    browser.ask_page(TAB, 70, "news.com", began[1]);
    browser.load("PAGE", "https://third.net/");
    browser.store();
    let visit = &browser.visits[0];
    let hosts: Vec<_> = visit.contacts.iter().map(|contact| contact.host.as_str()).collect();
    assert_eq!((hosts, visit.hops.len(), visit.gaps.len()), (vec!["news.com", "third.net"], 1, 0));
    assert_eq!(browser.visits.len(), 1);
}

/// Firefox 153 commits the blank document of a tab that comes back with the session under the address of the page to come, however
/// long that page takes.
#[test]
fn a_tab_that_comes_back_with_the_session_is_one_visit() {
    for waits_long in [false, true] {
        let mut browser = Browser::new();
        browser.commit_page(TAB, "https://news.com/");
        browser.ask_for_page(TAB, &["https://news.com/"]);
        if waits_long {
            browser.store();
            browser.now += 60_000;
            assert_eq!(browser.visits.len(), 1, "it is stored, and deleted again");
        }
        let page = browser.commit_page(TAB, "https://news.com/");
        browser.load(&page, "https://third.net/");
        browser.store();
        assert_eq!(browser.visits.len(), 1);
        assert!(browser.page().gaps.is_empty());
    }
}

#[test]
fn a_page_of_which_nothing_was_told_is_a_visit_also_over_a_restart_and_where_it_is_loaded_anew() {
    let mut browser = Browser::new();
    browser.commit_page(TAB, "https://first.com/");
    browser.store();
    browser.restart("session");
    browser.open("https://second.com/");
    let page = browser.commit_page(TAB, "https://third.com/");
    browser.now += 30_000;
    browser.open("https://third.com/");
    // What it sends as it is left.
    browser.load(&page, "https://pixel.org/");
    browser.store();
    let told: Vec<_> = browser.visits.iter().map(|visit| (visit.site.as_str(), visit.gaps.len())).collect();
    assert_eq!(told, [("first.com", 1), ("second.com", 0), ("third.com", 1), ("third.com", 0)]);
    assert_eq!(browser.visits[2].contacts[0].host, "pixel.org");
}

#[test]
fn what_is_asked_in_the_name_of_a_page_that_turned_out_to_be_none_is_the_pages_that_came() {
    let mut browser = Browser::new();
    let none = browser.commit_page(TAB, "https://news.com/");
    browser.open("https://news.com/");
    browser.load(&none, "https://third.net/");
    assert_eq!(browser.contacted(), ["third.net"]);
}

#[test]
fn a_page_that_is_back_is_one_although_nobody_told_of_its_request() {
    let mut browser = Browser::new();
    let page = browser.commit_page(TAB, "https://news.com/");
    browser.open("https://other.org/");
    browser.commit_document(&page, "", TAB, "https://news.com/");
    browser.open("https://news.com/");
    browser.store();
    assert_eq!(browser.visits.len(), 3);
}

/// The same, its request told first: Firefox 153 gives both in the order in which they happened, and tells of them as it likes.
#[test]
fn a_tab_that_comes_back_with_the_session_is_one_visit_also_where_its_request_is_told_first() {
    let mut browser = Browser::new();
    let committed = browser.tick();
    browser.ask_for_page(TAB, &["https://news.com/"]);
    browser.commit_late("BLANK", "https://news.com/", committed);
    browser.commit_page(TAB, "https://news.com/");
    browser.store();
    assert_eq!(browser.visits.len(), 1);
    assert!(browser.page().gaps.is_empty());
    assert_eq!(browser.visits[0].contacts.len(), 1, "the page's own request");
}

/// The same, found in its place by a background that has only just started.
#[test]
fn a_tab_that_is_coming_back_with_the_session_as_the_counting_begins_is_one_visit() {
    let mut browser = Browser::new();
    browser.adopt("BLANK", "", TAB, "https://news.com/");
    browser.open("https://news.com/");
    browser.store();
    assert_eq!(browser.visits.len(), 1);
    assert!(browser.page().gaps.is_empty());
}

/// The same, the request of the page told after its commit.
#[test]
fn a_tab_that_comes_back_with_the_session_is_one_visit_also_where_its_request_is_told_last() {
    let mut browser = Browser::new();
    browser.commit_page(TAB, "https://news.com/");
    let asked = browser.tick();
    browser.commit_page(TAB, "https://news.com/");
    browser.ask_page(TAB, 70, "news.com", asked);
    browser.store();
    assert_eq!(browser.visits.len(), 1);
    assert!(browser.page().gaps.is_empty());
}

/// Where a navigation led to a download, and its page's own service worker answers for the next page, which is then told of by no
/// request (Chromium 156).
#[test]
fn the_redirects_of_a_download_are_no_later_pages() {
    let mut browser = Browser::new();
    browser.open("https://app.com/");
    browser.ask_for_page(TAB, &["https://ads.net/", "https://app.com/"]);
    let at = browser.tick();
    browser.ledger.navigation_stopped(TAB, "app.com", at);
    browser.now += 600_000;
    browser.commit_untold("SECOND", "", TAB, "https://app.com/");
    browser.store();
    let second = browser.visits.last().unwrap();
    assert!(second.hops.is_empty() && second.contacts.is_empty(), "{second:?}");
    assert!(!browser.live_text().contains("ads.net"));
}

/// The same after a navigation that was broken off before its answer, and after one whose page did not come.
#[test]
fn the_redirects_of_a_navigation_that_is_broken_off_are_no_later_pages() {
    for redirected_at_last in [true, false] {
        let mut browser = Browser::new();
        browser.open("https://app.com/");
        let (id, at) = (browser.request_id(), browser.tick());
        browser.ask_page(TAB, id, "ads.net", at);
        browser.ledger.request_ended(id, REDIRECTED);
        if !redirected_at_last {
            browser.ask_page(TAB, id, "app.com", at);
        }
        let at = browser.tick();
        browser.ledger.navigation_stopped(TAB, "app.com", at);
        browser.fail(Sent(id), "net::ERR_ABORTED");
        browser.commit_untold("SECOND", "", TAB, "https://app.com/");
        browser.store();
        let second = browser.visits.last().unwrap();
        assert!(second.hops.is_empty() && second.contacts.is_empty(), "{second:?}");
        assert!(!browser.live_text().contains("ads.net"));
    }
}

/// Chromium 156 tells of the one that is broken off before it asks for the next; what is told last may have come first.
#[test]
fn a_navigation_that_takes_the_place_of_another_to_the_same_host_goes_on() {
    let mut browser = Browser::new();
    browser.ask_for_page(TAB, &["https://app.com/"]);
    let broken_off = browser.tick();
    let at = browser.tick();
    browser.ask_page(TAB, 900, "hop.net", at);
    browser.ledger.request_ended(900, REDIRECTED);
    browser.ledger.navigation_stopped(TAB, "app.com", broken_off);
    let at = browser.tick();
    browser.ask_page(TAB, 900, "app.com", at);
    browser.ledger.navigation_stopped(TAB, "app.com", broken_off);
    browser.ledger.request_ended(900, RequestEnd::Answered { from_cache: false });
    browser.commit_page(TAB, "https://app.com/");
    assert_eq!(browser.page().hops.len(), 1);
}

/// Chromium 156 does not tell of a redirect's last request where a service worker answers it; where that lets the request pass, it is
/// told after all.
#[test]
fn the_redirects_that_lead_to_a_page_that_a_service_worker_answers_are_its_hops() {
    for passes in [false, true] {
        let mut browser = Browser::new();
        let (id, at) = (browser.request_id(), browser.tick());
        browser.ask_page(TAB, id, "hop.net", at);
        browser.ledger.request_ended(id, REDIRECTED);
        let at = browser.tick();
        browser.now += 10;
        browser.commit_untold("PAGE", "", TAB, "https://app.com/");
        if passes {
            browser.ask_page(TAB, id, "app.com", at);
            browser.ledger.request_ended(id, RequestEnd::Answered { from_cache: false });
        }
        browser.store();
        let visit = &browser.visits[0];
        assert_eq!(visit.hops.iter().map(|hop| hop.host.as_str()).collect::<Vec<_>>(), ["hop.net"]);
        assert_eq!(visit.contacts.len(), usize::from(passes));
        assert!(visit.gaps.is_empty());
    }
}

/// Firefox 153 tells a background that it woke of all beginnings before it tells of what lay between them.
#[test]
fn a_page_that_its_worker_let_pass_is_asked_for_once_also_where_that_is_told_by_kind() {
    let mut browser = Browser::new();
    let id = browser.request_id();
    for _ in 0..2 {
        let at = browser.tick();
        browser.ask_page(TAB, id, "app.com", at);
    }
    let host = browser.ledger.host_id("app.com");
    assert!(browser.ledger.request_redirected(id, host, false, false));
    browser.ledger.request_ended(id, RequestEnd::Answered { from_cache: false });
    browser.commit_page(TAB, "https://app.com/");
    assert_eq!(browser.page().outcomes.sent, 0, "of third parties");
    browser.store();
    let own = browser.visits[0].contacts.iter().find(|contact| contact.host == "app.com").unwrap();
    assert_eq!(own.tallies.iter().map(|tally| tally.outcomes.sent).sum::<u32>(), 1);
    assert!(browser.visits[0].hops.is_empty() && browser.visits[0].gaps.is_empty());
}

/// Hosts that redirected may have been asked before, and the word of that went down with the background.
#[test]
fn a_page_whose_navigation_is_known_by_its_answer_alone_is_marked_where_the_background_was_stopped() {
    for stopped in [true, false] {
        let mut browser = Browser::new();
        if stopped {
            browser.store();
            browser.restart("session");
        }
        let (request_id, at) = (browser.request_id(), browser.tick());
        let late =
            NavigationEvent { request_id, host: "news.com", tab_id: TAB, private: false, is_late: true, at };
        browser.ledger.navigation_started(&late);
        browser.ledger.request_ended(request_id, RequestEnd::Answered { from_cache: false });
        browser.commit_page(TAB, "https://news.com/");
        let marked = [GapReason::BackgroundRestarted];
        assert_eq!(browser.reasons(), if stopped { &marked[..] } else { &[] });
    }
}

/// Firefox 153 tells of the commit first; until it tells of the request, nobody knows that the page was not open before.
#[test]
fn a_page_whose_request_went_down_after_its_commit_was_not_open_before() {
    let mut browser = Browser::new();
    browser.commit_page(TAB, "https://news.com/");
    assert_eq!(browser.page().gaps[0].reason, GapReason::OpenedBefore);
    browser.store();
    browser.restart("session");
    assert_eq!(browser.reasons(), [GapReason::BackgroundRestarted]);
}

/// Chromium 156 tells of no request where a service worker answers; nor does a background that was killed know of one.
#[test]
fn a_page_without_a_request_is_marked_where_the_background_was_killed_right_before_and_not_where_it_slept() {
    for (slept_ms, came_after_ms, marked) in [(0, 0, true), (0, 3_000, false), (40_000, 0, false)] {
        let mut browser = Browser::new();
        browser.open("https://before.com/");
        browser.now += 5_000;
        browser.store();
        browser.now += slept_ms;
        browser.restart("session");
        browser.now += came_after_ms;
        browser.commit_untold("PAGE", "", TAB, "https://news.com/");
        assert_eq!(!browser.page().gaps.is_empty(), marked, "{slept_ms}, {came_after_ms}");
    }
}

/// Chromium 156 starts the background of private windows with the commit of the first page there, and does not always tell it of what was asked for
/// before.
#[test]
fn a_private_page_without_a_request_is_marked_where_the_first_background_of_a_session_has_just_begun() {
    for (came_after_ms, marked) in [(0, true), (3_000, false)] {
        let mut browser = Browser::new();
        browser.restart_after("private", Before::Nothing);
        browser.now += came_after_ms;
        browser.commit_private("https://news.com/");
        let expected: &[GapReason] = if marked { &[GapReason::OpenedBefore] } else { &[] };
        assert_eq!(browser.reasons(), expected, "{came_after_ms}");
    }
    let mut browser = Browser::new();
    browser.restart_after("private", Before::Nothing);
    browser.commit_untold("PAGE", "", TAB, "https://news.com/");
    assert!(browser.page().gaps.is_empty(), "a service worker may have answered");
}

#[test]
fn a_page_whose_request_is_told_after_a_killed_background_is_back_is_complete() {
    let mut browser = Browser::new();
    browser.open("https://before.com/");
    browser.now += 5_000;
    browser.store();
    browser.restart("session");
    browser.ask_for_page(TAB, &["https://news.com/"]);
    browser.commit_untold("PAGE", "", TAB, "https://news.com/");
    assert!(browser.page().gaps.is_empty());
}

/// Chromium 156 tells a background that dies as it starts of some of what waited for it, and the next one of the rest, older events
/// among them.
#[test]
fn a_page_that_came_before_a_background_was_up_is_marked_where_the_last_one_died_as_it_started() {
    let cases =
        [(Before::DeadStart, 100, true), (Before::DeadStart, 0, false), (Before::Background, 100, false)];
    for (before, came_before_ms, marked) in cases {
        let mut browser = Browser::new();
        browser.open("https://before.com/");
        browser.now += 5_000;
        browser.store();
        browser.restart_after("session", before);
        browser.now -= came_before_ms;
        browser.open("https://news.com/");
        assert_eq!(!browser.page().gaps.is_empty(), marked, "{before:?}, {came_before_ms}");
    }
}
