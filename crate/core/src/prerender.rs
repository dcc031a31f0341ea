//! A page that the browser prepares behind the one that a tab shows: whose request it is, and that it counts once.

use crate::document::{Owner, Place};
use crate::event::{DocumentEvent, Frame, NavigationEvent};
use crate::host_table::HostId;
use crate::ledger::Ledger;
use crate::type_table::MAIN_FRAME_CODE;
use crate::visit::{Prerender, Visit, VisitNumber};

impl Ledger {
    /// A page is asked for in order to be prepared. It is a request of the page that has it prepared, like the fetch for it.
    /// Returns the request's number; 0: it is not counted.
    ///
    /// Over https, Chromium 156 tells of it twice: that fetch, by the document that asks for it, then this, and the server sees
    /// one. Over http it tells of this alone. Of a page that is left, it may tell after the commit of the next one.
    pub fn prerender_started(&mut self, event: &NavigationEvent, initiator_host: &str) -> u32 {
        if self.settings.paused || event.host.is_empty() {
            return 0;
        }
        let shown = Frame { tab_id: event.tab_id, frame_id: 0 };
        let asker = self.asker_in(shown, initiator_host, event.at);
        let Some(Place::Visit(number)) = asker.and_then(|key| self.documents.place(key)) else { return 0 };
        let host = self.hosts.id(event.host);
        let Some(redirects) = self.begin(event.request_id, host, event.at) else { return 0 };
        let Some(visit) = self.visits.get_mut(number) else { return 0 };
        let was_fetched = has_fetched(visit, host);
        visit.prerenders.push(Prerender { host, was_fetched });
        if was_fetched {
            self.requests.end(event.request_id);
            return 0;
        }
        self.open_in_visit(number, event.request_id, host, MAIN_FRAME_CODE, redirects, event.at)
    }

    /// What a page that is prepared asked for before its commit.
    ///
    /// Chromium 156 can tell of it under the name of a document that is never committed (seen in about one of a hundred pages);
    /// the frame is right, and is of no other page.
    pub(crate) fn take_early_requests(&mut self, event: &DocumentEvent, number: VisitNumber) {
        for key in self.documents.waiting_in(event.frame()) {
            let Some(document) = self.documents.get_mut(key) else { continue };
            if let Owner::Waiting(mut waiting) = std::mem::replace(&mut document.owner, Owner::Visit(number))
            {
                waiting.contacts.tie_all_by_frame();
                self.absorb_in_visit(number, key, *waiting);
            }
        }
    }
}

/// Whether a visit's page has fetched a page of this host, of which no preparation has told yet.
fn has_fetched(visit: &Visit, host: HostId) -> bool {
    let fetched = visit.contacts.find(host).map_or(0, |contact| contact.requests_of(MAIN_FRAME_CODE));
    let own = u32::from(visit.host == host && visit.is_asked_for);
    let told = visit.prerenders.iter().filter(|told| told.host == host).count();
    fetched > own.saturating_add(u32::try_from(told).unwrap_or(u32::MAX))
}
