//! The visits of a day as they are stored, as far as they can be read: a visit that cannot be read is counted, and hides none of the others.

use crate::closed_day::StoredDay;
use crate::order::sort_by;
use crate::record::{RecordError, VisitRecord};
use crate::view::UnreadableVisits;
use crate::visits_by_id::VisitsById;

/// Stored visits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Archive {
    /// Those that can be read, in the order in which they began.
    pub visits: Vec<VisitRecord>,
    /// How many others there are.
    pub unreadable: UnreadableVisits,
}

impl Archive {
    /// Reads the visits of one day, in the order in which they began: those of its closed record, if there is one, and those beside it, each as
    /// its bytes.
    pub fn of_day<B: AsRef<[u8]>>(closed: Option<&StoredDay>, beside: impl IntoIterator<Item = B>) -> Self {
        let mut by_id = VisitsById::default();
        let mut unreadable = UnreadableVisits::default();
        if let Some(day) = closed {
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
        let mut visits = by_id.into_visits();
        sort_by(&mut visits, |one, other| one.started_at_ms.cmp(&other.started_at_ms));
        Self { visits, unreadable }
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
