//! A recorded page, told to the core as a browser would have told it, and the visit that comes of it.

use tiers_core::event::{DocumentEvent, Lifecycle, NavigationEvent, RequestEvent};
use tiers_core::ledger::Ledger;
use tiers_core::record::{EndReason, VisitRecord};
use tiers_core::time::Millis;
use tiers_core::view::{PageView, TabView};

use super::page::RecordedPage;

/// A page's only tab.
const TAB: i32 = 1;
/// A page's only document: a HAR file does not say which frame asked.
const DOCUMENT: &str = "page";

/// What a recorded page becomes.
#[derive(Debug)]
pub struct RecordedVisit {
    /// The file's name for the page.
    pub page_id: String,
    /// The visit, as the extension would store it.
    pub record: VisitRecord,
    /// The page, as the extension's popup would show it.
    pub view: PageView,
}

impl RecordedVisit {
    /// Tells the core of a page. `session` makes the visit's identifier. None where no host was asked at all.
    pub fn of(page: &RecordedPage, session: &str) -> Option<Self> {
        let mut ledger = Ledger::new(session);
        if page.navigation.is_empty() {
            adopt(&mut ledger, page);
        }
        for place in 0..page.requests.len() {
            tell(&mut ledger, page, place);
        }
        let ended = page.requests.iter().map(|request| request.ended).max()?;
        let TabView::Page(view) = ledger.popup(TAB).page else { return None };
        let mut record = ledger.commit(ended)?.visits.into_iter().next()?;
        record.ended_at_ms = Some(ended.max(record.started_at_ms));
        record.end_reason = Some(EndReason::SessionEnded);
        Some(Self { page_id: page.id.clone(), record, view })
    }
}

/// The page was open before the recording began.
fn adopt(ledger: &mut Ledger, page: &RecordedPage) {
    if let (Some(url), Some(first)) = (page.url(), page.requests.first()) {
        let host = url.host_str().unwrap_or_default();
        ledger.document_adopted(&document_event(url.scheme(), host, first.at));
    }
}

fn tell(ledger: &mut Ledger, page: &RecordedPage, place: usize) {
    let (Some(request), Some(first)) = (page.requests.get(place), page.first.get(place)) else { return };
    let leads_on = page.next.get(place).copied().flatten().is_some();
    let (host, at) = (request.host(), request.at);
    // All hops of a redirect are one request to a browser.
    let request_id = u64::try_from(*first).unwrap_or(u64::MAX);
    if page.navigation.first() == Some(first) {
        ledger.navigation_started(&NavigationEvent {
            request_id,
            host,
            tab_id: TAB,
            private: false,
            is_late: false,
            at,
        });
    } else {
        let request_type = ledger.type_code(request.request_type);
        ledger.request_started(&RequestEvent {
            request_id,
            host,
            document_id: DOCUMENT,
            parent_document_id: "",
            document_host: "",
            request_type,
            private: false,
            at,
        });
    }
    ledger.request_ended(request_id, request.end(leads_on));
    if page.navigation.last() == Some(&place) {
        ledger.document_committed(&document_event(request.url.scheme(), host, at));
    }
}

fn document_event<'a>(scheme: &'a str, host: &'a str, at: Millis) -> DocumentEvent<'a> {
    DocumentEvent {
        document_id: DOCUMENT,
        parent_document_id: "",
        tab_id: TAB,
        frame_id: 0,
        outermost: true,
        lifecycle: Lifecycle::Untold,
        private: false,
        // A page that is known by its WebSocket alone was loaded over the scheme that goes with it.
        scheme: match scheme {
            "ws" => "http",
            "wss" => "https",
            other => other,
        },
        host,
        at,
    }
}
