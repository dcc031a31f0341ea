//! What became of requests: only what left the browser is a contact.

use crate::browser::{Browser, Sent, TAB};
use tiers_core::event::RequestEnd;
use tiers_core::outcome::OutcomeCounts;

fn counts(browser: &Browser) -> OutcomeCounts {
    browser.page().outcomes
}

#[test]
fn a_blocked_request_is_shown_and_not_counted() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    for error in ["net::ERR_BLOCKED_BY_CLIENT", "NS_ERROR_ABORT"] {
        let sent = browser.ask(&page, "https://ads.net/");
        browser.fail(sent, error);
    }
    let view = browser.page();
    assert_eq!((view.totals.domains, view.totals.requests, view.outcomes.blocked), (0, 0, 2));
    assert!(!view.domains[0].contacted);
}

#[test]
fn a_name_that_does_not_resolve_is_no_contact() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = browser.ask(&page, "https://nodns.invalid/");
    assert_eq!(browser.page().totals.domains, 1, "on its way until the error says otherwise");
    browser.fail(sent, "net::ERR_NAME_NOT_RESOLVED");
    assert_eq!(browser.page().totals.domains, 0);
    assert_eq!(counts(&browser).failed, 1);
}

#[test]
fn a_question_to_the_cache_alone_is_no_request() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let asked = browser.ask_as(&page, "https://fonts.net/a.woff2", "font");
    browser.fail(asked, "net::ERR_CACHE_MISS");
    assert!(browser.page().domains.is_empty());
    let sent = browser.ask_as(&page, "https://fonts.net/a.woff2", "font");
    browser.answer(sent);
    assert_eq!(counts(&browser), OutcomeCounts { sent: 1, ..OutcomeCounts::default() });
}

#[test]
fn an_answer_from_the_cache_is_no_contact() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = browser.ask(&page, "https://cdn.net/");
    browser.ledger.request_ended(sent.0, RequestEnd::Answered { from_cache: true });
    assert_eq!(browser.page().totals.domains, 0);
    assert_eq!(counts(&browser).cached, 1);
}

#[test]
fn an_internal_redirect_is_no_request_to_that_host() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = browser.ask(&page, "http://cdn.net/a");
    browser.ledger.request_ended(sent.0, RequestEnd::Redirected { from_cache: false, from_network: false });
    browser.ask_again(sent, &page, "https://cdn.net/a", "image");
    browser.answer(sent);
    let domain = browser.page().domains.remove(0);
    assert_eq!(domain.outcomes.requests(), 1);
    assert!(domain.brought_by.is_empty());
}

#[test]
fn an_internal_redirect_alone_leaves_nothing_to_show() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = browser.ask(&page, "https://api.net/viasw");
    browser.ledger.request_ended(sent.0, RequestEnd::Redirected { from_cache: false, from_network: false });
    assert!(browser.page().domains.is_empty());
}

#[test]
fn an_answer_that_a_policy_refuses_is_uncertain_where_it_can_have_come_from_the_cache() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    for error in ["net::ERR_BLOCKED_BY_RESPONSE", "net::ERR_TOO_MANY_REDIRECTS", "net::ERR_UNSAFE_REDIRECT"] {
        let sent = browser.ask(&page, "https://cdn.net/");
        browser.fail(sent, error);
    }
    assert_eq!(counts(&browser), OutcomeCounts { unknown: 3, ..OutcomeCounts::default() });
    assert_eq!(browser.page().totals.domains, 0);
}

#[test]
fn a_server_with_which_tls_fails_was_reached_however_the_browser_says_it() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    for error in [
        "net::ERR_CERT_DATE_INVALID",
        "net::ERR_SSL_PROTOCOL_ERROR",
        "SSL_ERROR_RX_RECORD_TOO_LONG",
        "SSL a reçu un enregistrement qui dépasse la longueur maximale autorisée.",
    ] {
        let sent = browser.ask(&page, "https://cdn.net/");
        browser.fail(sent, error);
    }
    assert_eq!(counts(&browser), OutcomeCounts { sent: 4, ..OutcomeCounts::default() });
}

#[test]
fn a_tunnel_that_the_proxy_refuses_is_no_contact() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    for error in
        ["net::ERR_TUNNEL_CONNECTION_FAILED", "NS_ERROR_PROXY_BAD_GATEWAY", "NS_ERROR_PROXY_FORBIDDEN"]
    {
        let sent = browser.ask(&page, "https://cdn.net/");
        browser.fail(sent, error);
    }
    assert_eq!(counts(&browser), OutcomeCounts { failed: 3, ..OutcomeCounts::default() });
}

#[test]
fn a_redirect_that_is_not_followed_leaves_the_host_that_redirected_alone() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = browser.ask(&page, "https://go.net/");
    browser.redirect(sent);
    // Firefox 153 says so of the target, whose beginning it never told.
    browser.fail(sent, "NS_ERROR_NET_ON_RECEIVING_FROM");
    assert_eq!(browser.contacted(), ["go.net"]);
    assert_eq!(counts(&browser), OutcomeCounts { sent: 1, ..OutcomeCounts::default() });
}

#[test]
fn an_error_after_the_answer_changes_nothing() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = browser.ask(&page, "https://cdn.net/a");
    browser.answer(sent);
    browser.fail(sent, "net::ERR_ABORTED");
    assert_eq!(counts(&browser), OutcomeCounts { sent: 1, ..OutcomeCounts::default() });
}

#[test]
fn an_end_whose_beginning_was_lost_asks_for_the_beginning() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = Sent(99_999);
    assert!(!browser.answer(sent));
    browser.ask_again(sent, &page, "https://cdn.net/a", "script");
    assert!(browser.answer(sent));
    assert_eq!(browser.contacted(), ["cdn.net"]);
}

#[test]
fn the_last_requests_to_a_domain_are_listed_newest_first() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    for _ in 0..150 {
        browser.load(&page, "https://a.cdn.net/a");
    }
    let refused = browser.ask(&page, "https://b.cdn.net/a");
    browser.fail(refused, "net::ERR_CONNECTION_REFUSED");
    let request = tiers_core::message::Request::Requests { tab_id: TAB, domain: "cdn.net".into() };
    let response = browser.ledger.answer(&request, tiers_core::time::Millis::new(browser.now));
    let tiers_core::message::Response::Requests { requests } = response else { panic!("{response:?}") };
    assert_eq!(requests.len(), 100);
    assert_eq!(requests[0].host, "b.cdn.net");
    assert_eq!(requests[0].outcome, tiers_core::outcome::Outcome::Failed);
    assert!(requests.is_sorted_by_key(|one| std::cmp::Reverse(one.number)));
}

/// Firefox 153 tells of the headers alone.
#[test]
fn a_redirect_that_leads_nowhere_was_an_answer() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = browser.ask(&page, "https://one.net/");
    let host = browser.ledger.host_id("one.net");
    assert!(browser.ledger.request_redirected(sent.0, host, false, true));
    assert_eq!((browser.page().outcomes.sent, browser.page().outcomes.pending), (1, 0));
}

/// Chromium 156, as it starts: the redirect first, by which the shell begins the request; then its own beginning.
#[test]
fn a_request_whose_redirect_is_told_first_is_one() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = Sent(browser.request_id());
    let host = browser.ledger.host_id("one.net");
    let began_at = browser.tick();
    assert!(!browser.ledger.request_redirected(sent.0, host, false, true), "it is not known");
    browser.ask_again(sent, &page, "https://one.net/", "image");
    assert!(browser.ledger.request_redirected(sent.0, host, false, true));
    browser.ask_at(sent, &page, "https://one.net/", "image", began_at);
    browser.ask_again(sent, &page, "https://two.net/", "image");
    browser.answer(sent);
    let page = browser.page();
    assert_eq!((page.outcomes.sent, page.outcomes.unknown, page.outcomes.pending), (2, 0, 0));
    assert_eq!(browser.way_to("two.net"), ["one.net"]);
}

/// The same, where the way goes on at the same host.
#[test]
fn the_next_request_to_the_host_that_redirected_is_counted_where_the_first_beginning_was_lost() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = Sent(browser.request_id());
    let host = browser.ledger.host_id("one.net");
    assert!(!browser.ledger.request_redirected(sent.0, host, false, true));
    browser.ask_again(sent, &page, "https://one.net/", "image");
    assert!(browser.ledger.request_redirected(sent.0, host, false, true));
    browser.ask_again(sent, &page, "https://one.net/b", "image");
    browser.fail(sent, "net::ERR_CONNECTION_RESET");
    assert_eq!(browser.page().domains[0].outcomes.requests(), 2);
}

/// The beginning went down with a background; Firefox 153 told the next one of the last stop's beginning first.
#[test]
fn a_redirect_of_a_stop_whose_beginning_was_lost_is_not_the_last_stops() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let sent = browser.ask(&page, "https://end.net/");
    let stop = browser.ledger.host_id("stop.net");
    assert!(browser.ledger.request_redirected(sent.0, stop, false, true));
    browser.answer(sent);
    assert_eq!(browser.contacted(), ["end.net", "stop.net"]);
    assert_eq!((browser.page().outcomes.sent, browser.page().outcomes.pending), (2, 0));

    let (id, at) = (browser.request_id(), browser.tick());
    browser.ask_page(TAB, id, "next.com", at);
    assert!(browser.ledger.request_redirected(id, stop, false, true));
    browser.answer(Sent(id));
    browser.commit_page(TAB, "https://next.com/");
    let hops: Vec<_> = browser.page().hops.into_iter().map(|hop| hop.host).collect();
    assert_eq!(hops, ["stop.net"]);
}

#[test]
fn a_request_whose_redirect_is_never_told_ends_with_what_it_led_to_whatever_that_was() {
    for tells_the_second_redirect in [true, false] {
        let mut browser = Browser::new();
        let page = browser.open("https://news.com/");
        let sent = browser.ask(&page, "https://one.net/");
        browser.ask_again(sent, &page, "https://two.net/", "image");
        if tells_the_second_redirect {
            browser.redirect(sent);
        }
        browser.fail(sent, "net::ERR_ABORTED");
        let pending: u32 = browser.page().domains.iter().map(|domain| domain.outcomes.pending).sum();
        assert_eq!(pending, 0, "{tells_the_second_redirect}");
    }
}

/// A frame's document that is told of late asked first.
#[test]
fn a_contact_came_about_as_its_first_request_did_in_whatever_order_they_are_told() {
    for frame_is_first in [true, false] {
        let mut browser = Browser::new();
        let page = browser.open("https://news.com/");
        if frame_is_first {
            browser.load("FRAME", "https://third.net/");
        }
        browser.load(&page, "https://third.net/");
        if !frame_is_first {
            browser.load("FRAME", "https://third.net/");
        }
        browser.commit_document("FRAME", &page, TAB, "https://frame.org/");
        let way = if frame_is_first { vec!["frame.org".to_owned()] } else { Vec::new() };
        assert_eq!(browser.way_to("third.net"), way);
    }
}

/// Firefox 153 asks again for what it could not have, and that is no other request.
#[test]
fn a_request_was_asked_in_vain_where_it_surely_never_left() {
    let failed = |error| RequestEnd::Failed { error, connected: false };
    for (end, in_vain) in [
        (failed("net::ERR_BLOCKED_BY_CLIENT"), true),
        (failed("NS_ERROR_UNKNOWN_HOST"), true),
        (failed("net::ERR_EMPTY_RESPONSE"), false),
        (failed("net::ERR_FAILED"), false),
        (RequestEnd::Failed { error: "NS_ERROR_NET_RESET", connected: true }, false),
        (RequestEnd::Answered { from_cache: true }, false),
        (RequestEnd::Answered { from_cache: false }, false),
        (RequestEnd::Redirected { from_cache: false, from_network: false }, false),
    ] {
        assert_eq!(end.is_in_vain(), in_vain, "{end:?}");
    }
}
