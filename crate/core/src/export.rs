//! The file that leaves by the user's hand: flat rows with keys, versions of everything that decided, a digest.
//!
//! ```text
//! visits, some at a time → ExportMaking → their rows → ExportDigest → what stands around the rows: the file
//! ```
//!
//! A year has millions of rows: nobody holds all of them. Whoever makes the file keeps the rows as the texts that they are.

mod digest;
mod frame;
mod making;
mod row;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::digest::ExportDigest;
pub use self::frame::{FilePiece, Table};
pub use self::making::{ExportMaking, TableRows};
use self::row::{ContactRow, ContactTypeRow, ExportTotals, HopRow, VisitRow};
use crate::archive::Archive;
use crate::suffix;
use crate::time::Millis;
use crate::version::{FORMAT_VERSION, METHOD_VERSION};

/// Where the format is described.
pub const SCHEMA: &str = "export-1.schema.json";

/// Why an export could not be made.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The rows could not be written as JSON.
    #[error("the export could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The rows were given back in another order than the digest asks for.
    #[error("the rows of {} were given back after those of a later table: give them back in the order that the digest names", table.key())]
    Order {
        /// Of this table.
        table: Table,
    },
    /// There is no place for the rows of a table.
    #[error("the file has no place for the rows of {}: this is a fault of the program", table.key())]
    Place {
        /// Of this table.
        table: Table,
    },
    /// Rows did not come back: their lengths say so. What they hold is not looked at again.
    #[error("what was given back of {} is not as long as its rows: give back all of them, as they were given", table.key())]
    Rows {
        /// Of this table.
        table: Table,
    },
}

/// Where the counting was done, as the shell knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Environment {
    /// `Chromium`, `Firefox`, or the recorder of a HAR file.
    pub browser_name: Option<String>,
    /// The browser's version.
    pub browser_version: Option<String>,
    /// The operating system.
    pub os: Option<String>,
    /// The language of the browser (BCP 47).
    pub language: Option<String>,
    /// The time zone (IANA).
    pub time_zone: Option<String>,
    /// Version of the extension.
    pub extension_version: Option<String>,
}

/// Of which name an export is, when, where and by what it is made.
#[derive(Debug, Clone, Default)]
pub struct Occasion<'a> {
    /// Names this export among all.
    pub id: &'a str,
    /// When it is made.
    pub now: Millis,
    /// Where the counting was done.
    pub environment: Environment,
    /// The commit that the program which makes it was built from; empty where the build did not know.
    pub commit: &'a str,
}

/// The whole file but its digest. Its tables are empty here: their rows are written one by one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Export {
    #[serde(rename = "$schema")]
    schema: &'static str,
    /// Always `tiers-export`.
    format: &'static str,
    format_version: &'static str,
    #[serde(rename = "export")]
    head: ExportHead,
    producer: Producer,
    environment: Environment,
    datasets: Vec<Dataset>,
    method: Method,
    /// Measurements: none can be made yet.
    measurements: [u8; 0],
    /// Phases of measurements: none yet.
    phases: [u8; 0],
    visits: Vec<VisitRow<'static>>,
    hops: Vec<HopRow<'static>>,
    contacts: Vec<ContactRow<'static>>,
    contact_types: Vec<ContactTypeRow<'static>>,
    /// Single requests: only at privacy level `url`, which cannot be chosen yet.
    requests: [u8; 0],
    totals: ExportTotals,
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ExportHead {
    id: String,
    /// When it was begun, ISO 8601, UTC. What came while it was made can be in it.
    created_at: String,
    /// `host`: hosts, no URLs.
    privacy_level: &'static str,
    redactions: [u8; 0],
    merged_from: [u8; 0],
    /// Visits that were to be in it and could not be read, damaged or stored by a later version: no row tells of them.
    unreadable_visits: u32,
    /// Days on which visits were counted that have expired: sums alone are kept of them, and no row tells of them.
    days_without_visits: u32,
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Producer {
    name: &'static str,
    version: &'static str,
    /// The commit of the sources; `-dirty` follows where they were changed, none where the build did not know it.
    commit: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Dataset {
    role: &'static str,
    version: &'static str,
    sha256: &'static str,
    licence: &'static str,
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Method {
    /// The version of the rule, which `docs/how-it-is-counted.md` holds whole.
    version: &'static str,
    party_rule: &'static str,
    psl_sections: [&'static str; 2],
    contacted: &'static str,
}

/// The digest over everything else.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Integrity {
    /// `sha256/jcs`: SHA-256 over the RFC 8785 form of the file without this object.
    algorithm: &'static str,
    /// In hexadecimal.
    digest: String,
}

/// The whole file.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ExportFile {
    #[serde(flatten)]
    export: Export,
    integrity: Integrity,
}

/// The JSON Schema (2020-12) of the file, as `crate/core/schema/export-1.schema.json` holds it.
#[cfg(feature = "schema")]
pub fn json_schema() -> Result<String, ExportError> {
    let schema = schemars::SchemaGenerator::default().into_root_schema_for::<ExportFile>();
    Ok(serde_json::to_string_pretty(&schema)? + "\n")
}

/// The text of the export of visits that are all in memory.
pub fn to_json(archive: &Archive, occasion: Occasion) -> Result<String, ExportError> {
    let mut making = ExportMaking::new(occasion, None);
    let rows = making.add(archive)?;
    let text_of =
        |table| rows.iter().filter(move |rows| rows.table == table).map(|rows| rows.text.as_slice());
    let mut digest = making.into_digest()?;
    for table in digest.order() {
        for text in text_of(table) {
            digest.rows(table, text)?;
        }
    }
    let mut file = String::new();
    for FilePiece { text, rows } in digest.finish()? {
        file.push_str(&text);
        for text in rows.into_iter().flat_map(text_of) {
            file.push_str(&String::from_utf8_lossy(text));
        }
    }
    Ok(file)
}

/// Bytes in hexadecimal, lower case.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl Export {
    fn of(occasion: Occasion) -> Self {
        let Occasion { id, now, environment, commit } = occasion;
        Self {
            schema: SCHEMA,
            format: "tiers-export",
            format_version: FORMAT_VERSION,
            head: ExportHead {
                id: id.to_owned(),
                created_at: now.to_iso_8601(),
                privacy_level: "host",
                redactions: [],
                merged_from: [],
                unreadable_visits: 0,
                days_without_visits: 0,
            },
            producer: Producer {
                name: "Tiers",
                version: env!("CARGO_PKG_VERSION"),
                commit: (!commit.is_empty()).then(|| commit.to_owned()),
            },
            environment,
            datasets: vec![Dataset {
                role: "public_suffix_list",
                version: suffix::LIST_VERSION,
                sha256: suffix::LIST_SHA256,
                licence: "MPL-2.0",
            }],
            method: Method {
                version: METHOD_VERSION,
                party_rule: "1: a host is a third party where its site (registrable domain) differs from the site of \
                             the visit's outermost document; scheme and port are ignored",
                psl_sections: ["icann", "private"],
                contacted: "at least one request sent or pending",
            },
            measurements: [],
            phases: [],
            visits: Vec::new(),
            hops: Vec::new(),
            contacts: Vec::new(),
            contact_types: Vec::new(),
            requests: [],
            totals: ExportTotals::default(),
        }
    }
}
