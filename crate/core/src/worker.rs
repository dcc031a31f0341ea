//! What is asked for where the browser names no document, but the site: what its workers do.

use crate::event::WorkerRequestEvent;
use crate::host_table::HostId;
use crate::ledger::Ledger;
use crate::record::VisitKind;
use crate::visit::{Visit, VisitNumber};

impl Ledger {
    /// A worker asks for something, and the browser names neither document nor tab. Returns the request's number; 0: it is not
    /// counted.
    pub fn worker_request_started(&mut self, event: &WorkerRequestEvent) -> u32 {
        if self.settings.paused || event.host.is_empty() || event.initiator_host.is_empty() {
            return 0;
        }
        let initiator = self.hosts.id(event.initiator_host);
        let site = self.hosts.site(initiator);
        if self.is_excluded(site) {
            return 0;
        }
        let host = self.hosts.id(event.host);
        let Some(redirects) = self.begin(event.request_id, host) else { return 0 };
        let number = self.background(site, initiator, event);
        self.open_in_visit(number, event.request_id, host, event.request_type, redirects, event.at)
    }

    /// The visit that stands for what this site's workers do.
    fn background(&mut self, site: HostId, initiator: HostId, event: &WorkerRequestEvent) -> VisitNumber {
        let open = self.backgrounds.iter().find(|(of, private, _)| *of == site && *private == event.private);
        if let Some((_, _, number)) = open {
            return *number;
        }
        let number = self.take_visit_number();
        self.backgrounds.push((site, event.private, number));
        let visit = Visit::new(VisitKind::Background, initiator, site, event.private, event.at);
        self.visits.insert(number, visit);
        number
    }
}
