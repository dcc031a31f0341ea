//! All that is live, and what each request event does to it.

use crate::change::Changes;
use crate::contact::{Chain, Contacts};
use crate::day::UtcOffset;
use crate::document::{DocumentKey, Documents, Place};
use crate::event::{Frame, RequestEnd, RequestEvent};
use crate::host_table::{HostId, HostTable};
use crate::numbered::Numbered;
use crate::outcome::Outcome;
use crate::recent::{RecentRequest, RecentRequests};
use crate::record::{Settings, StepKind, visit_id};
use crate::request::{Holder, OpenRequest, OpenRequests, PendingRequest, is_request_number};
use crate::start::Start;
use crate::tab::Tabs;
use crate::time::Millis;
use crate::type_table::{TypeCode, TypeTable};
use crate::visit::{Visit, VisitNumber};

/// The state machine: browser events in; commits, badges and views out. It has no clock, no I/O and no randomness.
#[derive(Debug)]
pub struct Ledger {
    /// The browser session's identifier, given by the shell.
    pub(crate) session: Box<str>,
    /// How this life of the background began.
    pub(crate) start: Start,
    pub(crate) settings: Settings,
    /// The browser does not let the extension see all sites, as far as it was told in this life.
    pub(crate) is_access_missing: bool,
    /// How far the user's clock is ahead of UTC now.
    pub(crate) utc_offset: UtcOffset,
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
            is_access_missing: false,
            utc_offset: UtcOffset::default(),
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

    /// How far the user's clock is ahead of UTC from now on: of the visits that begin.
    pub const fn set_utc_offset(&mut self, offset: UtcOffset) {
        self.utc_offset = offset;
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
        if self.documents.waiting_mut(key).is_none() {
            return key;
        }
        let host = (!host.is_empty()).then(|| self.hosts.id(host));
        if !parent_id.is_empty() {
            let parent = self.documents.meet(parent_id, Frame::NONE, private, at);
            self.frame_found(key, parent, host);
        } else if let Some(host) = host.filter(|host| !self.is_excluded(self.hosts.site(*host)))
            && let Some(document) = self.documents.get_mut(key)
        {
            document.host.get_or_insert(host);
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
        }
        Some(self.open(Holder::Place(place), request_id, host, request_type, redirects, at))
    }

    /// The contacts of a place, where it is still known, to be changed.
    pub(crate) fn contacts_to_change(&mut self, place: Place) -> Option<&mut Contacts> {
        let Self { documents, visits, changes, .. } = self;
        match place {
            Place::Visit(number) => {
                let visit = visits.get_mut(number)?;
                changes.note_in(visit);
                Some(&mut visit.contacts)
            }
            Place::Waiting(root) => {
                let waiting = documents.waiting_mut(root)?;
                changes.note();
                Some(&mut waiting.contacts)
            }
        }
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
            self.requests.put(request_id, OpenRequest::Redirecting { holder: pending.holder, way });
        } else {
            self.close(request_id);
            self.note_failed_navigation(pending.holder, request_id, &end);
        }
        self.settle(&pending, outcome, request_id, matches!(end, RequestEnd::Redirected { .. }));
        true
    }

    /// Whether the end of a request is still to come.
    pub fn is_pending(&self, request_id: u64) -> bool {
        matches!(self.requests.get(request_id), Some(OpenRequest::Pending(_)))
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
    pub(crate) fn settle(
        &mut self,
        pending: &PendingRequest,
        outcome: Option<Outcome>,
        request_id: u64,
        redirected: bool,
    ) {
        let place = match pending.holder {
            Holder::Place(place) => place,
            Holder::Navigation(tab_id) => {
                return self.settle_navigation(tab_id, request_id, pending.host, outcome, redirected);
            }
        };
        let Some(contacts) = self.contacts_to_change(place) else { return };
        contacts.end(pending.host, pending.request_type, outcome);
        self.recent.end(pending.number, outcome);
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
        let holder = Holder::Place(Place::Visit(visit_number));
        self.open(holder, request_id, host, request_type, redirects, at)
    }

    /// Keeps a request until its end, under the next number.
    pub(crate) fn open(
        &mut self,
        holder: Holder,
        request_id: u64,
        host: HostId,
        request_type: TypeCode,
        redirects: Chain,
        at: Millis,
    ) -> u32 {
        let number = self.next_request;
        self.next_request = if is_request_number(number + 1) { number + 1 } else { 1 };
        let place = match holder {
            Holder::Place(place) => Some(place),
            Holder::Navigation(_) => None,
        };
        let outcome = Some(Outcome::Pending);
        self.recent.begin(RecentRequest { number, place, host, request_type, at, outcome });
        let pending = PendingRequest { holder, host, request_type, number, redirects };
        self.requests.put(request_id, OpenRequest::Pending(pending));
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
        visit_id(&self.session, number.into())
    }
}

/// How a request came about: the frames between the page and its document, then the redirects.
fn chain(documents: &Documents, document: DocumentKey, redirects: &Chain) -> Chain {
    let mut way = documents.frames(document);
    way.extend(redirects);
    way
}
