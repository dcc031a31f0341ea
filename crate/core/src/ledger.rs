//! All that is live, and what each request event does to it.

use foldhash::HashMap;

use crate::contact::{Chain, ContactIndex};
use crate::document::{Documents, Place};
use crate::error_code;
use crate::event::{NavigationEvent, RequestEnd, RequestEvent, WorkerRequestEvent};
use crate::host_table::{HostId, HostTable};
use crate::outcome::Outcome;
use crate::recent::{Recent, RecentRequest};
use crate::record::{Settings, StepKind, VisitKind};
use crate::request::{OpenRequest, PendingRequest};
use crate::tab::{Navigation, Tab};
use crate::type_table::{TypeCode, TypeTable};
use crate::visit::{Visit, VisitNumber};

/// The state machine: browser events in; commits, badges and views out. It has no clock, no I/O and no randomness.
#[derive(Debug)]
pub struct Ledger {
    /// The browser session's identifier, given by the shell.
    pub(crate) session: Box<str>,
    /// Whether this session's earlier live state was taken up again.
    pub(crate) resumed: bool,
    pub(crate) settings: Settings,
    pub(crate) hosts: HostTable,
    pub(crate) types: TypeTable,
    pub(crate) documents: Documents,
    pub(crate) tabs: HashMap<i32, Tab>,
    pub(crate) visits: HashMap<VisitNumber, Visit>,
    /// What a site's workers do now: by site, and whether in a private window.
    pub(crate) backgrounds: HashMap<(HostId, bool), VisitNumber>,
    pub(crate) requests: HashMap<u64, OpenRequest>,
    pub(crate) changes: crate::commit::Changes,
    pub(crate) badges: HashMap<i32, crate::badge::Drawn>,
    pub(crate) next_visit: VisitNumber,
    pub(crate) next_request: u32,
}

impl Ledger {
    /// An empty ledger. `session` names the browser session, differently from every other one.
    #[must_use]
    pub fn new(session: &str) -> Self {
        Self {
            session: session.into(),
            resumed: false,
            settings: Settings::default(),
            hosts: HostTable::default(),
            types: TypeTable::default(),
            documents: Documents::default(),
            tabs: HashMap::default(),
            visits: HashMap::default(),
            backgrounds: HashMap::default(),
            requests: HashMap::default(),
            changes: crate::commit::Changes::default(),
            badges: HashMap::default(),
            next_visit: 1,
            next_request: 1,
        }
    }

    /// The code of a request type's name.
    pub fn type_code(&mut self, name: &str) -> TypeCode {
        self.types.code(name)
    }

    /// A document asks for something. Returns the request's number; 0: it is not counted.
    pub fn request_started(&mut self, event: &RequestEvent) -> u32 {
        if self.settings.paused || event.host.is_empty() || event.document_id.is_empty() {
            return 0;
        }
        let key = self.documents.meet(event.document_id, event.at);
        if !event.parent_document_id.is_empty() && self.documents.waiting_mut(key).is_some() {
            let parent = self.documents.meet(event.parent_document_id, event.at);
            self.frame_found(key, parent, None);
        }
        let Some(place) = self.documents.place(key) else { return 0 };
        let host = self.hosts.id(event.host);
        let redirects = self.take_redirects(event.request_id);
        let number = self.next_request;
        let recent = RecentRequest {
            number,
            host,
            request_type: event.request_type,
            at: event.at,
            outcome: Outcome::Pending,
        };
        let Self { documents, visits, hosts, changes, .. } = self;
        let brought_by = || documents.frames(key).into_iter().chain(redirects.iter().copied()).collect();
        let contact = match place {
            Place::Visit(visit) => {
                let Some(visit) = visits.get_mut(&visit) else { return 0 };
                changes.touch(visit, event.at);
                begin_in_visit(visit, hosts, recent, brought_by)
            }
            Place::Waiting(root) => {
                let chain: Chain = brought_by();
                let Some(waiting) = documents.waiting_mut(root) else { return 0 };
                changes.note();
                waiting.private |= event.private;
                waiting.recent.begin(hosts.site(host), recent);
                waiting.contacts.begin(host, event.request_type, event.at, || chain)
            }
            Place::Navigation(_) => return 0,
        };
        self.open(event.request_id, place, contact, recent, redirects)
    }

    /// A tab's outermost frame asks for a document. Returns the request's number; 0: it is not counted.
    pub fn navigation_started(&mut self, event: &NavigationEvent) -> u32 {
        if self.settings.paused || event.host.is_empty() {
            return 0;
        }
        self.take_redirects(event.request_id);
        let host = self.hosts.id(event.host);
        let tab = self.tabs.entry(event.tab_id).or_default();
        let hops = match tab.navigation.take() {
            Some(navigation) if navigation.request_id == event.request_id => navigation.hops,
            _ => Vec::new(),
        };
        let number = self.next_request;
        tab.navigation = Some(Navigation {
            request_id: event.request_id,
            host,
            hops,
            outcome: Outcome::Pending,
            number,
            private: event.private,
            at: event.at,
        });
        self.changes.note();
        let request_type = self.types.code(crate::type_table::MAIN_FRAME);
        let recent = RecentRequest { number, host, request_type, at: event.at, outcome: Outcome::Pending };
        let place = Place::Navigation(event.tab_id);
        self.open(event.request_id, place, ContactIndex(0), recent, Chain::new())
    }

    /// A worker asks for something, and the browser names no document. Returns the request's number; 0: not counted.
    pub fn worker_request_started(&mut self, event: &WorkerRequestEvent) -> u32 {
        if self.settings.paused || event.host.is_empty() || event.initiator_host.is_empty() {
            return 0;
        }
        let initiator = self.hosts.id(event.initiator_host);
        let site = self.hosts.site(initiator);
        if self.is_excluded(site) {
            return 0;
        }
        let redirects = self.take_redirects(event.request_id);
        let host = self.hosts.id(event.host);
        let visit_number = self.background(site, initiator, event);
        let recent = RecentRequest {
            number: self.next_request,
            host,
            request_type: event.request_type,
            at: event.at,
            outcome: Outcome::Pending,
        };
        let Self { visits, hosts, changes, .. } = self;
        let Some(visit) = visits.get_mut(&visit_number) else { return 0 };
        changes.touch(visit, event.at);
        let contact = begin_in_visit(visit, hosts, recent, || redirects.clone());
        self.open(event.request_id, Place::Visit(visit_number), contact, recent, redirects)
    }

    /// A request ended. False: no such request is known, its beginning was lost.
    pub fn request_ended(&mut self, request_id: u64, end: RequestEnd) -> bool {
        let pending = match self.requests.remove(&request_id) {
            Some(OpenRequest::Pending(pending)) => pending,
            Some(redirecting @ OpenRequest::Redirecting(_)) => {
                if matches!(end, RequestEnd::Failed { .. }) {
                    return true;
                }
                // The next hop's beginning was lost; the shell begins it now, and the way so far belongs to it.
                self.requests.insert(request_id, redirecting);
                return false;
            }
            None => return false,
        };
        let outcome = match end {
            RequestEnd::Answered { from_cache } | RequestEnd::Redirected { from_cache, .. } if from_cache => {
                Some(Outcome::Cached)
            }
            RequestEnd::Answered { .. } | RequestEnd::Redirected { from_network: true, .. } => {
                Some(Outcome::Sent)
            }
            RequestEnd::Redirected { .. } => None,
            RequestEnd::Failed { error, connected } => Some(error_code::outcome_of(error, connected)),
        };
        if matches!(end, RequestEnd::Redirected { .. }) {
            let mut way = pending.redirects.clone();
            if outcome.is_some() {
                way.push((StepKind::Redirect, pending.host));
            }
            self.requests.insert(request_id, OpenRequest::Redirecting(way));
        }
        self.settle(&pending, outcome, request_id, matches!(end, RequestEnd::Redirected { .. }));
        true
    }

    /// Counts a pending request's outcome; none: it was no request to that host.
    fn settle(
        &mut self,
        pending: &PendingRequest,
        outcome: Option<Outcome>,
        request_id: u64,
        redirected: bool,
    ) {
        let Self { documents, visits, tabs, hosts, changes, .. } = self;
        let site = hosts.site(pending.host);
        let (contacts, recent) = match pending.place {
            Place::Visit(number) => {
                let Some(visit) = visits.get_mut(&number) else { return };
                changes.touch(visit, visit.active_at);
                (&mut visit.contacts, &mut visit.recent)
            }
            Place::Waiting(root) => {
                let Some(waiting) = documents.waiting_mut(root) else { return };
                changes.note();
                (&mut waiting.contacts, &mut waiting.recent)
            }
            Place::Navigation(tab_id) => {
                let navigation = tabs.get_mut(&tab_id).and_then(|tab| tab.navigation.as_mut());
                let Some(navigation) = navigation.filter(|one| one.request_id == request_id) else { return };
                changes.note();
                match outcome {
                    Some(outcome) if redirected => {
                        navigation.hops.push(pending.host);
                        navigation.outcome = outcome;
                    }
                    Some(outcome) => navigation.outcome = outcome,
                    None => {}
                }
                return;
            }
        };
        if let Some(outcome) = outcome {
            contacts.end(pending.contact, pending.request_type, outcome);
            recent.end(site, pending.number, outcome);
        } else {
            contacts.take_back(pending.contact, pending.request_type);
            recent.take_back(site, pending.number);
        }
    }

    /// The hosts that redirected to the request that begins under this number now. A request that was still open under
    /// it never showed its end.
    fn take_redirects(&mut self, request_id: u64) -> Chain {
        match self.requests.remove(&request_id) {
            Some(OpenRequest::Redirecting(way)) => way,
            Some(OpenRequest::Pending(pending)) => {
                self.settle(&pending, Some(Outcome::Unknown), request_id, false);
                pending.redirects
            }
            None => Chain::new(),
        }
    }

    fn open(
        &mut self,
        id: u64,
        place: Place,
        contact: ContactIndex,
        request: RecentRequest,
        redirects: Chain,
    ) -> u32 {
        let RecentRequest { number, host, request_type, at, .. } = request;
        self.next_request = self.next_request.checked_add(1).unwrap_or(1);
        let pending = PendingRequest { place, contact, host, request_type, number, redirects, at };
        self.requests.insert(id, OpenRequest::Pending(pending));
        number
    }

    /// The visit that stands for what this site's workers do.
    fn background(&mut self, site: HostId, initiator: HostId, event: &WorkerRequestEvent) -> VisitNumber {
        let key = (site, event.private);
        if let Some(number) = self.backgrounds.get(&key) {
            return *number;
        }
        let number = self.take_visit_number();
        self.backgrounds.insert(key, number);
        let visit = Visit {
            kind: VisitKind::Background,
            tab_id: None,
            host: initiator,
            site,
            scheme: "https".into(),
            private: event.private,
            started_at: event.at,
            ended: None,
            gaps: Vec::new(),
            hops: Vec::new(),
            contacts: crate::contact::Contacts::default(),
            recent: Recent::default(),
            changed: 0,
            active_at: event.at,
        };
        self.visits.insert(number, visit);
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

fn begin_in_visit(
    visit: &mut Visit,
    hosts: &HostTable,
    request: RecentRequest,
    brought_by: impl FnOnce() -> Chain,
) -> ContactIndex {
    let site = hosts.site(request.host);
    if site != visit.site {
        visit.recent.begin(site, request);
    }
    visit.contacts.begin(request.host, request.request_type, request.at, brought_by)
}
