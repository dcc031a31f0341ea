//! Visits as bytes, with nothing lost, one or all of a day: names once, everything else in columns of numbers.

use crate::bytes::{self, BytesError, damaged};
use crate::columns::{ColumnsReader, ColumnsWriter};
use crate::day::UtcOffset;
use crate::host::HostKind;
use crate::outcome_columns::OutcomeColumns;
use crate::record::{
    Attribution, ContactRecord, EndReason, Gap, GapReason, HopRecord, Step, StepKind, TypeTally,
    VISIT_RECORD_VERSION, VisitKind, VisitRecord,
};
use crate::time::Millis;

/// The columns, in their order. What belongs to a visit, a contact or a tally follows it in columns of its own, as many rows as the
/// visit, contact or tally says.
#[derive(Debug, Clone, Copy)]
enum Column {
    /// One row: how many visits.
    Visits,
    /// The name of a visit's browser session.
    Session,
    /// Its number in that session, from 1; 0: the session's name is the whole identifier.
    Number,
    Kind,
    Site,
    Host,
    Scheme,
    /// Milliseconds after the visit before.
    Start,
    Offset,
    /// 0: it has not ended; else the reason, from 1.
    End,
    /// Milliseconds after the start, where it has ended.
    EndedAfter,
    Gaps,
    GapReason,
    /// Milliseconds after the start.
    GapAfter,
    Hops,
    HopHost,
    HopDomain,
    Contacts,
    ContactHost,
    Domain,
    /// 0: as the domain; else the place of its name, from 1.
    IcannDomain,
    /// Kind, whether it is a third party, how it is tied to the visit.
    Flags,
    /// Milliseconds after the visit's start.
    FirstAfter,
    /// Milliseconds after the first request.
    LastAfter,
    Steps,
    StepKind,
    StepHost,
    Tallies,
    Type,
    /// Which outcomes are counted, a bit each.
    Outcomes,
    /// The counts of those.
    Count,
}

impl Column {
    const COUNT: usize = Self::Count as usize + 1;
    const OUTCOMES: OutcomeColumns =
        OutcomeColumns { bits: Self::Outcomes as usize, counts: Self::Count as usize };
}

const KINDS: [VisitKind; 2] = [VisitKind::Page, VisitKind::Background];
const END_REASONS: [EndReason; 3] = [EndReason::Navigated, EndReason::TabClosed, EndReason::SessionEnded];
const GAP_REASONS: [GapReason; 4] =
    [GapReason::OpenedBefore, GapReason::BackgroundRestarted, GapReason::CoreRestarted, GapReason::Paused];
const HOST_KINDS: [HostKind; 4] = [HostKind::Name, HostKind::SpecialUse, HostKind::Ipv4, HostKind::Ipv6];
const STEP_KINDS: [StepKind; 2] = [StepKind::Frame, StepKind::Redirect];
const ATTRIBUTIONS: [Attribution; 2] = [Attribution::Document, Attribution::Frame];

/// Packs visits, in the order in which they are to be given back.
#[must_use]
pub fn pack(visits: &[VisitRecord]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.count(Column::Visits, visits.len());
    let mut before = Millis::default();
    for visit in visits {
        writer.visit(visit, before);
        before = visit.started_at_ms;
    }
    let mut bytes = bytes::head(VISIT_RECORD_VERSION);
    writer.0.write(&mut bytes);
    bytes::seal(bytes)
}

/// The visits that [`pack`] packed.
pub fn unpack(packed: &[u8]) -> Result<Vec<VisitRecord>, BytesError> {
    let mut reader = Reader(ColumnsReader::new(bytes::open(VISIT_RECORD_VERSION, packed)?)?);
    let mut before = Millis::default();
    let visits = reader.all(Column::Visits, |reader| {
        let visit = reader.visit(before)?;
        before = visit.started_at_ms;
        Ok(visit)
    })?;
    if (0..Column::COUNT).all(|column| reader.0.is_at_end(column)) {
        Ok(visits)
    } else {
        Err(damaged("more rows than visits"))
    }
}

/// Writes visits into columns.
#[derive(Default)]
struct Writer(ColumnsWriter<{ Column::COUNT }>);

impl Writer {
    fn put(&mut self, column: Column, number: u64) {
        self.0.put(column as usize, number);
    }

    fn count(&mut self, column: Column, count: usize) {
        self.0.put_count(column as usize, count);
    }

    fn name(&mut self, column: Column, name: &str) {
        self.0.put_name(column as usize, name);
    }

    fn after(&mut self, column: Column, before: Millis, moment: Millis) {
        self.0.put_after(column as usize, before, moment);
    }

    fn one_of<T: PartialEq>(&mut self, column: Column, values: &[T], value: &T) {
        self.put(column, place(values, value));
    }

    fn visit(&mut self, visit: &VisitRecord, before: Millis) {
        let (session, number) = parted(&visit.id);
        self.name(Column::Session, session);
        self.put(Column::Number, number);
        self.one_of(Column::Kind, &KINDS, &visit.kind);
        self.name(Column::Site, &visit.site);
        self.name(Column::Host, &visit.host);
        self.name(Column::Scheme, &visit.scheme);
        self.after(Column::Start, before, visit.started_at_ms);
        self.0.put_signed(Column::Offset as usize, visit.utc_offset.minutes().into());
        self.put(Column::End, visit.end_reason.map_or(0, |reason| 1 + place(&END_REASONS, &reason)));
        if let Some(ended_at) = visit.ended_at_ms.filter(|_| visit.end_reason.is_some()) {
            self.after(Column::EndedAfter, visit.started_at_ms, ended_at);
        }
        self.count(Column::Gaps, visit.gaps.len());
        for gap in &visit.gaps {
            self.one_of(Column::GapReason, &GAP_REASONS, &gap.reason);
            self.after(Column::GapAfter, visit.started_at_ms, gap.since_ms);
        }
        self.count(Column::Hops, visit.hops.len());
        for hop in &visit.hops {
            self.name(Column::HopHost, &hop.host);
            self.name(Column::HopDomain, &hop.domain);
        }
        self.count(Column::Contacts, visit.contacts.len());
        for contact in &visit.contacts {
            self.contact(contact, visit.started_at_ms);
        }
    }

    fn contact(&mut self, contact: &ContactRecord, visit_started_at: Millis) {
        self.name(Column::ContactHost, &contact.host);
        self.name(Column::Domain, &contact.domain);
        let icann_domain = contact.icann_domain.as_deref().map_or(0, |domain| 1 + self.0.name(domain));
        self.put(Column::IcannDomain, icann_domain);
        let kind = place(&HOST_KINDS, &contact.host_kind);
        let attribution = place(&ATTRIBUTIONS, &contact.attribution);
        self.put(Column::Flags, kind << 2 | u64::from(contact.third_party) << 1 | attribution);
        self.after(Column::FirstAfter, visit_started_at, contact.first_at_ms);
        self.after(Column::LastAfter, contact.first_at_ms, contact.last_at_ms);
        self.count(Column::Steps, contact.brought_by.len());
        for step in &contact.brought_by {
            self.one_of(Column::StepKind, &STEP_KINDS, &step.kind);
            self.name(Column::StepHost, &step.host);
        }
        self.count(Column::Tallies, contact.tallies.len());
        for tally in &contact.tallies {
            self.name(Column::Type, &tally.request_type);
            Column::OUTCOMES.put(&mut self.0, &tally.outcomes);
        }
    }
}

/// Reads visits from columns.
struct Reader<'a>(ColumnsReader<'a, { Column::COUNT }>);

impl Reader<'_> {
    fn take(&mut self, column: Column) -> Result<u64, BytesError> {
        self.0.take(column as usize)
    }

    fn name(&mut self, column: Column) -> Result<String, BytesError> {
        self.0.take_name(column as usize).map(str::to_owned)
    }

    fn after(&mut self, column: Column, before: Millis) -> Result<Millis, BytesError> {
        self.0.take_after(column as usize, before)
    }

    fn one_of<T: Copy>(&mut self, column: Column, values: &[T]) -> Result<T, BytesError> {
        self.0.take_one_of(column as usize, values)
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
        let minutes = i32::try_from(self.0.take_signed(Column::Offset as usize)?);
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
        let contacts = self.all(Column::Contacts, |reader| reader.contact(started_at_ms))?;
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

    fn contact(&mut self, visit_started_at: Millis) -> Result<ContactRecord, BytesError> {
        let (host, domain) = (self.name(Column::ContactHost)?, self.name(Column::Domain)?);
        let icann_domain = match self.take(Column::IcannDomain)? {
            0 => None,
            place => {
                let place = usize::try_from(place - 1).map_err(|_| damaged("a name is missing"))?;
                Some(self.0.name(place)?.to_owned())
            }
        };
        let flags = self.0.take_as::<usize>(Column::Flags as usize)?;
        let host_kind = HOST_KINDS.get(flags >> 2).ok_or_else(|| damaged("a kind is none of a host"))?;
        let first_at_ms = self.after(Column::FirstAfter, visit_started_at)?;
        let last_at_ms = self.after(Column::LastAfter, first_at_ms)?;
        let brought_by = self.all(Column::Steps, |reader| {
            let kind = reader.one_of(Column::StepKind, &STEP_KINDS)?;
            Ok(Step { kind, host: reader.name(Column::StepHost)? })
        })?;
        let tallies = self.all(Column::Tallies, |reader| {
            let request_type = reader.name(Column::Type)?;
            Ok(TypeTally { request_type, outcomes: Column::OUTCOMES.take(&mut reader.0)? })
        })?;
        Ok(ContactRecord {
            host,
            domain,
            icann_domain,
            host_kind: *host_kind,
            third_party: flags & 2 != 0,
            tallies,
            first_at_ms,
            last_at_ms,
            brought_by,
            attribution: ATTRIBUTIONS[flags & 1],
        })
    }
}

fn place<T: PartialEq>(values: &[T], value: &T) -> u64 {
    values.iter().position(|one| one == value).unwrap_or(values.len()) as u64
}

/// A visit's identifier as its session and its number, from 1; 0 where it is no such identifier.
fn parted(id: &str) -> (&str, u64) {
    id.rsplit_once('-')
        .and_then(|(session, digits)| Some((session, digits.parse::<u64>().ok()?, digits)))
        .filter(|(_, number, digits)| *number > 0 && number.to_string() == *digits)
        .map_or((id, 0), |(session, number, _)| (session, number))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_identifier_is_parted_where_it_can_be_put_together_again() {
        assert_eq!(parted("0b1f-22c8-7"), ("0b1f-22c8", 7));
        for whole in
            ["", "7", "session-07", "session-0", "session-x", "session--", "session-99999999999999999999"]
        {
            assert_eq!(parted(whole), (whole, 0), "{whole}");
        }
    }

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
