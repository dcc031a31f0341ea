//! The rows of an export's tables, each of one visit, and their sums.

use serde::Serialize;

use crate::distinct::Distinct;
use crate::host::HostKind;
use crate::record::{Attribution, EndReason, GapReason, Step, VisitKind, VisitRecord};
use crate::time::Millis;

/// One visit.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct VisitRow {
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
pub(super) struct HopRow {
    visit_id: String,
    seq: usize,
    host: String,
    domain: String,
}

/// What was asked of one host in one visit.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ContactRow {
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
    /// `document`: the browser named the document. `frame`: it named no more than the frame, and the document is the one that the
    /// frame showed then. `site`: it named only the site that asks, as for a service worker, for a worker that tabs share and for a
    /// window that a page opened and filled.
    attribution: &'static str,
    brought_by: Vec<Step>,
    /// Not looked at yet.
    cookies_sent: Option<u32>,
    /// Not looked at yet.
    cookies_set: Option<u32>,
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ContactTypeRow {
    visit_id: String,
    host: String,
    #[serde(rename = "type")]
    request_type: String,
    requests: u32,
}

/// Sums over the rows; third parties contacted, that is with a request that was sent or is on its way.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ExportTotals {
    visits: usize,
    sites: u32,
    third_party_domains: u32,
    third_party_hosts: u32,
    third_party_requests: u64,
}

impl VisitRow {
    pub(super) fn of(visit: &VisitRecord) -> Self {
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

pub(super) fn hop_rows(visit: &VisitRecord) -> impl Iterator<Item = HopRow> {
    visit.hops.iter().enumerate().map(|(place, hop)| HopRow {
        visit_id: visit.id.clone(),
        seq: place + 1,
        host: hop.host.clone(),
        domain: hop.domain.clone(),
    })
}

pub(super) fn contact_rows(visit: &VisitRecord) -> impl Iterator<Item = ContactRow> {
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
            attribution: match (visit.kind, contact.attribution) {
                (VisitKind::Background, _) => "site",
                (VisitKind::Page, Attribution::Frame) => "frame",
                (VisitKind::Page, Attribution::Document) => "document",
            },
            brought_by: contact.brought_by.clone(),
            cookies_sent: None,
            cookies_set: None,
        })
}

pub(super) fn contact_type_rows(visit: &VisitRecord) -> impl Iterator<Item = ContactTypeRow> {
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
    pub(super) fn of(visits: &[&VisitRecord]) -> Self {
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
