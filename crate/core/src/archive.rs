//! All that is stored, as far as it can be read: a visit that cannot be read is counted, and hides none of the others.

use crate::record::{RecordError, VisitRecord};
use crate::view::UnreadableVisits;

/// Stored visits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Archive {
    /// Those that can be read, in the order in which they were given.
    pub visits: Vec<VisitRecord>,
    /// How many others there are.
    pub unreadable: UnreadableVisits,
}

impl Archive {
    /// Reads visits from their stored bytes ([`StoredVisit::bytes`](crate::record::StoredVisit::bytes)).
    pub fn read<B: AsRef<[u8]>>(stored: impl IntoIterator<Item = B>) -> Self {
        let mut archive = Self::default();
        for bytes in stored {
            match VisitRecord::from_bytes(bytes.as_ref()) {
                Ok(visit) => archive.visits.push(visit),
                Err(RecordError::Version { .. }) => archive.unreadable.later_version += 1,
                Err(RecordError::Damaged { .. }) => archive.unreadable.damaged += 1,
            }
        }
        archive
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
