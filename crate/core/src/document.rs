//! Which page a document belongs to: each document by the browser's own name for it, and the way up to its page.

use std::collections::VecDeque;

use crate::contact::Chain;
use crate::event::Frame;
use crate::host_table::HostId;
use crate::live::{live_enum, live_newtype, live_struct};
use crate::names::Names;
use crate::numbered::Numbered;
use crate::order::sort_by;
use crate::record::StepKind;
use crate::time::Millis;
use crate::visit::VisitNumber;
use crate::waiting::Waiting;

/// A document's number; never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentKey(pub u32);

live_newtype!(DocumentKey);

/// Frames within frames, deeper than any page goes; a guard against a circle.
const DEEPEST: usize = 128;
/// How many documents of frames are kept: an advertisement that reloads for days must not fill the memory.
const MOST_FRAMES: usize = 2048;
/// Whose a document's requests are.
#[derive(Debug, Clone)]
pub enum Owner {
    /// A visit's. A page that is not counted has a number too, and no visit behind it.
    Visit(VisitNumber),
    /// Whoever owns the document that holds its frame, once that is known.
    Parent,
    /// Nobody's yet: the document has not been committed.
    Waiting(Box<Waiting>),
}

live_enum!(Owner { 0: Visit(number), 1: Parent, 2: Waiting(waiting) });

/// One document.
#[derive(Debug, Clone)]
pub struct Document {
    /// The browser's name for it.
    pub id: Box<str>,
    /// The host of its URL, once it is committed and where it has one.
    pub host: Option<HostId>,
    /// The document that holds its frame.
    pub parent: Option<DocumentKey>,
    /// Whose its requests are.
    pub owner: Owner,
    /// The frame in which it is.
    pub frame: Frame,
    /// When it took its place there, the last time; none: it has not.
    pub since: Option<Millis>,
    /// It came as what a tab shows without an address on the web, most often as its blank page; no page of the web comes of it.
    pub off_the_web: bool,
}

live_struct!(Document { id, host, parent, owner, frame, since, off_the_web });

impl Document {
    /// The same, of a page that is not counted: nothing is kept of it but that it is not.
    #[must_use]
    pub fn of_uncounted(&self) -> Self {
        let owner = match self.owner {
            Owner::Visit(number) => Owner::Visit(number),
            Owner::Parent | Owner::Waiting(_) => Owner::Parent,
        };
        Self { id: self.id.clone(), host: None, owner, ..*self }
    }
}

/// Where a request is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the visit of this number, if there is one.
    Visit(VisitNumber),
    /// With a document that has not been committed.
    Waiting(DocumentKey),
}

live_enum!(Place { 0: Visit(number), 1: Waiting(key) });

/// All documents that may still ask for something.
#[derive(Debug, Default)]
pub struct Documents {
    keys: Names,
    pub(crate) all: Numbered<Document>,
    pub(crate) next: u32,
    /// The documents of frames, each with its visit, oldest first.
    frames: VecDeque<(VisitNumber, DocumentKey)>,
}

impl Documents {
    /// The document of this name, if it has been met.
    pub fn find(&self, id: &str) -> Option<DocumentKey> {
        self.keys.get(id).map(DocumentKey)
    }

    /// The document of this name; one that is met for the first time waits for its commit.
    pub fn meet(&mut self, id: &str, frame: Frame, private: bool, at: Millis) -> DocumentKey {
        if let Some(key) = self.keys.get(id) {
            if let Some(waiting) = self.waiting_mut(DocumentKey(key)) {
                waiting.private |= private;
            }
            return DocumentKey(key);
        }
        self.drop_oldest_waiting();
        self.insert(Document {
            id: id.into(),
            host: None,
            parent: None,
            owner: Owner::Waiting(Box::new(Waiting::new(private, at))),
            frame,
            since: None,
            off_the_web: false,
        })
    }

    /// Adds a document.
    pub fn insert(&mut self, document: Document) -> DocumentKey {
        let key = DocumentKey(self.next);
        self.next = self.next.wrapping_add(1);
        self.keys.insert(&document.id, key.0);
        self.all.insert(key.0, document);
        key
    }

    /// Takes up the documents that an earlier life of the background knew, under the keys that they had.
    pub fn restore(&mut self, documents: Numbered<Document>, next: u32) {
        self.next = next;
        for (key, document) in documents.iter() {
            self.keys.insert(&document.id, key);
            if let (Owner::Visit(number), Some(_)) = (&document.owner, document.parent) {
                self.frames.push_back((*number, DocumentKey(key)));
            }
        }
        self.all = documents;
    }

    /// One document.
    pub fn get(&self, key: DocumentKey) -> Option<&Document> {
        self.all.get(key.0)
    }

    /// One document, to be changed.
    pub fn get_mut(&mut self, key: DocumentKey) -> Option<&mut Document> {
        self.all.get_mut(key.0)
    }

    /// A document took its place in a frame.
    pub fn settle(&mut self, key: DocumentKey, frame: Frame, since: Millis) {
        if let Some(document) = self.all.get_mut(key.0) {
            document.frame = frame;
            document.since = Some(since);
        }
    }

    /// The documents that a frame held until a moment, the last one last.
    pub fn in_frame(&self, frame: Frame, at: Millis) -> Vec<DocumentKey> {
        let mut held: Vec<(Millis, DocumentKey)> =
            self.settled_in(frame).filter(|(since, _)| *since <= at).collect();
        sort_by(&mut held, Ord::cmp);
        held.into_iter().map(|(_, key)| key).collect()
    }

    /// The first document that took its place in a frame after a moment.
    pub fn next_in_frame(&self, frame: Frame, at: Millis) -> Option<DocumentKey> {
        self.settled_in(frame).filter(|(since, _)| *since > at).min().map(|(_, key)| key)
    }

    /// The documents that took their place in a frame, each with when.
    fn settled_in(&self, frame: Frame) -> impl Iterator<Item = (Millis, DocumentKey)> {
        let here = self.all.iter().filter(move |(_, one)| one.frame == frame && frame != Frame::NONE);
        here.filter_map(|(key, document)| Some((document.since?, DocumentKey(key))))
    }

    /// A moment after all that a frame held has come; the epoch where nothing was seen in it.
    pub fn after_all_in(&self, frame: Frame, at: Millis) -> Millis {
        let last = self.in_frame(frame, at).last().and_then(|key| self.get(*key)?.since);
        last.map_or_else(Millis::default, |since| Millis::new(since.get() + 1))
    }

    /// Where a document's requests are counted now; nowhere where its parent is no longer known.
    pub fn place(&self, mut key: DocumentKey) -> Option<Place> {
        for _ in 0..DEEPEST {
            let document = self.all.get(key.0)?;
            match &document.owner {
                Owner::Visit(number) => return Some(Place::Visit(*number)),
                Owner::Waiting(_) => return Some(Place::Waiting(key)),
                Owner::Parent => key = document.parent?,
            }
        }
        None
    }

    /// The frames between the page and a document, outermost first, the document's own frame last.
    pub fn frames(&self, mut key: DocumentKey) -> Chain {
        let mut chain = Chain::new();
        for _ in 0..DEEPEST {
            let Some(document) = self.all.get(key.0) else { break };
            let Some(parent) = document.parent else { break };
            if let Some(host) = document.host {
                chain.push((StepKind::Frame, host));
            }
            key = parent;
        }
        chain.reverse();
        chain
    }

    /// Makes a document that of a frame, and hands back what it had gathered while it waited. Where too many are kept, one goes whose visit
    /// no tab shows, or the oldest.
    pub fn become_frame(
        &mut self,
        key: DocumentKey,
        parent: DocumentKey,
        host: Option<HostId>,
        is_shown: &dyn Fn(VisitNumber) -> bool,
    ) -> Option<Waiting> {
        let owner = match self.place(parent) {
            Some(Place::Visit(number)) => {
                if !self.is_visits(key, number) {
                    self.note_frame(number, key, is_shown);
                }
                Owner::Visit(number)
            }
            _ => Owner::Parent,
        };
        let document = self.all.get_mut(key.0)?;
        document.parent = Some(parent);
        document.host = host.or(document.host);
        match std::mem::replace(&mut document.owner, owner) {
            Owner::Waiting(waiting) => Some(*waiting),
            _ => None,
        }
    }

    fn is_visits(&self, key: DocumentKey, number: VisitNumber) -> bool {
        let owner = self.get(key).map(|document| &document.owner);
        matches!(owner, Some(Owner::Visit(of)) if *of == number)
    }

    fn note_frame(&mut self, number: VisitNumber, key: DocumentKey, is_shown: &dyn Fn(VisitNumber) -> bool) {
        if self.frames.len() == MOST_FRAMES {
            // Most often many are of one visit, one behind the other.
            let mut asked: Option<(VisitNumber, bool)> = None;
            let is_left = |(of, _): &(VisitNumber, DocumentKey)| {
                let (_, is_left) =
                    asked.filter(|(known, _)| known == of).unwrap_or_else(|| (*of, !is_shown(*of)));
                asked = Some((*of, is_left));
                is_left
            };
            let place = self.frames.iter().position(is_left).unwrap_or_default();
            if let Some((_, gone)) = self.frames.remove(place) {
                self.remove(gone);
            }
        }
        self.frames.push_back((number, key));
    }

    /// Forgets the documents of visits that are not wanted any more, and those that have lost their parent.
    pub fn keep_visits(&mut self, is_wanted: impl Fn(VisitNumber) -> bool) {
        let is_gone = |key: &DocumentKey| match self.place(*key) {
            Some(Place::Visit(number)) => !is_wanted(number),
            Some(_) => false,
            None => true,
        };
        let gone: Vec<DocumentKey> =
            self.all.iter().map(|(key, _)| DocumentKey(key)).filter(is_gone).collect();
        for key in gone {
            self.remove(key);
        }
        self.frames.retain(|(number, _)| is_wanted(*number));
    }

    /// Makes the documents of one visit another's.
    pub fn pass_on(&mut self, from: VisitNumber, to: VisitNumber) {
        for (_, document) in self.all.iter_mut() {
            if matches!(document.owner, Owner::Visit(number) if number == from) {
                document.owner = Owner::Visit(to);
            }
        }
        for (number, _) in self.frames.iter_mut().filter(|(number, _)| *number == from) {
            *number = to;
        }
    }

    /// Forgets where the documents of some visits are: they are counted no longer.
    pub fn forget_hosts(&mut self, is_forgotten: impl Fn(VisitNumber) -> bool) {
        for (_, document) in self.all.iter_mut() {
            if matches!(document.owner, Owner::Visit(number) if is_forgotten(number)) {
                document.host = None;
            }
        }
    }

    /// Forgets a document.
    pub(crate) fn remove(&mut self, key: DocumentKey) -> Option<Document> {
        let document = self.all.remove(key.0)?;
        self.keys.remove(&document.id);
        Some(document)
    }
}
