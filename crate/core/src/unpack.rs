//! Packed visits, read again: those of this version, and of the one before.

use crate::bytes::{self, BytesError, damaged};
use crate::columns::ColumnsReader;
use crate::day::UtcOffset;
use crate::dictionary::read_plain_names;
use crate::numbered::Numbered;
use crate::pack::{ATTRIBUTIONS, Column, END_REASONS, Facts, GAP_REASONS, HOST_KINDS, KINDS, STEP_KINDS};
use crate::record::{ContactRecord, Gap, HopRecord, Step, TypeTally, VISIT_RECORD_VERSION, VisitRecord};
use crate::time::Millis;

/// The visits that [`crate::pack::pack`] packed, of this version or of the one before.
pub fn unpack(packed: &[u8]) -> Result<Vec<VisitRecord>, BytesError> {
    let mut reader = match bytes::open(VISIT_RECORD_VERSION, packed) {
        Ok(content) => {
            Reader { columns: ColumnsReader::new(content)?, is_of_2: false, facts: Numbered::default() }
        }
        Err(BytesError::Version { found: 2 }) => {
            let mut content = bytes::open(2, packed)?;
            let names = read_plain_names(&mut content)?;
            let columns = ColumnsReader::behind(names, content, Column::COUNT_OF_2)?;
            Reader { columns, is_of_2: true, facts: Numbered::default() }
        }
        Err(error) => return Err(error),
    };
    let mut before = Millis::default();
    let visits = reader.all(Column::Visits, |reader| {
        let visit = reader.visit(before)?;
        before = visit.started_at_ms;
        Ok(visit)
    })?;
    if (0..Column::COUNT).all(|column| reader.columns.is_at_end(column)) {
        Ok(visits)
    } else {
        Err(damaged("more rows than visits"))
    }
}

/// Reads visits from columns.
struct Reader<'a> {
    columns: ColumnsReader<'a, { Column::COUNT }>,
    is_of_2: bool,
    /// By the place of the host's name.
    facts: Numbered<Facts, u64>,
}

impl Reader<'_> {
    fn take(&mut self, column: Column) -> Result<u64, BytesError> {
        self.columns.take(column as usize)
    }

    fn name(&mut self, column: Column) -> Result<String, BytesError> {
        self.columns.take_name(column as usize).map(str::to_owned)
    }

    fn name_at(&self, place: u64) -> Result<String, BytesError> {
        let place = usize::try_from(place).map_err(|_| damaged("a name is missing"))?;
        self.columns.name(place).map(str::to_owned)
    }

    /// What is known of a host, by the place of its name.
    fn facts(&mut self, host: u64) -> Result<Facts, BytesError> {
        if self.is_of_2 {
            return Ok((self.take(Column::Domain)?, self.take(Column::IcannDomain)?, 0));
        }
        if self.take(Column::Facts)? == 0 {
            return self.facts.get(host).copied().ok_or_else(|| damaged("nothing is known of a host"));
        }
        let domain = self.take(Column::Domain)?;
        let facts = (domain, self.take(Column::IcannDomain)?, self.take(Column::HostKind)?);
        // A place that there is: whatever is kept by it is bounded by the names.
        self.name_at(host)?;
        self.facts.insert(host, facts);
        Ok(facts)
    }

    fn after(&mut self, column: Column, before: Millis) -> Result<Millis, BytesError> {
        self.columns.take_after(column as usize, before)
    }

    fn one_of<T: Copy>(&mut self, column: Column, values: &[T]) -> Result<T, BytesError> {
        self.columns.take_one_of(column as usize, values)
    }

    fn all<T>(
        &mut self,
        column: Column,
        mut one: impl FnMut(&mut Self) -> Result<T, BytesError>,
    ) -> Result<Vec<T>, BytesError> {
        (0..self.take(column)?).map(|_| one(self)).collect()
    }

    fn visit(&mut self, before: Millis) -> Result<VisitRecord, BytesError> {
        let session = self.name(Column::Session)?;
        let id = match self.take(Column::Number)? {
            0 => session,
            number => format!("{session}-{number}"),
        };
        let kind = self.one_of(Column::Kind, &KINDS)?;
        let (site, host) = (self.name(Column::Site)?, self.name(Column::Host)?);
        let scheme = self.name(Column::Scheme)?;
        let started_at_ms = self.after(Column::Start, before)?;
        let minutes = i32::try_from(self.columns.take_signed(Column::Offset as usize)?);
        let utc_offset =
            UtcOffset::from_minutes(minutes.map_err(|_| damaged("an offset is none of a clock"))?);
        let end = self.take(Column::End)?;
        let (ended_at_ms, end_reason) = if end == 0 {
            (None, None)
        } else {
            let reason = usize::try_from(end - 1).ok().and_then(|place| END_REASONS.get(place));
            let reason = reason.ok_or_else(|| damaged("an end is none that there is"))?;
            (Some(self.after(Column::EndedAfter, started_at_ms)?), Some(*reason))
        };
        let gaps = self.all(Column::Gaps, |reader| {
            let reason = reader.one_of(Column::GapReason, &GAP_REASONS)?;
            Ok(Gap { reason, since_ms: reader.after(Column::GapAfter, started_at_ms)? })
        })?;
        let hops = self.all(Column::Hops, |reader| {
            Ok(HopRecord { host: reader.name(Column::HopHost)?, domain: reader.name(Column::HopDomain)? })
        })?;
        let mut before = started_at_ms;
        let contacts = self.all(Column::Contacts, |reader| {
            let contact = reader.contact(before)?;
            if !reader.is_of_2 {
                before = contact.first_at_ms;
            }
            Ok(contact)
        })?;
        Ok(VisitRecord {
            id,
            kind,
            site,
            host,
            scheme,
            started_at_ms,
            utc_offset,
            ended_at_ms,
            end_reason,
            gaps,
            hops,
            contacts,
        })
    }

    /// `before`: the moment after which the first request is told.
    fn contact(&mut self, before: Millis) -> Result<ContactRecord, BytesError> {
        let host = self.take(Column::ContactHost)?;
        let (domain, icann_domain, kind) = self.facts(host)?;
        let flags = self.columns.take_as::<usize>(Column::Flags as usize)?;
        // The kind was the highest of the flags.
        let kind = if self.is_of_2 { flags as u64 >> 2 } else { kind };
        let host_kind = usize::try_from(kind).ok().and_then(|kind| HOST_KINDS.get(kind));
        let host_kind = *host_kind.ok_or_else(|| damaged("a kind is none of a host"))?;
        if !self.is_of_2 && flags >> 2 != 0 {
            return Err(damaged("a flag is none that there is"));
        }
        let first_at_ms = self.after(Column::FirstAfter, before)?;
        let last_at_ms = self.after(Column::LastAfter, first_at_ms)?;
        let brought_by = self.all(Column::Steps, |reader| {
            let kind = reader.one_of(Column::StepKind, &STEP_KINDS)?;
            Ok(Step { kind, host: reader.name(Column::StepHost)? })
        })?;
        let tallies = self.all(Column::Tallies, |reader| {
            let request_type = reader.name(Column::Type)?;
            Ok(TypeTally { request_type, outcomes: Column::OUTCOMES.take(&mut reader.columns)? })
        })?;
        let icann_domain = icann_domain.checked_sub(1).map(|place| self.name_at(place)).transpose()?;
        Ok(ContactRecord {
            host: self.name_at(host)?,
            domain: self.name_at(domain)?,
            icann_domain,
            host_kind,
            third_party: flags & 2 != 0,
            tallies,
            first_at_ms,
            last_at_ms,
            brought_by,
            attribution: ATTRIBUTIONS[flags & 1],
        })
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
