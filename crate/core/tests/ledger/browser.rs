//! A browser for tests: it names documents and requests as the real ones do, and tells the ledger of them.

use tiers_core::event::{
    DocumentEvent, Frame, Lifecycle, NavigationEvent, RequestEnd, RequestEvent, UnnamedRequestEvent,
};
use tiers_core::ledger::Ledger;
use tiers_core::message::Request;
use tiers_core::record::{GapReason, VisitRecord};
use tiers_core::snapshot::open_visits;
use tiers_core::start::Before;
use tiers_core::time::Millis;
use tiers_core::view::{PageView, TabView};

/// 2026-01-01T00:00:00Z; each event comes a millisecond after the one before.
const START: u64 = 1_767_225_600_000;

/// The tab that most tests use.
pub const TAB: i32 = 7;

/// What [`TAB`] shows.
pub const SHOWN: Frame = Frame { tab_id: TAB, frame_id: 0 };

pub struct Browser {
    pub ledger: Ledger,
    pub now: u64,
    next_request: u64,
    next_document: u32,
    /// What is stored, as the shell would have it.
    pub visits: Vec<VisitRecord>,
    pub live: Option<Vec<u8>>,
    /// The tabs of which the next background is told that not everything was stored.
    pub unstored: Vec<i32>,
}

/// A request that has begun.
#[derive(Debug, Clone, Copy)]
pub struct Sent(pub u64);

impl Browser {
    pub fn new() -> Self {
        Self {
            ledger: Ledger::new("session"),
            now: START,
            next_request: 1,
            next_document: 1,
            visits: Vec::new(),
            live: None,
            unstored: Vec::new(),
        }
    }

    pub fn tick(&mut self) -> Millis {
        self.now += 1;
        Millis::new(self.now)
    }

    pub fn request_id(&mut self) -> u64 {
        self.next_request += 1;
        self.next_request
    }

    pub fn document_id(&mut self) -> String {
        self.next_document += 1;
        format!("DOCUMENT{}", self.next_document)
    }

    /// Opens a page in [`TAB`]: its request, its answer, its commit. Gives the document.
    pub fn open(&mut self, url: &str) -> String {
        self.open_in(TAB, url)
    }

    pub fn open_in(&mut self, tab_id: i32, url: &str) -> String {
        self.navigate(tab_id, &[url])
    }

    /// A navigation through redirects; the last URL is committed.
    pub fn navigate(&mut self, tab_id: i32, urls: &[&str]) -> String {
        self.ask_for_page(tab_id, urls);
        self.commit_page(tab_id, urls.last().copied().unwrap_or_default())
    }

    /// A tab asks a host for a page, at any time.
    pub fn ask_page(&mut self, tab_id: i32, request_id: u64, host: &str, at: Millis) {
        self.ledger.navigation_started(&NavigationEvent {
            request_id,
            host,
            tab_id,
            private: false,
            is_late: false,
            at,
        });
    }

    /// A navigation's requests, up to the answer; its commit is to come.
    pub fn ask_for_page(&mut self, tab_id: i32, urls: &[&str]) {
        let id = self.request_id();
        for (place, url) in urls.iter().enumerate() {
            let at = self.tick();
            self.ask_page(tab_id, id, host(url), at);
            let end = if place + 1 < urls.len() {
                RequestEnd::Redirected { from_cache: false, from_network: true }
            } else {
                RequestEnd::Answered { from_cache: false }
            };
            self.ledger.request_ended(id, end);
        }
    }

    /// A page's document is committed, whatever was asked before.
    pub fn commit_page(&mut self, tab_id: i32, url: &str) -> String {
        let document = self.document_id();
        self.commit_document(&document, "", tab_id, url);
        document
    }

    pub fn commit_frame(&mut self, parent: &str, url: &str) -> String {
        let document = self.document_id();
        self.commit_document(&document, parent, TAB, url);
        document
    }

    pub fn commit_document(&mut self, document_id: &str, parent: &str, tab_id: i32, url: &str) {
        let at = self.tick();
        let event = document_event(document_id, parent, tab_id, url, at);
        self.ledger.document_committed(&event);
    }

    /// The same in Chromium, which need not have told of the request that led to it.
    pub fn commit_untold(&mut self, document_id: &str, parent: &str, tab_id: i32, url: &str) {
        let at = self.tick();
        let event = DocumentEvent {
            lifecycle: Lifecycle::Active,
            ..document_event(document_id, parent, tab_id, url, at)
        };
        self.ledger.document_committed(&event);
    }

    /// The same of a page in a private window, in [`TAB`].
    pub fn commit_private(&mut self, url: &str) {
        let at = self.tick();
        let event = DocumentEvent {
            lifecycle: Lifecycle::Active,
            private: true,
            ..document_event("PAGE", "", TAB, url, at)
        };
        self.ledger.document_committed(&event);
    }

    /// Chromium prepares a page behind the one that [`TAB`] shows.
    pub fn prepare(&mut self, document_id: &str, url: &str) {
        self.prepare_in(TAB, document_id, url);
    }

    pub fn prepare_in(&mut self, tab_id: i32, document_id: &str, url: &str) {
        let at = self.tick();
        self.ledger.document_committed(&DocumentEvent {
            frame_id: 62,
            lifecycle: Lifecycle::Prerender,
            ..document_event(document_id, "", tab_id, url, at)
        });
    }

    pub fn adopt(&mut self, document_id: &str, parent: &str, tab_id: i32, url: &str) {
        let at = self.tick();
        let event = document_event(document_id, parent, tab_id, url, at);
        self.ledger.document_adopted(&event);
    }

    /// A document asks for something.
    pub fn ask(&mut self, document: &str, url: &str) -> Sent {
        self.ask_as(document, url, "image")
    }

    pub fn ask_as(&mut self, document: &str, url: &str, request_type: &str) -> Sent {
        let id = self.request_id();
        self.ask_again(Sent(id), document, url, request_type);
        Sent(id)
    }

    /// The same request goes on to another URL: the next hop of a redirect.
    pub fn ask_again(&mut self, sent: Sent, document: &str, url: &str, request_type: &str) {
        let at = self.tick();
        self.ask_at(sent, document, url, request_type, at);
    }

    /// The same at any time, as what a background is told when it wakes.
    pub fn ask_at(&mut self, sent: Sent, document: &str, url: &str, request_type: &str, at: Millis) {
        let request_type = self.ledger.type_code(request_type);
        self.ledger.request_started(&RequestEvent {
            request_id: sent.0,
            host: host(url),
            document_id: document,
            parent_document_id: "",
            document_host: "",
            request_type,
            private: false,
            at,
        });
    }

    /// A page of [`TAB`] is committed, some time after what was told before.
    pub fn commit_late(&mut self, document: &str, url: &str, at: Millis) {
        self.ledger.document_committed(&document_event(document, "", TAB, url, at));
    }

    /// The page of [`TAB`] has another one prepared, as a prerender's own request says; it is answered.
    pub fn prerender(&mut self, url: &str) {
        let id = self.request_id();
        let event = NavigationEvent {
            request_id: id,
            host: host(url),
            tab_id: TAB,
            private: false,
            is_late: false,
            at: self.tick(),
        };
        self.ledger.prerender_started(&event, "news.com");
        assert!(self.ledger.request_ended(id, RequestEnd::Answered { from_cache: false }));
    }

    /// A service worker asks for something.
    pub fn worker_asks(&mut self, origin: &str, url: &str) -> Sent {
        self.unnamed_asks("", Frame::NONE, origin, url)
    }

    /// Something asks whose document the browser does not name.
    pub fn unnamed_asks(&mut self, document_id: &str, frame: Frame, asker: &str, url: &str) -> Sent {
        let id = self.request_id();
        let at = self.tick();
        let request_type = self.ledger.type_code("xmlhttprequest");
        self.ledger.unnamed_request_started(&UnnamedRequestEvent {
            request_id: id,
            host: host(url),
            document_id,
            frame,
            initiator_host: host(asker),
            is_of_next_page: false,
            request_type,
            private: false,
            at,
        });
        Sent(id)
    }

    pub fn answer(&mut self, sent: Sent) -> bool {
        self.ledger.request_ended(sent.0, RequestEnd::Answered { from_cache: false })
    }

    pub fn redirect(&mut self, sent: Sent) {
        self.ledger.request_ended(sent.0, RequestEnd::Redirected { from_cache: false, from_network: true });
    }

    pub fn fail(&mut self, sent: Sent, error: &str) {
        self.ledger.request_ended(sent.0, RequestEnd::Failed { error, connected: false });
    }

    /// A document asks, and is answered.
    pub fn load(&mut self, document: &str, url: &str) {
        let sent = self.ask(document, url);
        self.answer(sent);
    }

    /// A page of the extension asks for something.
    pub fn tell(&mut self, request: &Request) {
        let at = self.tick();
        self.ledger.answer(request, at);
    }

    /// The user leaves a site out.
    pub fn exclude(&mut self, site: &str) {
        self.tell(&Request::SetExcluded { site: site.into(), excluded: true });
    }

    pub fn set_paused(&mut self, paused: bool) {
        self.tell(&Request::SetPaused { paused });
    }

    /// What the shell does after a while: one transaction.
    pub fn store(&mut self) {
        self.now += 250;
        let Some(commit) = self.ledger.commit(Millis::new(self.now)) else { return };
        let deleted = &commit.deleted;
        self.visits.retain(|visit| {
            let is_deleted = deleted.all
                || deleted.sites.contains(&visit.site)
                || deleted.visits.iter().any(|one| one.id == visit.id)
                || deleted.days.iter().any(|days| days.contains(visit.day()));
            !is_deleted
        });
        let closed = commit.closed.iter().map(|closed| VisitRecord::from_bytes(&closed.bytes).unwrap());
        for visit in closed.chain(commit.visits) {
            match self.visits.iter_mut().find(|known| known.id == visit.id) {
                Some(known) => *known = visit,
                None => self.visits.push(visit),
            }
        }
        self.live = Some(self.ledger.live());
        self.ledger.stored();
    }

    /// What is live, as the store would have it now, for whoever looks for a name in it.
    pub fn live_text(&self) -> String {
        String::from_utf8_lossy(&self.ledger.live()).into_owned()
    }

    /// The background dies and wakes, in the same browser session or in another.
    pub fn restart(&mut self, session: &str) {
        let before = if session == "session" { Before::Background } else { Before::Nothing };
        self.restart_after(session, before);
    }

    /// The same, where it is known what there was before.
    pub fn restart_after(&mut self, session: &str, before: Before) {
        self.now += 1000;
        let settings = None;
        self.ledger = Ledger::new(session);
        let wanted = self.live.as_deref().map(open_visits).transpose().unwrap().unwrap_or_default();
        // As the store keeps them: bytes.
        let records: Vec<VisitRecord> =
            self.visits.iter().filter(|visit| wanted.contains(&visit.id)).cloned().collect();
        self.ledger
            .restore(self.live.as_deref(), &records, settings, before, &self.unstored, Millis::new(self.now))
            .unwrap();
    }

    /// The page that a tab shows.
    pub fn page_in(&self, tab_id: i32) -> PageView {
        match self.ledger.popup(tab_id).page {
            TabView::Page(page) => page,
            other => panic!("tab {tab_id} shows no counted page: {other:?}"),
        }
    }

    pub fn page(&self) -> PageView {
        self.page_in(TAB)
    }

    /// Why the count of the page in a tab may be too low.
    pub fn reasons_in(&self, tab_id: i32) -> Vec<GapReason> {
        self.page_in(tab_id).gaps.iter().map(|gap| gap.reason).collect()
    }

    pub fn reasons(&self) -> Vec<GapReason> {
        self.reasons_in(TAB)
    }

    /// The third-party domains that the page in a tab contacted, in order of their names.
    pub fn contacted_in(&self, tab_id: i32) -> Vec<String> {
        let mut domains: Vec<String> = self
            .page_in(tab_id)
            .domains
            .into_iter()
            .filter(|one| one.contacted)
            .map(|one| one.domain)
            .collect();
        domains.sort();
        domains
    }

    pub fn contacted(&self) -> Vec<String> {
        self.contacted_in(TAB)
    }

    /// Who brought a third-party domain to the page of [`TAB`], outermost first.
    pub fn way_to(&self, domain: &str) -> Vec<String> {
        let rows = self.page().domains.into_iter().filter(|row| row.domain == domain);
        rows.flat_map(|row| row.brought_by).map(|step| step.host).collect()
    }
}

fn document_event<'a>(
    document_id: &'a str,
    parent: &'a str,
    tab_id: i32,
    url: &'a str,
    at: Millis,
) -> DocumentEvent<'a> {
    DocumentEvent {
        document_id,
        parent_document_id: parent,
        tab_id,
        frame_id: 0,
        outermost: parent.is_empty(),
        lifecycle: Lifecycle::Untold,
        private: false,
        scheme: url.split_once(':').map_or("", |(scheme, _)| scheme),
        host: host(url),
        at,
    }
}

/// The host of a canonical URL; empty where it has none.
pub fn host(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return "" };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if host.starts_with('[') {
        return host.split_inclusive(']').next().unwrap_or_default();
    }
    host.split(':').next().unwrap_or_default()
}
