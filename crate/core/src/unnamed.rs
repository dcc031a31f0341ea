//! What is asked for where the browser names no document: what a frame showed then, or what a site's workers do.

use crate::document::{DocumentKey, Owner};
use crate::event::{Frame, UnnamedRequestEvent};
use crate::host_table::HostId;
use crate::ledger::Ledger;
use crate::record::{EndReason, GapReason, VisitKind};
use crate::request::{Holder, OpenRequest};
use crate::time::Millis;
use crate::visit::{Visit, VisitNumber};

impl Ledger {
    /// Something asks whose document the browser does not name. Returns the request's number; 0: it is not counted.
    ///
    /// What a dedicated worker asks for, and a fetch that outlives its page, Firefox 153 reports with the tab, the frame and the
    /// address of who asks; what a service or a shared worker asks for, both browsers with its origin or its script alone. In the
    /// name of a blank window Firefox reports what the page asks for that has opened and filled it; Chromium 156 names that page.
    pub fn unnamed_request_started(&mut self, event: &UnnamedRequestEvent) -> u32 {
        if event.document_id.is_empty() {
            let hinted = if event.is_of_next_page { self.page_to_come(event) } else { None };
            let asker = hinted.or_else(|| self.asker_in(event.frame, event.initiator_host, event.at));
            if let Some(document) = asker.or_else(|| self.page_to_come(event)) {
                return self.frame_asked(document, event);
            }
        } else if !self.is_off_the_web(event.document_id) {
            return 0;
        }
        self.site_asked(event)
    }

    /// The document that a frame held when something in it asked, if it can be the one: a worker's script and a document are of
    /// one host. What a blank page asks for is its opener's.
    pub(crate) fn asker_in(&self, frame: Frame, initiator_host: &str, at: Millis) -> Option<DocumentKey> {
        let held = self.documents.in_frame(frame, at);
        let host_of = |key: DocumentKey| self.documents.get(key)?.host.map(|host| self.hosts.name(host));
        let last = *held.last()?;
        if host_of(last).is_none() && self.is_uncounted(last) {
            return Some(last);
        }
        // The last of the host: what a page asks for as it is left can be told after the next one's commit.
        if let Some(key) = held.iter().rev().find(|key| host_of(**key) == Some(initiator_host)) {
            return Some(*key);
        }
        // A worker made of a `data:` address has no host; a document without an address neither.
        let has_none = initiator_host.is_empty() || host_of(last).is_none();
        (has_none && !self.documents.get(last)?.off_the_web).then_some(last)
    }

    /// The page to which the asking tab is on its way, if it is the one that asks: on an answer that only hints at what the page will
    /// need (103), Firefox 153 asks in the name of that page. What it asked for waits for the page's commit, or is the page's where that
    /// is told first.
    fn page_to_come(&mut self, event: &UnnamedRequestEvent) -> Option<DocumentKey> {
        if let Some(page) = self.page_that_came(event).filter(|_| event.is_of_next_page) {
            return Some(page);
        }
        let Frame { tab_id, frame_id } = event.frame;
        let navigation = self.tabs.navigation(tab_id).filter(|_| frame_id == 0)?;
        let host = navigation.host;
        let is_it = self.hosts.is_host(host)
            && self.hosts.name(host) == event.initiator_host
            && !self.is_excluded(self.hosts.site(host));
        let name = name_to_come(tab_id, navigation.request_id);
        is_it.then(|| self.documents.meet(&name, event.frame, event.private, event.at))
    }

    /// The first page that came to the asking frame after something asked, if that was for it: Firefox 153 can tell of a commit before it
    /// tells of what led there and was asked for meanwhile; their times are right.
    fn page_that_came(&self, event: &UnnamedRequestEvent) -> Option<DocumentKey> {
        let key =
            self.documents.next_in_frame(event.frame, event.at).filter(|_| event.frame.frame_id == 0)?;
        let document = self.documents.get(key)?;
        let is_asker = document.host.is_some_and(|host| self.hosts.name(host) == event.initiator_host);
        // Before its own request nothing hinted at anything.
        let was_asked_for = match document.owner {
            Owner::Visit(number) => {
                self.visits.get(number).is_none_or(|visit| visit.can_have_hinted_at(event.at))
            }
            Owner::Parent | Owner::Waiting(_) => false,
        };
        (is_asker && was_asked_for).then_some(key)
    }

    /// What a page asked for before it had a name is the page's now.
    pub(crate) fn take_hinted(&mut self, tab_id: i32, request_id: u64, number: VisitNumber) {
        let Some(key) = self.documents.find(&name_to_come(tab_id, request_id)) else { return };
        if let Some(mut waiting) = self.documents.remove_waiting(key) {
            waiting.contacts.tie_all_by_frame();
            self.absorb_in_visit(number, key, waiting);
        }
    }

    /// What a page asked for that does not come is nobody's.
    pub(crate) fn forget_hinted(&mut self, tab_id: i32, request_id: u64) {
        if let Some(key) = self.documents.find(&name_to_come(tab_id, request_id)) {
            self.documents.remove_waiting(key);
        }
    }

    /// Whether a document is a page's that is not counted; its host is not stored.
    fn is_uncounted(&self, key: DocumentKey) -> bool {
        let document = self.documents.get(key).filter(|document| !document.off_the_web);
        document.is_some_and(|one| matches!(one.owner, Owner::Visit(number) if !self.visits.contains(number)))
    }

    fn is_off_the_web(&self, document_id: &str) -> bool {
        let document = self.documents.find(document_id).and_then(|key| self.documents.get(key));
        document.is_some_and(|document| document.off_the_web)
    }

    fn frame_asked(&mut self, document: DocumentKey, event: &UnnamedRequestEvent) -> u32 {
        let host = self.hosts.id(event.host);
        let begun = self.request_from(document, event.request_id, host, event.request_type, event.at);
        if let Some(OpenRequest::Pending(pending)) = self.requests.get(event.request_id)
            && let Holder::Place(place) = pending.holder
        {
            let host = pending.host;
            if let Some(contacts) = self.contacts_to_change(place) {
                contacts.tie_by_frame(host);
            }
        }
        begun.unwrap_or(0)
    }

    /// It belongs to no page: of a service worker no more than its site is known.
    fn site_asked(&mut self, event: &UnnamedRequestEvent) -> u32 {
        if self.settings.paused || event.host.is_empty() || event.initiator_host.is_empty() {
            return 0;
        }
        let initiator = self.hosts.id(event.initiator_host);
        let site = self.hosts.site(initiator);
        if self.is_excluded(site) {
            return 0;
        }
        let host = self.hosts.id(event.host);
        let Some(redirects) = self.begin(event.request_id, host, event.at) else { return 0 };
        let number = self.background(site, initiator, event);
        self.open_in_visit(number, event.request_id, host, event.request_type, redirects, event.at)
    }

    /// The visit that stands for what this site's workers do at a moment, between two pages of the site. What is told late can belong
    /// before a page that is there already.
    fn background(&mut self, site: HostId, initiator: HostId, event: &UnnamedRequestEvent) -> VisitNumber {
        let at = event.at;
        let is_sites = |visit: &Visit| (visit.site, visit.private) == (site, event.private);
        let pages = self.visits.values().filter(|visit| visit.kind == VisitKind::Page && is_sites(visit));
        let began: Vec<Millis> = pages.map(|page| page.started_at).collect();
        let stands_for_it = |record: &Visit| {
            let is_between_the_same = began.iter().all(|page| (record.started_at < *page) == (at < *page));
            is_between_the_same && record.ended.is_none_or(|(end, _)| at <= end)
        };
        let records =
            self.visits.iter().filter(|(_, one)| one.kind == VisitKind::Background && is_sites(one));
        let known = records.filter(|(_, record)| stands_for_it(record)).map(|(number, _)| number).last();
        if let Some(number) = known {
            return number;
        }
        let number = self.take_visit_number();
        let mut visit =
            Visit::new(VisitKind::Background, initiator, site, event.private, at, self.utc_offset);
        if self.is_access_missing {
            visit.add_gap(GapReason::AccessMissing, at);
        }
        if let Some(next) = began.iter().filter(|page| **page > at).min() {
            visit.end(*next, EndReason::Navigated);
        } else {
            // The one that is open began before the last page.
            self.close_background(site, event.private, began.iter().copied().max().unwrap_or(at));
            self.backgrounds.push((site, event.private, number));
        }
        self.visits.insert(number, visit);
        number
    }
}

/// By what a page is known that has no name yet, the one that a navigation leads to: no browser's name has a space.
fn name_to_come(tab_id: i32, request_id: u64) -> String {
    format!("{tab_id} {request_id}")
}
