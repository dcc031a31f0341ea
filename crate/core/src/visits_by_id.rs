//! Visits by their `id`, in the order in which they were first met: a later record of a visit takes the place of the earlier one.

use crate::names::Names;
use crate::record::VisitRecord;

/// Visits by their `id`.
#[derive(Debug, Default)]
pub struct VisitsById {
    visits: Vec<VisitRecord>,
    places: Names,
}

impl VisitsById {
    /// Adds a visit, or puts it in the place of the one that has its `id`.
    pub fn put(&mut self, visit: VisitRecord) {
        if let Some(known) = self.places.get(&visit.id).and_then(|place| self.visits.get_mut(place as usize))
        {
            *known = visit;
        } else {
            self.places.insert(&visit.id, u32::try_from(self.visits.len()).unwrap_or(u32::MAX));
            self.visits.push(visit);
        }
    }

    /// All of them.
    pub fn into_visits(self) -> Vec<VisitRecord> {
        self.visits
    }
}

impl Extend<VisitRecord> for VisitsById {
    fn extend<I: IntoIterator<Item = VisitRecord>>(&mut self, visits: I) {
        visits.into_iter().for_each(|visit| self.put(visit));
    }
}
