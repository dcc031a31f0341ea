//! A day that is over: its visits, packed into one record, and its sum. Folding visits in again changes nothing, so that a fold can be
//! repeated.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::order::sort_by;
use crate::pack::pack;
use crate::record::{RecordError, VisitRecord};
use crate::rollup::{Rollup, StoredRollup};
use crate::unpack::unpack;
use crate::visits_by_id::VisitsById;

/// A closed day as the store holds it: what the store finds it by, and its visits as bytes that only the core reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StoredDay {
    /// The day.
    pub day: Day,
    /// How many pages were visited, one at least, as [`StoredRollup::visits`] has it: what is missing where its bytes cannot be read.
    pub visits: u32,
    /// The version, then the visits, in the order in which they began.
    #[serde(with = "serde_bytes")]
    #[cfg_attr(feature = "types", ts(type = "Uint8Array"))]
    pub bytes: Vec<u8>,
}

/// A closed day, as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ClosedDay {
    /// Its visits.
    pub day: StoredDay,
    /// Its sum.
    pub rollup: StoredRollup,
}

/// What came of folding visits into a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Fold {
    /// The day, to be put in the place of the one that was there.
    pub closed: ClosedDay,
    /// The visits that are in it now, by their `id`: their own records can go. One that cannot be read is not among them.
    pub folded: Vec<String>,
}

impl ClosedDay {
    /// Packs and sums up the visits of a day, and reads them back: what took their place goes.
    fn of(day: Day, visits: &mut Vec<VisitRecord>) -> Result<Self, RecordError> {
        sort_by(visits, |one, other| {
            one.started_at_ms.cmp(&other.started_at_ms).then_with(|| one.id.cmp(&other.id))
        });
        let rollup = Rollup::of(visits).to_stored(day);
        // Both say how much is missing where their bytes cannot be read, and say the same.
        let closed = Self { day: StoredDay { day, visits: rollup.visits, bytes: pack(visits) }, rollup };
        if StoredDay::read(&closed.day.bytes).is_ok_and(|read| read == *visits) {
            Ok(closed)
        } else {
            Err(RecordError::NotKept)
        }
    }

    /// Folds visits that nobody holds any more, given as they are stored, into a day, which may hold visits already (`stored`). A visit that it holds is put in the place
    /// of that one. A day that cannot be read is an error: nothing is put in its place.
    pub fn fold<B: AsRef<[u8]>>(
        day: Day,
        stored: Option<&[u8]>,
        visits: impl IntoIterator<Item = B>,
    ) -> Result<Fold, RecordError> {
        let mut by_id = VisitsById::default();
        by_id.extend(stored.map_or_else(|| Ok(Vec::new()), StoredDay::read)?);
        let mut folded = Vec::new();
        for bytes in visits {
            if let Ok(visit) = VisitRecord::from_bytes(bytes.as_ref()) {
                folded.push(visit.id.clone());
                // Whatever is live stays beside its day.
                by_id.put(visit.over());
            }
        }
        let closed = Self::of(day, &mut by_id.into_visits())?;
        Ok(Fold { closed, folded })
    }

    /// Leaves some visits out of a day. None: nothing is left of it.
    pub fn without(
        day: Day,
        stored: &[u8],
        is_unwanted: impl Fn(&VisitRecord) -> bool,
    ) -> Result<Option<Self>, RecordError> {
        let mut visits = StoredDay::read(stored)?;
        visits.retain(|visit| !is_unwanted(visit));
        if visits.is_empty() { Ok(None) } else { Self::of(day, &mut visits).map(Some) }
    }

    /// The same day made anew from its visits: its sum is what the visits say.
    pub fn rebuilt(day: Day, stored: &[u8]) -> Result<Self, RecordError> {
        Self::of(day, &mut StoredDay::read(stored)?)
    }
}

impl StoredDay {
    /// Reads [`StoredDay::bytes`].
    pub fn read(stored: &[u8]) -> Result<Vec<VisitRecord>, RecordError> {
        Ok(unpack(stored)?)
    }
}
