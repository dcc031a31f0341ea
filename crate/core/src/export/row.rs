//! The rows of an export's tables, each of one visit, and their sums.
//!
//! The fields of a row are in the order of their keys, so that what serde writes of it is its canonical form.

use serde::Serialize;

use crate::distinct::Distinct;
use crate::host::HostKind;
use crate::record::{Attribution, EndReason, GapReason, StepKind, VisitKind, VisitRecord};
use crate::time::Millis;

/// One visit.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct VisitRow<'a> {
    complete: bool,
    /// `navigated`, `tab_closed`, `session_ended`; none while the visit goes on.
    end_reason: Option<&'static str>,
    ended_at: Option<String>,
    host: &'a str,
    /// Why the count may be too low: `opened_before`, `background_restarted`, `core_restarted`, `paused`,
    /// `access_missing`.
    incomplete_reasons: Vec<&'static str>,
    /// `page`, or `background`: what a site's worker did, tied to no page by the browser.
    kind: &'static str,
    measurement_id: Option<&'a str>,
    phase: Option<&'a str>,
    scheme: &'a str,
    site: &'a str,
    started_at: String,
    visit_id: &'a str,
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct HopRow<'a> {
    domain: &'a str,
    host: &'a str,
    seq: usize,
    visit_id: &'a str,
}

/// What was asked of one host in one visit.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ContactRow<'a> {
    /// `document`: the browser named the document. `frame`: it named no more than the frame, and the document is the one that the
    /// frame showed then. `site`: it named only the site that asks, as for a service worker, for a worker that tabs share and for a
    /// window that a page opened and filled.
    attribution: &'static str,
    blocked: u32,
    brought_by: Vec<StepRow<'a>>,
    cached: u32,
    category: Option<&'a str>,
    /// Not looked at yet.
    cookies_sent: Option<u32>,
    /// Not looked at yet.
    cookies_set: Option<u32>,
    domain: &'a str,
    failed: u32,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    first_ms: u64,
    flags: [u8; 0],
    host: &'a str,
    /// `name`, `special_use`, `ipv4`, `ipv6`.
    host_kind: &'static str,
    /// Under the list's ICANN section alone; equal to `domain` where no private rule decides.
    icann_domain: &'a str,
    last_ms: u64,
    owner: Option<&'a str>,
    pending: u32,
    phase: Option<&'a str>,
    requests: u32,
    sent: u32,
    third_party: bool,
    unknown: u32,
    visit_id: &'a str,
}

/// One step between the page and a host that it did not ask for by itself.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct StepRow<'a> {
    /// The host of the frame's document, or the one that answered with the redirect.
    host: &'a str,
    /// A frame that asked, or a redirect that led on.
    kind: StepKind,
}

#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ContactTypeRow<'a> {
    host: &'a str,
    requests: u32,
    #[serde(rename = "type")]
    request_type: &'a str,
    visit_id: &'a str,
}

pub(super) fn visit_row(visit: &VisitRecord) -> VisitRow<'_> {
    VisitRow {
        complete: visit.gaps.is_empty(),
        end_reason: visit.end_reason.map(|reason| match reason {
            EndReason::Navigated => "navigated",
            EndReason::TabClosed => "tab_closed",
            EndReason::SessionEnded => "session_ended",
        }),
        ended_at: visit.ended_at_ms.map(Millis::to_iso_8601),
        host: &visit.host,
        incomplete_reasons: visit.gaps.iter().map(|gap| reason_key(gap.reason)).collect(),
        kind: match visit.kind {
            VisitKind::Page => "page",
            VisitKind::Background => "background",
        },
        measurement_id: None,
        phase: None,
        scheme: &visit.scheme,
        site: &visit.site,
        started_at: visit.started_at_ms.to_iso_8601(),
        visit_id: &visit.id,
    }
}

const fn reason_key(reason: GapReason) -> &'static str {
    match reason {
        GapReason::OpenedBefore => "opened_before",
        GapReason::BackgroundRestarted => "background_restarted",
        GapReason::CoreRestarted => "core_restarted",
        GapReason::Paused => "paused",
        GapReason::AccessMissing => "access_missing",
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

pub(super) fn hop_rows(visit: &VisitRecord) -> impl Iterator<Item = HopRow<'_>> {
    visit.hops.iter().enumerate().map(|(place, hop)| HopRow {
        domain: &hop.domain,
        host: &hop.host,
        seq: place + 1,
        visit_id: &visit.id,
    })
}

pub(super) fn contact_rows(visit: &VisitRecord) -> impl Iterator<Item = ContactRow<'_>> {
    visit
        .contacts
        .iter()
        .map(|contact| (contact, contact.outcomes()))
        .filter(|(_, all)| all.requests() > 0)
        .map(|(contact, all)| ContactRow {
            attribution: match (visit.kind, contact.attribution) {
                (VisitKind::Background, _) => "site",
                (VisitKind::Page, Attribution::Frame) => "frame",
                (VisitKind::Page, Attribution::Document) => "document",
            },
            blocked: all.blocked,
            brought_by: contact
                .brought_by
                .iter()
                .map(|step| StepRow { host: &step.host, kind: step.kind })
                .collect(),
            cached: all.cached,
            category: None,
            cookies_sent: None,
            cookies_set: None,
            domain: &contact.domain,
            failed: all.failed,
            first_ms: contact.first_at_ms.get(),
            flags: [],
            host: &contact.host,
            host_kind: kind_key(contact.host_kind),
            icann_domain: contact.icann_domain.as_deref().unwrap_or(&contact.domain),
            last_ms: contact.last_at_ms.get(),
            owner: None,
            pending: all.pending,
            phase: None,
            requests: all.requests(),
            sent: all.sent,
            third_party: contact.third_party,
            unknown: all.unknown,
            visit_id: &visit.id,
        })
}

pub(super) fn contact_type_rows(visit: &VisitRecord) -> impl Iterator<Item = ContactTypeRow<'_>> {
    visit.contacts.iter().flat_map(|contact| {
        contact.tallies.iter().filter(|tally| tally.outcomes.requests() > 0).map(|tally| ContactTypeRow {
            host: &contact.host,
            requests: tally.outcomes.requests(),
            request_type: &tally.request_type,
            visit_id: &visit.id,
        })
    })
}

/// Sums over the rows; third parties contacted, that is with a request that was sent or is on its way.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ExportTotals {
    visits: usize,
    sites: u32,
    third_party_domains: u32,
    third_party_hosts: u32,
    third_party_requests: u64,
}

/// [`ExportTotals`] of the visits so far.
#[derive(Debug, Default)]
pub(super) struct Totals {
    visits: usize,
    sites: Distinct,
    domains: Distinct,
    hosts: Distinct,
    requests: u64,
}

impl Totals {
    /// Counts one more visit.
    pub(super) fn add(&mut self, visit: &VisitRecord) {
        if visit.kind == VisitKind::Page {
            self.visits += 1;
            self.sites.meet(&visit.site);
        }
        for contact in visit.contacts.iter().filter(|contact| contact.third_party) {
            let contacted = contact.outcomes().contacted();
            if contacted > 0 {
                self.domains.meet(&contact.domain);
                self.hosts.meet(&contact.host);
                self.requests += u64::from(contacted);
            }
        }
    }

    /// The sums.
    pub(super) const fn sums(&self) -> ExportTotals {
        ExportTotals {
            visits: self.visits,
            sites: self.sites.count(),
            third_party_domains: self.domains.count(),
            third_party_hosts: self.hosts.count(),
            third_party_requests: self.requests,
        }
    }
}
