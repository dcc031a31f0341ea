//! How a page came to its tab: by a request that is told before its commit, late, or never; and what only looks like a page.

use crate::commit::DeletedVisit;
use crate::contact::Chain;
use crate::document::Place;
use crate::event::{DocumentEvent, Lifecycle};
use crate::host_table::HostId;
use crate::ledger::Ledger;
use crate::navigation::Navigation;
use crate::outcome::Outcome;
use crate::record::{Gap, GapReason};
use crate::request::{Holder, OpenRequest};
use crate::tab::Tab;
use crate::time::Millis;
use crate::type_table::MAIN_FRAME_CODE;
use crate::visit::{Visit, VisitNumber};

/// The request that led to a page; not kept over a restart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// None is waited for: the page was prepared, or it is none.
    Unasked,
    /// The page was found in its place. A navigation under way leads away from it, unless its commit is told after all.
    Found,
    /// It has not been told, and may never be (Chromium 156, where a service worker answers).
    Untold,
    /// It has not been told, although the browser tells of each (Firefox 153), or the background was killed right before: it may come
    /// late, or was lost, or the page is none.
    Missing,
    /// It has been told: the browser's number of it.
    Told(u64),
    /// It was told in an earlier life of the background: a navigation that is still told of is another one.
    Restored,
}

/// How soon Firefox 153 asks for the page whose address it gave to a blank document: some 20 ms were seen.
const ASKED_FOR_MS: u64 = 2_000;

impl Ledger {
    /// The tab's navigation led to this visit: its redirects are the visit's hops, its last request the first contact, and what it
    /// had asked for before it had a name is the visit's.
    pub(crate) fn arrive(&mut self, tab_id: i32, number: VisitNumber, host: HostId) {
        if let Some(request_id) = self.take_navigation(tab_id, number, host) {
            self.take_hinted(tab_id, request_id, number);
        }
    }

    fn take_navigation(&mut self, tab_id: i32, number: VisitNumber, host: HostId) -> Option<u64> {
        let unseen = self.start.why_unseen();
        let is_redirected = self.is_redirected(tab_id);
        let tab = self.tabs.get_mut(tab_id)?;
        let visit = self.visits.get_mut(number)?;
        let came_at = visit.started_at;
        let is_untold = is_redirected && visit.arrival == Arrival::Untold;
        // One that began after the page was there leads to another.
        let leads_here = |one: &mut Navigation| one.leads_to(host, is_untold) && one.at <= came_at;
        let Navigation { request_id, host: asked, hops, outcome, at, is_late, .. } =
            tab.navigation.take_if(leads_here)?;
        visit.hops.extend(hops);
        let marked = Gap { reason: unseen, since_ms: came_at };
        visit.gaps.retain(|gap| *gap != marked);
        let is_asked = asked == host;
        let is_answer_lost = is_asked && outcome == Outcome::Pending && self.start.can_have_lost_answer(at);
        if is_late && self.start.is_resumed() || is_answer_lost {
            visit.add_gap(GapReason::BackgroundRestarted, came_at);
        }
        visit.arrival = Arrival::Told(request_id);
        self.changes.note_in(visit);
        // Of a page that a service worker answers nobody is asked, unless it lets the request pass: then it begins once more.
        if is_asked {
            visit.is_asked_for = true;
            visit.contacts.begin(host, MAIN_FRAME_CODE, at, outcome, Chain::new);
            if let Some(OpenRequest::Pending(pending)) = self.requests.get_mut(request_id)
                && pending.holder == Holder::Navigation(tab_id)
            {
                pending.holder = Holder::Place(Place::Visit(number));
            }
        }
        Some(request_id)
    }

    /// Firefox 153 can tell of a commit, of the next one, and of the end of the tab, before it tells of the last hop that led there, and of
    /// a hop twice where a service worker lets it pass; their times are right: a request leads to the first page that came after it.
    pub(crate) fn arrive_late(&mut self, tab_id: i32, request_id: u64, host: HostId, began_at: Millis) {
        let Some(tab) = self.tabs.get(tab_id) else { return };
        let is_new = tab.is_new();
        let is_its = |(number, visit): &(VisitNumber, &Visit)| {
            // Of a tab that was closed its visits alone are left.
            (if is_new { visit.tab_id == Some(tab_id) } else { tab.has_shown(*number) })
                && began_at <= visit.started_at
        };
        let first = self.visits.iter().filter(is_its).min_by_key(|(_, visit)| visit.started_at);
        let Some((number, visit)) = first else { return };
        let told = Arrival::Told(request_id);
        if visit.host == host && [Arrival::Untold, Arrival::Missing, told].contains(&visit.arrival) {
            self.arrive(tab_id, number, host);
            if is_new {
                self.tabs.remove(tab_id);
            }
        }
    }

    /// A tab was closed: the navigation under way before its last page came led to that one. The rest of its way may still be told.
    pub(crate) fn arrive_at_last(&mut self, tab: Tab) {
        let (Some(shown), Some(navigation)) = (tab.shown, tab.navigation) else { return };
        let visit = self
            .visits
            .get_mut(shown.number)
            .filter(|visit| navigation.at <= visit.started_at && visit.arrival == Arrival::Missing);
        if let Some(visit) = visit {
            visit.arrival = Arrival::Told(navigation.request_id);
            visit.hops.extend(navigation.hops);
        }
    }

    /// The commit of a page is told after it was found in its place: it came then, and the tab's navigation led there after all. A tab
    /// that goes back to a page shows another one before.
    pub(crate) fn arrive_found(&mut self, event: &DocumentEvent, number: VisitNumber) {
        let unseen = self.start.why_unseen();
        let is_there = self.is_shown(event.tab_id, number);
        let found = self.visits.get_mut(number).filter(|visit| is_there && visit.arrival == Arrival::Found);
        let Some(visit) = found else { return };
        let marked = Gap { reason: unseen, since_ms: visit.started_at };
        for gap in visit.gaps.iter_mut().filter(|gap| **gap == marked) {
            gap.since_ms = event.at;
        }
        visit.started_at = event.at;
        visit.arrival = match event.lifecycle {
            Lifecycle::Untold => Arrival::Missing,
            _ => Arrival::Untold,
        };
        let host = visit.host;
        self.arrive(event.tab_id, number, host);
    }

    /// Whether a page that is committed is the browser's own, in the place of one that did not come.
    pub(crate) fn is_error_page(&mut self, event: &DocumentEvent) -> bool {
        let Some(tab) = self.tabs.get_mut(event.tab_id).filter(|tab| tab.failed.is_some()) else {
            return false;
        };
        let host = self.hosts.id(event.host);
        tab.failed.take_if(|failed| failed.host == host && failed.at <= event.at).is_some()
    }

    /// Whether what a tab showed was no page: Firefox 153 gives the blank document of a tab that comes back with the session the
    /// address of its page, as the first that the tab shows, and asks for the page right after.
    pub(crate) fn was_none(&self, number: VisitNumber, next: &DocumentEvent) -> bool {
        let is_of_firefox = next.lifecycle == Lifecycle::Untold;
        let fresh = self.tabs.get(next.tab_id).filter(|tab| is_of_firefox && tab.past.is_empty());
        let Some(tab) = fresh else { return false };
        let Some(visit) = self.visits.get(number).filter(|visit| visit.is_doubtful()) else { return false };
        // A request that is not told yet has been answered at once.
        let asked_at =
            tab.navigation.as_ref().filter(|one| one.host == visit.host).map_or(next.at, |one| one.at);
        asked_at.since(visit.started_at) < ASKED_FOR_MS && self.hosts.name(visit.host) == next.host
    }

    /// A page turned out to be none: what is open of it is another one's, and what was stored of it is deleted.
    pub(crate) fn withdraw(&mut self, number: VisitNumber, for_another: VisitNumber) {
        let Some(visit) = self.visits.remove(number) else { return };
        self.documents.pass_on(number, for_another);
        self.recent.forget_visits(&[number]);
        if !visit.private {
            self.changes.delete_visit(DeletedVisit { id: self.visit_id(number), day: visit.day() });
        }
    }
}
