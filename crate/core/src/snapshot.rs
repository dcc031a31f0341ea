//! The live state as bytes: what a background that was stopped takes up again. Visits are not in it, they have records.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::arrival::Arrival;
use crate::bytes::{self, BytesError};
use crate::document::{Document, DocumentKey, Owner, Place};
use crate::host_table::{HostId, NO_HOST};
use crate::ledger::Ledger;
use crate::numbered::Numbered;
use crate::order::sort_by;
use crate::record::{EndReason, Gap, GapReason, Settings, StoredVisit, VisitKind, VisitRecord};
use crate::request::{Holder, OpenRequests};
use crate::start::{Before, Start};
use crate::tab::Tabs;
use crate::time::Millis;
use crate::type_table::TypeTable;
use crate::visit::{Prerender, Visit, VisitNumber};

/// The version of the bytes; the first byte.
const VERSION: u8 = 9;

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

/// What is live, without the visits themselves and without a name from a private window. Hosts are numbered by their place in
/// `hosts`: the ledger's own table has every host of the session, and a snapshot is as large as what is open.
#[derive(Serialize, Deserialize)]
struct Snapshot {
    session: String,
    /// When it was made.
    at: Millis,
    next_visit: VisitNumber,
    next_request: u32,
    next_document: u32,
    hosts: Vec<String>,
    types: TypeTable,
    visits: Vec<LiveVisit>,
    tabs: Tabs,
    documents: Numbered<Document>,
    requests: OpenRequests,
}

/// What a visit's record does not say.
#[derive(Serialize, Deserialize)]
struct LiveVisit {
    number: VisitNumber,
    tab_id: Option<i32>,
    active_at: Millis,
    busy: bool,
    is_asked_for: bool,
    /// The request that led to it has not been told; a later life of the background is not told of it.
    is_missing: bool,
    prerenders: Vec<Prerender>,
}

impl Snapshot {
    /// Changes every host's number.
    fn renumber(&mut self, mut number: impl FnMut(HostId) -> HostId) {
        for prerender in self.visits.iter_mut().flat_map(|visit| &mut visit.prerenders) {
            prerender.host = number(prerender.host);
        }
        for (_, tab) in self.tabs.iter_mut() {
            tab.renumber(&mut number);
        }
        for (_, document) in self.documents.iter_mut() {
            document.renumber(&mut number);
        }
        for (_, request) in self.requests.iter_mut() {
            request.renumber(&mut number);
        }
        for request in self.requests.overtaken_mut() {
            request.renumber(&mut number);
        }
    }
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
        let mut snapshot = Snapshot {
            session: self.session.as_ref().to_owned(),
            at: self.changes.offered_at(),
            next_visit: self.next_visit,
            next_request: self.next_request,
            next_document: self.documents.next,
            hosts: Vec::new(),
            types: self.types.clone(),
            visits: self.live_visits(),
            tabs: self
                .tabs
                .iter()
                .filter(|(_, tab)| !tab.private)
                .map(|(tab_id, tab)| (tab_id, tab.clone()))
                .collect(),
            documents: self.live_documents(),
            requests: self.requests.copy_of(|request| match request.holder() {
                Holder::Place(place) => self.is_stored(place),
                Holder::Navigation(tab_id) => self.tabs.get(tab_id).is_some_and(|tab| !tab.private),
            }),
        };
        let mut numbers: Numbered<HostId> = Numbered::default();
        let mut hosts = Vec::new();
        snapshot.renumber(|host| {
            if let Some(number) = numbers.get(host.get()) {
                return *number;
            }
            let number = HostId::new(u32::try_from(hosts.len()).unwrap_or(u32::MAX));
            hosts.push(self.hosts.name(host).to_owned());
            numbers.insert(host.get(), number);
            number
        });
        snapshot.hosts = hosts;
        bytes::write(VERSION, &snapshot)
    }

    /// Whether what is counted there may be stored: it is counted somewhere, and not in a private window.
    fn is_stored(&self, place: Place) -> bool {
        let number = match place {
            Place::Waiting(key) => match self.documents.place(key) {
                Some(Place::Visit(number)) => number,
                Some(Place::Waiting(root)) => {
                    let owner = self.documents.get(root).map(|document| &document.owner);
                    return matches!(owner, Some(Owner::Waiting(waiting)) if !waiting.private);
                }
                None => return false,
            },
            Place::Visit(number) => number,
        };
        match self.visits.get(number) {
            Some(visit) => !visit.private,
            // A page that is not counted: only its tab tells.
            None => self.tabs.iter().any(|(_, tab)| !tab.private && tab.holds(number)),
        }
    }

    fn live_documents(&self) -> Numbered<Document> {
        let live = |(key, document): (u32, &Document)| {
            let place = self.documents.place(DocumentKey(key)).filter(|place| self.is_stored(*place))?;
            let mut document = document.clone();
            if matches!(place, Place::Visit(number) if !self.visits.contains(number)) {
                // Of a page that is not counted, nothing is kept but that it is not.
                document.host = None;
            }
            Some((key, document))
        };
        self.documents.all.iter().filter_map(live).collect()
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
                busy: visit.is_busy(now),
                is_asked_for: visit.is_asked_for,
                is_missing: visit.arrival == Arrival::Missing,
                prerenders: visit.prerenders.clone(),
            })
            .collect()
    }

    /// Takes up what was stored before this core began: `live` as [`Ledger::live`] gave it, `visits` the records of
    /// [`open_visits`]. The live state of another browser session is closed, not taken up. Not all that happened in `unstored` tabs
    /// is in it; -1 stands for what is no tab's.
    pub fn restore(
        &mut self,
        live: Option<&[u8]>,
        visits: &[VisitRecord],
        settings: Option<Settings>,
        before: Before,
        unstored: &[i32],
        now: Millis,
    ) -> Result<(), RestoreError> {
        self.start = Start::new(before, now);
        if let Some(settings) = settings {
            self.settings = settings;
            sort_by(&mut self.settings.excluded_sites, Ord::cmp);
        }
        let Some(live) = live else { return Ok(()) };
        let snapshot = read(live)?;
        if snapshot.session == self.session.as_ref() {
            self.resume(snapshot, visits, unstored);
        } else {
            self.close_earlier_session(&snapshot, visits);
        }
        Ok(())
    }

    fn close_earlier_session(&mut self, snapshot: &Snapshot, visits: &[VisitRecord]) {
        for record in visits {
            let is_it = |visit: &&LiveVisit| record.id == format!("{}-{}", snapshot.session, visit.number);
            let live = snapshot.visits.iter().find(is_it);
            // A browser that ends closes its pages first: of those, an answer is all that is known to be missing.
            let is_due = record.ended_at_ms.is_none() || record.is_waiting();
            let busy = is_due && live.is_some_and(|visit| visit.busy);
            if record.ended_at_ms.is_some() && !busy {
                continue;
            }
            let last = live.map_or(record.started_at_ms, |visit| visit.active_at);
            let mut record = record.clone();
            if busy {
                // The browser ended in the middle of the load, and with it the background.
                record.gaps.push(Gap { reason: GapReason::BackgroundRestarted, since_ms: last });
            }
            if record.ended_at_ms.is_none() {
                record.ended_at_ms = Some(last);
                record.end_reason = Some(EndReason::SessionEnded);
            }
            self.changes.close(StoredVisit::of(&record));
        }
        self.changes.note();
    }

    fn resume(&mut self, mut snapshot: Snapshot, records: &[VisitRecord], unstored: &[i32]) {
        self.start.take_up(snapshot.at, &snapshot.tabs);
        self.next_visit = snapshot.next_visit;
        self.changes.take_up(snapshot.next_visit);
        self.next_request = snapshot.next_request;
        let hosts: Vec<HostId> = snapshot.hosts.iter().map(|host| self.hosts.id(host)).collect();
        // The bytes are whole: each number is in the list.
        snapshot.renumber(|host| hosts.get(host.get() as usize).copied().unwrap_or(NO_HOST));
        self.types = snapshot.types;
        self.tabs = snapshot.tabs;
        self.requests = snapshot.requests;
        // Visits whose records could not be read: their pages are as if never seen, and can be adopted.
        let mut lost: Vec<VisitNumber> = Vec::new();
        for live in snapshot.visits {
            let id = self.visit_id(live.number);
            let Some(record) = records.iter().find(|record| record.id == id) else {
                lost.push(live.number);
                continue;
            };
            let mut visit = Visit::from_record(record, &mut self.hosts, &mut self.types);
            visit.tab_id = live.tab_id;
            visit.active_at = live.active_at;
            visit.is_asked_for = live.is_asked_for;
            visit.prerenders = live.prerenders;
            let is_unstored = visit.ended.is_none() && unstored.contains(&live.tab_id.unwrap_or(-1));
            if (live.busy || is_unstored) && self.start.was_stopped() {
                if live.busy && live.is_missing {
                    // Not open before: the word of its request went down with the background.
                    visit.gaps.retain(|gap| gap.reason != GapReason::OpenedBefore);
                    visit.add_gap(GapReason::BackgroundRestarted, visit.started_at);
                }
                visit.add_gap(GapReason::BackgroundRestarted, self.start.at());
                self.changes.touch(&mut visit, live.active_at);
            }
            if visit.kind == VisitKind::Background && visit.ended.is_none() {
                self.backgrounds.push((visit.site, false, live.number));
            }
            self.visits.insert(live.number, visit);
        }
        self.documents.restore(snapshot.documents, snapshot.next_document);
        self.documents.keep_visits(|number| !lost.contains(&number));
        for (_, tab) in self.tabs.iter_mut() {
            tab.shown.take_if(|shown| lost.contains(&shown.number));
        }
    }
}
