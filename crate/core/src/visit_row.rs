//! The visits of a day as rows, the last first: what a list of visits shows, and which of them hold what is searched for.

use crate::day::Day;
use crate::display::host_text;
use crate::distinct::Distinct;
use crate::record::{VisitKind, VisitRecord};
use crate::search::Search;
use crate::summary_view::VisitRow;

/// The pages among a day's visits, the last first, that have this in the name of their site, or of a third party that they contacted; of a
/// host or an address in full, those of its site, and those that contacted that host. With a third party: of these the ones that contacted
/// this very domain, and no other that has its name in its own.
/// The visits are given in the order in which they began.
#[must_use]
pub fn visit_rows(visits: &[VisitRecord], day: Day, search: &str, with: Option<&str>) -> Vec<VisitRow> {
    let search = Search::of(search);
    let pages = visits.iter().rev().filter(|visit| visit.kind == VisitKind::Page);
    pages.filter_map(|visit| row(visit, day, &search, with)).collect()
}

fn row(visit: &VisitRecord, day: Day, search: &Search, with: Option<&str>) -> Option<VisitRow> {
    let mut domains = Distinct::default();
    let mut is_found = search.is_in(&visit.site);
    let mut is_with = with.is_none();
    let mut requests = 0_u32;
    for contact in visit.contacts.iter().filter(|contact| contact.third_party) {
        let contacted = contact.outcomes().contacted();
        if contacted > 0 {
            domains.meet(&contact.domain);
            is_found = is_found || search.is_in_contact(&contact.domain, &contact.host);
            is_with = is_with || with == Some(contact.domain.as_str());
            requests = requests.saturating_add(contacted);
        }
    }
    (is_found && is_with).then(|| VisitRow {
        id: visit.id.clone(),
        day,
        site: visit.site.clone(),
        text: host_text(&visit.site).into_owned(),
        started_at_ms: visit.started_at_ms,
        utc_offset: visit.utc_offset,
        ended_at_ms: visit.ended_at_ms,
        domains: domains.count(),
        requests,
        gaps: visit.gaps.clone(),
    })
}
