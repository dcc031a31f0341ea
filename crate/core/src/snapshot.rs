//! The live state as bytes: what a background that was stopped takes up again (`restore.rs`).
//!
//! ```text
//! live    := version, checksum, opening, types, visits, tabs, documents, requests
//! opening := session, moment, next visit, next request, next document, hosts
//! visits  := what the records of the open visits do not say; the records are stored apart
//! ```
//!
//! `live.rs` says how each part is written, and beside its type stands of what. No name from a private window is in any.

use std::borrow::Cow;

use thiserror::Error;

use crate::arrival::Arrival;
use crate::bytes::{self, BytesError};
use crate::document::{Document, DocumentKey, Owner, Place};
use crate::ledger::Ledger;
use crate::live::{Live, LiveReader, LiveWriter, live_struct};
use crate::record::visit_id;
use crate::request::Holder;
use crate::time::Millis;
use crate::type_table::TypeTable;
use crate::visit::{Prerender, VisitNumber};

/// The version of the bytes; the first byte.
pub(crate) const VERSION: u8 = 9;

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

impl From<BytesError> for RestoreError {
    fn from(error: BytesError) -> Self {
        match error {
            BytesError::Version { found } => Self::SnapshotVersion { found },
            BytesError::Damaged { detail } => Self::SnapshotDamaged { detail },
        }
    }
}

/// What comes first, and names the hosts: each is written behind it by its place here. The ledger's own table has every host of the
/// session, and a live state is as large as what is open.
#[derive(Debug)]
pub(crate) struct Opening<'a> {
    pub session: &'a str,
    /// When the live state was made.
    pub at: Millis,
    pub next_visit: VisitNumber,
    pub next_request: u32,
    pub next_document: u32,
    pub hosts: Vec<&'a str>,
}

impl<'a> Opening<'a> {
    fn write(&self, to: &mut LiveWriter) {
        to.text(self.session);
        self.at.write(to);
        self.next_visit.write(to);
        self.next_request.write(to);
        self.next_document.write(to);
        to.count(self.hosts.len());
        for host in &self.hosts {
            to.text(host);
        }
    }

    pub fn read(from: &mut LiveReader<'a>) -> Self {
        Self {
            session: from.text(),
            at: Live::read(from),
            next_visit: Live::read(from),
            next_request: Live::read(from),
            next_document: Live::read(from),
            hosts: (0..from.count()).map(|_| from.text()).collect(),
        }
    }
}

/// What a visit's record does not say.
#[derive(Debug)]
pub(crate) struct LiveVisit {
    pub number: VisitNumber,
    pub tab_id: Option<i32>,
    pub active_at: Millis,
    pub busy: bool,
    pub is_asked_for: bool,
    /// The request that led to it has not been told; a later life of the background is not told of it.
    pub is_missing: bool,
    pub prerenders: Vec<Prerender>,
}

live_struct!(LiveVisit { number, tab_id, active_at, busy, is_asked_for, is_missing, prerenders });

/// The identifiers of the visits that a live state refers to: the records to hand to [`Ledger::restore`].
pub fn open_visits(live: &[u8]) -> Result<Vec<String>, RestoreError> {
    let mut from = LiveReader::open(VERSION, live)?;
    let opening = Opening::read(&mut from);
    TypeTable::read(&mut from);
    let visits = Vec::<LiveVisit>::read(&mut from);
    from.check()?;
    Ok(visits.iter().map(|visit| visit_id(opening.session, visit.number.into())).collect())
}

impl Ledger {
    /// The live state that belongs to the last commit. Nothing of a private window is in it.
    #[must_use]
    pub fn live(&self) -> Vec<u8> {
        // The opening is written last, for the hosts that the others name.
        let mut parts = LiveWriter::default();
        self.live_visits().write(&mut parts);
        parts.numbered(self.tabs.iter().filter(|(_, tab)| !tab.private));
        let documents = self.documents.all.iter();
        parts.numbered(documents.filter_map(|(key, one)| Some((key, self.live_document(key, one)?))));
        self.requests.write(&mut parts, |request| match request.holder() {
            Holder::Place(place) => self.is_stored(place),
            Holder::Navigation(tab_id) => self.tabs.get(tab_id).is_some_and(|tab| !tab.private),
        });
        let opening = Opening {
            session: &self.session,
            at: self.changes.offered_at(),
            next_visit: self.next_visit,
            next_request: self.next_request,
            next_document: self.documents.next,
            hosts: parts.hosts().iter().map(|host| self.hosts.name(*host)).collect(),
        };
        let mut live = LiveWriter::behind(bytes::head(VERSION));
        opening.write(&mut live);
        self.types.write(&mut live);
        bytes::seal([live.into_bytes(), parts.into_bytes()].concat())
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

    /// What is kept of a document, where anything is.
    fn live_document<'a>(&self, key: u32, document: &'a Document) -> Option<Cow<'a, Document>> {
        let place = self.documents.place(DocumentKey(key)).filter(|place| self.is_stored(*place))?;
        let is_uncounted = matches!(place, Place::Visit(number) if !self.visits.contains(number));
        Some(if is_uncounted { Cow::Owned(document.of_uncounted()) } else { Cow::Borrowed(document) })
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
}
