//! The file that leaves by the user's hand: flat rows with keys, versions of everything that decided, a digest.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::host::HostKind;
use crate::order::sort_by;
use crate::overview::Distinct;
use crate::record::{EndReason, GapReason, Step, VisitKind, VisitRecord};
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
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Producer {
    name: &'static str,
    version: &'static str,
    commit: Option<&'static str>,
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
    party_rule: &'static str,
    psl_sections: [&'static str; 2],
    contacted: &'static str,
}

/// One visit.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct VisitRow {
    visit_id: String,
    /// `page`, or `background`: what a site's worker did, tied to no page by the browser.
    kind: &'static str,
    measurement_id: Option<String>,
    site: String,
    host: String,
    scheme: String,
    started_at: String,
    ended_at: Option<String>,
    /// `navigated`, `tab_closed`, `session_ended`; none while the visit goes on.
    end_reason: Option<&'static str>,
    phase: Option<String>,
    complete: bool,
    /// Why the count may be too low: `opened_before`, `background_restarted`, `core_restarted`, `paused`.
    incomplete_reasons: Vec<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct HopRow {
    visit_id: String,
    seq: usize,
    host: String,
    domain: String,
}

/// What was asked of one host in one visit.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ContactRow {
    visit_id: String,
    host: String,
    domain: String,
    /// Under the list's ICANN section alone; equal to `domain` where no private rule decides.
    icann_domain: String,
    /// `name`, `special_use`, `ipv4`, `ipv6`.
    host_kind: &'static str,
    third_party: bool,
    owner: Option<String>,
    category: Option<String>,
    flags: [u8; 0],
    requests: u32,
    sent: u32,
    cached: u32,
    blocked: u32,
    failed: u32,
    unknown: u32,
    pending: u32,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    first_ms: u64,
    last_ms: u64,
    phase: Option<String>,
    /// `document`: the browser named the document. `service_worker`: the browser named only the worker's site.
    attribution: &'static str,
    brought_by: Vec<Step>,
    /// Not looked at yet.
    cookies_sent: Option<u32>,
    /// Not looked at yet.
    cookies_set: Option<u32>,
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ContactTypeRow {
    visit_id: String,
    host: String,
    #[serde(rename = "type")]
    request_type: String,
    requests: u32,
}

/// Sums over the rows; third parties contacted, that is with a request that was sent or is on its way.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ExportTotals {
    visits: usize,
    sites: u32,
    third_party_domains: u32,
    third_party_hosts: u32,
    third_party_requests: u64,
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

    /// The export of some visits. `id` names this export; `now` is when it is made.
    pub fn of(
        visits: &[VisitRecord],
        environment: Environment,
        id: &str,
        now: Millis,
    ) -> Result<Self, ExportError> {
        let export = Export::of(visits, environment, id, now);
        // RFC 8785 asks for sorted keys, shortest numbers and ECMAScript's escapes. With ASCII keys and integers alone, that is
        // what serde_json writes of a `Value`; a test holds it against an independent canonicalizer, whose own number
        // parsing would weigh 25 KB in the wasm.
        let canonical = serde_json::to_vec(&serde_json::to_value(&export)?)?;
        let digest = hexadecimal(&Sha256::digest(&canonical));
        Ok(Self { export, integrity: Integrity { algorithm: "sha256/jcs", digest } })
    }

    /// The file's text.
    pub fn to_json(&self) -> Result<String, ExportError> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl Export {
    fn of(visits: &[VisitRecord], environment: Environment, id: &str, now: Millis) -> Self {
        let mut visits: Vec<&VisitRecord> = visits.iter().collect();
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
            },
            producer: Producer {
                name: "Tiers",
                version: env!("CARGO_PKG_VERSION"),
                commit: option_env!("TIERS_COMMIT"),
            },
            environment,
            datasets: vec![Dataset {
                role: "public_suffix_list",
                version: suffix::LIST_VERSION,
                sha256: suffix::LIST_SHA256,
                licence: "MPL-2.0",
            }],
            method: Method {
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

impl VisitRow {
    fn of(visit: &VisitRecord) -> Self {
        Self {
            visit_id: visit.id.clone(),
            kind: match visit.kind {
                VisitKind::Page => "page",
                VisitKind::Background => "background",
            },
            measurement_id: None,
            site: visit.site.clone(),
            host: visit.host.clone(),
            scheme: visit.scheme.clone(),
            started_at: visit.started_at_ms.to_iso_8601(),
            ended_at: visit.ended_at_ms.map(Millis::to_iso_8601),
            end_reason: visit.end_reason.map(|reason| match reason {
                EndReason::Navigated => "navigated",
                EndReason::TabClosed => "tab_closed",
                EndReason::SessionEnded => "session_ended",
            }),
            phase: None,
            complete: visit.gaps.is_empty(),
            incomplete_reasons: visit.gaps.iter().map(|gap| reason_key(gap.reason)).collect(),
        }
    }
}

const fn reason_key(reason: GapReason) -> &'static str {
    match reason {
        GapReason::OpenedBefore => "opened_before",
        GapReason::BackgroundRestarted => "background_restarted",
        GapReason::CoreRestarted => "core_restarted",
        GapReason::Paused => "paused",
    }
}

const fn kind_key(kind: HostKind) -> &'static str {
    match kind {
        HostKind::Name => "name",
        HostKind::SpecialUse => "special_use",
        HostKind::Ipv4 => "ipv4",
        HostKind::Ipv6 => "ipv6",
    }
}

fn hop_rows(visit: &VisitRecord) -> impl Iterator<Item = HopRow> {
    visit.hops.iter().enumerate().map(|(place, hop)| HopRow {
        visit_id: visit.id.clone(),
        seq: place + 1,
        host: hop.host.clone(),
        domain: hop.domain.clone(),
    })
}

fn contact_rows(visit: &VisitRecord) -> impl Iterator<Item = ContactRow> {
    visit
        .contacts
        .iter()
        .map(|contact| (contact, contact.outcomes()))
        .filter(|(_, all)| all.requests() > 0)
        .map(|(contact, all)| ContactRow {
            visit_id: visit.id.clone(),
            host: contact.host.clone(),
            domain: contact.domain.clone(),
            icann_domain: contact.icann_domain.clone().unwrap_or_else(|| contact.domain.clone()),
            host_kind: kind_key(contact.host_kind),
            third_party: contact.third_party,
            owner: None,
            category: None,
            flags: [],
            requests: all.requests(),
            sent: all.sent,
            cached: all.cached,
            blocked: all.blocked,
            failed: all.failed,
            unknown: all.unknown,
            pending: all.pending,
            first_ms: contact.first_at_ms.get(),
            last_ms: contact.last_at_ms.get(),
            phase: None,
            attribution: match visit.kind {
                VisitKind::Page => "document",
                VisitKind::Background => "service_worker",
            },
            brought_by: contact.brought_by.clone(),
            cookies_sent: None,
            cookies_set: None,
        })
}

fn contact_type_rows(visit: &VisitRecord) -> impl Iterator<Item = ContactTypeRow> {
    visit.contacts.iter().flat_map(|contact| {
        contact.tallies.iter().filter(|tally| tally.outcomes.requests() > 0).map(|tally| ContactTypeRow {
            visit_id: visit.id.clone(),
            host: contact.host.clone(),
            request_type: tally.request_type.clone(),
            requests: tally.outcomes.requests(),
        })
    })
}

impl ExportTotals {
    fn of(visits: &[&VisitRecord]) -> Self {
        let (mut sites, mut domains, mut hosts) =
            (Distinct::default(), Distinct::default(), Distinct::default());
        let mut requests = 0;
        for visit in visits {
            if visit.kind == VisitKind::Page {
                sites.meet(&visit.site);
            }
            for contact in visit.contacts.iter().filter(|contact| contact.third_party) {
                let contacted = contact.outcomes().contacted();
                if contacted > 0 {
                    domains.meet(&contact.domain);
                    hosts.meet(&contact.host);
                    requests += u64::from(contacted);
                }
            }
        }
        Self {
            visits: visits.iter().filter(|visit| visit.kind == VisitKind::Page).count(),
            sites: sites.count(),
            third_party_domains: domains.count(),
            third_party_hosts: hosts.count(),
            third_party_requests: requests,
        }
    }
}
