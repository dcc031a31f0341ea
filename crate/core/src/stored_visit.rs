//! A visit as the store holds it: how its record becomes bytes, and is read again.

use crate::pack::pack;
use crate::record::{RecordError, StoredVisit, VisitRecord};
use crate::unpack::unpack;

impl StoredVisit {
    /// The visit as it is stored.
    #[must_use]
    pub fn of(visit: &VisitRecord) -> Self {
        Self {
            id: visit.id.clone(),
            site: visit.site.clone(),
            day: visit.day(),
            bytes: pack(std::slice::from_ref(visit)),
        }
    }
}

impl VisitRecord {
    /// Reads [`StoredVisit::bytes`].
    pub fn from_bytes(stored: &[u8]) -> Result<Self, RecordError> {
        let mut visits = unpack(stored)?;
        match (visits.pop(), visits.is_empty()) {
            (Some(visit), true) => Ok(visit),
            _ => Err(RecordError::Damaged { detail: "it holds not one visit".to_owned() }),
        }
    }
}
