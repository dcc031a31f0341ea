//! The documents that wait: what each asked for before it was known whose it is.

use crate::contact::Contacts;
use crate::document::{Document, DocumentKey, Documents, Owner};
use crate::event::Frame;
use crate::live::live_struct;
use crate::time::Millis;
use crate::visit::VisitNumber;

/// How many documents may wait for their commit at a time.
const MOST_WAITING: usize = 256;

/// What a document asked for before it was known whose it is.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its requests.
    pub contacts: Contacts,
    /// In a private window: never stored.
    pub private: bool,
    /// When the first request came.
    pub since: Millis,
}

live_struct!(Waiting { contacts, since } without { private });

impl Waiting {
    /// Nothing yet.
    pub fn new(private: bool, since: Millis) -> Self {
        Self { contacts: Contacts::default(), private, since }
    }
}

impl Documents {
    /// What a waiting document has gathered.
    pub fn waiting_mut(&mut self, key: DocumentKey) -> Option<&mut Waiting> {
        match &mut self.all.get_mut(key.0)?.owner {
            Owner::Waiting(waiting) => Some(waiting),
            _ => None,
        }
    }

    /// The documents that wait in a frame.
    pub fn waiting_in(&self, frame: Frame) -> Vec<DocumentKey> {
        let is_it = |one: &Document| one.frame == frame && matches!(one.owner, Owner::Waiting(_));
        self.all.iter().filter(|(_, one)| is_it(one)).map(|(key, _)| DocumentKey(key)).collect()
    }

    /// Makes a document that waits a visit's, and hands back what it had gathered.
    pub fn give_to(&mut self, key: DocumentKey, number: VisitNumber) -> Option<Waiting> {
        self.waiting_mut(key)?;
        let document = self.all.get_mut(key.0)?;
        match std::mem::replace(&mut document.owner, Owner::Visit(number)) {
            Owner::Waiting(waiting) => Some(*waiting),
            Owner::Visit(_) | Owner::Parent => None,
        }
    }

    /// Forgets a document that waits, and hands back what it had gathered.
    pub fn remove_waiting(&mut self, key: DocumentKey) -> Option<Waiting> {
        self.waiting_mut(key)?;
        match self.remove(key)?.owner {
            Owner::Waiting(waiting) => Some(*waiting),
            Owner::Visit(_) | Owner::Parent => None,
        }
    }

    /// Forgets the documents that still wait for their commit, if they are to be.
    pub fn forget_waiting(&mut self, is_forgotten: impl Fn(&Waiting) -> bool) {
        let is_gone = |(key, document): (u32, &Document)| match &document.owner {
            Owner::Waiting(waiting) => is_forgotten(waiting).then_some(DocumentKey(key)),
            _ => None,
        };
        let gone: Vec<DocumentKey> = self.all.iter().filter_map(is_gone).collect();
        for key in gone {
            self.remove(key);
        }
    }

    /// Makes room for one more that waits.
    pub(crate) fn drop_oldest_waiting(&mut self) {
        let waiting = || {
            self.all.iter().filter_map(|(key, one)| match &one.owner {
                Owner::Waiting(waiting) => Some((waiting.since, DocumentKey(key))),
                _ => None,
            })
        };
        if waiting().count() >= MOST_WAITING
            && let Some((_, key)) = waiting().min()
        {
            self.remove(key);
        }
    }
}
