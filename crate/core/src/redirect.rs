//! The stops on a request's way: each host that redirected was asked, in whatever order the browser tells.

use crate::contact::Chain;
use crate::event::RequestEnd;
use crate::host_table::HostId;
use crate::ledger::Ledger;
use crate::outcome::Outcome;
use crate::record::StepKind;
use crate::request::{Holder, OpenRequest, PendingRequest};
use crate::time::Millis;

impl Ledger {
    /// A request to a host was redirected. False: no such request is known, its beginning was lost.
    pub fn request_redirected(
        &mut self,
        request_id: u64,
        host: HostId,
        from_cache: bool,
        from_network: bool,
    ) -> bool {
        let end = RequestEnd::Redirected { from_cache, from_network };
        let Some(overtaken) = self.requests.take_overtaken(request_id, Some(host)) else {
            if self.is_of_an_earlier_stop(request_id, host, end.outcome()) {
                return true;
            }
            let known = self.request_ended(request_id, end);
            if !known {
                self.requests.expect_beginning(request_id, host);
            }
            return known;
        };
        // A navigation that was no request to that host is asked for again already.
        if end.outcome().is_some() || !matches!(overtaken.holder, Holder::Navigation(_)) {
            self.settle(&overtaken, end.outcome(), request_id, true);
        }
        true
    }

    /// Whether a redirect is of an earlier stop on the way of a request, whose beginning went down with a background; it is counted then.
    fn is_of_an_earlier_stop(&mut self, request_id: u64, host: HostId, outcome: Option<Outcome>) -> bool {
        let Some(OpenRequest::Pending(pending)) = self.requests.get(request_id) else { return false };
        if pending.host == host {
            return false;
        }
        let Some(outcome) = outcome else { return true };
        let PendingRequest { holder, host: goes_on_to, request_type, .. } = *pending;
        match holder {
            Holder::Navigation(tab_id) => {
                self.settle_navigation(tab_id, request_id, host, Some(outcome), true);
            }
            Holder::Place(place) => {
                let way = pending.redirects.clone();
                if let Some(contacts) = self.contacts_to_change(place)
                    && let Some(at) = contacts.find(goes_on_to).map(|contact| contact.first_at)
                {
                    contacts.begin(host, request_type, at, outcome, || way);
                }
            }
        }
        true
    }

    /// A request to a host begins under this number: the hosts that redirected to it. None: it has ended already, and the
    /// browser tells of it once more. A request that is still open under the number was redirected, and its redirect is told
    /// later, or never.
    pub(crate) fn begin(&mut self, request_id: u64, host: HostId, at: Millis) -> Option<Chain> {
        if self.requests.is_new(request_id) {
            return Some(Chain::new());
        }
        if self.requests.begins_again(request_id, host, at) {
            return None;
        }
        match self.requests.take(request_id) {
            Some(OpenRequest::Redirecting { way, .. }) => Some(way),
            Some(OpenRequest::Pending(pending)) => {
                let mut way = pending.redirects.clone();
                if pending.host != host {
                    way.push((StepKind::Redirect, pending.host));
                }
                self.requests.overtake(request_id, pending);
                Some(way)
            }
            None => (!self.requests.has_ended(request_id)).then(Chain::new),
        }
    }
}
