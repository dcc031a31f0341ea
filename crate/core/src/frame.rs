//! How a frame finds its page: what its document asked for while it waited goes there.

use crate::contact::Chain;
use crate::document::{DocumentKey, Place};
use crate::event::{DocumentEvent, Frame};
use crate::host_table::HostId;
use crate::ledger::Ledger;
use crate::request::Holder;
use crate::time::Millis;
use crate::visit::VisitNumber;
use crate::waiting::Waiting;

impl Ledger {
    /// A document took its place in a frame of a page; `since` that moment.
    pub(crate) fn frame_committed(&mut self, event: &DocumentEvent, since: Millis) {
        let key = self.documents.meet(event.document_id, Frame::NONE, event.private, event.at);
        self.documents.settle(key, event.frame(), since);
        if event.parent_document_id.is_empty() {
            return;
        }
        let parent = self.documents.meet(event.parent_document_id, Frame::NONE, event.private, event.at);
        let host = (!event.host.is_empty()).then(|| self.hosts.id(event.host));
        self.changes.note();
        self.frame_found(key, parent, host);
    }

    /// It is known now which document holds this one: what it asked for while it waited goes there.
    pub(crate) fn frame_found(&mut self, key: DocumentKey, parent: DocumentKey, host: Option<HostId>) {
        let Self { documents, visits, tabs, .. } = self;
        let is_shown = |number: VisitNumber| {
            let tab_id = visits.get(number).and_then(|visit| visit.tab_id);
            tab_id.and_then(|tab_id| tabs.shown(tab_id)).is_some_and(|shown| shown.number == number)
        };
        let Some(waiting) = documents.become_frame(key, parent, host, &is_shown) else { return };
        match self.documents.place(key) {
            Some(Place::Visit(number)) => self.absorb_in_visit(number, key, waiting),
            Some(Place::Waiting(root)) => {
                let frames = self.documents.frames(key);
                let Some(target) = self.documents.waiting_mut(root) else { return };
                target.private |= waiting.private;
                target.contacts.absorb(waiting.contacts, &frames);
                self.move_requests(Place::Waiting(key), Place::Waiting(root));
            }
            None => {}
        }
    }

    /// What a document asked for while it waited is a visit's.
    pub(crate) fn absorb_in_visit(&mut self, number: VisitNumber, key: DocumentKey, waiting: Waiting) {
        if waiting.contacts.is_empty() {
            return;
        }
        let frames: Chain = self.documents.frames(key);
        let Some(visit) = self.visits.get_mut(number) else { return };
        visit.contacts.absorb(waiting.contacts, &frames);
        self.changes.note_in(visit);
        self.move_requests(Place::Waiting(key), Place::Visit(number));
    }

    /// Requests follow their contacts.
    fn move_requests(&mut self, from: Place, to: Place) {
        self.recent.relocate(from, to);
        let (from, to) = (Holder::Place(from), Holder::Place(to));
        for (_, request) in self.requests.iter_mut().filter(|(_, request)| request.holder() == from) {
            request.move_to(to);
        }
        for request in self.requests.overtaken_mut().filter(|request| request.holder == from) {
            request.holder = to;
        }
    }
}
