//! The live state as bytes: what a background that was stopped takes up again. Visits are not in it, they have records.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::bytes::{self, BytesError};
use crate::contact::{Chain, Contact, ContactIndex, Contacts};
use crate::document::{Document, DocumentKey, Owner, Place, Waiting};
use crate::host_table::HostId;
use crate::ledger::Ledger;
use crate::order::sort_by;
use crate::outcome::{Outcome, OutcomeCounts};
use crate::record::{EndReason, GapReason, Settings, StepKind, VisitKind, VisitRecord};
use crate::request::{OpenRequest, PendingRequest};
use crate::tab::{Navigation, Shown, ShownPage, Tab};
use crate::time::Millis;
use crate::visit::{Visit, VisitNumber};

/// The version of the bytes; the first byte.
const VERSION: u8 = 1;

/// Why a live state cannot be taken up.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RestoreError {
    /// The bytes are of another version.
    #[error("the live state is of version {found}; this core reads version {VERSION}")]
    SnapshotVersion {
        /// Their version.
        found: u8,
    },
    /// The bytes do not hold what they should.
    #[error("the live state cannot be read: {detail}")]
    SnapshotDamaged {
        /// What is wrong.
        detail: String,
    },
}

#[derive(Serialize, Deserialize)]
struct Snapshot {
    session: String,
    next_visit: VisitNumber,
    next_request: u32,
    next_document: u32,
    visits: Vec<LiveVisit>,
    tabs: Vec<LiveTab>,
    documents: Vec<LiveDocument>,
    requests: Vec<LiveRequest>,
    ended: Vec<u64>,
    highest: u64,
}

#[derive(Serialize, Deserialize)]
struct LiveVisit {
    number: VisitNumber,
    tab_id: Option<i32>,
    active_at: Millis,
    busy: bool,
}

#[derive(Serialize, Deserialize)]
struct LiveTab {
    tab_id: i32,
    shown: Option<(VisitNumber, LivePage)>,
    past: Vec<VisitNumber>,
    navigation: Option<LiveNavigation>,
}

#[derive(Serialize, Deserialize)]
enum LivePage {
    Counted,
    OffTheWeb(String),
    Excluded(String),
    Uncounted,
}

#[derive(Serialize, Deserialize)]
struct LiveNavigation {
    request_id: u64,
    host: String,
    hops: Vec<String>,
    outcome: Outcome,
    number: u32,
    at: Millis,
}

#[derive(Serialize, Deserialize)]
struct LiveDocument {
    key: u32,
    id: String,
    host: Option<String>,
    parent: Option<u32>,
    owner: LiveOwner,
}

#[derive(Serialize, Deserialize)]
enum LiveOwner {
    Visit(VisitNumber),
    Parent,
    Waiting { since: Millis, contacts: Vec<LiveContact> },
}

#[derive(Serialize, Deserialize)]
struct LiveContact {
    host: String,
    tallies: Vec<(String, OutcomeCounts)>,
    first_at: Millis,
    last_at: Millis,
    brought_by: Vec<(StepKind, String)>,
}

#[derive(Serialize, Deserialize)]
struct LiveRequest {
    id: u64,
    way: Vec<(StepKind, String)>,
    pending: Option<LivePending>,
}

#[derive(Serialize, Deserialize)]
struct LivePending {
    place: LivePlace,
    contact: u32,
    host: String,
    request_type: String,
    number: u32,
    at: Millis,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
enum LivePlace {
    Visit(VisitNumber),
    Waiting(u32),
    Navigation(i32),
}

fn read(live: &[u8]) -> Result<Snapshot, RestoreError> {
    bytes::read(VERSION, live).map_err(|error| match error {
        BytesError::Version { found } => RestoreError::SnapshotVersion { found },
        BytesError::Damaged { detail } => RestoreError::SnapshotDamaged { detail },
    })
}

/// The identifiers of the visits that a live state refers to: the records to hand to [`Ledger::restore`].
pub fn open_visits(live: &[u8]) -> Result<Vec<String>, RestoreError> {
    let snapshot = read(live)?;
    Ok(snapshot.visits.iter().map(|visit| format!("{}-{}", snapshot.session, visit.number)).collect())
}

impl Ledger {
    /// The live state that belongs to the last commit. Nothing of a private window is in it.
    #[must_use]
    pub fn live(&self) -> Vec<u8> {
        let snapshot = Snapshot {
            session: self.session.as_ref().to_owned(),
            next_visit: self.next_visit,
            next_request: self.next_request,
            next_document: self.documents.next,
            visits: self.live_visits(),
            tabs: self.tabs.iter().filter_map(|(tab_id, tab)| self.live_tab(tab_id, tab)).collect(),
            documents: self.live_documents(),
            requests: self.live_requests(),
            ended: self.requests.ended().collect(),
            highest: self.requests.highest(),
        };
        bytes::write(VERSION, &snapshot)
    }

    fn is_private(&self, number: VisitNumber) -> bool {
        self.visits.get(number).is_some_and(|visit| visit.private)
    }

    fn live_visits(&self) -> Vec<LiveVisit> {
        let now = self.changes.offered_at();
        self.visits
            .iter()
            .filter(|(_, visit)| !visit.private)
            .map(|(number, visit)| LiveVisit {
                number,
                tab_id: visit.tab_id,
                active_at: visit.active_at,
                busy: visit.ended.is_none() && visit.is_busy(now),
            })
            .collect()
    }

    fn live_tab(&self, tab_id: i32, tab: &Tab) -> Option<LiveTab> {
        let public = |number: &VisitNumber| !self.is_private(*number);
        let shown = tab.shown.as_ref().filter(|shown| public(&shown.number));
        let navigation = tab.navigation.as_ref().filter(|navigation| !navigation.private);
        if shown.is_none() && navigation.is_none() {
            return None;
        }
        Some(LiveTab {
            tab_id,
            shown: shown.map(|shown| (shown.number, self.live_page(&shown.page))),
            past: tab.past.iter().copied().filter(public).collect(),
            navigation: navigation.map(|navigation| LiveNavigation {
                request_id: navigation.request_id,
                host: self.name(navigation.host),
                hops: navigation.hops.iter().map(|hop| self.name(*hop)).collect(),
                outcome: navigation.outcome,
                number: navigation.number,
                at: navigation.at,
            }),
        })
    }

    fn live_page(&self, page: &ShownPage) -> LivePage {
        match page {
            ShownPage::Counted => LivePage::Counted,
            ShownPage::OffTheWeb(scheme) => LivePage::OffTheWeb(scheme.as_ref().to_owned()),
            ShownPage::Excluded(site) => LivePage::Excluded(self.name(*site)),
            ShownPage::Uncounted => LivePage::Uncounted,
        }
    }

    fn live_documents(&self) -> Vec<LiveDocument> {
        let live = |(key, document): (u32, &Document)| {
            let owner = match &document.owner {
                Owner::Visit(number) if self.is_private(*number) => return None,
                Owner::Visit(number) => LiveOwner::Visit(*number),
                Owner::Parent => LiveOwner::Parent,
                Owner::Waiting(waiting) if waiting.private => return None,
                Owner::Waiting(waiting) => LiveOwner::Waiting {
                    since: waiting.since,
                    contacts: waiting.contacts.iter().map(|contact| self.live_contact(contact)).collect(),
                },
            };
            Some(LiveDocument {
                key,
                id: document.id.as_ref().to_owned(),
                host: document.host.map(|host| self.name(host)),
                parent: document.parent.map(|parent| parent.0),
                owner,
            })
        };
        self.documents.all.iter().filter_map(live).collect()
    }

    fn live_contact(&self, contact: &Contact) -> LiveContact {
        LiveContact {
            host: self.name(contact.host),
            tallies: contact
                .tallies
                .iter()
                .map(|(code, outcomes)| (self.types.name(*code).to_owned(), *outcomes))
                .collect(),
            first_at: contact.first_at,
            last_at: contact.last_at,
            brought_by: self.live_chain(&contact.brought_by),
        }
    }

    fn live_requests(&self) -> Vec<LiveRequest> {
        let live = |(id, request): (u64, &OpenRequest)| match request {
            OpenRequest::Redirecting(way) => {
                Some(LiveRequest { id, way: self.live_chain(way), pending: None })
            }
            OpenRequest::Pending(pending) => {
                let place = match pending.place {
                    Place::Visit(number) => (!self.is_private(number)).then_some(LivePlace::Visit(number)),
                    Place::Waiting(key) => match self.documents.get(key).map(|document| &document.owner) {
                        Some(Owner::Waiting(waiting)) if waiting.private => None,
                        _ => Some(LivePlace::Waiting(key.0)),
                    },
                    Place::Navigation(tab_id) => {
                        let navigation = self.tabs.get(tab_id).and_then(|tab| tab.navigation.as_ref());
                        navigation.filter(|one| !one.private).map(|_| LivePlace::Navigation(tab_id))
                    }
                }?;
                let way = self.live_chain(&pending.redirects);
                let pending = LivePending {
                    place,
                    contact: pending.contact.0,
                    host: self.name(pending.host),
                    request_type: self.types.name(pending.request_type).to_owned(),
                    number: pending.number,
                    at: pending.at,
                };
                Some(LiveRequest { id, way, pending: Some(pending) })
            }
        };
        self.requests.iter().filter_map(live).collect()
    }

    fn live_chain(&self, chain: &Chain) -> Vec<(StepKind, String)> {
        chain.iter().map(|(kind, host)| (*kind, self.name(*host))).collect()
    }

    fn name(&self, host: HostId) -> String {
        self.hosts.name(host).to_owned()
    }

    /// Takes up what an earlier life of the background stored: `live` as it gave it, `visits` the records of
    /// [`open_visits`]. The live state of another browser session is closed, not taken up. `session_goes_on`: this session had a
    /// background before, whether or not it came to store anything.
    pub fn restore(
        &mut self,
        live: Option<&[u8]>,
        visits: &[VisitRecord],
        settings: Option<Settings>,
        session_goes_on: bool,
        now: Millis,
    ) -> Result<(), RestoreError> {
        self.resumed = session_goes_on;
        if let Some(settings) = settings {
            self.settings = settings;
            sort_by(&mut self.settings.excluded_sites, Ord::cmp);
        }
        let Some(live) = live else { return Ok(()) };
        let snapshot = read(live)?;
        if snapshot.session == self.session.as_ref() {
            self.resume(snapshot, visits, now);
        } else {
            self.close_earlier_session(&snapshot, visits);
        }
        Ok(())
    }

    fn close_earlier_session(&mut self, snapshot: &Snapshot, visits: &[VisitRecord]) {
        for record in visits.iter().filter(|record| record.ended_at_ms.is_none()) {
            let last = snapshot
                .visits
                .iter()
                .find(|visit| record.id == format!("{}-{}", snapshot.session, visit.number))
                .map_or(record.started_at_ms, |visit| visit.active_at);
            let mut record = record.clone();
            record.ended_at_ms = Some(last);
            record.end_reason = Some(EndReason::SessionEnded);
            self.changes.close(record);
        }
        self.changes.note();
    }

    fn resume(&mut self, snapshot: Snapshot, records: &[VisitRecord], now: Millis) {
        self.restored_at = now;
        self.requests.restore(snapshot.ended, snapshot.highest);
        self.next_visit = snapshot.next_visit;
        self.next_request = snapshot.next_request;
        self.documents.next = snapshot.next_document;
        for live in snapshot.visits {
            let id = self.visit_id(live.number);
            let Some(record) = records.iter().find(|record| record.id == id) else { continue };
            let mut visit = Visit::from_record(record, &mut self.hosts, &mut self.types);
            visit.tab_id = live.tab_id;
            visit.active_at = live.active_at;
            if live.busy {
                visit.add_gap(GapReason::BackgroundRestarted, now);
                self.changes.touch(&mut visit, live.active_at);
            }
            if visit.kind == VisitKind::Background && visit.ended.is_none() {
                self.backgrounds.push((visit.site, false, live.number));
            }
            self.visits.insert(live.number, visit);
        }
        for document in snapshot.documents {
            self.take_up_document(document);
        }
        for tab in snapshot.tabs {
            self.take_up_tab(tab);
        }
        for request in snapshot.requests {
            self.take_up_request(request);
        }
    }

    fn take_up_document(&mut self, live: LiveDocument) {
        let owner = match live.owner {
            LiveOwner::Visit(number) => Owner::Visit(number),
            LiveOwner::Parent => Owner::Parent,
            LiveOwner::Waiting { since, contacts } => {
                let mut waiting = Waiting { since, contacts: Contacts::default(), ..Waiting::default() };
                for contact in contacts {
                    let contact = self.take_up_contact(&contact);
                    waiting.contacts.put(contact);
                }
                Owner::Waiting(Box::new(waiting))
            }
        };
        let host = live.host.map(|host| self.hosts.id(&host));
        let document = Document { id: live.id.into(), host, parent: live.parent.map(DocumentKey), owner };
        self.documents.restore(DocumentKey(live.key), document);
    }

    fn take_up_contact(&mut self, live: &LiveContact) -> Contact {
        Contact {
            host: self.hosts.id(&live.host),
            tallies: live.tallies.iter().map(|(name, outcomes)| (self.types.code(name), *outcomes)).collect(),
            first_at: live.first_at,
            last_at: live.last_at,
            brought_by: self.take_up_chain(&live.brought_by),
            recent: crate::recent::Recent::default(),
        }
    }

    fn take_up_chain(&mut self, chain: &[(StepKind, String)]) -> Chain {
        chain.iter().map(|(kind, host)| (*kind, self.hosts.id(host))).collect()
    }

    fn take_up_tab(&mut self, live: LiveTab) {
        let shown = live.shown.map(|(number, page)| {
            let page = match page {
                LivePage::Counted => ShownPage::Counted,
                LivePage::OffTheWeb(scheme) => ShownPage::OffTheWeb(scheme.into()),
                LivePage::Excluded(site) => ShownPage::Excluded(self.hosts.id(&site)),
                LivePage::Uncounted => ShownPage::Uncounted,
            };
            Shown { number, page }
        });
        let navigation = live.navigation.map(|live| Navigation {
            request_id: live.request_id,
            host: self.hosts.id(&live.host),
            hops: live.hops.iter().map(|hop| self.hosts.id(hop)).collect(),
            outcome: live.outcome,
            number: live.number,
            private: false,
            at: live.at,
        });
        *self.tabs.meet(live.tab_id) = Tab { shown, past: live.past.into(), navigation, badge: None };
    }

    fn take_up_request(&mut self, live: LiveRequest) {
        let redirects = self.take_up_chain(&live.way);
        let request = match live.pending {
            None => OpenRequest::Redirecting(redirects),
            Some(pending) => OpenRequest::Pending(PendingRequest {
                place: match pending.place {
                    LivePlace::Visit(number) => Place::Visit(number),
                    LivePlace::Waiting(key) => Place::Waiting(DocumentKey(key)),
                    LivePlace::Navigation(tab_id) => Place::Navigation(tab_id),
                },
                contact: ContactIndex(pending.contact),
                host: self.hosts.id(&pending.host),
                request_type: self.types.code(&pending.request_type),
                number: pending.number,
                redirects,
                at: pending.at,
            }),
        };
        self.requests.put(live.id, request);
    }
}
