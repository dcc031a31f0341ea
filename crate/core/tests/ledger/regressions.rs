//! What a naive counter gets wrong: each row is one of its errors.

use crate::browser::{Browser, TAB};
use tiers_core::event::{Frame, RequestEnd};
use tiers_core::record::GapReason;
use tiers_core::site::site_of;
use tiers_core::view::TabView;

#[test]
fn a_site_is_not_the_last_two_labels() {
    let rows = [
        ("www.disco.fr", "disco.fr"),
        ("www.unesco.org", "unesco.org"),
        ("cdn.cisco.com", "cisco.com"),
        ("widget.intercom.io", "intercom.io"),
        ("c.adsco.re", "adsco.re"),
        ("www.impots.gouv.fr", "impots.gouv.fr"),
        ("club.exemple.asso.fr", "exemple.asso.fr"),
        ("www.hmrc.gov.uk", "hmrc.gov.uk"),
        ("www.u-tokyo.ac.jp", "u-tokyo.ac.jp"),
        ("10.0.0.1", "10.0.0.1"),
        ("8.8.0.1", "8.8.0.1"),
        ("localhost", "localhost"),
    ];
    for (host, site) in rows {
        assert_eq!(site_of(host), site, "{host}");
    }
}

#[test]
fn hosts_with_the_names_of_object_properties_are_hosts_like_others() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    for host in ["constructor", "__proto__", "tostring", "hasownproperty"] {
        browser.load(&page, &format!("http://{host}/"));
    }
    assert_eq!(browser.contacted(), ["__proto__", "constructor", "hasownproperty", "tostring"]);
}

#[test]
fn a_chain_of_pages_keeps_each_pages_requests_apart() {
    let mut browser = Browser::new();
    let a = browser.open("https://a.com/");
    browser.load(&a, "https://third-of-a.net/");
    browser.navigate(TAB, &["https://t.co/x", "https://b.com/"]);
    assert!(
        browser.contacted().is_empty(),
        "neither t.co nor b.com nor what a.com asked for is b.com's third party"
    );
    browser.store();
    let a = browser.visits.iter().find(|visit| visit.site == "a.com").unwrap();
    let third: Vec<&str> =
        a.contacts.iter().filter(|one| one.third_party).map(|one| one.domain.as_str()).collect();
    assert_eq!(third, ["third-of-a.net"]);
}

#[test]
fn a_request_that_comes_before_its_commit_waits_for_it() {
    let mut browser = Browser::new();
    browser.open("https://before.com/");
    browser.load("LATER", "https://early.net/a.js");
    assert!(browser.contacted().is_empty(), "never given to the page before");
    browser.commit_document("LATER", "", TAB, "https://after.com/");
    assert_eq!(browser.contacted(), ["early.net"]);
}

#[test]
fn a_request_that_began_before_its_commit_and_ends_after_it_is_counted_once() {
    let mut browser = Browser::new();
    let sent = browser.ask("LATER", "https://early.net/a.js");
    browser.commit_document("LATER", "", TAB, "https://after.com/");
    browser.answer(sent);
    let domain = browser.page().domains.remove(0);
    assert_eq!((domain.outcomes.sent, domain.outcomes.pending), (1, 0));
}

#[test]
fn a_frame_within_a_frame_that_commits_before_its_parent_finds_its_page() {
    let mut browser = Browser::new();
    browser.load("INNER", "https://deep.net/");
    browser.commit_document("INNER", "MIDDLE", TAB, "https://inner.net/");
    browser.commit_document("MIDDLE", "PAGE", TAB, "https://middle.net/");
    browser.load("MIDDLE", "https://mid.net/");
    browser.commit_document("PAGE", "", TAB, "https://news.com/");
    assert_eq!(browser.contacted(), ["deep.net", "mid.net"]);
    assert_eq!(browser.way_to("deep.net"), ["middle.net", "inner.net"]);
}

#[test]
fn what_a_frame_asks_before_its_commit_is_said_to_be_brought_by_the_frame() {
    // Chromium 156: a script of a frame in a frame, 5 ms before the frame's own commit, its parent already named.
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let at = browser.tick();
    let frame = browser.ledger.document_key("FRAME", &page, "ads.net", Frame::NONE, false, at);
    let (host, script) = (browser.ledger.host_id("pixel.org"), browser.ledger.type_code("script"));
    browser.ledger.request_from(frame, 71, host, script, at);
    browser.commit_document("FRAME", &page, TAB, "https://ads.net/");
    assert_eq!(browser.way_to("pixel.org"), ["ads.net"]);
}

/// Firefox 153: a service worker takes over what the page asked for, and a frame of the page asks the host after it.
#[test]
fn a_request_that_turned_out_to_be_none_does_not_say_who_brought_its_host() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let taken_over = browser.ask(&page, "https://third.net/");
    browser
        .ledger
        .request_ended(taken_over.0, RequestEnd::Redirected { from_cache: false, from_network: false });
    assert!(browser.contacted().is_empty());
    let frame = browser.commit_frame(&page, "https://ads.net/");
    browser.load(&frame, "https://third.net/");
    assert_eq!(browser.way_to("third.net"), ["ads.net"]);
    assert_eq!(browser.page().domains[0].requests, 1);
}

#[test]
fn a_tab_that_was_open_before_says_so() {
    let mut browser = Browser::new();
    assert_eq!(browser.ledger.popup(TAB).page, TabView::Unseen);
    browser.load("OLD", "https://third.net/");
    browser.adopt("OLD", "", TAB, "https://old.com/");
    assert_eq!(browser.contacted(), ["third.net"]);
    assert_eq!(browser.page().gaps[0].reason, GapReason::OpenedBefore);
}

#[test]
fn going_back_from_the_cache_shows_the_same_visit_again() {
    let mut browser = Browser::new();
    let a = browser.open("https://a.com/");
    browser.load(&a, "https://third.net/");
    browser.open("https://b.com/");
    assert!(browser.contacted().is_empty());
    browser.commit_document(&a, "", TAB, "https://a.com/");
    assert_eq!(browser.contacted(), ["third.net"]);
    browser.store();
    let visits = browser.visits.iter().filter(|visit| visit.site == "a.com").count();
    assert_eq!(visits, 1, "the same document is the same visit");
}

#[test]
fn a_reload_is_another_visit_and_overwrites_nothing() {
    let mut browser = Browser::new();
    let first = browser.open("https://a.com/");
    browser.load(&first, "https://third.net/");
    browser.open("https://a.com/");
    browser.store();
    assert_eq!(browser.visits.iter().filter(|visit| visit.site == "a.com").count(), 2);
}

/// A name made of the time of day, or of the day of the month, would be the same again.
#[test]
fn the_same_page_at_the_same_clock_time_a_month_later_is_another_visit_and_overwrites_nothing() {
    const MONTH_MS: u64 = 31 * 24 * 60 * 60 * 1000;
    for session in ["session", "the next one"] {
        let mut browser = Browser::new();
        let first = browser.open("https://a.com/");
        browser.load(&first, "https://january.net/");
        browser.store();
        if session != "session" {
            browser.restart(session);
        }
        // The commit that begins a visit comes two events after: its request and itself.
        browser.now = browser.visits[0].started_at_ms.get() + MONTH_MS - 2;
        let second = browser.open("https://a.com/");
        browser.load(&second, "https://february.net/");
        browser.store();
        let [january, february] = browser.visits.as_slice() else { panic!("{:?}", browser.visits) };
        assert_eq!(february.started_at_ms.get() - january.started_at_ms.get(), MONTH_MS);
        assert_ne!(january.id, february.id, "{session}");
        for (visit, third) in [(january, "january.net"), (february, "february.net")] {
            let contacts = visit.contacts.iter().filter(|one| one.third_party);
            assert_eq!(contacts.map(|one| one.domain.as_str()).collect::<Vec<_>>(), [third], "{session}");
        }
    }
}

#[test]
fn one_address_in_two_tabs_is_two_visits() {
    let mut browser = Browser::new();
    let one = browser.open_in(1, "https://a.com/");
    browser.open_in(2, "https://a.com/");
    browser.load(&one, "https://third.net/");
    assert_eq!(browser.contacted_in(1), ["third.net"]);
    assert!(browser.contacted_in(2).is_empty());
}

#[test]
fn a_worker_request_shows_on_the_pages_of_its_site_alone() {
    let mut browser = Browser::new();
    browser.open_in(1, "https://a.com/");
    browser.open_in(2, "https://b.com/");
    let sent = browser.worker_asks("https://www.a.com", "https://third.net/");
    browser.answer(sent);
    assert_eq!(browser.contacted_in(1), ["third.net"]);
    assert!(browser.contacted_in(2).is_empty());
}

#[test]
fn two_open_pages_of_a_site_both_show_its_workers_request_and_it_is_stored_once() {
    let mut browser = Browser::new();
    browser.open_in(1, "https://a.com/");
    browser.open_in(2, "https://www.a.com/");
    let sent = browser.worker_asks("https://a.com", "https://third.net/");
    browser.answer(sent);
    for tab in [1, 2] {
        let [row] = browser.page_in(tab).domains.try_into().unwrap();
        assert_eq!((row.domain.as_str(), row.requests, row.by_site), ("third.net", 1, true));
    }
    browser.store();
    let contacts = browser.visits.iter().flat_map(|visit| &visit.contacts);
    let stored: Vec<_> = contacts.filter(|one| one.domain == "third.net").collect();
    assert_eq!(stored.iter().map(|one| one.outcomes().sent).collect::<Vec<_>>(), [1]);
}

#[test]
fn what_a_worker_did_before_the_page_began_is_not_the_pages() {
    let mut browser = Browser::new();
    browser.open("https://a.com/");
    let sent = browser.worker_asks("https://a.com", "https://third.net/");
    browser.answer(sent);
    browser.open("https://a.com/");
    assert!(browser.contacted().is_empty());
}

#[test]
fn a_host_of_ten_kilobytes_is_counted_as_what_it_is() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let host = format!("{}.com", "a".repeat(10_000));
    browser.load(&page, &format!("https://{host}/"));
    assert_eq!(browser.contacted(), [host]);
}

#[test]
fn a_type_that_nobody_has_heard_of_keeps_its_name() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = browser.ask_as(&page, "https://third.net/", "telepathy");
    browser.answer(sent);
    assert_eq!(browser.page().types[0].request_type, "telepathy");
}

#[test]
fn a_commit_that_is_told_before_the_last_hop_still_gets_its_hops() {
    let mut browser = Browser::new();
    let at = browser.tick();
    browser.ask_page(TAB, 70, "t.co", at);
    browser.commit_late("PAGE", "https://b.com/", tiers_core::time::Millis::new(at.get() + 5));
    browser.ledger.request_ended(70, RequestEnd::Redirected { from_cache: false, from_network: true });
    browser.ask_page(TAB, 70, "b.com", at);
    browser.ledger.request_ended(70, RequestEnd::Answered { from_cache: false });
    assert_eq!(browser.page().hops.iter().map(|hop| hop.host.as_str()).collect::<Vec<_>>(), ["t.co"]);
    browser.now += 1_000;
    browser.open("https://b.com/");
    assert!(browser.page().hops.is_empty(), "the next load of the page has none");
}

/// A navigation that a service worker lets pass, as Firefox 153 tells of it: the request, a redirect to itself that came from
/// nobody, the request once more, the answer. The commit is told after so many of these four.
fn navigate_past_a_worker(told_before_the_commit: usize) -> Browser {
    let mut browser = Browser::new();
    let began = browser.tick();
    browser.ask_page(TAB, 70, "t.co", began);
    browser.ledger.request_ended(70, RequestEnd::Redirected { from_cache: false, from_network: true });
    for told in 0..=4 {
        if told == told_before_the_commit {
            browser.commit_late("PAGE", "https://b.com/", tiers_core::time::Millis::new(began.get() + 5));
        }
        match told {
            0 | 2 => {
                browser.ask_page(TAB, 70, "b.com", began);
            }
            1 => {
                let passed = RequestEnd::Redirected { from_cache: false, from_network: false };
                browser.ledger.request_ended(70, passed);
            }
            3 => {
                browser.ledger.request_ended(70, RequestEnd::Answered { from_cache: false });
            }
            _ => {}
        }
    }
    browser
}

#[test]
fn a_navigation_that_a_worker_lets_pass_is_one_request_whenever_its_commit_is_told() {
    for told_before_the_commit in 0..=4 {
        let mut browser = navigate_past_a_worker(told_before_the_commit);
        let hops: Vec<_> = browser.page().hops.iter().map(|hop| hop.host.clone()).collect();
        assert_eq!(hops, ["t.co"], "{told_before_the_commit}");
        browser.store();
        let visit = browser.visits.first().unwrap();
        let own = visit.contacts.first().map(tiers_core::record::ContactRecord::outcomes);
        let counts = own.map(|counts| (counts.sent, counts.requests()));
        assert_eq!(counts, Some((1, 1)), "{told_before_the_commit}");
    }
}

/// Firefox 153: a service worker answers for the page that a redirect leads to.
#[test]
fn a_page_that_its_service_worker_answers_keeps_its_hops_and_is_complete() {
    let mut browser = Browser::new();
    let began = browser.tick();
    browser.ask_page(TAB, 70, "t.co", began);
    browser.ledger.request_ended(70, RequestEnd::Redirected { from_cache: false, from_network: true });
    browser.ask_page(TAB, 70, "news.com", began);
    browser.ledger.request_ended(70, RequestEnd::Redirected { from_cache: false, from_network: false });
    browser.commit_page(TAB, "https://news.com/");
    let page = browser.page();
    assert!(page.gaps.is_empty());
    assert_eq!(page.hops.iter().map(|hop| hop.host.as_str()).collect::<Vec<_>>(), ["t.co"]);
}
