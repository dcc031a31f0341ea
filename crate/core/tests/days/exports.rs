//! Laws of an export that is made day by day: it is the file that is made at once, its digest is what an independent reader computes, and no row
//! is lost on the way.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tiers_core::archive::Archive;
use tiers_core::export::{self, ExportError, ExportMaking, FilePiece, Occasion, Table, hexadecimal};
use tiers_core::record::VisitRecord;
use tiers_core::time::Millis;

use crate::any_days::{by_day, stored, visits as any_visits};

/// Visits with times that JavaScript can tell: an export's numbers are those of JSON (RFC 8785).
fn visits() -> impl Strategy<Value = Vec<VisitRecord>> {
    const SAFE: u64 = (1 << 53) - 1;
    any_visits().prop_map(|mut visits| {
        for contact in visits.iter_mut().flat_map(|visit| &mut visit.contacts) {
            for moment in [&mut contact.first_at_ms, &mut contact.last_at_ms] {
                *moment = Millis::new(moment.get() & SAFE);
            }
        }
        visits
    })
}

fn occasion() -> Occasion<'static> {
    Occasion { id: "export-1", ..Occasion::default() }
}

fn archive(visits: &[VisitRecord]) -> Archive {
    Archive::of_day(None, stored(visits))
}

/// The rows' texts as whoever makes a file keeps them: of each table, piece by piece.
type Kept = BTreeMap<&'static str, Vec<Vec<u8>>>;

fn made(days: impl IntoIterator<Item = Archive>, site: Option<&str>) -> (ExportMaking, Kept) {
    let mut making = ExportMaking::new(occasion(), site.map(str::to_owned));
    let mut kept = Kept::new();
    for day in days {
        for rows in making.add(&day).unwrap() {
            kept.entry(rows.table.key()).or_default().push(rows.text);
        }
    }
    (making, kept)
}

fn finished(making: ExportMaking, kept: &Kept) -> Result<Vec<FilePiece>, ExportError> {
    let mut digest = making.into_digest()?;
    for table in digest.order() {
        for text in kept.get(table.key()).into_iter().flatten() {
            digest.rows(table, text)?;
        }
    }
    digest.finish()
}

fn text(pieces: Vec<FilePiece>, kept: &Kept) -> String {
    let mut text = Vec::new();
    for piece in pieces {
        text.extend(piece.text.into_bytes());
        let rows = piece.rows.and_then(|table| kept.get(table.key()));
        text.extend(rows.into_iter().flatten().flatten());
    }
    String::from_utf8(text).unwrap()
}

fn by_days(visits: &[VisitRecord], site: Option<&str>) -> String {
    let days = by_day(visits).into_values().map(|visits| archive(&visits));
    let (making, kept) = made(days, site);
    let pieces = finished(making, &kept).unwrap();
    text(pieces, &kept)
}

fn rows(file: &Value, table: Table) -> &Vec<Value> {
    file[table.key()].as_array().unwrap()
}

fn requests(file: &Value, table: Table) -> Vec<u64> {
    rows(file, table).iter().map(|row| row["requests"].as_u64().unwrap()).collect()
}

proptest! {
    #[test]
    fn made_day_by_day_it_is_the_file_that_is_made_at_once(visits in visits()) {
        prop_assert_eq!(by_days(&visits, None), export::to_json(&archive(&visits), occasion()).unwrap());
    }

    #[test]
    fn its_digest_is_what_an_independent_reader_computes_of_all_but_the_digest(visits in visits()) {
        let mut file: Value = serde_json::from_str(&by_days(&visits, None)).unwrap();
        let integrity = file.as_object_mut().unwrap().remove("integrity").unwrap();
        let canonical = serde_json_canonicalizer::to_vec(&file).unwrap();
        prop_assert_eq!(&integrity["digest"], &Value::String(hexadecimal(&Sha256::digest(canonical))));
    }

    #[test]
    fn its_rows_say_what_the_visits_say(visits in visits()) {
        let file: Value = serde_json::from_str(&by_days(&visits, None)).unwrap();
        let ids: Vec<&str> = rows(&file, Table::Visits).iter().map(|row| row["visit_id"].as_str().unwrap()).collect();
        let expected: Vec<&str> = visits.iter().map(|visit| visit.id.as_str()).collect();
        prop_assert_eq!(ids, expected, "in the order in which they began");
        prop_assert_eq!(rows(&file, Table::Hops).len(), visits.iter().map(|visit| visit.hops.len()).sum::<usize>());
        let contacts = || visits.iter().flat_map(|visit| &visit.contacts);
        let asked = contacts().map(|contact| u64::from(contact.outcomes().requests())).filter(|requests| *requests > 0);
        prop_assert_eq!(requests(&file, Table::Contacts), asked.collect::<Vec<_>>());
        let tallies = contacts().flat_map(|contact| &contact.tallies);
        let by_type = tallies.map(|tally| u64::from(tally.outcomes.requests())).filter(|requests| *requests > 0);
        prop_assert_eq!(requests(&file, Table::ContactTypes), by_type.collect::<Vec<_>>());
    }

    #[test]
    fn of_one_site_it_is_the_export_of_its_visits_alone(visits in visits()) {
        let sites: Vec<String> = visits.iter().map(|visit| visit.site.clone()).chain(["nowhere.test".to_owned()]).collect();
        for site in sites {
            let of_site: Vec<VisitRecord> = visits.iter().filter(|visit| visit.site == site).cloned().collect();
            prop_assert_eq!(by_days(&visits, Some(&site)), by_days(&of_site, None));
        }
    }

    #[test]
    fn rows_that_do_not_come_back_are_an_error_and_no_file(visits in visits(), lost: prop::sample::Index) {
        let (making, mut kept) = made([archive(&visits)], None);
        prop_assume!(!kept.is_empty());
        let table = *kept.keys().nth(lost.index(kept.len())).unwrap();
        kept.get_mut(table).unwrap().pop();
        let Err(ExportError::Rows { table: named }) = finished(making, &kept) else { panic!("it is a file") };
        prop_assert_eq!(named.key(), table);
    }
}

#[test]
fn rows_that_come_back_in_another_order_are_an_error() {
    let mut digest = ExportMaking::new(occasion(), None).into_digest().unwrap();
    digest.rows(Table::Visits, b"").unwrap();
    assert!(matches!(digest.rows(Table::Hops, b""), Err(ExportError::Order { table: Table::Hops })));
}

#[test]
fn each_row_has_a_line_of_its_own() {
    let visit = crate::any_visit::page_with_requests("session-1", 3);
    let file = by_days(&[visit.over()], None);
    let rows: Vec<&str> = file.lines().filter(|line| line.starts_with('{') && line.len() > 1).collect();
    for row in &rows {
        let value: Value = serde_json::from_str(row.trim_end_matches(',')).unwrap();
        assert_eq!(value["visit_id"], "session-1");
    }
    assert!(rows.len() >= 3, "{file}");
}
