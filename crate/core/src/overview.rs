//! All that is stored, summed up by site: the dashboard's first page.

use crate::archive::Archive;
use crate::display::host_text;
use crate::names::Names;
use crate::order::sort_by;
use crate::record::VisitKind;
use crate::time::Millis;
use crate::view::{OverviewView, SiteRow};

struct SiteTally<'a> {
    site: &'a str,
    visits: u32,
    domains: Distinct,
    requests: u32,
    last_at: Millis,
}

/// Counts distinct names.
#[derive(Default)]
pub(crate) struct Distinct {
    names: Names,
    count: u32,
}

impl Distinct {
    /// The number of a name, from 0, and whether it is met for the first time.
    pub fn meet(&mut self, name: &str) -> (u32, bool) {
        if let Some(number) = self.names.get(name) {
            return (number, false);
        }
        let number = self.count;
        self.names.insert(name, number);
        self.count += 1;
        (number, true)
    }

    /// How many names were met.
    pub const fn count(&self) -> u32 {
        self.count
    }
}

/// Sums up stored visits. What a site's workers did counts for its domains and requests, not as a visit.
#[must_use]
pub fn overview(archive: &Archive) -> OverviewView {
    let mut names = Distinct::default();
    let mut sites: Vec<SiteTally> = Vec::new();
    let mut domains = Distinct::default();
    let mut view = OverviewView { unreadable: archive.unreadable, ..OverviewView::default() };
    for visit in &archive.visits {
        let (place, is_new) = names.meet(&visit.site);
        if is_new {
            let site = visit.site.as_str();
            sites.push(SiteTally {
                site,
                visits: 0,
                domains: Distinct::default(),
                requests: 0,
                last_at: Millis::default(),
            });
        }
        let Some(site) = sites.get_mut(place as usize) else { continue };
        let is_page = visit.kind == VisitKind::Page;
        site.visits += u32::from(is_page);
        view.visits += u32::from(is_page);
        view.incomplete += u32::from(is_page && !visit.gaps.is_empty());
        view.since_ms =
            Some(view.since_ms.map_or(visit.started_at_ms, |since| since.min(visit.started_at_ms)));
        site.last_at = site.last_at.max(visit.started_at_ms);
        for contact in visit.contacts.iter().filter(|contact| contact.third_party) {
            let requests = contact.outcomes().contacted();
            if requests > 0 {
                site.domains.meet(&contact.domain);
                domains.meet(&contact.domain);
                site.requests = site.requests.saturating_add(requests);
                view.requests = view.requests.saturating_add(requests);
            }
        }
    }
    view.domains = domains.count();
    view.rows = sites
        .iter()
        .map(|tally| SiteRow {
            site: tally.site.to_owned(),
            text: host_text(tally.site).into_owned(),
            visits: tally.visits,
            domains: tally.domains.count(),
            requests: tally.requests,
            last_at_ms: tally.last_at,
        })
        .collect();
    sort_by(&mut view.rows, |a, b| b.last_at_ms.cmp(&a.last_at_ms).then_with(|| a.site.cmp(&b.site)));
    view.sites = u32::try_from(view.rows.iter().filter(|row| row.visits > 0).count()).unwrap_or(u32::MAX);
    view
}
