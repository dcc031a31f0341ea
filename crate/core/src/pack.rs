//! Visits as bytes, with nothing lost, one or all of a day: names once, everything else in columns of numbers.

use crate::bytes;
use crate::columns::ColumnsWriter;
use crate::host::HostKind;
use crate::numbered::Numbered;
use crate::outcome_columns::OutcomeColumns;
use crate::record::{
    Attribution, ContactRecord, EndReason, GapReason, StepKind, VISIT_RECORD_VERSION, VisitKind, VisitRecord,
};
use crate::time::Millis;

/// The columns, in their order. What belongs to a visit, a contact or a tally follows it in columns of its own, as many rows as the
/// visit, contact or tally says.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Column {
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
    pub(crate) const COUNT: usize = Self::HostKind as usize + 1;
    /// So many there were in version 2: what is known of a host was with each contact, its kind among the flags.
    pub(crate) const COUNT_OF_2: usize = Self::Count as usize + 1;
    pub(crate) const OUTCOMES: OutcomeColumns =
        OutcomeColumns { bits: Self::Outcomes as usize, counts: Self::Count as usize };
}

pub(crate) const KINDS: [VisitKind; 2] = [VisitKind::Page, VisitKind::Background];
pub(crate) const END_REASONS: [EndReason; 3] =
    [EndReason::Navigated, EndReason::TabClosed, EndReason::SessionEnded];
pub(crate) const GAP_REASONS: [GapReason; 5] = [
    GapReason::OpenedBefore,
    GapReason::BackgroundRestarted,
    GapReason::CoreRestarted,
    GapReason::Paused,
    GapReason::AccessMissing,
];
pub(crate) const HOST_KINDS: [HostKind; 4] =
    [HostKind::Name, HostKind::SpecialUse, HostKind::Ipv4, HostKind::Ipv6];
pub(crate) const STEP_KINDS: [StepKind; 2] = [StepKind::Frame, StepKind::Redirect];
pub(crate) const ATTRIBUTIONS: [Attribution; 2] = [Attribution::Document, Attribution::Frame];

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

/// What is known of a host: the places of its domain and of its ICANN domain (from 1; 0: the same), and its kind.
pub(crate) type Facts = (u64, u64, u64);

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
}
