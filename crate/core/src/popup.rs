//! The popup's view, made of what the background told: the page in a tab and what its site's workers did since it began.

use crate::display::host_text;
use crate::ledger::Ledger;
use crate::order::sort_by;
use crate::outcome::OutcomeCounts;
use crate::popup_response::{PopupResponse, TabResponse};
use crate::record::{ContactRecord, HopRecord, VisitKind, VisitRecord};
use crate::request_sum::{add_types, settle_types};
use crate::view::{DomainView, HopView, HostView, PageView, PopupView, TabView, Totals};

impl Ledger {
    /// All that the popup shows of a tab.
    pub fn popup(&self, tab_id: i32) -> PopupView {
        PopupView::of(&self.popup_response(tab_id))
    }
}

impl PopupView {
    /// The view of what the background told.
    #[must_use]
    pub fn of(response: &PopupResponse) -> Self {
        Self { paused: response.paused, page: TabView::of(&response.tab) }
    }
}

impl TabView {
    fn of(tab: &TabResponse) -> Self {
        match tab {
            TabResponse::Unseen => Self::Unseen,
            TabResponse::Uncounted => Self::Uncounted,
            TabResponse::Nothing(scheme) => Self::Nothing { scheme: scheme.to_string() },
            TabResponse::Excluded(site) => {
                Self::Excluded { site: site.to_string(), site_text: host_text(site).into_owned() }
            }
            TabResponse::Page(page) => {
                let view = |own| Self::Page(page_view(&page.visits, own, page.private));
                page.visits.first().map_or(Self::Uncounted, view)
            }
        }
    }
}

/// What a page contacted, by the visits and records of workers that it has. `own`: the visit that it is.
pub(crate) fn page_view(visits: &[VisitRecord], own: &VisitRecord, private: bool) -> PageView {
    let mut domains = Vec::new();
    let mut types = Vec::new();
    let mut outcomes = OutcomeCounts::default();
    for visit in visits {
        for contact in visit.contacts.iter().filter(|contact| contact.third_party) {
            let counts = contact.outcomes();
            if counts.requests() > 0 {
                let is_it = |view: &DomainView| view.domain == contact.domain;
                entry(&mut domains, is_it, || DomainView::of(contact)).add(contact, &counts, visit.kind);
                add_types(&mut types, contact);
                outcomes.absorb(&counts);
            }
        }
    }
    let mut totals = Totals::default();
    for view in &mut domains {
        view.settle();
        if view.contacted {
            let hosts = view.hosts.iter().filter(|host| host.requests > 0).count();
            totals.domains += 1;
            totals.hosts += u32::try_from(hosts).unwrap_or(u32::MAX);
            totals.requests = totals.requests.saturating_add(view.requests);
        }
    }
    sort_by(&mut domains, |a, b| b.requests.cmp(&a.requests).then_with(|| a.domain.cmp(&b.domain)));
    settle_types(&mut types);
    PageView {
        visit_id: own.id.clone(),
        site: own.site.clone(),
        site_text: host_text(&own.site).into_owned(),
        host: own.host.clone(),
        scheme: own.scheme.clone(),
        started_at_ms: own.started_at_ms,
        private,
        gaps: own.gaps.clone(),
        totals,
        outcomes,
        types,
        domains,
        hops: own.hops.iter().map(HopView::of).collect(),
    }
}

impl HopView {
    fn of(hop: &HopRecord) -> Self {
        Self { host: hop.host.clone(), text: host_text(&hop.host).into_owned() }
    }
}

impl DomainView {
    /// A domain of which nothing is counted yet, met first by this contact.
    fn of(contact: &ContactRecord) -> Self {
        Self {
            domain: contact.domain.clone(),
            text: host_text(&contact.domain).into_owned(),
            icann_domain: None,
            contacted: false,
            requests: 0,
            outcomes: OutcomeCounts::default(),
            types: Vec::new(),
            hosts: Vec::new(),
            brought_by: contact.brought_by.clone(),
            by_site: false,
            first_at_ms: contact.first_at_ms,
            last_at_ms: contact.last_at_ms,
        }
    }

    fn add(&mut self, contact: &ContactRecord, counts: &OutcomeCounts, kind: VisitKind) {
        self.outcomes.absorb(counts);
        let is_it = |view: &HostView| view.host == contact.host;
        entry(&mut self.hosts, is_it, || HostView::of(contact)).outcomes.absorb(counts);
        add_types(&mut self.types, contact);
        if self.icann_domain.is_none() {
            self.icann_domain.clone_from(&contact.icann_domain);
        }
        if contact.first_at_ms < self.first_at_ms {
            self.first_at_ms = contact.first_at_ms;
            self.brought_by.clone_from(&contact.brought_by);
        }
        self.last_at_ms = self.last_at_ms.max(contact.last_at_ms);
        self.by_site |= kind == VisitKind::Background;
    }

    /// All is added: what follows from it.
    fn settle(&mut self) {
        self.requests = self.outcomes.contacted();
        self.contacted = self.requests > 0;
        for host in &mut self.hosts {
            host.requests = host.outcomes.contacted();
        }
        sort_by(&mut self.hosts, |a, b| b.requests.cmp(&a.requests).then_with(|| a.host.cmp(&b.host)));
        settle_types(&mut self.types);
    }
}

impl HostView {
    /// A host of which nothing is counted yet.
    fn of(contact: &ContactRecord) -> Self {
        Self {
            host: contact.host.clone(),
            text: host_text(&contact.host).into_owned(),
            kind: contact.host_kind,
            requests: 0,
            outcomes: OutcomeCounts::default(),
        }
    }
}

/// The one that it is, new where there is none. A page has few domains, and a domain few hosts.
fn entry<T>(all: &mut Vec<T>, is_it: impl Fn(&T) -> bool, new: impl FnOnce() -> T) -> &mut T {
    let place = all.iter().position(is_it).unwrap_or_else(|| {
        all.push(new());
        all.len() - 1
    });
    &mut all[place]
}
