//! Laws of one third party in full: it says what the visits say, adds up to what the days' sums say of it, and nothing depends on how it is read.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::archive::Archive;
use tiers_core::chain::{ChainDomain, ChainRow, ChainStep};
use tiers_core::day::Day;
use tiers_core::display::host_text;
use tiers_core::outcome::OutcomeCounts;
use tiers_core::record::{ContactRecord, Step, StepKind, VisitKind, VisitRecord};
use tiers_core::request_sum::RequestSumView;
use tiers_core::summary_view::{Page, RowQuery, SortKey};
use tiers_core::third_party_detail::{HostRow, ThirdPartyDetail};
use tiers_core::view::UnreadableVisits;

use crate::any_days::{
    ALL, DAYS, FIRST, archives, count, pages, read, stored, told_types, total, types_of, visits,
};
use crate::any_visit::page_with_requests;

/// All that a detail says.
fn all(detail: &ThirdPartyDetail) -> (RequestSumView, Vec<HostRow>, Vec<ChainRow>) {
    (detail.view(), detail.hosts(&ALL).rows, detail.chains(&ALL).rows)
}

fn detail_of<'a>(domain: &str, days: impl IntoIterator<Item = &'a Archive>) -> ThirdPartyDetail {
    let mut detail = ThirdPartyDetail::of(domain);
    for day in days {
        detail.add(day);
    }
    detail
}

/// The contacts of a visit with a third party that asked for anything.
fn asked<'a>(visit: &'a VisitRecord, domain: &'a str) -> impl Iterator<Item = &'a ContactRecord> {
    let with = visit.contacts.iter().filter(move |contact| contact.third_party && contact.domain == domain);
    with.filter(|contact| contact.outcomes().requests() > 0)
}

fn has_contacted(contact: &ContactRecord) -> bool {
    contact.outcomes().contacted() > 0
}

fn domains(visits: &[VisitRecord]) -> BTreeSet<String> {
    let contacts = visits.iter().flat_map(|visit| &visit.contacts).filter(|contact| contact.third_party);
    contacts.map(|contact| contact.domain.clone()).collect()
}

/// The hosts of a third party as a naive reader counts them, in no order.
fn hosts_of(visits: &[VisitRecord], domain: &str) -> BTreeMap<String, HostRow> {
    let names: BTreeSet<&str> =
        visits.iter().flat_map(|visit| asked(visit, domain)).map(|contact| contact.host.as_str()).collect();
    let row = |host: &str| {
        let of_host = |visit| asked(visit, domain).filter(|contact| contact.host == host);
        let counts: Vec<OutcomeCounts> =
            visits.iter().flat_map(of_host).map(ContactRecord::outcomes).collect();
        let met = pages(visits).filter(|visit| of_host(visit).any(has_contacted));
        HostRow {
            host: host.to_owned(),
            text: host_text(host).into_owned(),
            visits: count(met.map(|visit| &visit.id)),
            requests: total(counts.iter().map(OutcomeCounts::contacted)),
            outcomes: counts.iter().sum(),
        }
    };
    names.into_iter().map(|host| (host.to_owned(), row(host))).collect()
}

/// The steps that brought a contact, as they are to be shown.
fn steps_of(visit: &VisitRecord, domain: &str, steps: &[Step]) -> Vec<ChainStep> {
    let Some((first, inner)) = steps.split_first() else { return Vec::new() };
    let met = visit.contacts.iter().find(|contact| contact.host == first.host);
    let of = met.map_or(&first.host, |contact| &contact.domain);
    if of == domain {
        return Vec::new();
    }
    let is_own = *of == visit.site || first.host == visit.host;
    let named = ChainDomain { text: host_text(of).into_owned(), name: of.clone() };
    let step = ChainStep { domain: (!is_own).then_some(named), kind: first.kind };
    [vec![step], steps_of(visit, domain, inner)].concat()
}

/// The ways of a third party as a naive reader counts them: of each, its visits and its sites.
fn chains_of(visits: &[VisitRecord], domain: &str) -> BTreeMap<(bool, Vec<ChainStep>), (u32, u32)> {
    let mut met = BTreeMap::<_, Vec<&VisitRecord>>::new();
    for visit in visits {
        for contact in asked(visit, domain).filter(|contact| has_contacted(contact)) {
            let steps = steps_of(visit, domain, &contact.brought_by);
            met.entry((visit.kind == VisitKind::Background, steps)).or_default().push(visit);
        }
    }
    let figures = |(by_site, met): (bool, Vec<&VisitRecord>)| {
        let visits = if by_site { 0 } else { count(met.iter().map(|visit| &visit.id)) };
        (visits, count(met.iter().map(|visit| &visit.site)))
    };
    met.into_iter().map(|(way, met)| (way.clone(), figures((way.0, met)))).collect()
}

proptest! {
    #[test]
    fn a_third_party_in_full_says_what_the_visits_say(visits in visits(), ways in vec(any::<u8>(), 6)) {
        let days = archives(&visits, &ways);
        for domain in domains(&visits) {
            let (view, hosts, chains) = all(&detail_of(&domain, days.values()));
            let expected = hosts_of(&visits, &domain);
            prop_assert_eq!(hosts.len(), expected.len());
            prop_assert_eq!(&hosts.into_iter().map(|row| (row.host.clone(), row)).collect::<BTreeMap<_, _>>(), &expected);
            let expected = chains_of(&visits, &domain);
            prop_assert_eq!(chains.len(), expected.len());
            let found: BTreeMap<_, _> =
                chains.into_iter().map(|row| ((row.by_site, row.steps), (row.visits, row.sites))).collect();
            prop_assert_eq!(found, expected);
            let asked: Vec<_> = visits.iter().flat_map(|visit| asked(visit, &domain)).collect();
            prop_assert_eq!(view.outcomes, asked.iter().flat_map(|contact| &contact.tallies).map(|tally| &tally.outcomes).sum());
            prop_assert_eq!(told_types(&view.types), types_of(asked.iter().copied()));
            prop_assert_eq!(view.unreadable, UnreadableVisits::default());
        }
    }

    #[test]
    fn a_third_party_in_full_adds_up_to_what_the_sums_of_its_days_say(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        from in prop::option::of(FIRST..FIRST + DAYS),
        to in prop::option::of(FIRST..FIRST + DAYS),
    ) {
        let summary = read(&visits, &ways);
        let period = summary.over(from.map(Day::new), to.map(Day::new));
        let days = archives(&visits, &ways);
        for domain in domains(&visits) {
            // No other days are read, as no others have a request that left.
            let met = summary.days_of_third_party(&period, &domain);
            let (view, hosts, chains) = all(&detail_of(&domain, met.iter().map(|row| &days[&row.day])));
            let Some(row) = summary.third_party(&period, &domain) else {
                prop_assert!(met.is_empty());
                continue;
            };
            prop_assert_eq!((view.visits, view.requests), (row.visits, row.requests));
            prop_assert_eq!(total(view.types.iter().map(|one| one.requests)), view.requests);
            prop_assert_eq!(view.outcomes, hosts.iter().map(|host| &host.outcomes).sum());
            prop_assert_eq!(total(hosts.iter().map(|host| host.requests)), view.requests);
            prop_assert!(hosts.iter().all(|host| host.visits <= view.visits));
            prop_assert!(total(hosts.iter().map(|host| host.visits)) >= view.visits);
            prop_assert!(chains.iter().all(|way| way.visits <= view.visits && way.sites <= row.sites && way.sites > 0));
            prop_assert!(total(chains.iter().map(|way| way.visits)) >= view.visits);
            prop_assert!(chains.iter().all(|way| !way.by_site || way.visits == 0));
            let itself = |step: &ChainStep| step.domain.as_ref().is_some_and(|of| of.name == domain);
            prop_assert!(chains.iter().all(|way| !way.steps.iter().any(itself)), "who brings itself is brought by nobody");
        }
    }

    #[test]
    fn the_order_of_the_days_and_how_they_are_stored_change_nothing(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        others in vec(any::<u8>(), 6),
    ) {
        let (days, again) = (archives(&visits, &ways), archives(&visits, &others));
        for domain in domains(&visits) {
            let forth = all(&detail_of(&domain, days.values()));
            prop_assert_eq!(&all(&detail_of(&domain, again.values().rev())), &forth);
        }
    }

    #[test]
    fn the_hosts_come_in_any_order_as_a_naive_reader_sorts_and_searches_them(
        visits in visits(),
        query in query(vec![SortKey::Name, SortKey::Requests, SortKey::Visits]),
    ) {
        let days = archives(&visits, &[0]);
        for domain in domains(&visits) {
            let mut expected: Vec<HostRow> = hosts_of(&visits, &domain).into_values().collect();
            expected.retain(|row| row.host.contains(&query.search) || row.text.to_lowercase().contains(&query.search));
            expected.sort_by_key(|row| (row.text.clone(), row.host.clone()));
            if query.back && query.sort == SortKey::Name {
                expected.reverse();
            }
            expected.sort_by_key(|row| match query.sort {
                SortKey::Requests => figures(&query, row.requests, row.visits),
                SortKey::Visits => figures(&query, row.visits, row.requests),
                _ => (0, 0),
            });
            prop_assert_eq!(detail_of(&domain, days.values()).hosts(&query), cut(&expected, &query));
        }
    }

    #[test]
    fn the_ways_come_in_any_order_as_a_naive_reader_sorts_and_searches_them(
        visits in visits(),
        query in query(vec![SortKey::Name, SortKey::Visits, SortKey::Sites]),
    ) {
        let days = archives(&visits, &[0]);
        for domain in domains(&visits) {
            let mut expected: Vec<ChainRow> = chains_of(&visits, &domain)
                .into_iter()
                .map(|((by_site, steps), (visits, sites))| ChainRow { by_site, steps, visits, sites })
                .collect();
            expected.retain(|row| {
                let holds = |of: &ChainDomain| of.name.contains(&query.search) || of.text.to_lowercase().contains(&query.search);
                query.search.is_empty() || row.steps.iter().filter_map(|step| step.domain.as_ref()).any(holds)
            });
            if query.back && query.sort == SortKey::Name {
                expected.reverse();
            }
            expected.sort_by_key(|row| match query.sort {
                SortKey::Visits => figures(&query, row.visits, row.sites),
                SortKey::Sites => figures(&query, row.sites, row.visits),
                _ => (0, 0),
            });
            prop_assert_eq!(detail_of(&domain, days.values()).chains(&query), cut(&expected, &query));
        }
    }

    #[test]
    fn the_types_come_the_greatest_first(visits in visits()) {
        let days = archives(&visits, &[0]);
        for domain in domains(&visits) {
            let types = detail_of(&domain, days.values()).view().types;
            prop_assert!(types.is_sorted_by(|one, other| one.requests >= other.requests));
        }
    }
}

/// One page of what is searched for, in one of these orders.
fn query(sorts: Vec<SortKey>) -> impl Strategy<Value = RowQuery> {
    let search = prop::sample::select(vec!["", "a", ".n", "ads", "nobody"]);
    (search, prop::sample::select(sorts), any::<bool>(), 0..4_u32, 1..4_u32).prop_map(
        |(search, sort, back, page, limit)| RowQuery {
            search: search.to_owned(),
            sort,
            back,
            offset: page * limit,
            limit,
        },
    )
}

/// By what a naive reader sorts from the least: two figures, the greatest first or last.
fn figures(query: &RowQuery, one: u32, other: u32) -> (i64, i64) {
    let sign = if query.back { 1 } else { -1 };
    (sign * i64::from(one), sign * i64::from(other))
}

fn cut<Row: Clone>(all: &[Row], query: &RowQuery) -> Page<Row> {
    let rows = all.iter().skip(query.offset as usize).take(query.limit as usize).cloned();
    Page { total: u32::try_from(all.len()).unwrap(), rows: rows.collect() }
}

#[test]
fn a_frame_of_its_own_did_not_bring_it_and_one_of_the_page_is_the_pages() {
    let step = |kind, host: &str| Step { kind, host: host.to_owned() };
    let brought = |host: &str, domain: &str, third_party, brought_by: &[Step]| {
        let mut contact = page_with_requests("", 1).contacts.remove(0);
        (contact.host, contact.domain, contact.third_party) =
            (host.to_owned(), domain.to_owned(), third_party);
        contact.brought_by = brought_by.to_vec();
        contact
    };
    let (frame, redirect) = (StepKind::Frame, StepKind::Redirect);
    let own = step(frame, "static.news.com");
    let visit = VisitRecord {
        contacts: vec![
            brought("static.news.com", "news.com", false, &[]),
            brought("frame.ads.net", "ads.net", true, std::slice::from_ref(&own)),
            brought("a.track.io", "track.io", true, &[own.clone(), step(frame, "frame.ads.net")]),
            brought(
                "b.track.io",
                "track.io",
                true,
                &[step(redirect, "a.track.io"), step(frame, "frame.ads.net")],
            ),
            brought("c.track.io", "track.io", true, &[step(frame, "unmet.xn--bcher-kva.de")]),
        ],
        ..page_with_requests("session-1", 1)
    };
    let detail = detail_of("track.io", [&Archive::of_day(None, stored(&[visit]))]);
    let (view, hosts, chains) = all(&detail);
    assert_eq!((view.visits, view.requests, hosts.len()), (1, 3, 3));
    let written: Vec<String> = chains
        .iter()
        .map(|way| {
            let domain =
                |step: &ChainStep| step.domain.as_ref().map_or("own".to_owned(), |of| of.text.clone());
            let steps: Vec<String> =
                way.steps.iter().map(|step| format!("{:?} {}", step.kind, domain(step))).collect();
            format!("{} in {} on {}", steps.join(", "), way.visits, way.sites)
        })
        .collect();
    let expected = [" in 1 on 1", "Frame own, Frame ads.net in 1 on 1", "Frame unmet.bücher.de in 1 on 1"];
    assert_eq!(written, expected);
}

#[test]
fn what_cannot_be_read_is_counted_and_hides_nothing_else() {
    let mut bytes = stored(&[page_with_requests("session-1", 3)]);
    bytes.push(vec![0xff, 1]);
    let (view, hosts, _) = all(&detail_of("ads.net", [&Archive::of_day(None, bytes)]));
    assert_eq!((view.visits, view.requests, hosts.len()), (1, 3, 1));
    assert_eq!(view.unreadable, UnreadableVisits { damaged: 0, later_version: 1 });
}
