//! Visits of all shapes that a record can have, and of those that a day of browsing has.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tiers_core::day::UtcOffset;
use tiers_core::host::HostKind;
use tiers_core::outcome::OutcomeCounts;
use tiers_core::record::{
    Attribution, ContactRecord, EndReason, Gap, GapReason, HopRecord, Step, StepKind, TypeTally, VisitKind,
    VisitRecord,
};
use tiers_core::time::Millis;

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(vec!["news.com", "www.news.com", "cdn.ads.net", "ads.net", "x.github.io", "192.168.1.1", "[::1]"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn moment() -> impl Strategy<Value = Millis> {
    prop_oneof![8 => 1_790_000_000_000..1_790_086_400_000_u64, 1 => any::<u64>()].prop_map(Millis::new)
}

fn count() -> impl Strategy<Value = u32> {
    prop_oneof![4 => Just(0), 4 => 1..5_u32, 1 => any::<u32>()]
}

fn outcomes() -> impl Strategy<Value = OutcomeCounts> {
    (count(), count(), count(), count(), count(), count()).prop_map(
        |(sent, cached, blocked, failed, unknown, pending)| OutcomeCounts {
            sent,
            cached,
            blocked,
            failed,
            unknown,
            pending,
        },
    )
}

fn contact() -> impl Strategy<Value = ContactRecord> {
    let kinds = vec![HostKind::Name, HostKind::SpecialUse, HostKind::Ipv4, HostKind::Ipv6];
    let tally = (select(vec!["image", "script", "beacon"]), outcomes())
        .prop_map(|(name, outcomes)| TypeTally { request_type: name.to_owned(), outcomes });
    let step = (select(vec![StepKind::Frame, StepKind::Redirect]), name())
        .prop_map(|(kind, host)| Step { kind, host });
    let attribution = select(vec![Attribution::Document, Attribution::Frame]);
    (
        (name(), name(), option::of(name()), select(kinds), any::<bool>()),
        (vec(tally, 0..3), moment(), moment(), vec(step, 0..3), attribution),
    )
        .prop_map(|(who, what)| {
            let (host, domain, icann_domain, host_kind, third_party) = who;
            let (tallies, first_at_ms, last_at_ms, brought_by, attribution) = what;
            ContactRecord {
                host,
                domain,
                icann_domain,
                host_kind,
                third_party,
                tallies,
                first_at_ms,
                last_at_ms,
                brought_by,
                attribution,
            }
        })
}

/// Any visit.
pub fn visit() -> impl Strategy<Value = VisitRecord> {
    let reasons = vec![
        GapReason::OpenedBefore,
        GapReason::BackgroundRestarted,
        GapReason::CoreRestarted,
        GapReason::Paused,
        GapReason::AccessMissing,
    ];
    let gap = (select(reasons), moment()).prop_map(|(reason, since_ms)| Gap { reason, since_ms });
    let hop = (name(), name()).prop_map(|(host, domain)| HopRecord { host, domain });
    let end = (moment(), select(vec![EndReason::Navigated, EndReason::TabClosed, EndReason::SessionEnded]));
    let id =
        prop_oneof![8 => (0..40_u32).prop_map(|number| format!("7c1e-b2-{number}")), 1 => any::<String>()];
    (
        (id, select(vec![VisitKind::Page, VisitKind::Background]), name(), name()),
        (select(vec!["https", "http"]), moment(), any::<i16>(), option::of(end)),
        (vec(gap, 0..3), vec(hop, 0..3), vec(contact(), 0..6)),
    )
        .prop_map(|(who, when, what)| {
            let (id, kind, site, host) = who;
            let (scheme, started_at_ms, minutes, end) = when;
            let (gaps, hops, contacts) = what;
            VisitRecord {
                id,
                kind,
                site,
                host,
                scheme: scheme.to_owned(),
                started_at_ms,
                utc_offset: UtcOffset::from_minutes(minutes.into()),
                ended_at_ms: end.map(|(at, _)| at),
                end_reason: end.map(|(_, reason)| reason),
                gaps,
                hops,
                contacts,
            }
        })
}

/// A page that sent so many requests to one third party.
pub fn page_with_requests(id: &str, sent: u32) -> VisitRecord {
    let outcomes = OutcomeCounts { sent, ..OutcomeCounts::default() };
    let contact = ContactRecord {
        host: "cdn.ads.net".to_owned(),
        domain: "ads.net".to_owned(),
        icann_domain: None,
        host_kind: HostKind::Name,
        third_party: true,
        tallies: vec![TypeTally { request_type: "image".to_owned(), outcomes }],
        first_at_ms: Millis::new(1_790_000_000_000),
        last_at_ms: Millis::new(1_790_000_000_000),
        brought_by: Vec::new(),
        attribution: Attribution::Document,
    };
    VisitRecord {
        id: id.to_owned(),
        kind: VisitKind::Page,
        site: "news.com".to_owned(),
        host: "news.com".to_owned(),
        scheme: "https".to_owned(),
        started_at_ms: Millis::new(1_790_000_000_000),
        utc_offset: UtcOffset::default(),
        ended_at_ms: None,
        end_reason: None,
        gaps: Vec::new(),
        hops: Vec::new(),
        contacts: vec![contact],
    }
}
