//! What a committed document does to the ledger: a page begins or comes back, a tab goes.

use crate::arrival::Arrival;
use crate::document::{DocumentKey, Owner, Place};
use crate::event::{DocumentEvent, Frame, Lifecycle};
use crate::host_table::HostId;
use crate::ledger::Ledger;
use crate::record::{EndReason, GapReason, VisitKind};
use crate::tab::{Shown, ShownPage};
use crate::time::Millis;
use crate::visit::{Visit, VisitNumber};

/// How a page's document was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// As it came: the request that led to it is told before, or a little later.
    Coming,
    /// In its place: what it asked for before, nobody knows.
    InItsPlace,
}

impl Ledger {
    /// A document took its place in a frame.
    pub fn document_committed(&mut self, event: &DocumentEvent) {
        if !event.outermost {
            self.frame_committed(event, event.at);
        } else if self.is_error_page(event) {
            self.navigation_stopped(event.tab_id, event.host, event.at);
            let own_page = DocumentEvent { scheme: "about", host: "", ..*event };
            self.page_committed(&own_page, Found::Coming);
        } else {
            self.page_committed(event, Found::Coming);
        }
    }

    /// A document was found in its place; its commit may not have been seen. Nothing happens where it was.
    pub fn document_adopted(&mut self, event: &DocumentEvent) {
        let known = self.documents.find(event.document_id).and_then(|key| self.documents.get(key));
        match known.map(|document| &document.owner) {
            None | Some(Owner::Waiting(_)) => {}
            // A page that its tab went back to, unseen.
            Some(Owner::Visit(number)) if event.outermost && !self.is_shown(event.tab_id, *number) => {}
            Some(Owner::Visit(_) | Owner::Parent) => return,
        }
        if event.outermost {
            self.page_committed(event, Found::InItsPlace);
        } else {
            self.frame_committed(event, Millis::new(0));
        }
    }

    /// A tab was closed.
    pub fn tab_removed(&mut self, tab_id: i32, at: Millis) {
        if let Some(tab) = self.tabs.remove(tab_id) {
            self.arrive_at_last(tab);
            self.end_pages_of(tab_id, None, at, EndReason::TabClosed);
            self.changes.note();
        }
    }

    pub(crate) fn mark_open_visits(&mut self, reason: GapReason, at: Millis) {
        let Self { visits, changes, .. } = self;
        for (_, visit) in visits.iter_mut().filter(|(_, visit)| visit.ended.is_none()) {
            visit.add_gap(reason, at);
            changes.note_in(visit);
        }
    }

    fn page_committed(&mut self, event: &DocumentEvent, found: Found) {
        self.changes.note();
        let key = self.documents.meet(event.document_id, Frame::NONE, event.private, event.at);
        if event.is_on_web() && self.documents.get(key).is_some_and(|document| document.off_the_web) {
            // Firefox 153 gives the blank document of a tab that it brings back (discarded, or of the session before) the address
            // of the page to come, and commits it once more. Nothing was loaded.
            return;
        }
        self.documents.settle(key, event.frame(), self.since(event, found));
        let was_asked_in_pause = self.take_asked_in_pause(event);
        match self.documents.place(key) {
            // Back from the back/forward cache, or a prerendered page that is shown now: the same document, the same visit.
            Some(Place::Visit(number)) if !self.was_found_on_its_way(event, number) => {
                if event.lifecycle.is_shown() {
                    self.come_back(event, number, found);
                }
            }
            _ => self.page_came(event, key, found, was_asked_in_pause),
        }
    }

    /// A page that was not there before.
    fn page_came(&mut self, event: &DocumentEvent, key: DocumentKey, found: Found, was_asked_in_pause: bool) {
        let number = self.take_visit_number();
        let page = self.kind_of_page(event);
        let counted = matches!(page, ShownPage::Counted);
        if event.lifecycle.is_shown() {
            if found == Found::InItsPlace {
                self.mark_unseen_end(event.tab_id, Some(number), event.at);
            }
            self.show(event, Shown { number, page });
        } else if !counted {
            let tab = self.tabs.meet(event.tab_id);
            tab.private |= event.private;
            tab.prepare(number);
        }
        let host = self.hosts.id(event.host);
        let Some(document) = self.documents.get_mut(key) else { return };
        document.off_the_web = !event.is_on_web() && found == Found::Coming;
        if event.is_on_web() {
            // Also of a page that is not counted, while this core lives: who asks is told by it.
            document.host = Some(host);
        }
        let waiting = match std::mem::replace(&mut document.owner, Owner::Visit(number)) {
            Owner::Waiting(waiting) => Some(*waiting),
            Owner::Visit(_) | Owner::Parent => None,
        };
        if !counted {
            self.give_up_navigation_to(event, host);
            return;
        }
        self.begin_visit(event, number, host, found, was_asked_in_pause);
        if let Some(waiting) = waiting {
            self.absorb_in_visit(number, key, waiting);
        }
        match found {
            // Whatever its tab asks for leads to another page.
            Found::InItsPlace => {}
            Found::Coming if event.lifecycle.is_shown() => {
                self.arrive(event.tab_id, number, host);
                self.take_misnamed(event, number, host);
            }
            Found::Coming => self.take_early_requests(event, number),
        }
    }

    /// What the page asked for under the name of the blank document that its tab showed before: Chromium 156 names that one where the
    /// page's first requests overtake its commit, in a new tab and on a busy machine. It is a document of that name that never commits, of
    /// the page's host, in its frame, that asked for nothing but between the page's own request and its commit.
    ///
    /// The page before asks at its end in the same place, at the same time. Where this core may not know its name, whose it is cannot be told: the page
    /// that comes may then lack it.
    fn take_misnamed(&mut self, event: &DocumentEvent, number: VisitNumber, host: HostId) {
        let may_be_of_page_before = self.start.take_unstored(event.tab_id);
        let own = self.visits.get(number).and_then(Visit::asked_for_at);
        let Some(asked_at) = own.filter(|_| event.lifecycle == Lifecycle::Active) else { return };
        for key in self.documents.waiting_in(event.frame()) {
            let is_of_host = self.documents.get(key).is_some_and(|document| document.host == Some(host));
            let is_between = self.documents.waiting_mut(key).is_some_and(|waiting| {
                waiting.since >= asked_at && waiting.contacts.iter().all(|one| one.last_at <= event.at)
            });
            if !is_of_host || !is_between {
                continue;
            }
            if may_be_of_page_before {
                if let Some(visit) = self.visits.get_mut(number) {
                    visit.add_gap(self.start.why_unseen(), event.at);
                }
            } else if let Some(mut waiting) = self.documents.give_to(key, number) {
                waiting.contacts.tie_all_by_frame();
                self.absorb_in_visit(number, key, waiting);
            }
        }
    }

    /// Since when the document is in its place, as far as is known: one that is found there came after what was seen there last.
    fn since(&self, event: &DocumentEvent, found: Found) -> Millis {
        match found {
            Found::Coming => event.at,
            Found::InItsPlace => self.documents.after_all_in(event.frame(), event.at),
        }
    }

    /// Whether the page that comes was asked for while the counting was paused, or was under way then.
    fn take_asked_in_pause(&mut self, event: &DocumentEvent) -> bool {
        let shown = event.is_on_web() && event.lifecycle.is_shown();
        let tab = self.tabs.get_mut(event.tab_id).filter(|_| shown);
        tab.is_some_and(|tab| tab.asked_in_pause.take().is_some())
    }

    /// A tab shows a page again that it has shown, or one that was prepared for it.
    fn come_back(&mut self, event: &DocumentEvent, number: VisitNumber, found: Found) {
        match found {
            Found::InItsPlace => {
                self.mark_unseen_end(event.tab_id, Some(number), event.at);
                if let Some(visit) = self.visits.get_mut(number) {
                    // What it asked for as it was shown may be lost too.
                    visit.add_gap(self.start.why_unseen(), event.at);
                }
            }
            Found::Coming => self.arrive_found(event, number),
        }
        self.show_again(event, number);
    }

    /// Whether a page that is committed now was adopted while it was on its way: Firefox 153 can name the document that comes
    /// with the address of the one that goes (`about:blank`, in a new tab).
    fn was_found_on_its_way(&self, event: &DocumentEvent, number: VisitNumber) -> bool {
        let shown = self.tabs.shown(event.tab_id);
        let was_off_the_web = shown
            .is_some_and(|shown| shown.number == number && matches!(shown.page, ShownPage::OffTheWeb(_)));
        was_off_the_web && event.is_on_web()
    }

    fn kind_of_page(&mut self, event: &DocumentEvent) -> ShownPage {
        if !event.is_on_web() {
            return ShownPage::OffTheWeb(event.scheme.into());
        }
        let host = self.hosts.id(event.host);
        let site = self.hosts.site(host);
        if self.is_excluded(site) {
            ShownPage::Excluded(site)
        } else if self.settings.paused {
            ShownPage::Uncounted
        } else {
            ShownPage::Counted
        }
    }

    fn begin_visit(
        &mut self,
        event: &DocumentEvent,
        number: VisitNumber,
        host: HostId,
        found: Found,
        was_asked_in_pause: bool,
    ) {
        let site = self.hosts.site(host);
        self.close_background(site, event.private, event.at);
        let mut visit = Visit {
            tab_id: Some(event.tab_id),
            scheme: event.scheme.into(),
            ..Visit::new(VisitKind::Page, host, site, event.private, event.at, self.utc_offset)
        };
        let can_have_lost_request = self.start.take_underway(event.tab_id)
            || self.start.can_have_lost_request(event.at, event.private);
        visit.arrival = match (found, event.lifecycle) {
            (Found::InItsPlace, _) => Arrival::Found,
            (Found::Coming, Lifecycle::Prerender) => Arrival::Unasked,
            (Found::Coming, _) if was_asked_in_pause => Arrival::Unasked,
            (Found::Coming, Lifecycle::Active) if can_have_lost_request => Arrival::Missing,
            (Found::Coming, Lifecycle::Active) => Arrival::Untold,
            (Found::Coming, Lifecycle::Untold) => Arrival::Missing,
        };
        if was_asked_in_pause {
            visit.add_gap(GapReason::Paused, event.at);
        }
        if found == Found::Coming && self.start.can_have_lost_events(event.at) {
            visit.add_gap(GapReason::BackgroundRestarted, self.start.at());
        }
        if self.is_access_missing {
            visit.add_gap(GapReason::AccessMissing, event.at);
        }
        // A request that is not told where the access is missing says nothing of the background.
        let is_request_missing = visit.arrival == Arrival::Missing && !self.is_access_missing;
        if found == Found::InItsPlace || is_request_missing {
            visit.add_gap(self.start.why_unseen(), event.at);
        }
        self.changes.touch(&mut visit, event.at);
        self.visits.insert(number, visit);
    }

    fn show_again(&mut self, event: &DocumentEvent, number: VisitNumber) {
        let comes_back = !self.is_shown(event.tab_id, number);
        let page = if let Some(visit) = self.visits.get_mut(number) {
            visit.ended = None;
            if comes_back && visit.is_doubtful() {
                // What comes back was a page.
                visit.arrival = Arrival::Unasked;
            }
            if self.settings.paused {
                visit.add_gap(GapReason::Paused, event.at);
            }
            if self.is_access_missing {
                visit.add_gap(GapReason::AccessMissing, event.at);
            }
            visit.tab_id = Some(event.tab_id);
            // Chromium 156 prepares its pages once more, from what it fetched for them before.
            visit.prerenders.retain(|prerender| !prerender.was_fetched);
            self.changes.touch(visit, event.at);
            ShownPage::Counted
        } else {
            match self.kind_of_page(event) {
                ShownPage::Counted => ShownPage::Uncounted,
                page => page,
            }
        };
        self.show(event, Shown { number, page });
    }

    fn show(&mut self, event: &DocumentEvent, shown: Shown) {
        let tab = self.tabs.meet(event.tab_id);
        tab.private |= event.private;
        let number = shown.number;
        let before = tab.shown.replace(shown).filter(|before| before.number != number);
        tab.past.retain(|past| *past != number);
        tab.prepared.clear();
        let Some(before) = before else { return };
        if self.was_none(before.number, event) {
            self.withdraw(before.number, number);
            return;
        }
        if let Some(tab) = self.tabs.get_mut(event.tab_id) {
            tab.leave(before.number);
        }
        self.end_pages_of(event.tab_id, Some(number), event.at, EndReason::Navigated);
    }

    /// What a tab showed is over, and with it what it had prerendered and never showed; not what it shows next.
    fn end_pages_of(&mut self, tab_id: i32, next: Option<VisitNumber>, at: Millis, reason: EndReason) {
        let is_over = |(number, visit): &(VisitNumber, &Visit)| {
            visit.tab_id == Some(tab_id) && visit.ended.is_none() && Some(*number) != next
        };
        let over: Vec<VisitNumber> = self.visits.iter().filter(is_over).map(|(number, _)| number).collect();
        for number in over {
            self.end_page(number, at, reason);
        }
    }

    /// Whether a tab shows the page of this number.
    pub(crate) fn is_shown(&self, tab_id: i32, number: VisitNumber) -> bool {
        self.tabs.shown(tab_id).is_some_and(|shown| shown.number == number)
    }

    fn end_page(&mut self, number: VisitNumber, at: Millis, reason: EndReason) {
        if let Some(visit) = self.visits.get_mut(number) {
            visit.end(at, reason);
            // What it sends as it goes is told a little later.
            self.changes.touch(visit, at);
        }
    }

    /// A page of the site begins: what the site's workers did until now belongs to what came before.
    pub(crate) fn close_background(&mut self, site: HostId, private: bool, at: Millis) {
        let open =
            self.backgrounds.iter().position(|(of, is_private, _)| *of == site && *is_private == private);
        if let Some(place) = open {
            let (_, _, number) = self.backgrounds.swap_remove(place);
            self.end_page(number, at, EndReason::Navigated);
        }
    }
}
