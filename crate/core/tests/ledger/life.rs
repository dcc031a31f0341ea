//! The background dies and wakes; the browser ends and begins again.

use crate::browser::{Browser, Sent, TAB};
use tiers_core::record::{EndReason, GapReason};
use tiers_core::snapshot::{RestoreError, open_visits};
use tiers_core::time::Millis;
use tiers_core::view::TabView;

#[test]
fn a_background_that_dies_when_all_is_quiet_loses_nothing() {
    let mut browser = Browser::new();
    let page = browser.navigate(TAB, &["https://t.co/a", "https://news.com/"]);
    let frame = browser.commit_frame(&page, "https://ads.net/");
    browser.load(&frame, "https://pixel.org/");
    browser.now += 5_000;
    browser.store();
    let before = browser.page();
    browser.restart("session");
    assert_eq!(browser.page(), before);
    browser.load(&frame, "https://late.net/");
    assert!(browser.contacted().contains(&"late.net".to_owned()), "the frame still finds its page");
}

#[test]
fn a_background_that_dies_in_the_middle_of_a_load_says_so() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.load(&page, "https://third.net/");
    browser.store();
    browser.restart("session");
    assert_eq!(browser.contacted(), ["third.net"]);
    assert_eq!(browser.page().gaps[0].reason, GapReason::BackgroundRestarted);
}

#[test]
fn a_quiet_moment_after_a_load_is_stored_so_that_a_later_death_is_harmless() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    browser.now += 2_000;
    browser.store();
    browser.restart("session");
    assert!(browser.page().gaps.is_empty());
}

#[test]
fn a_request_that_is_on_its_way_ends_in_the_next_life() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let slow = browser.ask(&page, "https://slow.net/");
    let waiting = browser.ask("LATER", "https://early.net/");
    browser.store();
    browser.restart("session");
    assert!(browser.answer(slow));
    assert!(browser.answer(waiting));
    browser.commit_document("LATER", &page, TAB, "https://frame.net/");
    let view = browser.page();
    assert_eq!(view.outcomes.pending, 0);
    assert_eq!(view.outcomes.sent, 2);
}

#[test]
fn a_navigation_that_is_on_its_way_arrives_in_the_next_life() {
    use tiers_core::event::RequestEnd;
    let mut browser = Browser::new();
    browser.open("https://before.com/");
    let at = browser.tick();
    browser.ask_page(TAB, 5_000, "t.co", at);
    browser.ledger.request_ended(5_000, RequestEnd::Redirected { from_cache: false, from_network: true });
    browser.store();
    browser.restart("session");
    browser.ask_page(TAB, 5_000, "www.news.com", at);
    browser.ledger.request_ended(5_000, RequestEnd::Answered { from_cache: false });
    browser.commit_page(TAB, "https://www.news.com/");
    assert_eq!(browser.page().hops[0].host, "t.co");
}

#[test]
fn another_browser_session_closes_what_the_last_one_left_open() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.load(&page, "https://third.net/");
    let last = browser.now;
    browser.store();
    browser.restart("next");
    browser.store();
    let visit = &browser.visits[0];
    assert_eq!(visit.end_reason, Some(EndReason::SessionEnded));
    assert_eq!(visit.gaps[0].reason, GapReason::BackgroundRestarted, "it was loading");
    assert!(
        visit.ended_at_ms.unwrap().get() <= last,
        "it ended when it was last seen, not when the browser came back"
    );
    browser.open("https://news.com/");
    browser.store();
    assert_eq!(browser.visits.len(), 2);
}

#[test]
fn a_reason_stands_once_where_the_background_is_killed_in_a_load_and_the_browser_ends_in_another() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.load(&page, "https://third.net/");
    browser.store();
    browser.restart("session");
    browser.load(&page, "https://other.net/");
    browser.store();
    let marked = browser.page().gaps;
    browser.restart("next");
    browser.store();
    let visit = &browser.visits[0];
    assert_eq!(visit.end_reason, Some(EndReason::SessionEnded));
    assert_eq!(visit.gaps, marked, "the first time counts");
}

#[test]
fn a_page_at_rest_when_the_browser_ends_is_complete() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.load(&page, "https://third.net/");
    browser.now += 5_000;
    browser.store();
    browser.restart("next");
    browser.store();
    assert_eq!(browser.visits[0].end_reason, Some(EndReason::SessionEnded));
    assert!(browser.visits[0].gaps.is_empty());
}

#[test]
fn a_live_state_of_another_version_is_refused_and_so_is_a_damaged_one() {
    assert_eq!(open_visits(&[255, 1, 2]), Err(RestoreError::SnapshotVersion { found: 255 }));
    assert!(matches!(open_visits(&[]), Err(RestoreError::SnapshotDamaged { .. })));
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    let live = browser.live.unwrap();
    for length in 1..live.len() {
        assert!(
            matches!(open_visits(&live[..length]), Err(RestoreError::SnapshotDamaged { .. })),
            "{length}"
        );
    }
}

#[test]
fn a_closed_tabs_visit_ends_and_its_last_beacon_still_belongs_to_it() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let at = browser.tick();
    browser.ledger.tab_removed(TAB, at);
    browser.load(&page, "https://beacon.net/");
    browser.store();
    assert_eq!(browser.visits[0].end_reason, Some(EndReason::TabClosed));
    assert!(browser.visits[0].contacts.iter().any(|one| one.domain == "beacon.net"));
}

#[test]
fn what_is_stored_and_long_over_is_forgotten() {
    let mut browser = Browser::new();
    for number in 0..200 {
        let page = browser.open(&format!("https://site{number}.com/"));
        browser.load(&page, "https://third.net/");
        browser.store();
    }
    browser.now += 120_000;
    browser.open("https://last.com/");
    browser.store();
    browser.now += 120_000;
    browser.store();
    let live = browser.live.clone().unwrap();
    assert!(open_visits(&live).unwrap().len() < 20);
    assert!(live.len() < 4_000, "{}", live.len());
    assert_eq!(browser.visits.len(), 201);
}

#[test]
fn what_a_page_sends_is_its_own_for_a_minute_after_its_tab_was_closed() {
    for (seconds, counted) in [(59, true), (62, false)] {
        let mut browser = Browser::new();
        let page = browser.open("https://news.com/");
        let at = browser.tick();
        browser.ledger.tab_removed(TAB, at);
        browser.store();
        browser.now += seconds * 1_000;
        browser.store();
        browser.load(&page, "https://late.net/");
        browser.store();
        let contacts = &browser.visits[0].contacts;
        assert_eq!(contacts.iter().any(|contact| contact.host == "late.net"), counted, "{seconds}");
    }
}

#[test]
fn pages_that_are_not_counted_leave_nothing_behind() {
    let mut browser = Browser::new();
    for tab in 0..50 {
        for _ in 0..20 {
            let page = browser.commit_page(tab, "chrome://newtab/");
            browser.commit_frame(&page, "https://frame.net/");
        }
        let at = browser.tick();
        browser.ledger.tab_removed(tab, at);
    }
    browser.store();
    let live = browser.live.clone().unwrap();
    assert!(live.len() < 56, "{}", live.len());
}

#[test]
fn events_that_a_restarted_background_is_told_again_or_late_are_counted_once() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let told = browser.ask(&page, "https://told-again.net/");
    browser.answer(told);
    browser.now += 5_000;
    browser.store();
    browser.restart("session");
    assert!(browser.answer(told), "an end that is told again is known");
    browser.ask_again(told, &page, "https://told-again.net/", "image");
    let late = Sent(browser.request_id());
    assert!(!browser.answer(late), "its beginning is asked for");
    browser.ask_again(late, &page, "https://late.net/", "image");
    browser.answer(late);
    browser.ask_again(late, &page, "https://late.net/", "image");
    let requests: Vec<u32> = browser.page().domains.iter().map(|domain| domain.outcomes.requests()).collect();
    assert_eq!(requests, [1, 1]);
}

#[test]
fn a_redirect_under_way_in_a_frame_keeps_its_way_over_a_restart() {
    for page_is_known in [true, false] {
        let mut browser = Browser::new();
        let page = if page_is_known { browser.open("https://a.com/") } else { "PAGE".to_owned() };
        let sent = browser.ask("FRAME", "https://hop.net/");
        browser.redirect(sent);
        browser.commit_document("FRAME", &page, TAB, "https://frame.net/");
        browser.store();
        browser.restart("session");
        browser.ask_again(sent, "FRAME", "https://third.net/", "image");
        if !page_is_known {
            browser.commit_document(&page, "", TAB, "https://a.com/");
        }
        let way = browser.way_to("third.net");
        assert_eq!(way, ["frame.net", "hop.net"], "the page was known: {page_is_known}");
    }
}

#[test]
fn a_page_whose_record_cannot_be_read_is_as_if_never_seen_and_the_others_go_on() {
    let mut browser = Browser::new();
    let lost = browser.open("https://lost.com/");
    browser.open_in(8, "https://kept.com/");
    browser.store();
    browser.visits.retain(|visit| visit.site != "lost.com");
    browser.restart("session");
    assert_eq!(browser.page_in(8).site, "kept.com");
    assert_eq!(browser.ledger.popup(TAB).page, TabView::Unseen);
    browser.adopt(&lost, "", TAB, "https://lost.com/");
    browser.load(&lost, "https://third.net/");
    assert_eq!(browser.contacted(), ["third.net"]);
    assert_eq!(browser.page().gaps.len(), 1);
}

#[test]
fn requests_that_never_end_are_forgotten_with_their_page() {
    let mut browser = Browser::new();
    let page = browser.open("https://a.com/");
    browser.ask(&page, "https://never-ends.net/");
    browser.ask("NEVER-COMMITTED", "https://waits.net/");
    browser.store();
    assert!(browser.live_text().contains("never-ends.net") && browser.live_text().contains("waits.net"));
    let at = browser.tick();
    browser.ledger.tab_removed(TAB, at);
    browser.store();
    browser.now += 600_000;
    browser.open_in(8, "https://b.com/");
    browser.store();
    assert!(!browser.live_text().contains("never-ends.net"), "{}", browser.live_text());
    assert!(!browser.live_text().contains("waits.net"), "{}", browser.live_text());
}

#[test]
fn a_redirect_that_failed_and_is_told_again_is_not_counted_again() {
    let mut browser = Browser::new();
    let page = browser.open("https://a.com/");
    let sent = browser.ask(&page, "https://hop.net/");
    browser.redirect(sent);
    browser.fail(sent, "net::ERR_ABORTED");
    browser.ask_again(sent, &page, "https://hop.net/", "image");
    assert_eq!(browser.page().totals.requests, 1);
}

/// Firefox 153 tells a background that it woke of all beginnings, then of all redirects, then of all answers; of a commit before
/// or after them.
#[test]
fn a_navigation_told_by_kind_has_its_hops_whenever_its_commit_is_told() {
    for commit_is_first in [true, false] {
        let mut browser = Browser::new();
        let began = browser.now;
        let at = |after| Millis::new(began + after);
        let commit = |browser: &mut Browser| {
            browser.now = began + 50;
            browser.commit_document("PAGE", "", TAB, "https://news.com/");
        };
        if commit_is_first {
            commit(&mut browser);
        }
        for (host, after) in [("t.co", 1), ("bit.ly", 11), ("news.com", 21)] {
            browser.ask_page(TAB, 6_000, host, at(after));
        }
        for host in ["t.co", "bit.ly"] {
            let host = browser.ledger.host_id(host);
            assert!(browser.ledger.request_redirected(6_000, host, false, true));
        }
        assert!(browser.answer(Sent(6_000)));
        if !commit_is_first {
            commit(&mut browser);
        }
        let page = browser.page();
        let hops: Vec<&str> = page.hops.iter().map(|hop| hop.host.as_str()).collect();
        assert_eq!((page.site.as_str(), hops), ("news.com", vec!["t.co", "bit.ly"]), "{commit_is_first}");
        browser.store();
        assert_eq!(browser.visits[0].contacts[0].outcomes().sent, 1);
        assert_eq!(browser.visits[0].hops.len(), 2);
    }
}

#[test]
fn redirects_told_after_all_beginnings_count_each_host_once_with_the_way_to_it() {
    for is_killed in [false, true] {
        let mut browser = Browser::new();
        let page = browser.open("https://news.com/");
        let sent = browser.ask(&page, "https://a.net/");
        browser.ask_again(sent, &page, "https://b.net/", "image");
        browser.ask_again(sent, &page, "https://c.net/", "image");
        if is_killed {
            browser.store();
            browser.restart("session");
        }
        for host in ["a.net", "b.net"] {
            let host = browser.ledger.host_id(host);
            assert!(browser.ledger.request_redirected(sent.0, host, false, true));
        }
        assert!(browser.answer(sent));
        let page = browser.page();
        assert_eq!((page.outcomes.sent, page.outcomes.pending, page.outcomes.unknown), (3, 0, 0));
        let way = browser.way_to("c.net");
        assert_eq!(way, ["a.net", "b.net"]);
    }
}

#[test]
fn a_redirect_that_is_never_told_leaves_its_host_uncertain_once_the_request_ends() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = browser.ask(&page, "https://a.net/");
    browser.ask_again(sent, &page, "https://b.net/", "image");
    browser.answer(sent);
    assert_eq!((browser.page().outcomes.sent, browser.page().outcomes.unknown), (1, 1));
}

/// Its last beacon, or the answer to it, went down with the background. A browser that ends closes its pages first: those it closed
/// at rest are as complete as those it left open.
#[test]
fn a_page_that_ended_as_the_background_stopped_is_marked_and_as_the_browser_ended_if_it_waits_for_an_answer()
{
    for (session, is_answered, rest_ms, gaps) in [
        ("session", false, 0, 1),
        ("session", true, 0, 1),
        ("session", true, 2_000, 0),
        ("next", false, 0, 1),
        ("next", true, 0, 0),
    ] {
        let mut browser = Browser::new();
        let page = browser.open("https://news.com/");
        browser.now += 5_000;
        let beacon = browser.ask_as(&page, "https://beacon.net/", "ping");
        if is_answered {
            browser.answer(beacon);
        }
        let at = browser.tick();
        browser.ledger.tab_removed(TAB, at);
        browser.store();
        browser.now += rest_ms;
        browser.store();
        browser.restart(session);
        browser.store();
        assert_eq!(browser.visits[0].gaps.len(), gaps, "{session}, {is_answered}, {rest_ms}");
        assert_eq!(browser.visits[0].end_reason, Some(EndReason::TabClosed));
    }
}

#[test]
fn a_rest_that_was_not_stored_is_offered_again() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    browser.now += 2_000;
    for _ in 0..2 {
        // It says that the page is at rest; the store fails, and nobody confirms it.
        assert!(browser.ledger.commit(Millis::new(browser.now)).is_some());
        browser.now += 5_000;
    }
}
