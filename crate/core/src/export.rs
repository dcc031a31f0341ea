//! The file that leaves by the user's hand: flat rows with keys, versions of everything that decided, a digest.

mod row;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use self::row::{
    ContactRow, ContactTypeRow, ExportTotals, HopRow, VisitRow, contact_rows, contact_type_rows, hop_rows,
};
use crate::archive::Archive;
use crate::method;
use crate::order::sort_by;
use crate::record::VisitRecord;
use crate::suffix;
use crate::time::Millis;

/// The version of the format: readers refuse another major version, and ignore keys that they do not know.
pub const FORMAT_VERSION: &str = "1.0.0";
/// Where the format is described.
pub const SCHEMA: &str = "export-1.schema.json";

/// Why an export could not be made.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The rows could not be written as JSON.
    #[error("the export could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
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

/// The whole file but its digest.
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
    visits: Vec<VisitRow>,
    hops: Vec<HopRow>,
    contacts: Vec<ContactRow>,
    contact_types: Vec<ContactTypeRow>,
    /// Single requests: only at privacy level `url`, which cannot be chosen yet.
    requests: [u8; 0],
    totals: ExportTotals,
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ExportHead {
    id: String,
    /// ISO 8601, UTC.
    created_at: String,
    /// `host`: hosts, no URLs.
    privacy_level: &'static str,
    redactions: [u8; 0],
    merged_from: [u8; 0],
    /// Visits that were to be in it and could not be read, damaged or stored by a later version: no row tells of them.
    unreadable_visits: u32,
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
pub struct ExportFile {
    #[serde(flatten)]
    export: Export,
    integrity: Integrity,
}

impl ExportFile {
    /// The JSON Schema (2020-12) of the file, as `crate/core/schema/export-1.schema.json` holds it.
    #[cfg(feature = "schema")]
    pub fn json_schema() -> Result<String, ExportError> {
        let schema = schemars::SchemaGenerator::default().into_root_schema_for::<Self>();
        Ok(serde_json::to_string_pretty(&schema)? + "\n")
    }

    /// The export of some visits.
    pub fn of(archive: &Archive, occasion: Occasion) -> Result<Self, ExportError> {
        let export = Export::of(archive, occasion);
        // RFC 8785 asks for sorted keys, shortest numbers and ECMAScript's escapes. With ASCII keys and integers alone, that is
        // what serde_json writes of a `Value`; a test holds it against an independent canonicalizer, whose own number
        // parsing would weigh 25 KB in the wasm. People read the file in another order, so it is written a second time.
        let canonical = serde_json::to_vec(&serde_json::to_value(&export)?)?;
        let digest = hexadecimal(&Sha256::digest(&canonical));
        Ok(Self { export, integrity: Integrity { algorithm: "sha256/jcs", digest } })
    }

    /// The file's text.
    pub fn to_json(&self) -> Result<String, ExportError> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// Bytes in hexadecimal, lower case.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl Export {
    fn of(archive: &Archive, occasion: Occasion) -> Self {
        let Occasion { id, now, environment, commit } = occasion;
        let mut visits: Vec<&VisitRecord> = archive.visits.iter().collect();
        sort_by(&mut visits, |a, b| a.started_at_ms.cmp(&b.started_at_ms).then_with(|| a.id.cmp(&b.id)));
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
                unreadable_visits: archive.unreadable.total(),
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
                version: method::VERSION,
                party_rule: "1: a host is a third party where its site (registrable domain) differs from the site of \
                             the visit's outermost document; scheme and port are ignored",
                psl_sections: ["icann", "private"],
                contacted: "at least one request sent or pending",
            },
            measurements: [],
            phases: [],
            visits: visits.iter().map(|visit| VisitRow::of(visit)).collect(),
            hops: visits.iter().flat_map(|visit| hop_rows(visit)).collect(),
            contacts: visits.iter().flat_map(|visit| contact_rows(visit)).collect(),
            contact_types: visits.iter().flat_map(|visit| contact_type_rows(visit)).collect(),
            requests: [],
            totals: ExportTotals::of(&visits),
        }
    }
}
