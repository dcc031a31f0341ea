//! The visits of a day as rows, the last first: what a list of visits shows, and which of them hold what is searched for.

use crate::closed_day::StoredDay;
use crate::day::Day;
use crate::display::host_text;
use crate::distinct::Distinct;
use crate::order::sort_by;
use crate::record::{VisitKind, VisitRecord};
use crate::rows::Search;
use crate::summary_view::VisitRow;
use crate::view::UnreadableVisits;
use crate::visits_by_id::VisitsById;

/// What is stored of one day, as far as it can be read.
#[derive(Debug, Default)]
pub struct DayVisits {
    /// Its visits, in the order in which they began.
    pub visits: Vec<VisitRecord>,
    /// How many others there are.
    pub unreadable: UnreadableVisits,
}

impl DayVisits {
    /// Reads the visits of a closed day, and those that are stored beside it, which are the newer ones.
    pub fn read<B: AsRef<[u8]>>(closed: Option<&StoredDay>, beside: impl IntoIterator<Item = B>) -> Self {
        let mut by_id = VisitsById::default();
        let mut unreadable = UnreadableVisits::default();
        match closed.map(|closed| (closed, StoredDay::read(&closed.bytes))) {
            Some((_, Ok(visits))) => by_id.extend(visits),
            Some((closed, Err(error))) => unreadable.add(closed.visits, &error),
            None => {}
        }
        for bytes in beside {
            match VisitRecord::from_bytes(bytes.as_ref()) {
                Ok(visit) => by_id.put(visit),
                Err(error) => unreadable.add(1, &error),
            }
        }
        let mut visits = by_id.into_visits();
        sort_by(&mut visits, |one, other| one.started_at_ms.cmp(&other.started_at_ms));
        Self { visits, unreadable }
    }

    /// The pages, the last first, that have this in the name of their site, or of a third party that they contacted.
    #[must_use]
    pub fn rows(&self, day: Day, search: &str) -> Vec<VisitRow> {
        let search = Search::of(search);
        let pages = self.visits.iter().rev().filter(|visit| visit.kind == VisitKind::Page);
        pages.filter_map(|visit| row(visit, day, &search)).collect()
    }
}

fn row(visit: &VisitRecord, day: Day, search: &Search) -> Option<VisitRow> {
    let mut domains = Distinct::default();
    let mut is_found = search.is_in(&visit.site);
    let mut requests = 0_u32;
    for contact in visit.contacts.iter().filter(|contact| contact.third_party) {
        let contacted = contact.outcomes().contacted();
        if contacted > 0 {
            is_found |= domains.meet(&contact.domain).1 && search.is_in(&contact.domain);
            requests = requests.saturating_add(contacted);
        }
    }
    is_found.then(|| VisitRow {
        id: visit.id.clone(),
        day,
        site: visit.site.clone(),
        text: host_text(&visit.site).into_owned(),
        started_at_ms: visit.started_at_ms,
        ended_at_ms: visit.ended_at_ms,
        domains: domains.count(),
        requests,
        gaps: visit.gaps.clone(),
    })
}
