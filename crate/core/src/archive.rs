//! All that is stored, as far as it can be read: a visit that cannot be read is counted, and hides none of the others.

use serde::Deserialize;

use crate::closed_day::StoredDay;
use crate::order::sort_by;
use crate::record::{RecordError, StoredVisit, VisitRecord};
use crate::view::UnreadableVisits;
use crate::visits_by_id::VisitsById;

/// What is stored, as the store gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Stored {
    /// The visits whose days are not closed.
    pub visits: Vec<StoredVisit>,
    /// The closed days.
    pub days: Vec<StoredDay>,
}

/// Stored visits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Archive {
    /// Those that can be read: those of closed days first, then the others, each in the order in which they were given.
    pub visits: Vec<VisitRecord>,
    /// How many others there are.
    pub unreadable: UnreadableVisits,
}

impl Archive {
    /// Reads visits and closed days as they are stored, of a site or of all.
    #[must_use]
    pub fn read(stored: &Stored, site: Option<&str>) -> Self {
        let mut archive = Self::of(&stored.days, stored.visits.iter().map(|visit| &visit.bytes));
        archive.visits.retain(|visit| site.is_none_or(|site| visit.site == site));
        archive
    }

    /// Reads the visits of one day, in the order in which they began: those of its closed record, if there is one, and those beside it, each as
    /// its bytes.
    pub fn of_day<B: AsRef<[u8]>>(closed: Option<&StoredDay>, beside: impl IntoIterator<Item = B>) -> Self {
        let mut archive = Self::of(closed, beside);
        sort_by(&mut archive.visits, |one, other| one.started_at_ms.cmp(&other.started_at_ms));
        archive
    }

    fn of<'a, B: AsRef<[u8]>>(
        days: impl IntoIterator<Item = &'a StoredDay>,
        beside: impl IntoIterator<Item = B>,
    ) -> Self {
        let mut by_id = VisitsById::default();
        let mut unreadable = UnreadableVisits::default();
        for day in days {
            match StoredDay::read(&day.bytes) {
                Ok(visits) => by_id.extend(visits),
                Err(error) => unreadable.add(day.visits, &error),
            }
        }
        for bytes in beside {
            match VisitRecord::from_bytes(bytes.as_ref()) {
                // One that is stored beside its day is the newer state.
                Ok(visit) => by_id.put(visit),
                Err(error) => unreadable.add(1, &error),
            }
        }
        Self { visits: by_id.into_visits(), unreadable }
    }
}

/// The open visits that a background takes up, from their stored bytes. One that is damaged is left out: its page is as if it
/// had never been seen. One of a later version is an error: it is not guessed at.
pub fn open_visits<B: AsRef<[u8]>>(
    stored: impl IntoIterator<Item = B>,
) -> Result<Vec<VisitRecord>, RecordError> {
    stored
        .into_iter()
        .map(|bytes| VisitRecord::from_bytes(bytes.as_ref()))
        .filter(|read| !matches!(read, Err(RecordError::Damaged { .. })))
        .collect()
}
