//! The numbered cases of the party rule.

use crate::browser::{Browser, TAB};

/// The page asks for one thing; what are the first party and the third parties contacted?
fn verdict(page: &str, request: &str) -> (String, Vec<String>) {
    let mut browser = Browser::new();
    let document = browser.open(page);
    browser.load(&document, request);
    (browser.page().site, browser.contacted())
}

fn assert_third(page: &str, request: &str, first_party: &str, contacted: &str) {
    let (site, domains) = verdict(page, request);
    assert_eq!(site, first_party, "the first party of {page}");
    assert_eq!(domains, [contacted], "{request} on {page}");
}

fn assert_first(page: &str, request: &str, first_party: &str) {
    let (site, domains) = verdict(page, request);
    assert_eq!(site, first_party, "the first party of {page}");
    assert!(domains.is_empty(), "{request} on {page}: {domains:?}");
}

#[test]
fn case_1_another_site_of_the_same_owner_is_a_third_party() {
    assert_third("https://www.lemonde.fr/", "https://img.lemde.fr/a.png", "lemonde.fr", "lemde.fr");
}

#[test]
fn case_2_a_suffix_of_two_labels_is_no_site() {
    assert_third("https://www.bbc.co.uk/", "https://static.files.bbci.co.uk/a", "bbc.co.uk", "bbci.co.uk");
}

#[test]
fn case_3_gouv_fr_is_a_suffix() {
    let page = "https://www.service-public.gouv.fr/";
    assert_third(page, "https://stats.data.gouv.fr/a", "service-public.gouv.fr", "data.gouv.fr");
}

#[test]
fn case_4_two_users_of_a_private_suffix_are_two_sites() {
    assert_third("https://alice.github.io/", "https://bob.github.io/a", "alice.github.io", "bob.github.io");
}

#[test]
fn case_5_an_address_is_its_own_site_whatever_the_port() {
    assert_first("http://192.168.1.1/", "http://192.168.1.1:8080/a", "192.168.1.1");
    assert_third("http://192.168.1.1/", "http://192.168.1.2/a", "192.168.1.1", "192.168.1.2");
    assert_first("http://[::1]/", "http://[::1]:8080/a", "[::1]");
    assert_third("http://[::1]/", "http://[::2]/a", "[::1]", "[::2]");
}

#[test]
fn case_6_an_address_is_compared_in_its_canonical_form() {
    // Nothing is made canonical here, nor by the core: the browser hands over `http://0x7f.1/` as `http://127.0.0.1/`. That
    // it does is proved in the browsers themselves (`tests/e2e/party-rule.test.js`), and that the shell reads the host of
    // that form in `tests/shell/address.test.js`.
    assert_first("http://127.0.0.1/", "http://127.0.0.1/a", "127.0.0.1");
}

#[test]
fn case_7_special_use_names_follow_the_same_rule() {
    assert_third("http://nas.local/", "http://printer.local/a", "nas.local", "printer.local");
    assert_first("http://intranet/", "http://intranet/a", "intranet");
}

#[test]
fn case_8_a_unicode_name_is_shown_as_people_write_it() {
    let page = "https://www.xn--bcher-kva.de/";
    assert_first(page, "https://cdn.xn--bcher-kva.de/a", "xn--bcher-kva.de");
    let mut browser = Browser::new();
    browser.open(page);
    assert_eq!(browser.page().site_text, "b\u{fc}cher.de");
}

#[test]
fn case_9_a_navigations_redirects_are_hops_and_no_contacts() {
    let mut browser = Browser::new();
    browser.navigate(TAB, &["https://t.co/x", "https://www.lemonde.fr/"]);
    let page = browser.page();
    assert_eq!(page.site, "lemonde.fr");
    assert_eq!(page.hops.iter().map(|hop| hop.host.as_str()).collect::<Vec<_>>(), ["t.co"]);
    assert!(page.domains.is_empty());
}

#[test]
fn case_10_each_hop_of_a_redirected_image_is_contacted() {
    let mut browser = Browser::new();
    let document = browser.open("https://a.com/");
    let image = browser.ask(&document, "https://ib.adnxs.com/i");
    browser.redirect(image);
    browser.ask_again(image, &document, "https://ad.doubleclick.net/i", "image");
    browser.answer(image);
    assert_eq!(browser.contacted(), ["adnxs.com", "doubleclick.net"]);
    assert_eq!(browser.way_to("doubleclick.net"), ["ib.adnxs.com"]);
}

#[test]
fn case_11_a_frames_own_requests_are_third_party_to_the_page() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let frame = browser.ask_as(&page, "https://ads.net/frame", "sub_frame");
    browser.answer(frame);
    let inner = browser.commit_frame(&page, "https://ads.net/frame");
    browser.load(&inner, "https://ads.net/x.js");
    browser.load(&inner, "https://pixel.org/p");
    assert_eq!(browser.contacted(), ["ads.net", "pixel.org"]);
    assert_eq!(browser.way_to("pixel.org"), ["ads.net"]);
}

#[test]
fn case_12_a_service_workers_requests_are_its_sites() {
    let mut browser = Browser::new();
    browser.open("https://example.com/");
    let sent = browser.worker_asks("https://example.com", "https://cdn.third.net/a");
    browser.answer(sent);
    assert_eq!(browser.contacted(), ["third.net"]);
    assert!(browser.page().domains[0].by_site);
    browser.store();
    let record = browser
        .visits
        .iter()
        .find(|visit| visit.contacts.iter().any(|one| one.domain == "third.net"))
        .unwrap();
    assert_eq!(record.kind, tiers_core::record::VisitKind::Background);
    assert_eq!(record.site, "example.com");
}

#[test]
fn case_13_a_name_of_the_site_is_first_party_even_where_dns_leads_elsewhere() {
    assert_first("https://www.fnac.com/", "https://metrics.fnac.com/b", "fnac.com");
}

#[test]
fn case_14_a_web_socket_counts_and_a_beacon_belongs_to_the_page_that_sent_it() {
    assert_third("https://app.example.com/", "wss://realtime.ably.io/", "example.com", "ably.io");
    let mut browser = Browser::new();
    let first = browser.open("https://a.com/");
    browser.open("https://b.com/");
    browser.load(&first, "https://beacon.net/unload");
    assert!(browser.contacted().is_empty());
    browser.store();
    let a = browser.visits.iter().find(|visit| visit.site == "a.com").unwrap();
    assert!(a.contacts.iter().any(|contact| contact.domain == "beacon.net" && contact.third_party));
}

#[test]
fn case_15_a_frame_with_no_host_of_its_own_is_judged_by_the_page() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    for url in ["about:srcdoc", "about:blank", "data:text/html,x", "blob:https://news.com/1"] {
        let frame = browser.commit_frame(&page, url);
        browser.load(&frame, "https://third.net/a");
        browser.load(&frame, "https://cdn.news.com/a");
    }
    assert_eq!(browser.contacted(), ["third.net"]);
    assert_eq!(browser.page().domains[0].requests, 4);
}

#[test]
fn case_16_a_trailing_dot_makes_another_site_and_is_not_shown() {
    assert_third("https://example.com/", "https://example.com./a", "example.com", "example.com.");
    let mut browser = Browser::new();
    browser.open("https://www.example.com./");
    assert_eq!(browser.page().site, "example.com.");
    assert_eq!(browser.page().site_text, "example.com");
}
