//! Counts of outcomes in two columns: which outcomes are counted, a bit each, then the counts of those.

use crate::bytes::{BytesError, damaged};
use crate::columns::{ColumnsReader, ColumnsWriter};
use crate::outcome::OutcomeCounts;

const OUTCOMES: usize = 6;

/// The places of the two columns.
#[derive(Debug, Clone, Copy)]
pub struct OutcomeColumns {
    /// Which are counted.
    pub bits: usize,
    /// Their counts.
    pub counts: usize,
}

impl OutcomeColumns {
    /// Adds counts to the columns.
    pub fn put<const N: usize>(self, writer: &mut ColumnsWriter<N>, outcomes: &OutcomeCounts) {
        let counts = counts(outcomes);
        let bits = counts.iter().enumerate().map(|(at, count)| u64::from(*count > 0) << at);
        writer.put(self.bits, bits.sum());
        for count in counts.into_iter().filter(|count| *count > 0) {
            writer.put(self.counts, count.into());
        }
    }

    /// The next counts of the columns.
    pub fn take<const N: usize>(self, reader: &mut ColumnsReader<N>) -> Result<OutcomeCounts, BytesError> {
        let bits = reader.take(self.bits)?;
        if bits >> OUTCOMES != 0 {
            return Err(damaged("an outcome is none that there is"));
        }
        let mut counts = [0; OUTCOMES];
        for (_, count) in counts.iter_mut().enumerate().filter(|(at, _)| bits >> at & 1 == 1) {
            *count = reader.take_as(self.counts)?;
        }
        let [sent, cached, blocked, failed, unknown, pending] = counts;
        Ok(OutcomeCounts { sent, cached, blocked, failed, unknown, pending })
    }
}

const fn counts(outcomes: &OutcomeCounts) -> [u32; OUTCOMES] {
    let OutcomeCounts { sent, cached, blocked, failed, unknown, pending } = *outcomes;
    [sent, cached, blocked, failed, unknown, pending]
}
