//! What the background answers a page of the extension, from the ledger.

use crate::commit::DeletedVisit;
use crate::day::{Day, DayRange};
use crate::ledger::Ledger;
use crate::message::{Request, Response};
use crate::order::sort_by;
use crate::outcome::Outcome;
use crate::popup_response::{PageResponse, PopupResponse, TabResponse};
use crate::recent::{RECENT_REQUESTS, RecentRequest};
use crate::record::{VisitKind, VisitRecord};
use crate::tab::ShownPage;
use crate::time::Millis;
use crate::view::RequestView;
use crate::visit::{Visit, VisitNumber};

impl Ledger {
    /// Answers a page of the extension. What changes something is in the next [`Ledger::commit`].
    pub fn answer(&mut self, request: &Request, now: Millis) -> Response {
        match request {
            Request::Popup { tab_id } => {
                return Response::Popup { bytes: self.popup_response(*tab_id).to_bytes() };
            }
            Request::Requests { tab_id, domain } => {
                return Response::Requests { requests: self.recent_requests(*tab_id, domain) };
            }
            Request::SetPaused { paused } => self.set_paused(*paused, now),
            Request::SetExcluded { site, excluded } => self.set_excluded(site, *excluded, now),
            Request::DeleteSite { site } => self.delete_site(site),
            Request::DeleteVisit { visit_id, day } => {
                self.delete_visit(DeletedVisit { id: visit_id.clone(), day: Day::new(*day) });
            }
            Request::DeleteDays { from, to } => {
                self.delete_days(DayRange { from: Day::new(*from), to: Day::new(*to) });
            }
            Request::SetRetention { visits_days, sums_days } => self.set_retention(*visits_days, *sums_days),
            Request::DeleteAll => self.delete_all(),
            Request::Flush => {}
        }
        Response::Done
    }

    /// What the popup makes its view of.
    pub(crate) fn popup_response(&self, tab_id: i32) -> PopupResponse {
        let shown = self.tabs.shown(tab_id);
        let tab = match shown.map(|shown| (&shown.page, shown.number)) {
            Some((ShownPage::Counted, number)) if self.visits.contains(number) => {
                TabResponse::Page(self.page_response(number))
            }
            Some((ShownPage::OffTheWeb(scheme), _)) => TabResponse::Nothing(scheme.clone()),
            Some((ShownPage::Excluded(site), _)) => TabResponse::Excluded(self.hosts.name(*site).into()),
            Some((ShownPage::Counted | ShownPage::Uncounted, _)) => TabResponse::Uncounted,
            None => TabResponse::Unseen,
        };
        PopupResponse { paused: self.settings.paused, tab }
    }

    fn page_response(&self, number: VisitNumber) -> PageResponse {
        let record = |(number, visit): (VisitNumber, &Visit)| {
            visit.to_record(self.visit_id(number), &self.hosts, &self.types)
        };
        let visits: Vec<VisitRecord> = self.page_and_its_workers(number).map(record).collect();
        PageResponse { private: self.visits.get(number).is_some_and(|visit| visit.private), visits }
    }

    fn recent_requests(&mut self, tab_id: i32, domain: &str) -> Vec<RequestView> {
        let site = self.hosts.id(domain);
        let shown = self.tabs.shown(tab_id);
        let Some(number) =
            shown.filter(|shown| matches!(shown.page, ShownPage::Counted)).map(|shown| shown.number)
        else {
            return Vec::new();
        };
        let mut requests: Vec<(&RecentRequest, Outcome)> = self
            .page_and_its_workers(number)
            .flat_map(|(number, _)| self.recent.of_visit(number))
            .filter(|(request, _)| self.hosts.site(request.host) == site)
            .collect();
        sort_by(&mut requests, |(a, _), (b, _)| (b.at, b.number).cmp(&(a.at, a.number)));
        requests.truncate(RECENT_REQUESTS);
        let view = |(request, outcome): (&RecentRequest, Outcome)| RequestView {
            number: request.number,
            host: self.hosts.name(request.host).to_owned(),
            request_type: self.types.name(request.request_type).to_owned(),
            at_ms: request.at,
            outcome,
        };
        requests.into_iter().map(view).collect()
    }

    /// A page's visit, and the records of its site's workers since it began: the browser does not say for which of the
    /// site's pages a worker works.
    pub(crate) fn page_and_its_workers(
        &self,
        number: VisitNumber,
    ) -> impl Iterator<Item = (VisitNumber, &Visit)> {
        let page = self.visits.get(number);
        let workers = page.into_iter().flat_map(|page| {
            self.visits.iter().filter(move |(_, visit)| {
                visit.kind == VisitKind::Background
                    && visit.site == page.site
                    && visit.private == page.private
                    && visit.started_at >= page.started_at
            })
        });
        page.into_iter().map(move |page| (number, page)).chain(workers)
    }
}
