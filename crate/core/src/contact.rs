//! What was asked of hosts: one contact a host, counts by type and outcome.

use crate::host_table::HostId;
use crate::live::{Live, LiveReader, LiveWriter, live_struct};
use crate::numbered::Numbered;
use crate::outcome::{Outcome, OutcomeCounts};
use crate::record::{Attribution, StepKind};
use crate::time::Millis;
use crate::type_table::TypeCode;

/// How a contact came about, outermost step first.
pub type Chain = Vec<(StepKind, HostId)>;

/// What was asked of one host.
#[derive(Debug, Clone)]
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
    /// How the browser tied the requests to the visit: the least that it told of any.
    pub attribution: Attribution,
}

live_struct!(Contact { host, tallies, first_at, last_at, brought_by, attribution });

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
        self.tallies.iter().map(|(_, outcomes)| outcomes).sum()
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
#[derive(Debug, Clone, Default)]
pub struct Contacts {
    all: Vec<Contact>,
    by_host: Numbered<u32>,
}

impl Live for Contacts {
    fn write(&self, to: &mut LiveWriter) {
        self.all.write(to);
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        let mut contacts = Self::default();
        for contact in Vec::read(from) {
            contacts.put(contact);
        }
        contacts
    }
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
    ) {
        let contact = self.meet(host, at, brought_by);
        contact.last_at = contact.last_at.max(at);
        contact.tally(request_type).add(outcome);
    }

    /// A request to this host was told with its frame alone.
    pub fn tie_by_frame(&mut self, host: HostId) {
        if let Some(contact) = self.get_mut(host) {
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
    pub fn end(&mut self, host: HostId, request_type: TypeCode, outcome: Option<Outcome>) {
        let Some(contact) = self.get_mut(host) else { return };
        let tally = contact.tally(request_type);
        tally.remove(Outcome::Pending);
        if let Some(outcome) = outcome {
            tally.add(outcome);
        } else if contact.outcomes().requests() == 0 {
            contact.tallies.clear();
        }
    }

    /// Takes over the contacts of a document that turned out to belong here. `frames` is the way from the page to it.
    pub fn absorb(&mut self, other: Self, frames: &Chain) {
        for contact in other.all.into_iter().filter(|contact| !contact.is_taken_back()) {
            let way = || frames.iter().chain(&contact.brought_by).copied().collect();
            let here = self.meet(contact.host, contact.first_at, way);
            here.last_at = here.last_at.max(contact.last_at);
            here.attribution = here.attribution.max(contact.attribution);
            for (request_type, outcomes) in &contact.tallies {
                here.tally(*request_type).absorb(outcomes);
            }
        }
    }

    /// Adds a contact with a host that has none: a new one, or one that was stored.
    pub fn put(&mut self, contact: Contact) {
        self.by_host.insert(contact.host.get(), u32::try_from(self.all.len()).unwrap_or(u32::MAX));
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

    /// The contact with a host.
    pub fn find(&self, host: HostId) -> Option<&Contact> {
        self.all.get(*self.by_host.get(host.get())? as usize)
    }

    fn get_mut(&mut self, host: HostId) -> Option<&mut Contact> {
        self.all.get_mut(*self.by_host.get(host.get())? as usize)
    }

    fn meet(&mut self, host: HostId, at: Millis, brought_by: impl FnOnce() -> Chain) -> &mut Contact {
        let Some(place) = self.by_host.get(host.get()).map(|place| *place as usize) else {
            self.put(Contact::new(host, at, brought_by()));
            let last = self.all.len() - 1;
            return &mut self.all[last];
        };
        let contact = &mut self.all[place];
        if contact.is_taken_back() {
            *contact = Contact::new(host, at, brought_by());
        } else if at < contact.first_at && !at.is_set_back_from(contact.first_at) {
            // What a page asked for before its commit is told of after its own request, or a frame's after the page's. What is so much
            // earlier came later, by a clock that was set back meanwhile.
            contact.first_at = at;
            contact.brought_by = brought_by();
        }
        contact
    }
}
