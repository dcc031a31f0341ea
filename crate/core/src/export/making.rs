//! The rows of an export, of some visits at a time.

use serde::Serialize;

use super::digest::ExportDigest;
use super::frame::{Lengths, Table};
use super::row::{Totals, contact_rows, contact_type_rows, hop_rows, visit_row};
use super::{Export, ExportError, Occasion};
use crate::archive::Archive;
use crate::order::sort_by;
use crate::record::VisitRecord;
use crate::view::UnreadableVisits;

/// Rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TableRows {
    /// Which.
    pub table: Table,
    /// Each in its canonical form and on a line of its own, behind those that were given before.
    #[serde(with = "serde_bytes")]
    #[cfg_attr(feature = "types", ts(type = "Uint8Array"))]
    pub text: Vec<u8>,
}

/// An export that is being made.
#[derive(Debug)]
pub struct ExportMaking {
    export: Export,
    site: Option<String>,
    totals: Totals,
    unreadable: UnreadableVisits,
    lengths: Lengths,
}

impl ExportMaking {
    /// No visits yet; those of one site, or all.
    #[must_use]
    pub fn new(occasion: Occasion, site: Option<String>) -> Self {
        Self {
            export: Export::of(occasion),
            site,
            totals: Totals::default(),
            unreadable: UnreadableVisits::default(),
            lengths: Lengths::default(),
        }
    }

    /// So many days would be in it, were their visits still kept.
    pub const fn miss_days(&mut self, days: u32) {
        self.export.head.days_without_visits = days;
    }

    /// The rows of more visits, in the order in which they began. They stand in the file behind those of the visits before.
    pub fn add(&mut self, archive: &Archive) -> Result<Vec<TableRows>, ExportError> {
        self.unreadable.absorb(archive.unreadable);
        let is_sought = |visit: &&VisitRecord| self.site.as_ref().is_none_or(|site| visit.site == *site);
        let mut visits: Vec<&VisitRecord> = archive.visits.iter().filter(is_sought).collect();
        sort_by(&mut visits, |a, b| a.started_at_ms.cmp(&b.started_at_ms).then_with(|| a.id.cmp(&b.id)));
        for visit in &visits {
            self.totals.add(visit);
        }
        let rows = [
            self.written(Table::Visits, visits.iter().map(|visit| visit_row(visit)))?,
            self.written(Table::Hops, visits.iter().flat_map(|visit| hop_rows(visit)))?,
            self.written(Table::Contacts, visits.iter().flat_map(|visit| contact_rows(visit)))?,
            self.written(Table::ContactTypes, visits.iter().flat_map(|visit| contact_type_rows(visit)))?,
        ];
        Ok(rows.into_iter().filter(|rows| !rows.text.is_empty()).collect())
    }

    fn written<Row: Serialize>(
        &mut self,
        table: Table,
        rows: impl Iterator<Item = Row>,
    ) -> Result<TableRows, ExportError> {
        let mut text = Vec::new();
        let mut is_first = self.lengths.of(table) == 0;
        for row in rows {
            text.extend_from_slice(if is_first { b"\n" } else { b",\n" });
            serde_json::to_writer(&mut text, &row)?;
            is_first = false;
        }
        self.lengths.add(table, &text);
        Ok(TableRows { table, text })
    }

    /// What could not be read of the visits that were to be in it.
    #[must_use]
    pub const fn unreadable(&self) -> UnreadableVisits {
        self.unreadable
    }

    /// No visits follow: the digest is made over what is around the rows, and over the rows, which are given back for it.
    pub fn into_digest(self) -> Result<ExportDigest, ExportError> {
        let Self { mut export, totals, unreadable, lengths, .. } = self;
        export.head.unreadable_visits = unreadable.total();
        export.totals = totals.sums();
        ExportDigest::over(export, lengths)
    }
}
