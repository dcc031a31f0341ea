//! Packed visits, read again: those of this version, and of the one before.

use crate::bytes::{self, BytesError, damaged};
use crate::columns::ColumnsReader;
use crate::day::UtcOffset;
use crate::dictionary::read_plain_names;
use crate::numbered::Numbered;
use crate::pack::{ATTRIBUTIONS, Column, END_REASONS, Facts, GAP_REASONS, HOST_KINDS, KINDS, STEP_KINDS};
use crate::record::{
    ContactRecord, Gap, HopRecord, Step, TypeTally, VISIT_RECORD_VERSION, VisitRecord, visit_id,
};
use crate::time::Millis;

/// The visits that [`crate::pack::pack`] packed, of this version or of the one before.
pub fn unpack(packed: &[u8]) -> Result<Vec<VisitRecord>, BytesError> {
    let (columns, is_of_2) = match bytes::open(VISIT_RECORD_VERSION, packed) {
        Ok(content) => (ColumnsReader::new(content)?, false),
        Err(BytesError::Version { found: 2 }) => {
            let mut content = bytes::open(2, packed)?;
            let names = read_plain_names(&mut content)?;
            (ColumnsReader::behind(names, content, Column::COUNT_OF_2)?, true)
        }
        Err(error) => return Err(error),
    };
    let mut reader = Reader { columns, is_of_2, facts: Numbered::default(), damage: None };
    let mut before = Millis::default();
    let visits = reader.all(Column::Visits, |reader| {
        let visit = reader.visit(before);
        before = visit.started_at_ms;
        visit
    });
    let is_at_end = (0..Column::COUNT).all(|column| reader.columns.is_at_end(column));
    reader.refuse_unless(is_at_end, "more rows than visits");
    reader.damage.map_or(Ok(visits), Err)
}

/// Reads visits from columns. Behind the first damage it gives some value, as [`crate::live::LiveReader`] does and for the same reason.
struct Reader<'a> {
    columns: ColumnsReader<'a, { Column::COUNT }>,
    is_of_2: bool,
    /// By the place of the host's name.
    facts: Numbered<Facts, u64>,
    damage: Option<BytesError>,
}

impl Reader<'_> {
    fn refuse_unless(&mut self, is_so: bool, detail: &str) {
        if !is_so {
            self.damage.get_or_insert_with(|| damaged(detail));
        }
    }

    fn whole<T: Default>(&mut self, taken: Result<T, BytesError>) -> T {
        taken.unwrap_or_else(|error| {
            self.damage.get_or_insert(error);
            T::default()
        })
    }

    fn take(&mut self, column: Column) -> u64 {
        let taken = self.columns.take(column as usize);
        self.whole(taken)
    }

    fn name(&mut self, column: Column) -> String {
        let place = self.take(column);
        self.name_at(place)
    }

    fn name_at(&mut self, place: u64) -> String {
        let name = self.columns.name(usize::try_from(place).unwrap_or(usize::MAX)).map(str::to_owned);
        self.whole(name)
    }

    /// What is known of a host, by the place of its name.
    fn facts(&mut self, host: u64) -> Facts {
        if self.is_of_2 {
            return (self.take(Column::Domain), self.take(Column::IcannDomain), 0);
        }
        if self.take(Column::Facts) == 0 {
            let known = self.facts.get(host).copied();
            self.refuse_unless(known.is_some(), "nothing is known of a host");
            return known.unwrap_or_default();
        }
        let facts = (self.take(Column::Domain), self.take(Column::IcannDomain), self.take(Column::HostKind));
        self.facts.insert(host, facts);
        facts
    }

    fn after(&mut self, column: Column, before: Millis) -> Millis {
        let taken = self.columns.take_after(column as usize, before);
        self.whole(taken)
    }

    fn one_of<T: Copy>(&mut self, column: Column, values: &[T]) -> T {
        let place = self.take(column);
        self.one_at(place, values)
    }

    fn one_at<T: Copy>(&mut self, place: u64, values: &[T]) -> T {
        let value = usize::try_from(place).ok().and_then(|place| values.get(place));
        self.refuse_unless(value.is_some(), "a value is none of those that there are");
        *value.unwrap_or(&values[0])
    }

    fn all<T>(&mut self, column: Column, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut all = Vec::new();
        for _ in 0..self.take(column) {
            if self.damage.is_some() {
                break;
            }
            all.push(one(self));
        }
        all
    }

    fn visit(&mut self, before: Millis) -> VisitRecord {
        let session = self.name(Column::Session);
        let id = match self.take(Column::Number) {
            0 => session,
            number => visit_id(&session, number),
        };
        let kind = self.one_of(Column::Kind, &KINDS);
        let (site, host) = (self.name(Column::Site), self.name(Column::Host));
        let scheme = self.name(Column::Scheme);
        let started_at_ms = self.after(Column::Start, before);
        let minutes = self.columns.take_signed(Column::Offset as usize);
        let minutes = i32::try_from(self.whole(minutes));
        self.refuse_unless(minutes.is_ok(), "an offset is none of a clock");
        let end = self.take(Column::End).checked_sub(1);
        let end_reason = end.map(|place| self.one_at(place, &END_REASONS));
        let ended_at_ms = end.map(|_| self.after(Column::EndedAfter, started_at_ms));
        let gaps = self.all(Column::Gaps, |reader| {
            let reason = reader.one_of(Column::GapReason, &GAP_REASONS);
            Gap { reason, since_ms: reader.after(Column::GapAfter, started_at_ms) }
        });
        let hops = self.all(Column::Hops, |reader| HopRecord {
            host: reader.name(Column::HopHost),
            domain: reader.name(Column::HopDomain),
        });
        let mut before = started_at_ms;
        let contacts = self.all(Column::Contacts, |reader| {
            let contact = reader.contact(before);
            if !reader.is_of_2 {
                before = contact.first_at_ms;
            }
            contact
        });
        VisitRecord {
            id,
            kind,
            site,
            host,
            scheme,
            started_at_ms,
            utc_offset: UtcOffset::from_minutes(minutes.unwrap_or_default()),
            ended_at_ms,
            end_reason,
            gaps,
            hops,
            contacts,
        }
    }

    /// `before`: the moment after which the first request is told.
    fn contact(&mut self, before: Millis) -> ContactRecord {
        let host_place = self.take(Column::ContactHost);
        // Before what is kept by its place, which is bounded so by the names.
        let host = self.name_at(host_place);
        let (domain, icann_domain, kind) = self.facts(host_place);
        let flags = self.take(Column::Flags);
        // The kind was the highest of the flags.
        let kind = if self.is_of_2 { flags >> 2 } else { kind };
        self.refuse_unless(self.is_of_2 || flags >> 2 == 0, "a flag is none that there is");
        let host_kind = self.one_at(kind, &HOST_KINDS);
        let first_at_ms = self.after(Column::FirstAfter, before);
        let last_at_ms = self.after(Column::LastAfter, first_at_ms);
        let brought_by = self.all(Column::Steps, |reader| {
            let kind = reader.one_of(Column::StepKind, &STEP_KINDS);
            Step { kind, host: reader.name(Column::StepHost) }
        });
        let tallies = self.all(Column::Tallies, |reader| {
            let request_type = reader.name(Column::Type);
            let outcomes = Column::OUTCOMES.take(&mut reader.columns);
            TypeTally { request_type, outcomes: reader.whole(outcomes) }
        });
        ContactRecord {
            host,
            domain: self.name_at(domain),
            icann_domain: icann_domain.checked_sub(1).map(|place| self.name_at(place)),
            host_kind,
            third_party: flags & 2 != 0,
            tallies,
            first_at_ms,
            last_at_ms,
            brought_by,
            attribution: self.one_at(flags & 1, &ATTRIBUTIONS),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        // What damages bytes cannot know their checksum; this does.
        #[test]
        fn bytes_with_a_right_checksum_and_any_content_are_read_or_refused(content: Vec<u8>) {
            let mut bytes = bytes::head(VISIT_RECORD_VERSION);
            bytes.extend_from_slice(&content);
            let _ = unpack(&bytes::seal(bytes));
        }
    }
}
