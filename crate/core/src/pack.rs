//! Visits as bytes, with nothing lost, one or all of a day: names once, everything else in columns of numbers.

use crate::bytes::{self, BytesError, damaged};
use crate::columns::{ColumnsReader, ColumnsWriter};
use crate::day::UtcOffset;
use crate::dictionary::read_plain_names;
use crate::host::HostKind;
use crate::numbered::Numbered;
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
    /// What is known of a host follows it here where it is other than before: `Facts` says so.
    Domain,
    /// 0: as the domain; else the place of its name, from 1.
    IcannDomain,
    /// Whether it is a third party, how it is tied to the visit.
    Flags,
    /// Milliseconds after the first request to the contact before; of the first contact, after the visit's start.
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
    /// Whether what is known of a contact's host is other than where that host was met last, or it was not.
    Facts,
    HostKind,
}

impl Column {
    const COUNT: usize = Self::HostKind as usize + 1;
    /// So many there were in version 2: what is known of a host was with each contact, its kind among the flags.
    const COUNT_OF_2: usize = Self::Count as usize + 1;
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
    writer.columns.write(&mut bytes);
    bytes::seal(bytes)
}

/// The visits that [`pack`] packed, of this version or of the one before.
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

/// What is known of a host: the places of its domain and of its ICANN domain (from 1; 0: the same), and its kind.
type Facts = (u64, u64, u64);

/// Writes visits into columns.
#[derive(Default)]
struct Writer {
    columns: ColumnsWriter<{ Column::COUNT }>,
    /// By the place of the host's name.
    facts: Numbered<Facts, u64>,
}

impl Writer {
    fn put(&mut self, column: Column, number: u64) {
        self.columns.put(column as usize, number);
    }

    fn count(&mut self, column: Column, count: usize) {
        self.columns.put_count(column as usize, count);
    }

    fn name(&mut self, column: Column, name: &str) {
        self.columns.put_name(column as usize, name);
    }

    fn after(&mut self, column: Column, before: Millis, moment: Millis) {
        self.columns.put_after(column as usize, before, moment);
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
        self.columns.put_signed(Column::Offset as usize, visit.utc_offset.minutes().into());
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
        let mut before = visit.started_at_ms;
        for contact in &visit.contacts {
            self.contact(contact, before);
            before = contact.first_at_ms;
        }
    }

    fn contact(&mut self, contact: &ContactRecord, before: Millis) {
        // First, so that the host's name can end with it.
        let domain = self.columns.name(&contact.domain);
        let icann_domain = contact.icann_domain.as_deref().map_or(0, |domain| 1 + self.columns.name(domain));
        let host = self.columns.name(&contact.host);
        self.put(Column::ContactHost, host);
        let facts = (domain, icann_domain, place(&HOST_KINDS, &contact.host_kind));
        let is_new = self.facts.get(host) != Some(&facts);
        self.put(Column::Facts, is_new.into());
        if is_new {
            self.facts.insert(host, facts);
            self.put(Column::Domain, facts.0);
            self.put(Column::IcannDomain, facts.1);
            self.put(Column::HostKind, facts.2);
        }
        let attribution = place(&ATTRIBUTIONS, &contact.attribution);
        self.put(Column::Flags, u64::from(contact.third_party) << 1 | attribution);
        self.after(Column::FirstAfter, before, contact.first_at_ms);
        self.after(Column::LastAfter, contact.first_at_ms, contact.last_at_ms);
        self.count(Column::Steps, contact.brought_by.len());
        for step in &contact.brought_by {
            self.one_of(Column::StepKind, &STEP_KINDS, &step.kind);
            self.name(Column::StepHost, &step.host);
        }
        self.count(Column::Tallies, contact.tallies.len());
        for tally in &contact.tallies {
            self.name(Column::Type, &tally.request_type);
            Column::OUTCOMES.put(&mut self.columns, &tally.outcomes);
        }
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
