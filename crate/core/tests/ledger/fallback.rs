//! A page that is tried over https, and asked for over http where that fails: under another number, of the same host.

use crate::browser::{Browser, Sent, TAB};
use tiers_core::event::RequestEnd;

const REDIRECTED: RequestEnd<'_> = RequestEnd::Redirected { from_cache: false, from_network: true };

/// A hop leads to a host that does not answer over https, with this error.
fn redirected_in_vain(error: &str) -> Browser {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    let (id, at) = (browser.request_id(), browser.tick());
    browser.ask_page(TAB, id, "hop.net", at);
    browser.ledger.request_ended(id, REDIRECTED);
    let at = browser.tick();
    browser.ask_page(TAB, id, "plain.com", at);
    browser.fail(Sent(id), error);
    browser
}

fn hops(browser: &Browser) -> Vec<String> {
    browser.page().hops.into_iter().map(|hop| hop.host).collect()
}

/// Chromium 156 gives up at once, or after three seconds by itself, and tells of no navigation that ended.
#[test]
fn the_redirects_that_led_to_a_site_without_https_are_its_hops() {
    for error in [
        "net::ERR_CONNECTION_CLOSED",
        "net::ERR_CONNECTION_REFUSED",
        "net::ERR_ABORTED",
        "NS_ERROR_NET_RESET",
    ] {
        let mut browser = redirected_in_vain(error);
        browser.open("http://plain.com/");
        assert_eq!(hops(&browser), ["hop.net"], "{error}");
        assert!(browser.page().gaps.is_empty(), "{error}");
    }
}

#[test]
fn a_hop_without_https_is_one_hop() {
    let mut browser = redirected_in_vain("NS_ERROR_NET_RESET");
    browser.navigate(TAB, &["http://plain.com/", "http://end.org/"]);
    assert_eq!(hops(&browser), ["hop.net", "plain.com"]);
}

/// Firefox 153 says so where its user, or the page, went elsewhere before the answer.
#[test]
fn the_redirects_of_a_navigation_that_was_broken_off_are_no_hops_of_the_next_one_to_the_same_host() {
    let mut browser = redirected_in_vain("NS_BINDING_ABORTED");
    browser.open("http://plain.com/");
    assert!(hops(&browser).is_empty());
}

/// Chromium 156 tells then that the navigation ended.
#[test]
fn the_redirects_of_a_navigation_that_stopped_are_no_hops_of_the_next_one_to_the_same_host() {
    let mut browser = redirected_in_vain("net::ERR_ABORTED");
    let at = browser.tick();
    browser.ledger.navigation_stopped(TAB, "plain.com", at);
    browser.open("http://plain.com/");
    assert!(hops(&browser).is_empty());
}

/// Firefox 153 commits its own page under the address of the one that did not come; the user tries once more.
#[test]
fn the_redirects_that_led_to_a_page_that_did_not_come_are_no_hops_of_the_next_try() {
    let mut browser = redirected_in_vain("NS_ERROR_CONNECTION_REFUSED");
    let at = browser.tick();
    browser.ledger.navigation_failed(TAB, "plain.com", false, at);
    browser.commit_page(TAB, "https://plain.com/");
    browser.open("https://plain.com/");
    assert!(hops(&browser).is_empty());
}

/// Firefox 153 says so where another extension blocks a page, and nothing more.
#[test]
fn the_redirects_to_a_page_that_was_blocked_are_no_hops_of_the_next_one_to_the_same_host() {
    let mut browser = redirected_in_vain("NS_ERROR_ABORT");
    browser.open("http://plain.com/");
    assert!(hops(&browser).is_empty());
}

/// The user tries again before Firefox 153 has shown its error page.
#[test]
fn the_redirects_to_a_page_that_did_not_come_are_no_hops_of_the_next_try() {
    let mut browser = redirected_in_vain("NS_ERROR_NET_RESET");
    let at = browser.tick();
    browser.ledger.navigation_failed(TAB, "plain.com", false, at);
    browser.open("http://plain.com/");
    assert!(hops(&browser).is_empty());
}

#[test]
fn the_redirects_that_led_to_a_site_without_https_outlive_the_background() {
    let mut browser = redirected_in_vain("NS_ERROR_NET_RESET");
    browser.store();
    browser.restart("session");
    browser.open("http://plain.com/");
    assert_eq!(hops(&browser), ["hop.net"]);
}
