//! What has changed since the last commit that is known to be stored.

use crate::commit::Deleted;
use crate::record::VisitRecord;
use crate::time::Millis;
use crate::visit::Visit;

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
        self.delete(Deletion::All);
    }

    /// What is stored of a site is to be deleted.
    pub fn delete_site(&mut self, site: &str) {
        self.closed.retain(|(_, record)| record.site != site);
        self.delete(Deletion::Site(site.to_owned()));
    }

    /// A visit is to be deleted, by its `id`.
    pub fn delete_visit(&mut self, id: String) {
        self.delete(Deletion::Visit(id));
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

    /// Whether there is anything to store; `busy`: a visit is.
    pub fn is_due(&self, busy: bool) -> bool {
        self.count != self.stored || self.busy && !busy
    }

    /// All changes so far are offered with a commit.
    pub fn offer(&mut self, busy: bool, now: Millis) {
        self.offered = self.count;
        self.offered_at = now;
        self.offered_busy = busy;
    }

    /// What was offered last is stored for good.
    pub fn stored(&mut self) {
        self.stored = self.offered;
        self.busy = self.offered_busy;
        self.deletions.retain(|(at, _)| *at > self.stored);
        self.closed.retain(|(at, _)| *at > self.stored);
    }

    /// Whether the store knows all of a visit that it is to know.
    pub fn is_stored(&self, visit: &Visit) -> bool {
        visit.private || visit.changed <= self.stored
    }

    /// Whether the store knows the settings.
    pub fn are_settings_stored(&self) -> bool {
        self.settings_changed_at <= self.stored
    }

    /// The visits that are live no longer and not stored yet.
    pub fn closed(&self) -> impl Iterator<Item = &VisitRecord> {
        self.closed.iter().map(|(_, record)| record)
    }

    /// The visits, by their `id`, that are live no longer and not stored yet, or not deleted yet.
    pub fn unsettled(&self) -> impl Iterator<Item = &str> {
        let closed = self.closed().map(|record| record.id.as_str());
        let deleted = self.deletions.iter().filter_map(|(_, deletion)| match deletion {
            Deletion::Visit(id) => Some(id.as_str()),
            Deletion::All | Deletion::Site(_) => None,
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
                Deletion::Visit(id) => deleted.visits.push(id.clone()),
            }
        }
        deleted
    }
}
