//! A day's sum as bytes, and back: names once, all else in columns of numbers.

use crate::bytes::{BytesError, damaged};
use crate::columns::{ColumnsReader, ColumnsWriter};
use crate::outcome_columns::OutcomeColumns;
use crate::rollup::{DomainRollup, Rollup, SiteRollup, VisitTotals};
use crate::time::Millis;

/// The columns, in their order. What belongs to a site follows it in columns of its own, as many rows as the site says.
#[derive(Debug, Clone, Copy)]
enum Column {
    /// One row: how many sites.
    Sites,
    Site,
    /// Milliseconds after the site before.
    First,
    /// Milliseconds after the first.
    Last,
    Visits,
    VisitDomains,
    VisitRequests,
    Incomplete,
    Domains,
    /// After the place of the domain before.
    Domain,
    DomainVisits,
    Outcomes,
    Count,
}

impl Column {
    const COUNT: usize = Self::Count as usize + 1;
    const OUTCOMES: OutcomeColumns =
        OutcomeColumns { bits: Self::Outcomes as usize, counts: Self::Count as usize };
}

impl<'a> Rollup<'a> {
    pub(crate) fn pack(&self, to: &mut Vec<u8>) {
        let mut writer = ColumnsWriter::<{ Column::COUNT }>::default();
        // In their order, so that each has the same place there.
        for name in &self.names {
            writer.name(name);
        }
        writer.put_count(Column::Sites as usize, self.sites.len());
        let mut before = Millis::default();
        for site in &self.sites {
            writer.put(Column::Site as usize, site.site.into());
            writer.put_after(Column::First as usize, before, site.first_at);
            writer.put_after(Column::Last as usize, site.first_at, site.last_at);
            before = site.first_at;
            writer.put_count(Column::Visits as usize, site.visits.len());
            for visit in &site.visits {
                writer.put(Column::VisitDomains as usize, visit.domains.into());
                writer.put(Column::VisitRequests as usize, visit.requests.into());
            }
            writer.put(Column::Incomplete as usize, site.incomplete.into());
            writer.put_count(Column::Domains as usize, site.domains.len());
            let mut before = 0;
            for domain in &site.domains {
                writer.put(Column::Domain as usize, u64::from(domain.domain).saturating_sub(before));
                before = domain.domain.into();
                writer.put(Column::DomainVisits as usize, domain.visits.into());
                Column::OUTCOMES.put(&mut writer, &domain.outcomes);
            }
        }
        writer.write(to);
    }

    pub(crate) fn unpack(content: &'a [u8]) -> Result<Self, BytesError> {
        let mut reader = ColumnsReader::<{ Column::COUNT }>::new(content)?;
        let mut before = Millis::default();
        let sites = rows(&mut reader, Column::Sites, |reader| {
            let site = read_site(reader, before)?;
            before = site.first_at;
            Ok(site)
        })?;
        if (0..Column::COUNT).all(|column| reader.is_at_end(column)) {
            Ok(Self { names: reader.into_names(), sites })
        } else {
            Err(damaged("more rows than sites"))
        }
    }
}

type Reader<'a> = ColumnsReader<'a, { Column::COUNT }>;

fn rows<T>(
    reader: &mut Reader,
    column: Column,
    mut row: impl FnMut(&mut Reader) -> Result<T, BytesError>,
) -> Result<Vec<T>, BytesError> {
    (0..reader.take(column as usize)?).map(|_| row(reader)).collect()
}

/// A place of a name that there is.
fn place(reader: &mut Reader, column: Column, before: u64) -> Result<u32, BytesError> {
    let place = before.checked_add(reader.take(column as usize)?).and_then(|place| u32::try_from(place).ok());
    place.filter(|place| (*place as usize) < reader.name_count()).ok_or_else(|| damaged("a name is missing"))
}

fn read_site(reader: &mut Reader, before: Millis) -> Result<SiteRollup, BytesError> {
    let site = place(reader, Column::Site, 0)?;
    let first_at = reader.take_after(Column::First as usize, before)?;
    let last_at = reader.take_after(Column::Last as usize, first_at)?;
    let visits = rows(reader, Column::Visits, |reader| {
        let domains = reader.take_as(Column::VisitDomains as usize)?;
        Ok(VisitTotals { domains, requests: reader.take_as(Column::VisitRequests as usize)? })
    })?;
    let incomplete = reader.take_as(Column::Incomplete as usize)?;
    let mut before = 0;
    let domains = rows(reader, Column::Domains, |reader| {
        let domain = place(reader, Column::Domain, before)?;
        before = domain.into();
        let visits = reader.take_as(Column::DomainVisits as usize)?;
        Ok(DomainRollup { domain, visits, outcomes: Column::OUTCOMES.take(reader)? })
    })?;
    Ok(SiteRollup { site, first_at, last_at, visits, incomplete, domains })
}
