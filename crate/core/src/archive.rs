//! All that is stored, as far as it can be read: a visit that cannot be read is counted, and hides none of the others.

use crate::record::{RecordError, VISIT_RECORD_VERSION, VisitRecord};
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
                Err(RecordError::Version { found }) if found > VISIT_RECORD_VERSION => {
                    archive.unreadable.later_version += 1;
                }
                Err(_) => archive.unreadable.damaged += 1,
            }
        }
        archive
    }
}
