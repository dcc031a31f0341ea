//! The bytes of the live state are those that every core of their version wrote: a background that is updated takes up what the one
//! before it left. `live-9.bin` was written by the first core of version 9, by serde and postcard.

use proptest::prelude::*;

use crate::browser::{Browser, Sent};
use tiers_core::event::{DocumentEvent, Frame, Lifecycle, NavigationEvent, RequestEnd, RequestEvent};
use tiers_core::ledger::Ledger;
use tiers_core::message::Request;
use tiers_core::record::VisitRecord;
use tiers_core::snapshot::open_visits;
use tiers_core::start::Before;
use tiers_core::time::Millis;
use tiers_core::type_table::TypeCode;

/// What [`after_everything`] leaves live.
const WRITTEN: &[u8] = include_bytes!("../fixtures/live-9.bin");

/// A browser with some of all that can be live, stored a moment ago.
fn after_everything() -> Browser {
    let mut browser = Browser::new();
    browser.exclude("excluded.com");
    browse_one_page_after_another(&mut browser);
    leave_documents_waiting(&mut browser);
    leave_requests_on_their_way(&mut browser);
    prepare_pages(&mut browser);
    show_what_is_not_counted(&mut browser);
    browse_in_private(&mut browser);
    browser.store();
    browser
}

/// A site's worker; one tab with more pages than it can go back to; another with frames in its page, one of which asked in their name.
fn browse_one_page_after_another(browser: &mut Browser) {
    browser.worker_asks("https://shop.example/", "https://api.shop.example/");
    for number in 0..10 {
        browser.navigate(8, &["https://t.co/", &format!("https://site{number}.co.uk/")]);
        browser.now += 4_000;
    }
    let page = browser.open_in(9, "https://www.bücher.example/");
    let frame = browser.commit_frame(&page, "https://frame.ads.net/");
    let inner = browser.commit_frame(&frame, "about:srcdoc");
    for host in ["[2001:db8::1]", "192.168.1.1", "xn--bcher-kva.example", &"long-label.".repeat(20)] {
        browser.load(&inner, &format!("http://{host}/"));
    }
    let frame = Frame { tab_id: 9, frame_id: 0 };
    browser.unnamed_asks("", frame, "https://www.bücher.example/", "https://by-frame.net/");
}

/// Documents whose commit is to come, each with what it asked for: a page's, and a frame's in a page that is not known either.
fn leave_documents_waiting(browser: &mut Browser) {
    for request_type in ["script", "image", "image", "a_type_that_nobody_has_heard_of"] {
        browser.ask_as("EARLY", "https://early.net/", request_type);
    }
    browser.load("EARLY", &format!("https://{}early.net/", "long-label.".repeat(20)));
    let sent = browser.ask("EARLY", "https://redirects-early.net/");
    browser.redirect(sent);
    browser.ask_again(sent, "EARLY", "https://redirected-early.net/", "image");
    browser.load("INNER", "https://deep.net/");
    browser.commit_document("INNER", "OUTER", 9, "https://inner-frame.net/");
    browser.commit_document("INMOST", "INNER", 9, "https://inmost-frame.net/");
    browser.load("INMOST", "https://deeper.net/");
    let frame = Frame { tab_id: 10, frame_id: 1 << 40 };
    browser.ledger.document_key("IN_A_FRAME", "", "own-host.net", frame, false, Millis::new(browser.now));
}

/// Redirects: told, and told after what they led to; requests with high numbers; navigations.
fn leave_requests_on_their_way(browser: &mut Browser) {
    let page = browser.open("https://news.com/");
    let sent = browser.ask("unknown", "https://nobody.net/");
    browser.fail(sent, "net::ERR_NAME_NOT_RESOLVED");
    for (id, host) in [(u64::from(u32::MAX) + 7, "high.net"), (1 << 60, "highest.net")] {
        let sent = Sent(id);
        browser.ask_again(sent, &page, &format!("https://{host}/"), "xmlhttprequest");
        browser.redirect(sent);
    }
    let sent = browser.ask(&page, "https://overtaken.net/");
    browser.ask_again(sent, &page, "https://overtakes.net/", "image");
    let redirected = browser.ask(&page, "https://first-stop.net/");
    browser.redirect(redirected);
    browser.ask_again(redirected, &page, "https://second-stop.net/", "image");
    let at = browser.tick();
    browser.ask_page(10, 70_000, "t.co", at);
    browser.redirect(Sent(70_000));
    browser.ask_page(10, 70_000, "lnkd.in", at);
    browser.redirect(Sent(70_000));
    browser.ask_page(11, 70_001, "late.net", at);
    browser.fail(Sent(70_001), "net::ERR_CONNECTION_REFUSED");
    browser.open_in(12, "https://stays.org/");
    browser.ledger.navigation_failed(12, "does-not-come.org", false, at);
}

/// Pages behind the one that is shown: counted and not, and the requests for them.
fn prepare_pages(browser: &mut Browser) {
    let page = browser.open("https://news.com/second");
    let fetch = browser.ask_as(&page, "https://news.com/third", "main_frame");
    browser.answer(fetch);
    browser.prerender("https://news.com/third");
    browser.prerender("https://news.com/fourth");
    browser.prepare("PREPARED", "https://news.com/third");
    browser.load("PREPARED", "https://asked-ahead.net/");
    browser.prepare("PREPARED_EXCLUDED", "https://excluded.com/");
}

/// A site that is left out, with a frame in it; an address that is not on the web; what came while the counting was paused; a page of whose
/// request nothing was told.
fn show_what_is_not_counted(browser: &mut Browser) {
    let page = browser.open_in(13, "https://www.excluded.com/");
    browser.commit_document("FRAME_OF_EXCLUDED", &page, 13, "https://frame.excluded.com/");
    browser.commit_document("SETTINGS", "", 300, "about:preferences");
    browser.set_paused(true);
    browser.open_in(i32::MAX, "https://in-pause.org/");
    let at = browser.tick();
    browser.ask_page(300, 70_002, "asked-in-pause.org", at);
    browser.set_paused(false);
    browser.commit_untold("UNTOLD", "", -1, "https://untold.org/");
}

/// A private window, of which nothing may be found: a page, a document that waits, a navigation.
fn browse_in_private(browser: &mut Browser) {
    let at = browser.tick();
    let (tab_id, private) = (14, true);
    let host = "private.net";
    browser.ledger.document_committed(&DocumentEvent {
        document_id: "PRIVATE",
        parent_document_id: "",
        tab_id,
        frame_id: 0,
        outermost: true,
        lifecycle: Lifecycle::Untold,
        private,
        scheme: "https",
        host,
        at,
    });
    for (request_id, document_id) in [(80_000, "PRIVATE"), (80_001, "PRIVATE_WAITING")] {
        browser.ledger.request_started(&RequestEvent {
            request_id,
            host,
            document_id,
            parent_document_id: "",
            document_host: "",
            request_type: TypeCode::new(0),
            private,
            at,
        });
    }
    let redirected = RequestEnd::Redirected { from_cache: false, from_network: true };
    browser.ledger.request_ended(80_000, redirected);
    let navigation = NavigationEvent { request_id: 80_002, host, tab_id, private, is_late: false, at };
    browser.ledger.navigation_started(&navigation);
}

/// A ledger that takes up a live state where a core of the same background left it: nothing is marked.
fn taken_up(live: &[u8], browser: &Browser) -> Ledger {
    let mut ledger = Ledger::new("session");
    let wanted = open_visits(live).unwrap();
    let records: Vec<VisitRecord> =
        browser.visits.iter().filter(|visit| wanted.contains(&visit.id)).cloned().collect();
    assert_eq!(records.len(), wanted.len());
    ledger.restore(Some(live), &records, None, Before::Core, &[], Millis::new(browser.now)).unwrap();
    ledger
}

#[test]
fn what_is_live_is_written_as_the_first_core_of_its_version_wrote_it() {
    let written = after_everything().live.unwrap();
    assert!(written == WRITTEN, "{} bytes, not {}", written.len(), WRITTEN.len());
}

#[test]
fn what_the_first_core_of_its_version_wrote_is_taken_up_and_written_again_as_the_same() {
    let mut browser = after_everything();
    let mut ledger = taken_up(WRITTEN, &browser);
    // Something to commit at the same moment, which is not part of the live state.
    for ledger in [&mut ledger, &mut browser.ledger] {
        let exclusion = Request::SetExcluded { site: "nobody.example".into(), excluded: true };
        ledger.answer(&exclusion, Millis::new(browser.now));
        ledger.commit(Millis::new(browser.now)).unwrap();
    }
    assert!(ledger.live() == WRITTEN);
    assert!(browser.ledger.live() == WRITTEN);
}

/// The version and the checksum.
const HEAD: usize = 5;

/// A live state with these bytes behind a right checksum: what damages bytes cannot know it, and would be refused at once.
fn sealed(content: &[u8]) -> Vec<u8> {
    let checksum =
        content.iter().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    [&[9], checksum.to_le_bytes().as_slice(), content].concat()
}

/// Whether a live state is taken up. What was, goes on: it is looked at, told of more, stored and taken up again.
fn goes_on(live: &[u8]) -> bool {
    let mut browser = Browser::new();
    // Of no visit a record: as if they could not be read.
    let taken_up = |live: &[u8], now| {
        let mut ledger = Ledger::new("session");
        ledger.restore(Some(live), &[], None, Before::Background, &[-1, 7], Millis::new(now)).map(|()| ledger)
    };
    let _ = open_visits(live);
    let Ok(ledger) = taken_up(live, browser.now) else { return false };
    browser.ledger = ledger;
    for tab in [-1, 7, 9, 10] {
        browser.ledger.popup(tab);
        let page = browser.open_in(tab, "https://next.org/");
        browser.load(&page, "https://third.net/");
        browser.commit_document("EARLY", "", tab, "https://early-page.net/");
    }
    for request in 1..40 {
        browser.answer(Sent(request));
    }
    browser.store();
    assert!(taken_up(&browser.live.unwrap(), browser.now).is_ok());
    true
}

#[test]
fn what_is_cut_or_goes_on_is_refused_under_a_right_checksum_too() {
    let content = &WRITTEN[HEAD..];
    assert_eq!(sealed(content), WRITTEN);
    assert!(goes_on(WRITTEN));
    for length in 0..content.len() {
        assert!(!goes_on(&sealed(&content[..length])), "{length}");
    }
    assert!(!goes_on(&sealed(&[content, &[0]].concat())));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn damage_is_refused_or_harms_nothing_under_a_right_checksum_too(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut content = WRITTEN[HEAD..].to_vec();
        for (place, byte) in damage {
            let place = place.index(content.len());
            content[place] = byte;
        }
        goes_on(&sealed(&content));
    }
}
