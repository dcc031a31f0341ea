//! What is to be stored in one transaction, what may be forgotten once it is, and what the user decides.

use serde::{Deserialize, Serialize};

use crate::document::Place;
use crate::ledger::Ledger;
use crate::numbered::Numbered;
use crate::record::{EndReason, GapReason, Settings, StoredVisit, VisitKind, VisitRecord};
use crate::tab::{ShownPage, Tabs};
use crate::time::Millis;
use crate::visit::{Visit, VisitNumber};

/// How long after its last request a visit counts as busy: if the background dies meanwhile, requests may be lost.
const BUSY_MS: u64 = 1_500;
/// How long what is over is kept: beacons are still to come, and the ends of requests.
const LINGER_MS: u64 = 60_000;
/// How long a document waits for its commit: none comes so late, and what it asked for must not be kept for ever.
const WAITING_MS: u64 = 300_000;
/// How long an open background record is kept with no request and no page of its site.
const BACKGROUND_IDLE_MS: u64 = 300_000;

/// One commit: everything in it is stored, or nothing. Storing it twice equals storing it once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// What to delete, before anything is put.
    pub deleted: Deleted,
    /// Visits that changed, to be put by their `id`.
    pub visits: Vec<VisitRecord>,
    /// The settings, where they changed.
    pub settings: Option<Settings>,
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
}

impl From<Commit> for StoredCommit {
    fn from(commit: Commit) -> Self {
        let visits = commit.visits.iter().map(StoredVisit::of).collect();
        Self { deleted: commit.deleted, visits, settings: commit.settings }
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
    /// These visits, by their `id`.
    pub visits: Vec<String>,
}

/// What has changed since the last commit that is known to be stored.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Counts every change.
    count: u64,
    /// The count when the last commit was made.
    offered: u64,
    /// The count of the last commit that was stored.
    stored: u64,
    /// The last stored snapshot says that a visit is busy; another must say when it no longer is.
    busy: bool,
    /// The last commit's snapshot says so.
    offered_busy: bool,
    settings_changed_at: u64,
    /// Deletions and visits closed for good that are not stored yet, each with the count at which it was made.
    deletions: Vec<(u64, Deletion)>,
    closed: Vec<(u64, VisitRecord)>,
    /// When the last commit was made.
    offered_at: Millis,
}

/// One wish to delete.
#[derive(Debug)]
enum Deletion {
    All,
    Site(String),
    Visit(String),
}

impl Changes {
    /// Something changed that belongs to no visit.
    pub fn note(&mut self) {
        self.count += 1;
    }

    /// A visit changed.
    pub fn touch(&mut self, visit: &mut Visit, at: Millis) {
        self.count += 1;
        visit.changed = self.count;
        visit.active_at = visit.active_at.max(at);
    }

    fn settings(&mut self) {
        self.count += 1;
        self.settings_changed_at = self.count;
    }

    fn delete(&mut self, deletion: Deletion) {
        self.count += 1;
        self.deletions.push((self.count, deletion));
    }

    /// A visit that is live no longer, to be stored once more.
    pub fn close(&mut self, record: VisitRecord) {
        self.count += 1;
        self.closed.push((self.count, record));
    }

    /// When the last commit was made.
    pub fn offered_at(&self) -> Millis {
        self.offered_at
    }

    fn deleted(&self) -> Deleted {
        let mut deleted = Deleted::default();
        for (_, deletion) in &self.deletions {
            match deletion {
                Deletion::All => deleted.all = true,
                Deletion::Site(site) => deleted.sites.push(site.clone()),
                Deletion::Visit(id) => deleted.visits.push(id.clone()),
            }
        }
        deleted
    }

    fn is_stored(&self, visit: &Visit) -> bool {
        visit.private || visit.changed <= self.stored
    }
}

impl Visit {
    /// Whether requests may be under way that the store does not know of yet.
    pub(crate) fn is_busy(&self, now: Millis) -> bool {
        now.since(self.active_at) < BUSY_MS
    }
}

impl Ledger {
    /// What is to be stored now; none where nothing changed since the last stored commit. What is not confirmed with
    /// [`Ledger::stored`] is offered again by the next commit.
    pub fn commit(&mut self, now: Millis) -> Option<Commit> {
        self.retire(now);
        let busy = self.visits.values().any(|visit| visit.is_busy(now));
        if self.changes.count == self.changes.stored && (busy || !self.changes.busy) {
            return None;
        }
        let changes = &mut self.changes;
        changes.offered = changes.count;
        changes.offered_at = now;
        changes.offered_busy = busy;
        let stored = changes.stored;
        let closed = self.changes.closed.iter().map(|(_, record)| record.clone());
        let dirty = self.visits.iter().filter(|(_, visit)| !visit.private && visit.changed > stored);
        let live =
            dirty.map(|(number, visit)| visit.to_record(self.visit_id(number), &self.hosts, &self.types));
        Some(Commit {
            deleted: self.changes.deleted(),
            visits: closed.chain(live).collect(),
            settings: (self.changes.settings_changed_at > stored).then(|| self.settings.clone()),
        })
    }

    /// The last commit is stored for good.
    pub fn stored(&mut self) {
        let changes = &mut self.changes;
        changes.stored = changes.offered;
        changes.busy = changes.offered_busy;
        changes.deletions.retain(|(at, _)| *at > changes.stored);
        changes.closed.retain(|(at, _)| *at > changes.stored);
    }

    /// Stops or resumes counting.
    pub(crate) fn set_paused(&mut self, paused: bool, now: Millis) {
        if paused && !self.settings.paused {
            self.mark_open_visits(GapReason::Paused, now);
            for (_, tab) in self.tabs.iter_mut() {
                tab.asked_in_pause = tab.navigation.as_ref().map(|one| one.request_id).or(tab.asked_in_pause);
            }
        }
        self.settings.paused = paused;
        self.changes.settings();
    }

    /// Leaves a site out from now on, or takes it in again. What is stored of it stays: deleting is another wish.
    pub(crate) fn set_excluded(&mut self, site: &str, excluded: bool, now: Millis) {
        let sites = &mut self.settings.excluded_sites;
        match (sites.binary_search_by(|known| known.as_str().cmp(site)), excluded) {
            (Err(place), true) => sites.insert(place, site.to_owned()),
            (Ok(place), false) => {
                sites.remove(place);
            }
            _ => return,
        }
        self.changes.settings();
        let site = self.hosts.id(site);
        if excluded {
            let page = ShownPage::Excluded(site);
            self.stop_counting(&page, |visit| visit.site == site, Some(now));
        } else {
            for shown in self.tabs.iter_mut().filter_map(|(_, tab)| tab.shown.as_mut()) {
                if matches!(shown.page, ShownPage::Excluded(excluded) if excluded == site) {
                    shown.page = ShownPage::Uncounted;
                }
            }
        }
    }

    /// Deletes what is kept of one site, in memory now, in the store with the next commit.
    pub(crate) fn delete_site(&mut self, site: &str) {
        let id = self.hosts.id(site);
        self.stop_counting(&ShownPage::Uncounted, |visit| visit.site == id, None);
        self.changes.closed.retain(|(_, record)| record.site != site);
        self.changes.delete(Deletion::Site(site.to_owned()));
    }

    /// A page turned out to be none: what is open of it is another one's, and what was stored of it is deleted.
    pub(crate) fn withdraw(&mut self, number: VisitNumber, for_another: VisitNumber) {
        let Some(visit) = self.visits.remove(number) else { return };
        self.documents.pass_on(number, for_another);
        self.recent.forget_visits(&[number]);
        if !visit.private {
            self.changes.delete(Deletion::Visit(self.visit_id(number)));
        }
    }

    /// Deletes every visit.
    pub(crate) fn delete_all(&mut self) {
        self.stop_counting(&ShownPage::Uncounted, |_| true, None);
        self.documents.forget_waiting(|_| true);
        for (_, tab) in self.tabs.iter_mut() {
            tab.navigation = None;
        }
        self.forget_requests();
        self.changes.closed.clear();
        self.changes.delete(Deletion::All);
    }

    /// The pages of some visits are counted no longer. Their visits end at `end`, or are dropped where there is none.
    fn stop_counting(&mut self, page: &ShownPage, which: impl Fn(&Visit) -> bool, end: Option<Millis>) {
        let numbers: Vec<VisitNumber> =
            self.visits.iter().filter(|(_, visit)| which(visit)).map(|(number, _)| number).collect();
        for shown in self.tabs.iter_mut().filter_map(|(_, tab)| tab.shown.as_mut()) {
            if numbers.contains(&shown.number) {
                shown.page = page.clone();
            }
        }
        self.documents.forget_hosts(|number| numbers.contains(&number));
        self.backgrounds.retain(|(_, _, number)| !numbers.contains(number));
        self.recent.forget_visits(&numbers);
        for number in numbers {
            let Some(mut visit) = self.visits.remove(number) else { continue };
            if let Some(at) = end.filter(|_| !visit.private) {
                visit.ended.get_or_insert((at, EndReason::Navigated));
                let record = visit.to_record(self.visit_id(number), &self.hosts, &self.types);
                self.changes.close(record);
            }
        }
    }

    /// Forgets what is stored and can no longer change.
    fn retire(&mut self, now: Millis) {
        self.close_idle_backgrounds(now);
        let is_held = |tabs: &Tabs, number| tabs.iter().any(|(_, tab)| tab.holds(number));
        let is_shown_by_a_page = |record: &Visit| {
            self.visits.values().any(|page| {
                page.kind == VisitKind::Page
                    && page.site == record.site
                    && page.private == record.private
                    && page.started_at <= record.started_at
            })
        };
        let gone: Vec<VisitNumber> = self
            .visits
            .iter()
            .filter(|&(number, visit)| {
                let is_needed = match visit.kind {
                    VisitKind::Page => is_held(&self.tabs, number),
                    VisitKind::Background => is_shown_by_a_page(visit),
                };
                let is_over = visit.ended.is_some_and(|(at, _)| now.since(at) > LINGER_MS);
                is_over && !is_needed && self.changes.is_stored(visit)
            })
            .map(|(number, _)| number)
            .collect();
        self.recent.forget_visits(&gone);
        for number in gone {
            self.visits.remove(number);
        }
        let Self { documents, visits, tabs, .. } = self;
        documents.keep_visits(|number| visits.contains(number) || is_held(tabs, number));
        documents.forget_waiting(|waiting| now.since(waiting.since) > WAITING_MS);
        self.forget_requests();
    }

    /// Forgets the requests on their way that are counted nowhere any more.
    fn forget_requests(&mut self) {
        let Self { documents, visits, tabs, requests, .. } = self;
        requests.retain(|request| match request.place() {
            Place::Visit(number) => visits.contains(number),
            Place::Waiting(key) => documents.place(key).is_some(),
            Place::Navigation(tab_id) => tabs.get(tab_id).is_some_and(|tab| tab.navigation.is_some()),
        });
    }

    fn close_idle_backgrounds(&mut self, now: Millis) {
        let Self { backgrounds, visits, changes, .. } = self;
        let has_page = |visits: &Numbered<Visit>, site, private| {
            let mut pages =
                visits.values().filter(|visit| visit.kind == VisitKind::Page && visit.ended.is_none());
            pages.any(|page| page.site == site && page.private == private)
        };
        backgrounds.retain(|(site, private, number)| {
            let is_needed = has_page(visits, *site, *private);
            let Some(visit) = visits.get_mut(*number) else { return false };
            if is_needed || now.since(visit.active_at) < BACKGROUND_IDLE_MS {
                return true;
            }
            let active_at = visit.active_at;
            visit.ended = Some((active_at, EndReason::Navigated));
            changes.touch(visit, active_at);
            false
        });
    }
}
