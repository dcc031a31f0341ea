//! The popup's view, made from the ledger: the page in a tab and what its site's workers did since it began.

use crate::commit::DeletedVisit;
use crate::contact::Contact;
use crate::day::{Day, DayRange};
use crate::display::host_text;
use crate::host_table::HostId;
use crate::ledger::Ledger;
use crate::message::{Request, Response};
use crate::order::sort_by;
use crate::outcome::{Outcome, OutcomeCounts};
use crate::recent::{RECENT_REQUESTS, RecentRequest};
use crate::record::VisitKind;
use crate::tab::ShownPage;
use crate::time::Millis;
use crate::type_table::TypeCode;
use crate::view::{
    DomainView, HopView, HostView, PageView, PopupView, RequestView, TabView, Totals, TypeCount,
};
use crate::visit::{Visit, VisitNumber, steps};

impl Ledger {
    /// Answers a page of the extension. What changes something is in the next [`Ledger::commit`].
    pub fn answer(&mut self, request: &Request, now: Millis) -> Response {
        match request {
            Request::Popup { tab_id } => return Response::Popup { view: self.popup(*tab_id) },
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

    /// All that the popup shows of a tab.
    pub fn popup(&self, tab_id: i32) -> PopupView {
        let shown = self.tabs.shown(tab_id);
        let page = match shown.map(|shown| (&shown.page, self.visits.get(shown.number), shown.number)) {
            Some((ShownPage::Counted, Some(visit), number)) => TabView::Page(self.page(number, visit)),
            Some((ShownPage::OffTheWeb(scheme), ..)) => {
                TabView::Nothing { scheme: scheme.as_ref().to_owned() }
            }
            Some((ShownPage::Excluded(site), ..)) => {
                let site = self.hosts.name(*site);
                TabView::Excluded { site: site.to_owned(), site_text: host_text(site).into_owned() }
            }
            Some((ShownPage::Counted | ShownPage::Uncounted, ..)) => TabView::Uncounted,
            None => TabView::Unseen,
        };
        PopupView { paused: self.settings.paused, page }
    }

    fn page(&self, number: VisitNumber, visit: &Visit) -> PageView {
        let mut domains: Vec<(HostId, DomainTally)> = Vec::new();
        let mut types = TypeTallies::default();
        let mut totals = Totals::default();
        let mut outcomes = OutcomeCounts::default();
        for (_, part) in self.page_and_its_workers(number) {
            for (contact, counts) in part.third_parties(&self.hosts) {
                entry(&mut domains, self.hosts.site(contact.host)).add(contact, &counts, part.kind);
                types.add(contact);
                outcomes.absorb(&counts);
            }
        }
        let mut views: Vec<DomainView> =
            domains.iter().map(|(site, tally)| self.domain_view(*site, tally)).collect();
        sort_by(&mut views, |a, b| b.requests.cmp(&a.requests).then_with(|| a.domain.cmp(&b.domain)));
        for view in views.iter().filter(|view| view.contacted) {
            totals.domains += 1;
            totals.requests = totals.requests.saturating_add(view.requests);
            totals.hosts +=
                u32::try_from(view.hosts.iter().filter(|host| host.requests > 0).count()).unwrap_or(u32::MAX);
        }
        let site = self.hosts.name(visit.site);
        PageView {
            visit_id: self.visit_id(number),
            site: site.to_owned(),
            site_text: host_text(site).into_owned(),
            host: self.hosts.name(visit.host).to_owned(),
            scheme: visit.scheme.as_ref().to_owned(),
            started_at_ms: visit.started_at,
            private: visit.private,
            gaps: visit.gaps.clone(),
            totals,
            outcomes,
            types: types.counts(self),
            domains: views,
            hops: visit.hops.iter().map(|hop| self.hop_view(*hop)).collect(),
        }
    }

    fn domain_view(&self, site: HostId, tally: &DomainTally) -> DomainView {
        let mut hosts: Vec<HostView> =
            tally.hosts.iter().map(|(host, outcomes)| self.host_view(*host, *outcomes)).collect();
        sort_by(&mut hosts, |a, b| b.requests.cmp(&a.requests).then_with(|| a.host.cmp(&b.host)));
        let domain = self.hosts.name(site);
        let icann_domain = self.hosts.icann_domain(site).or_else(|| {
            // The domain itself may be a private suffix; its hosts then still tell under which ICANN domain it stands.
            tally.hosts.iter().find_map(|(host, _)| self.hosts.icann_domain(*host))
        });
        DomainView {
            domain: domain.to_owned(),
            text: host_text(domain).into_owned(),
            icann_domain: icann_domain.map(str::to_owned),
            contacted: tally.outcomes.contacted() > 0,
            requests: tally.outcomes.contacted(),
            outcomes: tally.outcomes,
            types: tally.types.counts(self),
            hosts,
            brought_by: tally
                .first
                .as_ref()
                .map(|first| steps(&first.brought_by, &self.hosts))
                .unwrap_or_default(),
            by_site: tally.by_site,
            first_at_ms: tally.first.as_ref().map(|first| first.first_at).unwrap_or_default(),
            last_at_ms: tally.last_at,
        }
    }

    fn host_view(&self, host: HostId, outcomes: OutcomeCounts) -> HostView {
        let name = self.hosts.name(host);
        HostView {
            host: name.to_owned(),
            text: host_text(name).into_owned(),
            kind: self.hosts.kind(host),
            requests: outcomes.contacted(),
            outcomes,
        }
    }

    fn hop_view(&self, hop: HostId) -> HopView {
        let name = self.hosts.name(hop);
        HopView { host: name.to_owned(), text: host_text(name).into_owned() }
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

/// What is gathered of one domain.
#[derive(Default)]
struct DomainTally<'a> {
    outcomes: OutcomeCounts,
    hosts: Vec<(HostId, OutcomeCounts)>,
    types: TypeTallies,
    first: Option<&'a Contact>,
    last_at: Millis,
    by_site: bool,
}

impl<'a> DomainTally<'a> {
    fn add(&mut self, contact: &'a Contact, outcomes: &OutcomeCounts, kind: VisitKind) {
        self.outcomes.absorb(outcomes);
        entry(&mut self.hosts, contact.host).absorb(outcomes);
        self.types.add(contact);
        self.last_at = self.last_at.max(contact.last_at);
        self.by_site |= kind == VisitKind::Background;
        if self.first.is_none_or(|first| contact.first_at < first.first_at) {
            self.first = Some(contact);
        }
    }
}

/// Requests that left, by type.
#[derive(Default)]
struct TypeTallies(Vec<(TypeCode, u32)>);

impl TypeTallies {
    fn add(&mut self, contact: &Contact) {
        for (request_type, outcomes) in &contact.tallies {
            let requests = entry(&mut self.0, *request_type);
            *requests = requests.saturating_add(outcomes.contacted());
        }
    }

    fn counts(&self, ledger: &Ledger) -> Vec<TypeCount> {
        let mut counts: Vec<TypeCount> = self
            .0
            .iter()
            .filter(|(_, requests)| *requests > 0)
            .map(|(code, requests)| TypeCount {
                request_type: ledger.types.name(*code).to_owned(),
                requests: *requests,
            })
            .collect();
        sort_by(&mut counts, |a, b| {
            b.requests.cmp(&a.requests).then_with(|| a.request_type.cmp(&b.request_type))
        });
        counts
    }
}

/// The value under a key, new where there is none. A page has few domains, and a domain few hosts and types.
fn entry<Key: PartialEq, Value: Default>(entries: &mut Vec<(Key, Value)>, key: Key) -> &mut Value {
    let place = entries.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
        entries.push((key, Value::default()));
        entries.len() - 1
    });
    &mut entries[place].1
}
