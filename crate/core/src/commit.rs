//! What is to be stored in one transaction.

use serde::{Deserialize, Serialize};

use crate::day::{Day, DayRange};
use crate::ledger::Ledger;
use crate::record::{Settings, StoredVisit, VisitRecord};
use crate::time::Millis;

/// One commit: everything in it is stored, or nothing. Storing it twice equals storing it once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// What to delete, before anything is put.
    pub deleted: Deleted,
    /// Visits that changed, to be put by their `id`.
    pub visits: Vec<VisitRecord>,
    /// The same of those that are live no longer.
    pub closed: Vec<StoredVisit>,
    /// The settings, where they changed.
    pub settings: Option<Settings>,
    /// How many visits were given up since the commit before: the store took none for too long.
    pub given_up: u32,
}

/// A [`Commit`] as it crosses to the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StoredCommit {
    /// What to delete, before anything is put.
    pub deleted: Deleted,
    /// Visits that changed, to be put by their `id`.
    pub visits: Vec<StoredVisit>,
    /// The settings, where they changed.
    pub settings: Option<Settings>,
    /// How many visits were given up since the commit before: the store took none for too long.
    pub given_up: u32,
}

impl From<Commit> for StoredCommit {
    fn from(commit: Commit) -> Self {
        let Commit { deleted, visits, mut closed, settings, given_up } = commit;
        closed.extend(visits.iter().map(StoredVisit::of));
        Self { deleted, visits: closed, settings, given_up }
    }
}

/// What a commit deletes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// Every visit.
    pub all: bool,
    /// Every visit of these sites.
    pub sites: Vec<String>,
    /// These visits.
    pub visits: Vec<DeletedVisit>,
    /// Every visit of these days.
    pub days: Vec<DayRange>,
}

/// A visit that is to be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DeletedVisit {
    /// Its `id`.
    pub id: String,
    /// Its day, which may be closed.
    pub day: Day,
}

impl Ledger {
    /// What is to be stored now; none where nothing changed since the last stored commit. What is not confirmed with
    /// [`Ledger::stored`] is offered again by the next commit.
    pub fn commit(&mut self, now: Millis) -> Option<Commit> {
        self.retire(now);
        let busy = self.visits.values().any(|visit| visit.is_busy(now));
        if !self.changes.is_due(busy) {
            return None;
        }
        self.changes.offer(self.next_visit, busy, now);
        let dirty = self.visits.iter().filter(|(_, visit)| !self.changes.is_stored(visit));
        let live =
            dirty.map(|(number, visit)| visit.to_record(self.visit_id(number), &self.hosts, &self.types));
        Some(Commit {
            deleted: self.changes.deleted(),
            visits: live.collect(),
            closed: self.changes.closed().cloned().collect(),
            settings: (!self.changes.are_settings_stored()).then(|| self.settings.clone()),
            given_up: self.changes.take_given_up(),
        })
    }

    /// The last commit is stored for good.
    pub fn stored(&mut self) {
        self.changes.stored();
    }
}
