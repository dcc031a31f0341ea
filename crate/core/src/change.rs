//! What has changed since the last commit that is known to be stored.

use crate::commit::{Deleted, DeletedVisit};
use crate::day::DayRange;
use crate::record::StoredVisit;
use crate::time::Millis;
use crate::visit::{Visit, VisitNumber};

/// How many bytes of visits that are live no longer wait for a store that takes none: some 4,700 visits of 40 hosts each, or what a
/// heavy reader opens in a day (200 pages an hour are 0.35 MB).
pub(crate) const MOST_CLOSED_BYTES: usize = 8 << 20;

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
    closed: Vec<(u64, StoredVisit)>,
    /// The visits that were given up since the last commit was made: there was no room to keep them.
    given_up: u32,
    /// The visits below this number were there when the last commit was made, and when the last one was that is stored: the store
    /// may hold them as they were then.
    offered_below: VisitNumber,
    stored_below: VisitNumber,
    /// When the last commit was made.
    offered_at: Millis,
}

/// One wish to delete.
#[derive(Debug, PartialEq, Eq)]
enum Deletion {
    All,
    Site(String),
    Visit(DeletedVisit),
    Days(DayRange),
}

impl Changes {
    /// Something changed that belongs to no visit.
    pub fn note(&mut self) {
        self.count += 1;
    }

    /// A visit changed in what is known of it: it is no busier than it was.
    pub fn note_in(&mut self, visit: &mut Visit) {
        self.count += 1;
        visit.changed = self.count;
    }

    /// A visit asked for something, or began or ended, at a moment.
    pub fn touch(&mut self, visit: &mut Visit, at: Millis) {
        self.note_in(visit);
        visit.active_at = if at.is_set_back_from(visit.active_at) { at } else { visit.active_at.max(at) };
    }

    /// The settings changed.
    pub fn note_settings(&mut self) {
        self.count += 1;
        self.settings_changed_at = self.count;
    }

    /// Everything is to be deleted.
    pub fn delete_all(&mut self) {
        self.closed.clear();
        self.deletions.clear();
        self.delete(Deletion::All);
    }

    /// What is stored of a site is to be deleted.
    pub fn delete_site(&mut self, site: &str) {
        self.closed.retain(|(_, visit)| visit.site != site);
        self.delete(Deletion::Site(site.to_owned()));
    }

    /// A visit is to be deleted.
    pub fn delete_visit(&mut self, visit: DeletedVisit) {
        self.closed.retain(|(_, closed)| closed.id != visit.id);
        self.delete(Deletion::Visit(visit));
    }

    /// What is stored of some days is to be deleted.
    pub fn delete_days(&mut self, days: DayRange) {
        self.closed.retain(|(_, visit)| !days.contains(visit.day));
        self.delete(Deletion::Days(days));
    }

    fn delete(&mut self, deletion: Deletion) {
        self.count += 1;
        self.deletions.retain(|(_, known)| *known != deletion);
        self.deletions.push((self.count, deletion));
    }

    /// A visit that is live no longer, to be stored once more.
    pub fn close(&mut self, visit: StoredVisit) {
        self.count += 1;
        self.closed.push((self.count, visit));
    }

    /// The same for a visit of this session. Where too much waits for the store already, it is given up; one that the store may hold
    /// as it once was is not: nobody would know there that it is not whole.
    pub fn close_if_there_is_room(&mut self, number: VisitNumber, visit: StoredVisit) {
        let kept: usize = self.closed.iter().map(|(_, visit)| visit.bytes.len()).sum();
        if number < self.stored_below || kept + visit.bytes.len() <= MOST_CLOSED_BYTES {
            self.close(visit);
        } else {
            self.given_up += 1;
        }
    }

    /// How many visits were given up since this was last asked.
    pub const fn take_given_up(&mut self) -> u32 {
        std::mem::replace(&mut self.given_up, 0)
    }

    /// When the last commit was made.
    pub fn offered_at(&self) -> Millis {
        self.offered_at
    }

    /// Whether there is anything to store; `busy`: a visit is.
    pub fn is_due(&self, busy: bool) -> bool {
        self.count != self.stored || self.busy && !busy
    }

    /// The visits below this number are taken up from the store.
    pub const fn take_up(&mut self, next_visit: VisitNumber) {
        self.stored_below = next_visit;
    }

    /// All changes so far are offered with a commit, of the visits below a number.
    pub fn offer(&mut self, next_visit: VisitNumber, busy: bool, now: Millis) {
        self.offered_below = next_visit;
        self.offered = self.count;
        self.offered_at = now;
        self.offered_busy = busy;
    }

    /// What was offered last is stored for good.
    pub fn stored(&mut self) {
        self.stored = self.offered;
        self.stored_below = self.offered_below;
        self.busy = self.offered_busy;
        self.deletions.retain(|(at, _)| *at > self.stored);
        self.closed.retain(|(at, _)| *at > self.stored);
    }

    /// Whether the store knows all of a visit that it is to know.
    pub fn is_stored(&self, visit: &Visit) -> bool {
        visit.private || visit.changed <= self.stored
    }

    /// Whether the last commit had all of a visit that the store is to know: more may be told of it until then.
    pub fn is_offered(&self, visit: &Visit) -> bool {
        visit.private || visit.changed <= self.offered
    }

    /// Whether the store knows the settings.
    pub fn are_settings_stored(&self) -> bool {
        self.settings_changed_at <= self.stored
    }

    /// The visits that are live no longer and not stored yet.
    pub fn closed(&self) -> impl Iterator<Item = &StoredVisit> {
        self.closed.iter().map(|(_, visit)| visit)
    }

    /// The visits, by their `id`, that are live no longer and not stored yet, or not deleted yet.
    pub fn unsettled(&self) -> impl Iterator<Item = &str> {
        let closed = self.closed().map(|visit| visit.id.as_str());
        let deleted = self.deletions.iter().filter_map(|(_, deletion)| match deletion {
            Deletion::Visit(visit) => Some(visit.id.as_str()),
            Deletion::All | Deletion::Site(_) | Deletion::Days(_) => None,
        });
        closed.chain(deleted)
    }

    /// What is to be deleted.
    pub fn deleted(&self) -> Deleted {
        let mut deleted = Deleted::default();
        for (_, deletion) in &self.deletions {
            match deletion {
                Deletion::All => deleted.all = true,
                Deletion::Site(site) => deleted.sites.push(site.clone()),
                Deletion::Visit(visit) => deleted.visits.push(visit.clone()),
                Deletion::Days(days) => deleted.days.push(*days),
            }
        }
        deleted
    }
}
