//! What was asked of hosts: one contact a host, counts by type and outcome.

use serde::{Deserialize, Serialize};

use crate::host_table::HostId;
use crate::numbered::Numbered;
use crate::outcome::{Outcome, OutcomeCounts};
use crate::record::{Attribution, StepKind};
use crate::time::Millis;
use crate::type_table::TypeCode;

/// A contact's place in its [`Contacts`]; it never moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactIndex(pub u32);

/// No contact's place.
const NO_CONTACT: ContactIndex = ContactIndex(u32::MAX);

/// How a contact came about, outermost step first.
pub type Chain = Vec<(StepKind, HostId)>;

/// Changes the hosts' numbers: those of another table.
pub fn renumber_chain(chain: &mut Chain, number: &mut dyn FnMut(HostId) -> HostId) {
    for (_, host) in chain {
        *host = number(*host);
    }
}

/// What was asked of one host.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Contact {
    /// The host.
    pub host: HostId,
    /// Counts by type, in the order in which the types were first met; none where all requests turned out to be none.
    pub tallies: Vec<(TypeCode, OutcomeCounts)>,
    /// When the first request began.
    pub first_at: Millis,
    /// When the last request began.
    pub last_at: Millis,
    /// How the first request came about.
    pub brought_by: Chain,
    /// How the browser tied the requests to the visit.
    pub attribution: Attribution,
}

impl Contact {
    fn new(host: HostId, at: Millis, brought_by: Chain) -> Self {
        let attribution = Attribution::default();
        Self { host, tallies: Vec::new(), first_at: at, last_at: at, brought_by, attribution }
    }

    /// Whether all its requests turned out to be none.
    pub fn is_taken_back(&self) -> bool {
        self.tallies.is_empty()
    }

    /// The counts of all types together.
    pub fn outcomes(&self) -> OutcomeCounts {
        let mut all = OutcomeCounts::default();
        for (_, outcomes) in &self.tallies {
            all.absorb(outcomes);
        }
        all
    }

    /// All requests of a type, whatever became of them.
    pub fn requests_of(&self, request_type: TypeCode) -> u32 {
        self.tallies.iter().find(|(of, _)| *of == request_type).map_or(0, |(_, outcomes)| outcomes.requests())
    }

    fn tally(&mut self, request_type: TypeCode) -> &mut OutcomeCounts {
        let place = self.tallies.iter().position(|(known, _)| *known == request_type).unwrap_or_else(|| {
            self.tallies.push((request_type, OutcomeCounts::default()));
            self.tallies.len() - 1
        });
        &mut self.tallies[place].1
    }
}

/// The contacts of one visit, or of one document that has not been committed yet.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Contacts {
    all: Vec<Contact>,
    #[serde(skip)]
    by_host: Numbered<u32>,
}

impl Contacts {
    /// Counts a request that begins, or one whose outcome is known already.
    pub fn begin(
        &mut self,
        host: HostId,
        request_type: TypeCode,
        at: Millis,
        outcome: Outcome,
        brought_by: impl FnOnce() -> Chain,
    ) -> ContactIndex {
        let index = self.index(host, at, brought_by);
        if let Some(contact) = self.get_mut(index) {
            contact.last_at = contact.last_at.max(at);
            contact.tally(request_type).add(outcome);
        }
        index
    }

    /// A request of this contact was told with its frame alone.
    pub fn tie_by_frame(&mut self, index: ContactIndex) {
        if let Some(contact) = self.get_mut(index) {
            contact.attribution = Attribution::Frame;
        }
    }

    /// All requests so far were told with their frame alone.
    pub fn tie_all_by_frame(&mut self) {
        for contact in &mut self.all {
            contact.attribution = Attribution::Frame;
        }
    }

    /// Gives a pending request its outcome; none: it turned out to be no request to that host.
    pub fn end(&mut self, index: ContactIndex, request_type: TypeCode, outcome: Option<Outcome>) {
        let Some(contact) = self.get_mut(index) else { return };
        let tally = contact.tally(request_type);
        tally.remove(Outcome::Pending);
        if let Some(outcome) = outcome {
            tally.add(outcome);
        } else if contact.outcomes().requests() == 0 {
            contact.tallies.clear();
        }
    }

    /// Takes over the contacts of a document that turned out to belong here. `frames` is the way from the page to it.
    /// Returns, for each old index in order, the new one.
    pub fn absorb(&mut self, other: Self, frames: &Chain) -> Vec<ContactIndex> {
        let mut moved = Vec::with_capacity(other.all.len());
        for contact in other.all {
            if contact.is_taken_back() {
                // Nothing points to it.
                moved.push(NO_CONTACT);
                continue;
            }
            let index = self.index(contact.host, contact.first_at, || {
                frames.iter().chain(&contact.brought_by).copied().collect()
            });
            if let Some(here) = self.get_mut(index) {
                here.last_at = here.last_at.max(contact.last_at);
                here.attribution = here.attribution.max(contact.attribution);
                for (request_type, outcomes) in &contact.tallies {
                    here.tally(*request_type).absorb(outcomes);
                }
            }
            moved.push(index);
        }
        moved
    }

    /// Puts back a contact that was stored.
    pub fn put(&mut self, contact: Contact) {
        let index = ContactIndex(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        self.by_host.insert(contact.host.get(), index.0);
        self.all.push(contact);
    }

    /// The contacts, in the order in which they were first met.
    pub fn iter(&self) -> impl Iterator<Item = &Contact> {
        self.all.iter()
    }

    /// Whether nothing was asked, or all that was turned out to be no request.
    pub fn is_empty(&self) -> bool {
        self.all.iter().all(Contact::is_taken_back)
    }

    /// Changes the hosts' numbers: those of another table.
    pub fn renumber(&mut self, number: &mut dyn FnMut(HostId) -> HostId) {
        self.by_host = Numbered::default();
        for (index, contact) in (0..).zip(&mut self.all) {
            contact.host = number(contact.host);
            renumber_chain(&mut contact.brought_by, number);
            self.by_host.insert(contact.host.get(), index);
        }
    }

    /// The contact with a host.
    pub fn find(&self, host: HostId) -> Option<&Contact> {
        self.all.get(*self.by_host.get(host.get())? as usize)
    }

    fn get_mut(&mut self, index: ContactIndex) -> Option<&mut Contact> {
        self.all.get_mut(index.0 as usize)
    }

    fn index(&mut self, host: HostId, at: Millis, brought_by: impl FnOnce() -> Chain) -> ContactIndex {
        if let Some(index) = self.by_host.get(host.get()).copied() {
            if let Some(contact) = self.all.get_mut(index as usize) {
                if contact.is_taken_back() {
                    *contact = Contact::new(host, at, brought_by());
                } else if at < contact.first_at {
                    // What a page asked for before its commit is told of after its own request, or a frame's after the page's.
                    contact.first_at = at;
                    contact.brought_by = brought_by();
                }
            }
            return ContactIndex(index);
        }
        let index = ContactIndex(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        self.by_host.insert(host.get(), index.0);
        self.all.push(Contact::new(host, at, brought_by()));
        index
    }
}
