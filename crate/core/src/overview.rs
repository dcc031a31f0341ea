//! All that is stored, summed up by site: the dashboard's first page.

use foldhash::{HashMap, HashSet};

use crate::display::host_text;
use crate::record::{VisitKind, VisitRecord};
use crate::time::Millis;
use crate::view::{OverviewView, SiteRow};

#[derive(Default)]
struct SiteTally<'a> {
    visits: u32,
    domains: HashSet<&'a str>,
    requests: u32,
    last_at: Millis,
}

/// Sums up stored visits. What a site's workers did counts for its domains and requests, not as a visit.
#[must_use]
pub fn overview(visits: &[VisitRecord]) -> OverviewView {
    let mut sites: HashMap<&str, SiteTally> = HashMap::default();
    for visit in visits {
        let site = sites.entry(&visit.site).or_default();
        site.visits += u32::from(visit.kind == VisitKind::Page);
        site.last_at = site.last_at.max(visit.started_at_ms);
        for contact in visit.contacts.iter().filter(|contact| contact.third_party) {
            let requests = contact.outcomes().contacted();
            if requests > 0 {
                site.domains.insert(&contact.domain);
                site.requests = site.requests.saturating_add(requests);
            }
        }
    }
    let mut rows: Vec<SiteRow> = sites
        .iter()
        .map(|(site, tally)| SiteRow {
            site: (*site).to_owned(),
            text: host_text(site).into_owned(),
            visits: tally.visits,
            domains: count(tally.domains.len()),
            requests: tally.requests,
            last_at_ms: tally.last_at,
        })
        .collect();
    rows.sort_unstable_by(|a, b| b.last_at_ms.cmp(&a.last_at_ms).then_with(|| a.site.cmp(&b.site)));
    let pages = || visits.iter().filter(|visit| visit.kind == VisitKind::Page);
    OverviewView {
        visits: count(pages().count()),
        sites: count(rows.iter().filter(|row| row.visits > 0).count()),
        domains: count(sites.values().flat_map(|tally| &tally.domains).collect::<HashSet<_>>().len()),
        requests: rows.iter().fold(0, |sum, row| sum.saturating_add(row.requests)),
        incomplete: count(pages().filter(|visit| !visit.gaps.is_empty()).count()),
        since_ms: visits.iter().map(|visit| visit.started_at_ms).min(),
        rows,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
