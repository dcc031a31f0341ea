//! What the user decides: to exclude and to delete; and private windows.

use crate::browser::{Browser, Sent, TAB};
use tiers_core::event::{DocumentEvent, Lifecycle, NavigationEvent, RequestEnd, RequestEvent};
use tiers_core::message::Request;
use tiers_core::time::Millis;
use tiers_core::view::TabView;

#[test]
fn an_excluded_site_is_neither_counted_nor_stored() {
    let mut browser = Browser::new();
    browser.tell(&Request::SetExcluded { site: "news.com".into(), excluded: true });
    let page = browser.open("https://www.news.com/");
    browser.load(&page, "https://third.net/");
    let sent = browser.worker_asks("https://www.news.com", "https://third.net/");
    browser.answer(sent);
    browser.store();
    assert!(browser.visits.is_empty());
    assert!(matches!(browser.ledger.popup(TAB).page, TabView::Excluded { site, .. } if site == "news.com"));
    browser.tell(&Request::SetExcluded { site: "news.com".into(), excluded: false });
    browser.open("https://www.news.com/");
    assert!(browser.contacted().is_empty());
}

#[test]
fn excluding_the_page_that_is_shown_keeps_what_was_counted_and_counts_no_more() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    browser.load(&page, "https://third.net/");
    browser.tell(&Request::SetExcluded { site: "news.com".into(), excluded: true });
    browser.load(&page, "https://fourth.net/");
    browser.store();
    let domains: Vec<&str> = browser.visits[0].contacts.iter().map(|one| one.domain.as_str()).collect();
    assert_eq!(domains, ["news.com", "third.net"]);
    assert!(browser.visits[0].ended_at_ms.is_some());
}

#[test]
fn deleting_a_site_leaves_nothing_of_it() {
    let mut browser = Browser::new();
    let kept = browser.open_in(1, "https://kept.com/");
    browser.load(&kept, "https://third.net/");
    let gone = browser.open("https://gone.com/");
    browser.load(&gone, "https://third.net/");
    browser.store();
    browser.tell(&Request::DeleteSite { site: "gone.com".into() });
    browser.load(&gone, "https://late.net/");
    browser.store();
    assert_eq!(browser.visits.iter().map(|visit| visit.site.as_str()).collect::<Vec<_>>(), ["kept.com"]);
    assert_eq!(browser.ledger.popup(TAB).page, TabView::Uncounted);
    browser.open("https://gone.com/");
    browser.store();
    assert_eq!(browser.visits.len(), 2, "what comes after the deletion is kept");
}

#[test]
fn a_deletion_that_was_not_stored_is_offered_again() {
    let mut browser = Browser::new();
    browser.open("https://gone.com/");
    browser.store();
    browser.tell(&Request::DeleteAll);
    let lost = browser.ledger.commit(Millis::new(browser.now)).unwrap();
    assert!(lost.deleted.all);
    browser.store();
    assert!(browser.visits.is_empty());
    browser.now += 10_000;
    assert_eq!(browser.ledger.commit(Millis::new(browser.now)), None);
}

#[test]
fn a_private_window_leaves_nothing_in_the_store() {
    let mut browser = Browser::new();
    let at = browser.tick();
    let event = |document_id, host| RequestEvent {
        request_id: 77,
        host,
        document_id,
        parent_document_id: "",
        document_host: "",
        request_type: tiers_core::type_table::TypeCode::new(0),
        private: true,
        at,
    };
    browser.ledger.request_started(&event("WAITING", "waiting-private.net"));
    browser.ledger.document_committed(&DocumentEvent {
        document_id: "PRIVATE",
        parent_document_id: "",
        tab_id: TAB,
        frame_id: 0,
        outermost: true,
        lifecycle: Lifecycle::Untold,
        private: true,
        scheme: "https",
        host: "private.com",
        at,
    });
    browser.ledger.request_started(&RequestEvent { request_id: 78, ..event("PRIVATE", "third-private.net") });
    browser.ledger.request_ended(78, RequestEnd::Answered { from_cache: false });
    assert_eq!(browser.contacted(), ["third-private.net"]);
    assert!(browser.page().private);
    browser.store();
    assert!(browser.visits.is_empty());
    let live = browser.live_text();
    assert!(!live.contains("private"), "{live}");
}

/// A private page that a redirect led to, one of its requests redirected, one never answered; then an excluded site, and a
/// frame in it.
fn browse_in_private(browser: &mut Browser) {
    let at = browser.tick();
    let redirected = RequestEnd::Redirected { from_cache: false, from_network: true };
    let navigate =
        |host| NavigationEvent { request_id: 90, host, tab_id: 8, private: true, is_late: false, at };
    browser.ledger.navigation_started(&navigate("hop-private.net"));
    browser.ledger.request_ended(90, redirected);
    browser.ledger.navigation_started(&navigate("private.com"));
    let commit = |document_id, parent_document_id, host| DocumentEvent {
        document_id,
        parent_document_id,
        tab_id: 8,
        frame_id: 0,
        outermost: parent_document_id.is_empty(),
        lifecycle: Lifecycle::Untold,
        private: true,
        scheme: "https",
        host,
        at,
    };
    browser.ledger.document_committed(&commit("P1", "", "private.com"));
    for (request_id, host) in [(91, "redirecting-private.net"), (92, "open-private.net")] {
        browser.ledger.request_started(&RequestEvent {
            request_id,
            host,
            document_id: "P1",
            parent_document_id: "",
            document_host: "",
            request_type: tiers_core::type_table::TypeCode::new(0),
            private: true,
            at,
        });
    }
    browser.ledger.request_ended(91, redirected);
    browser.ledger.document_committed(&commit("P2", "", "excluded.com"));
    browser.ledger.document_committed(&commit("P3", "P2", "frame-private.net"));
}

#[test]
fn nothing_of_a_private_window_is_in_the_live_state_not_even_when_its_page_is_over() {
    let mut browser = Browser::new();
    browser.tell(&Request::SetExcluded { site: "excluded.com".into(), excluded: true });
    browser.open("https://public.com/");
    browse_in_private(&mut browser);
    browser.store();
    assert!(browser.live_text().contains("public.com"));
    for word in ["private", "excluded"] {
        assert!(!browser.live_text().contains(word), "{word}: {}", browser.live_text());
    }
    let at = browser.tick();
    browser.ledger.tab_removed(8, at);
    browser.store();
    browser.now += 120_000;
    browser.open("https://public.com/later");
    browser.store();
    for word in ["private", "excluded"] {
        assert!(!browser.live_text().contains(word), "{word}: {}", browser.live_text());
    }
}

/// A request of a private window, as Firefox tells of it: by the document, and by the one that holds it.
fn private_request<'a>(document_id: &'a str, parent_document_id: &'a str, at: Millis) -> RequestEvent<'a> {
    RequestEvent {
        request_id: 93,
        host: "third-private.net",
        document_id,
        parent_document_id,
        document_host: "",
        request_type: tiers_core::type_table::TypeCode::new(0),
        private: true,
        at,
    }
}

#[test]
fn a_private_frame_whose_page_is_not_known_leaves_nothing_either() {
    let mut browser = Browser::new();
    let at = browser.tick();
    browser.ledger.request_started(&private_request("FRAME", "TOP", at));
    browser.store();
    assert!(!browser.live_text().contains("private"), "{}", browser.live_text());

    let mut browser = Browser::new();
    let at = browser.tick();
    browser.ledger.document_committed(&DocumentEvent {
        document_id: "FRAME",
        parent_document_id: "TOP",
        tab_id: TAB,
        frame_id: 0,
        outermost: false,
        lifecycle: Lifecycle::Untold,
        private: true,
        scheme: "https",
        host: "frame-private.net",
        at,
    });
    browser.ledger.request_started(&private_request("FRAME", "", at));
    browser.store();
    assert!(!browser.live_text().contains("private"), "{}", browser.live_text());
}

#[test]
fn a_beacon_of_a_private_page_that_is_long_over_leaves_nothing() {
    let mut browser = Browser::new();
    browse_in_private(&mut browser);
    let at = browser.tick();
    browser.ledger.tab_removed(8, at);
    browser.now += 120_000;
    browser.store();
    let at = browser.tick();
    browser.ledger.request_started(&private_request("P3", "P2", at));
    browser.store();
    assert!(!browser.live_text().contains("private"), "{}", browser.live_text());
}

#[test]
fn of_what_is_deleted_nothing_is_in_the_live_state() {
    for request in [Request::DeleteSite { site: "gone.com".into() }, Request::DeleteAll] {
        let mut browser = Browser::new();
        let page = browser.open("https://www.gone.com/");
        let frame = browser.commit_frame(&page, "https://frame.net/");
        browser.load(&frame, "https://third.net/");
        browser.ask(&frame, "https://open.net/");
        browser.open("https://other.com/");
        browser.store();
        assert!(browser.live_text().contains("frame.net"));
        browser.tell(&request);
        browser.store();
        for host in ["gone.com", "frame.net", "third.net", "open.net"] {
            assert!(!browser.live_text().contains(host), "{request:?} {host}: {}", browser.live_text());
        }
    }
}

#[test]
fn deleting_everything_deletes_what_waits_for_its_page() {
    let mut browser = Browser::new();
    let early = browser.ask("EARLY", "https://early.net/");
    browser.tell(&Request::DeleteAll);
    browser.store();
    assert!(!browser.live_text().contains("early.net"), "{}", browser.live_text());
    let page = "EARLY".to_owned();
    browser.commit_document(&page, "", TAB, "https://news.com/");
    browser.load(&page, "https://third.net/");
    browser.answer(early);
    assert_eq!(browser.contacted(), ["third.net"]);
}

#[test]
fn a_frame_of_a_page_that_is_not_counted_leaves_nothing() {
    for request in [
        Request::SetPaused { paused: true },
        Request::SetExcluded { site: "secret.com".into(), excluded: true },
    ] {
        let mut browser = Browser::new();
        browser.tell(&request);
        let page = browser.open("https://www.secret.com/");
        browser.commit_frame(&page, "https://frame.net/");
        browser.store();
        assert!(!browser.live_text().contains("frame.net"), "{request:?}: {}", browser.live_text());
    }
}

#[test]
fn pages_off_the_web_have_nothing_to_count() {
    for (url, scheme) in
        [("about:blank", "about"), ("chrome://settings/", "chrome"), ("file:///tmp/a.html", "file")]
    {
        let mut browser = Browser::new();
        browser.open("https://news.com/");
        let page = browser.commit_page(TAB, url);
        browser.load(&page, "https://third.net/");
        assert_eq!(browser.ledger.popup(TAB).page, TabView::Nothing { scheme: scheme.into() });
        let badge = browser.ledger.badges().pop().unwrap();
        assert_eq!(badge.domains, None);
    }
}

/// Chromium 156 does not tell of a redirect's last request where a service worker answers it, nor where it leads to an extension.
#[test]
fn the_way_to_a_page_that_is_not_counted_is_no_later_pages() {
    for to in ["https://secret.com/", "https://paused.com/", "chrome-extension://abc/page.html"] {
        let mut browser = Browser::new();
        browser.exclude("secret.com");
        let at = browser.tick();
        browser.ask_page(TAB, 900, "hop.net", at);
        browser.ledger.request_ended(900, RequestEnd::Redirected { from_cache: false, from_network: true });
        browser.set_paused(to.contains("paused"));
        browser.commit_untold("FIRST", "", TAB, to);
        browser.set_paused(false);
        browser.commit_untold("SECOND", "", TAB, "https://news.com/");
        assert!(browser.page().hops.is_empty(), "{to}");
        browser.store();
        assert!(!browser.live_text().contains("hop.net"), "{to}");
    }
}

#[test]
fn the_way_to_a_page_of_an_excluded_site_is_not_kept() {
    let mut browser = Browser::new();
    browser.exclude("secret.com");
    browser.navigate(TAB, &["https://hop.net/", "https://www.secret.com/"]);
    // That the tab shows the excluded site is kept; its name is among the settings too.
    let live = browser.live_text();
    assert!(!live.contains("hop.net") && !live.contains("www.secret.com"), "{live}");
}

#[test]
fn of_a_prepared_page_of_an_excluded_site_nothing_is_kept() {
    let mut browser = Browser::new();
    browser.exclude("secret.com");
    browser.commit_untold("SHOWN", "", TAB, "https://secret.com/");
    browser.prepare("PREPARED", "https://secret.com/next");
    browser.store();
    browser.load("PREPARED", "https://third.net/");
    browser.store();
    assert!(!browser.live_text().contains("third.net"));
}

#[test]
fn deleting_everything_deletes_the_way_of_a_navigation() {
    let mut browser = Browser::new();
    let (id, at) = (browser.request_id(), browser.tick());
    browser.ask_page(TAB, id, "hop.net", at);
    browser.redirect(Sent(id));
    browser.tell(&Request::DeleteAll);
    browser.store();
    assert!(!browser.live_text().contains("hop.net"));
}

#[test]
fn a_page_of_an_excluded_site_that_prepares_many_pages_keeps_little() {
    let mut browser = Browser::new();
    browser.exclude("secret.com");
    browser.commit_untold("SHOWN", "", TAB, "https://secret.com/");
    let live_after = |browser: &mut Browser, pages: usize| {
        for page in 0..pages {
            browser.prepare(&format!("PREPARED{page}"), "https://secret.com/next");
        }
        browser.store();
        browser.ledger.live().len()
    };
    let few = live_after(&mut browser, 20);
    assert!(live_after(&mut browser, 1_000) <= few + 100);
}

#[test]
fn a_page_that_was_prepared_before_all_was_deleted_is_counted_no_more_when_it_is_shown() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.prepare("PREPARED", "https://news.com/next");
    browser.tell(&Request::DeleteAll);
    browser.store();
    browser.load("PREPARED", "https://third.net/");
    browser.commit_untold("PREPARED", "", TAB, "https://news.com/next");
    assert_eq!(browser.ledger.popup(TAB).page, TabView::Uncounted);
}
