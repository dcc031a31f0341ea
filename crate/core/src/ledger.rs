//! All that is live, and what each request event does to it.

use crate::arrival::Arrival;
use crate::change::Changes;
use crate::contact::{Chain, Contacts};
use crate::document::{DocumentKey, Documents, Place};
use crate::event::{Frame, NavigationEvent, RequestEnd, RequestEvent};
use crate::host_table::{HostId, HostTable, NO_HOST};
use crate::numbered::Numbered;
use crate::outcome::Outcome;
use crate::recent::{RecentRequest, RecentRequests};
use crate::record::{Settings, StepKind};
use crate::request::{OpenRequest, OpenRequests, PendingRequest, is_request_number};
use crate::start::Start;
use crate::tab::{Navigation, Tabs};
use crate::time::Millis;
use crate::type_table::{MAIN_FRAME_CODE, TypeCode, TypeTable};
use crate::visit::{Visit, VisitNumber};

/// The state machine: browser events in; commits, badges and views out. It has no clock, no I/O and no randomness.
#[derive(Debug)]
pub struct Ledger {
    /// The browser session's identifier, given by the shell.
    pub(crate) session: Box<str>,
    /// How this life of the background began.
    pub(crate) start: Start,
    pub(crate) settings: Settings,
    pub(crate) hosts: HostTable,
    pub(crate) types: TypeTable,
    pub(crate) documents: Documents,
    pub(crate) tabs: Tabs,
    pub(crate) visits: Numbered<Visit>,
    /// What a site's workers do now: by site, and whether in a private window.
    pub(crate) backgrounds: Vec<(HostId, bool, VisitNumber)>,
    pub(crate) requests: OpenRequests,
    pub(crate) recent: RecentRequests,
    pub(crate) changes: Changes,
    pub(crate) next_visit: VisitNumber,
    pub(crate) next_request: u32,
}

impl Ledger {
    /// An empty ledger. `session` names the browser session, differently from every other one.
    #[must_use]
    pub fn new(session: &str) -> Self {
        Self {
            session: session.into(),
            start: Start::default(),
            settings: Settings::default(),
            hosts: HostTable::default(),
            types: TypeTable::default(),
            documents: Documents::default(),
            tabs: Tabs::default(),
            visits: Numbered::default(),
            backgrounds: Vec::new(),
            requests: OpenRequests::default(),
            recent: RecentRequests::default(),
            changes: Changes::default(),
            next_visit: 1,
            next_request: 1,
        }
    }

    /// The code of a request type's name.
    pub fn type_code(&mut self, name: &str) -> TypeCode {
        self.types.code(name)
    }

    /// The number of a host, to name it by in [`Ledger::request_from`]; good for this ledger's life.
    pub fn host_id(&mut self, host: &str) -> HostId {
        self.hosts.id(host)
    }

    /// A document asks for something. Returns the request's number; 0: it is not counted.
    pub fn request_started(&mut self, event: &RequestEvent) -> u32 {
        if event.document_id.is_empty() {
            return 0;
        }
        let RequestEvent { document_id, parent_document_id, document_host, private, at, .. } = *event;
        let document =
            self.document_key(document_id, parent_document_id, document_host, Frame::NONE, private, at);
        let host = self.hosts.id(event.host);
        self.request_from(document, event.request_id, host, event.request_type, event.at).unwrap_or(0)
    }

    /// The key of a document by the browser's name, to name it by in [`Ledger::request_from`]. A document that is met for
    /// the first time waits for its commit, or goes to its parent where that is named; `host` is then its own.
    pub fn document_key(
        &mut self,
        id: &str,
        parent_id: &str,
        host: &str,
        frame: Frame,
        private: bool,
        at: Millis,
    ) -> DocumentKey {
        let key = self.documents.meet(id, frame, private, at);
        if !parent_id.is_empty() && self.documents.waiting_mut(key).is_some() {
            let parent = self.documents.meet(parent_id, Frame::NONE, private, at);
            let host = (!host.is_empty()).then(|| self.hosts.id(host));
            self.frame_found(key, parent, host);
        }
        key
    }

    /// A document asks for something: the hot path. Returns the request's number; 0: it is not counted; none: the document is
    /// no longer known by this key.
    pub fn request_from(
        &mut self,
        document: DocumentKey,
        request_id: u64,
        host: HostId,
        request_type: TypeCode,
        at: Millis,
    ) -> Option<u32> {
        let place = self.documents.place(document)?;
        if self.settings.paused || !self.hosts.is_host(host) {
            return Some(0);
        }
        if matches!(place, Place::Visit(number) if !self.visits.contains(number)) {
            return Some(0);
        }
        let Some(redirects) = self.begin(request_id, host, at) else { return Some(0) };
        let Self { documents, visits, changes, .. } = self;
        match place {
            Place::Visit(number) => {
                let Some(visit) = visits.get_mut(number) else { return Some(0) };
                changes.touch(visit, at);
                let way = || chain(documents, document, &redirects);
                visit.contacts.begin(host, request_type, at, Outcome::Pending, way);
            }
            Place::Waiting(root) => {
                let way = chain(documents, document, &redirects);
                let Some(waiting) = documents.waiting_mut(root) else { return Some(0) };
                changes.note();
                waiting.contacts.begin(host, request_type, at, Outcome::Pending, || way);
            }
            Place::Navigation(_) => return Some(0),
        }
        let pending = PendingRequest { place, host, request_type, number: self.next_request, redirects };
        Some(self.open(request_id, pending, at))
    }

    /// The contacts of a place; none of a navigation's.
    pub(crate) fn contacts_at(&mut self, place: Place) -> Option<&mut Contacts> {
        match place {
            Place::Visit(number) => self.visits.get_mut(number).map(|visit| &mut visit.contacts),
            Place::Waiting(root) => self.documents.waiting_mut(root).map(|waiting| &mut waiting.contacts),
            Place::Navigation(_) => None,
        }
    }

    /// A tab's outermost frame asks for a document. Returns the request's number; 0: it is not counted.
    pub fn navigation_started(&mut self, event: &NavigationEvent) -> u32 {
        if event.host.is_empty() {
            return 0;
        }
        let before = self.tabs.get(event.tab_id).and_then(|tab| tab.navigation.as_ref());
        let is_another = before.is_some_and(|navigation| navigation.request_id != event.request_id);
        if self.settings.paused {
            self.give_up_navigation(event.tab_id);
            let tab = self.tabs.meet(event.tab_id);
            tab.private |= event.private;
            tab.asked_in_pause = Some(event.request_id);
            return 0;
        }
        let host = self.hosts.id(event.host);
        if self.begin(event.request_id, host, event.at).is_none() {
            return 0;
        }
        if is_another {
            self.give_up_navigation(event.tab_id);
        }
        let tab = self.tabs.meet(event.tab_id);
        tab.private |= event.private;
        tab.asked_in_pause.take_if(|asked| *asked != event.request_id);
        tab.failed.take_if(|failed| failed.at < event.at);
        let (hops, is_late) =
            tab.navigation.take().map_or_else(Default::default, |one| (one.hops, one.is_late));
        tab.navigation = Some(Navigation {
            request_id: event.request_id,
            host,
            hops,
            outcome: Outcome::Pending,
            at: event.at,
            is_late: is_late || event.is_late,
        });
        self.changes.note();
        let pending = PendingRequest {
            place: Place::Navigation(event.tab_id),
            host,
            request_type: MAIN_FRAME_CODE,
            number: self.next_request,
            redirects: Chain::new(),
        };
        let number = self.open(event.request_id, pending, event.at);
        self.arrive_late(event.tab_id, event.request_id, host, event.at);
        number
    }

    /// A request to a host was redirected. False: no such request is known, its beginning was lost.
    pub fn request_redirected(
        &mut self,
        request_id: u64,
        host: HostId,
        from_cache: bool,
        from_network: bool,
    ) -> bool {
        let end = RequestEnd::Redirected { from_cache, from_network };
        let Some(overtaken) = self.requests.take_overtaken(request_id, Some(host)) else {
            let known = self.request_ended(request_id, end);
            if !known {
                self.requests.expect_beginning(request_id, host);
            }
            return known;
        };
        // A navigation that was no request to that host is asked for again already.
        if end.outcome().is_some() || !matches!(overtaken.place, Place::Navigation(_)) {
            self.settle(&overtaken, end.outcome(), request_id, true);
        }
        true
    }

    /// A request ended. False: no such request is known, its beginning was lost.
    pub fn request_ended(&mut self, request_id: u64, end: RequestEnd) -> bool {
        let pending = match self.requests.take(request_id) {
            Some(OpenRequest::Pending(pending)) => pending,
            Some(redirecting @ OpenRequest::Redirecting { .. }) => {
                if matches!(end, RequestEnd::Failed { .. }) {
                    self.close(request_id);
                    return true;
                }
                // The next hop's beginning was lost; the shell begins it now, and the way so far belongs to it.
                self.requests.put(request_id, redirecting);
                return false;
            }
            None => return self.requests.has_ended(request_id),
        };
        let outcome = end.outcome();
        if matches!(end, RequestEnd::Redirected { .. }) {
            let mut way = pending.redirects.clone();
            if outcome.is_some() {
                way.push((StepKind::Redirect, pending.host));
            }
            self.requests.put(request_id, OpenRequest::Redirecting { place: pending.place, way });
        } else {
            self.close(request_id);
        }
        self.settle(&pending, outcome, request_id, matches!(end, RequestEnd::Redirected { .. }));
        true
    }

    /// Nothing more comes under this number.
    fn close(&mut self, request_id: u64) {
        self.requests.end(request_id);
        while let Some(overtaken) = self.requests.take_overtaken(request_id, None) {
            // Its redirect was never told.
            self.settle(&overtaken, Some(Outcome::Unknown), request_id, false);
        }
    }

    /// Counts a pending request's outcome; none: it was no request to that host.
    fn settle(
        &mut self,
        pending: &PendingRequest,
        outcome: Option<Outcome>,
        request_id: u64,
        redirected: bool,
    ) {
        let Self { documents, visits, tabs, changes, .. } = self;
        let contacts = match pending.place {
            Place::Visit(number) => {
                let Some(visit) = visits.get_mut(number) else { return };
                changes.touch(visit, visit.active_at);
                &mut visit.contacts
            }
            Place::Waiting(root) => {
                let Some(waiting) = documents.waiting_mut(root) else { return };
                changes.note();
                &mut waiting.contacts
            }
            Place::Navigation(tab_id) => {
                let Some(tab) = tabs.get_mut(tab_id) else { return };
                let Some(outcome) = outcome else {
                    if let Some(navigation) =
                        tab.navigation.as_mut().filter(|one| one.request_id == request_id)
                    {
                        // Nobody is asked until it begins again: a commit that is told meanwhile must not take it.
                        navigation.host = NO_HOST;
                    }
                    return;
                };
                changes.note();
                if let Some(navigation) = tab.navigation.as_mut().filter(|one| one.request_id == request_id) {
                    if redirected {
                        navigation.hops.push(pending.host);
                    }
                    if navigation.host == pending.host {
                        navigation.outcome = outcome;
                    }
                } else if redirected
                    && let Some(visit) = tab.shown.as_ref().and_then(|shown| visits.get_mut(shown.number))
                    && visit.arrival == Arrival::Told(request_id)
                {
                    // The page has arrived already.
                    visit.hops.push(pending.host);
                    changes.touch(visit, visit.active_at);
                }
                return;
            }
        };
        contacts.end(pending.host, pending.request_type, outcome);
        self.recent.end(pending.number, outcome);
    }

    /// A request to a host begins under this number: the hosts that redirected to it. None: it has ended already, and the
    /// browser tells of it once more. A request that is still open under the number was redirected, and its redirect is told
    /// later, or never.
    pub(crate) fn begin(&mut self, request_id: u64, host: HostId, at: Millis) -> Option<Chain> {
        if self.requests.is_new(request_id) {
            return Some(Chain::new());
        }
        if self.requests.begins_again(request_id, host, at) {
            return None;
        }
        match self.requests.take(request_id) {
            Some(OpenRequest::Redirecting { way, .. }) => Some(way),
            Some(OpenRequest::Pending(pending)) => {
                let mut way = pending.redirects.clone();
                if pending.host != host {
                    way.push((StepKind::Redirect, pending.host));
                }
                self.requests.overtake(request_id, pending);
                Some(way)
            }
            None => (!self.requests.has_ended(request_id)).then(Chain::new),
        }
    }

    /// Counts a request of a visit that no document is told for, and keeps it until its end. Returns its number; 0: there is no
    /// such visit.
    pub(crate) fn open_in_visit(
        &mut self,
        visit_number: VisitNumber,
        request_id: u64,
        host: HostId,
        request_type: TypeCode,
        redirects: Chain,
        at: Millis,
    ) -> u32 {
        let Self { visits, changes, .. } = self;
        let Some(visit) = visits.get_mut(visit_number) else { return 0 };
        changes.touch(visit, at);
        visit.contacts.begin(host, request_type, at, Outcome::Pending, || redirects.clone());
        let place = Place::Visit(visit_number);
        let pending = PendingRequest { place, host, request_type, number: self.next_request, redirects };
        self.open(request_id, pending, at)
    }

    /// Keeps a request, which has the next number, until its end.
    fn open(&mut self, id: u64, pending: PendingRequest, at: Millis) -> u32 {
        let PendingRequest { place, host, request_type, number, .. } = pending;
        self.next_request = if is_request_number(number + 1) { number + 1 } else { 1 };
        let outcome = Some(Outcome::Pending);
        self.recent.begin(RecentRequest { number, place, host, request_type, at, outcome });
        self.requests.put(id, OpenRequest::Pending(pending));
        number
    }

    pub(crate) fn take_visit_number(&mut self) -> VisitNumber {
        let number = self.next_visit;
        self.next_visit += 1;
        number
    }

    pub(crate) fn is_excluded(&self, site: HostId) -> bool {
        let name = self.hosts.name(site);
        self.settings.excluded_sites.iter().any(|excluded| excluded == name)
    }

    /// A visit's identifier, unique for ever.
    pub(crate) fn visit_id(&self, number: VisitNumber) -> String {
        format!("{}-{number}", self.session)
    }
}

/// How a request came about: the frames between the page and its document, then the redirects.
fn chain(documents: &Documents, document: DocumentKey, redirects: &Chain) -> Chain {
    let mut way = documents.frames(document);
    way.extend(redirects);
    way
}
