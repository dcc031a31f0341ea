//! The request of a tab that asks for a document, until that one is committed, or it is known that none comes.

use crate::arrival::Arrival;
use crate::contact::Chain;
use crate::event::{DocumentEvent, Lifecycle, NavigationEvent, RequestEnd};
use crate::host_table::{HostId, NO_HOST};
use crate::ledger::Ledger;
use crate::live::live_struct;
use crate::outcome::Outcome;
use crate::request::{Holder, OpenRequest};
use crate::tab::Failed;
use crate::time::Millis;
use crate::type_table::MAIN_FRAME_CODE;

/// A navigation's own request, until the document that it leads to is committed.
#[derive(Debug, Clone)]
pub struct Navigation {
    /// The browser's number of the request.
    pub request_id: u64,
    /// The host that is asked now.
    pub host: HostId,
    /// The hosts that redirected here.
    pub hops: Vec<HostId>,
    /// What became of the request to `host`.
    pub outcome: Outcome,
    /// When the request to `host` began.
    pub at: Millis,
    /// See [`crate::event::NavigationEvent::is_late`].
    pub is_late: bool,
    /// The last request failed, and nothing says yet that the tab stays as it is, or shows an error.
    pub has_failed: bool,
}

live_struct!(Navigation { request_id, host, hops, outcome, at, is_late, has_failed });

impl Navigation {
    /// Whether a request to this host, under another number, goes on with it: a browser that tries https first asks over http then.
    pub fn falls_back_to(&self, host: HostId) -> bool {
        self.has_failed && self.host == host
    }

    /// Whether it leads to a page of this host, as far as is known: whom it asks after its last redirect may not have been told.
    pub fn leads_to(&self, host: HostId, is_redirected: bool) -> bool {
        self.host == host || self.host == NO_HOST || is_redirected
    }
}

impl Ledger {
    /// A tab's outermost frame asks for a document. Returns the request's number; 0: it is not counted.
    pub fn navigation_started(&mut self, event: &NavigationEvent) -> u32 {
        if event.host.is_empty() {
            return 0;
        }
        if self.settings.paused {
            self.give_up_navigation(event.tab_id);
            let tab = self.tabs.meet(event.tab_id);
            tab.private |= event.private;
            tab.asked_in_pause = Some(event.request_id);
            return 0;
        }
        let host = self.hosts.id(event.host);
        if self.begin(event.request_id, host, event.at).is_none() {
            return 0;
        }
        self.leave_navigation_before(event, host);
        let tab = self.tabs.meet(event.tab_id);
        tab.private |= event.private;
        tab.asked_in_pause.take_if(|asked| *asked != event.request_id);
        tab.failed.take_if(|failed| failed.at < event.at);
        let (hops, is_late) =
            tab.navigation.take().map_or_else(Default::default, |one| (one.hops, one.is_late));
        tab.navigation = Some(Navigation {
            request_id: event.request_id,
            host,
            hops,
            outcome: Outcome::Pending,
            at: event.at,
            is_late: is_late || event.is_late,
            has_failed: false,
        });
        self.changes.note();
        let holder = Holder::Navigation(event.tab_id);
        let number = self.open(holder, event.request_id, host, MAIN_FRAME_CODE, Chain::new(), event.at);
        self.arrive_late(event.tab_id, event.request_id, host, event.at);
        number
    }

    /// A tab asks for a page: the one that it was asked for before does not come, unless the browser asks for that one in another way.
    fn leave_navigation_before(&mut self, event: &NavigationEvent, host: HostId) {
        let before = self.tabs.navigation(event.tab_id);
        let Some(before) = before.filter(|navigation| navigation.request_id != event.request_id) else {
            return;
        };
        if before.falls_back_to(host) {
            self.forget_hinted(event.tab_id, before.request_id);
        } else {
            self.give_up_navigation(event.tab_id);
        }
    }

    /// A request that is a tab's navigation failed. Who blocks it wants no other try. Where it was broken off by its user or its page,
    /// Firefox 153 says `NS_BINDING_ABORTED`; Chromium 156 has one error for that and for a try over https that takes too long, but tells of the first that
    /// the navigation stopped.
    pub(crate) fn note_failed_navigation(&mut self, holder: Holder, request_id: u64, end: &RequestEnd) {
        let RequestEnd::Failed { error, .. } = *end else { return };
        let Holder::Navigation(tab_id) = holder else { return };
        let navigation = self.tabs.get_mut(tab_id).and_then(|tab| tab.navigation.as_mut());
        if let Some(navigation) = navigation.filter(|one| one.request_id == request_id) {
            let is_blocked = end.outcome() == Some(Outcome::Blocked);
            navigation.has_failed = !is_blocked && error != "NS_BINDING_ABORTED";
        }
    }

    /// What became of a navigation's request to a host is known; none: it was no request to that host.
    pub(crate) fn settle_navigation(
        &mut self,
        tab_id: i32,
        request_id: u64,
        host: HostId,
        outcome: Option<Outcome>,
        redirected: bool,
    ) {
        let Self { visits, tabs, changes, .. } = self;
        let navigation = tabs.get_mut(tab_id).and_then(|tab| tab.navigation.as_mut());
        let navigation = navigation.filter(|one| one.request_id == request_id);
        let Some(outcome) = outcome else {
            if let Some(navigation) = navigation {
                // Nobody is asked until it begins again: a commit that is told meanwhile must not take it.
                navigation.host = NO_HOST;
            }
            return;
        };
        changes.note();
        if let Some(navigation) = navigation {
            if redirected {
                navigation.hops.push(host);
            }
            if navigation.host == host {
                navigation.outcome = outcome;
            }
        } else if redirected
            && let Some((_, visit)) =
                visits.iter_mut().find(|(_, visit)| visit.arrival == Arrival::Told(request_id))
        {
            // The page has arrived already, and may have gone with its tab.
            visit.hops.push(host);
            changes.note_in(visit);
        }
    }

    /// Whether a tab's navigation was redirected, and whom it asks next has not been told. Chromium 156 never tells that where a
    /// service worker answers.
    pub(crate) fn is_redirected(&self, tab_id: i32) -> bool {
        let request =
            self.tabs.navigation(tab_id).and_then(|navigation| self.requests.get(navigation.request_id));
        matches!(request, Some(OpenRequest::Redirecting { .. }))
    }

    /// A navigation leads to no page that is counted: a download, no content, a site that is left out.
    pub(crate) fn give_up_navigation(&mut self, tab_id: i32) {
        let navigation = self.tabs.get_mut(tab_id).and_then(|tab| tab.navigation.take());
        if let Some(Navigation { request_id, .. }) = navigation {
            self.forget_hinted(tab_id, request_id);
            self.changes.note();
        }
    }

    /// The same where the tab's navigation leads to a host and began until a moment.
    fn give_up_if_it_leads_to(&mut self, tab_id: i32, host: HostId, is_redirected: bool, at: Millis) {
        let navigation = self.tabs.navigation(tab_id);
        if navigation.is_some_and(|one| one.leads_to(host, is_redirected) && one.at <= at) {
            self.give_up_navigation(tab_id);
        }
    }

    /// A tab shows a page that is not counted: the navigation that led to it is over.
    pub(crate) fn give_up_navigation_to(&mut self, event: &DocumentEvent, host: HostId) {
        if event.lifecycle.is_shown() {
            let is_redirected = self.is_redirected(event.tab_id) && event.lifecycle == Lifecycle::Active;
            self.give_up_if_it_leads_to(event.tab_id, host, is_redirected, event.at);
        }
    }

    /// A navigation came to no document and leaves its tab as it is: a download, no content, one that was broken off. One that began
    /// later is another.
    pub fn navigation_stopped(&mut self, tab_id: i32, host: &str, at: Millis) {
        let host = self.hosts.id(host);
        self.give_up_if_it_leads_to(tab_id, host, self.is_redirected(tab_id), at);
    }

    /// A page did not come, and the browser puts its own in its place. Firefox 153 commits that one a little later, under the
    /// address of the page that did not come.
    pub fn navigation_failed(&mut self, tab_id: i32, host: &str, private: bool, at: Millis) {
        if let Some(navigation) = self.tabs.get_mut(tab_id).and_then(|tab| tab.navigation.as_mut()) {
            navigation.has_failed = false;
        }
        if self.settings.paused {
            return;
        }
        let host = self.hosts.id(host);
        let tab = self.tabs.meet(tab_id);
        tab.private |= private;
        tab.failed = Some(Failed { host, at });
        self.changes.note();
    }
}
