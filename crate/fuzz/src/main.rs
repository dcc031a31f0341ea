//! Any bytes under a right checksum, given to the decoders of what is stored: they are refused, or they are visits, or a day's sum, that
//! are packed and read again as the same, or a live state that is taken up. Nothing else may happen: no panic, no overflow, no memory
//! without end.

#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use tiers_core::ledger::Ledger;
use tiers_core::pack::pack;
use tiers_core::record::{VISIT_RECORD_VERSION, VisitRecord};
use tiers_core::rollup::{ROLLUP_VERSION, Rollup};
use tiers_core::snapshot::open_visits;
use tiers_core::span::{SPAN_VERSION, pack_span};
use tiers_core::start::Before;
use tiers_core::summary::Summary;
use tiers_core::time::Millis;
use tiers_core::unpack::unpack;

fuzz_target!(init: assert_is_fuzzed(), |content: &[u8]| {
    for version in [VISIT_RECORD_VERSION, VERSION_WITHOUT_SALT] {
        if let Ok(visits) = unpack(&sealed(version, content)) {
            assert_eq!(unpack(&pack(&visits)).ok(), Some(visits.clone()));
            assert_reads_its_sum(&visits);
        }
    }
    let stored = sealed(ROLLUP_VERSION, content);
    if let Ok(rollup) = Rollup::from_bytes(&stored)
        && has_each_name_once(&rollup)
    {
        let again = rollup.to_stored(Default::default());
        assert_eq!(Rollup::from_bytes(&again.bytes).ok(), Some(rollup));
    }
    let live = sealed(LIVE_VERSION, content);
    if let Some(ledger) = taken_up(&live, session_in(content)) {
        assert!(open_visits(&live).is_ok());
        assert!(taken_up(&ledger.live(), session_in(content)).is_some());
    }
    // Numbers alone come of it, which nothing here can say to be right.
    let _ = Summary::default().add_span(&sealed(SPAN_VERSION, content));
});

/// The name of the browser session, with which a live state begins: that of another one would be closed, and not taken up.
fn session_in(content: &[u8]) -> &str {
    let name = content.split_first().and_then(|(length, rest)| rest.get(..usize::from(*length)));
    name.and_then(|name| str::from_utf8(name).ok()).unwrap_or_default()
}

fn taken_up(live: &[u8], session: &str) -> Option<Ledger> {
    let mut ledger = Ledger::new(session);
    let restored = ledger.restore(Some(live), &[], None, Before::Background, &[], Millis::default());
    restored.ok().map(|()| ledger)
}

/// As whatever was packed has: nothing is promised of other bytes but that they are read.
fn has_each_name_once(rollup: &Rollup) -> bool {
    let names: HashSet<_> = rollup.names.iter().collect();
    names.len() == rollup.names.len()
}

fn assert_reads_its_sum(visits: &[VisitRecord]) {
    let rollup = Rollup::of(visits);
    let stored = rollup.to_stored(Default::default());
    assert_eq!(Rollup::from_bytes(&stored.bytes).ok(), Some(rollup));
}

/// The bytes of a record with this content: what damages bytes cannot know their checksum, and would be refused at once.
fn sealed(version: u8, content: &[u8]) -> Vec<u8> {
    // The version is part of it, but for that of visits of version 2, and of the live state.
    let salt = if [VERSION_WITHOUT_SALT, LIVE_VERSION].contains(&version) { 0 } else { u32::from(version) };
    let checksum = content
        .iter()
        .fold(0x811c_9dc5_u32 ^ salt, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    let mut bytes = vec![version];
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes.extend_from_slice(content);
    bytes
}

/// Visits of the version before, which are still read.
const VERSION_WITHOUT_SALT: u8 = 2;

/// The version of the live state.
const LIVE_VERSION: u8 = 9;

/// Before anything is looked for: what is whole is read, or every input is refused for its checksum.
fn assert_is_fuzzed() {
    let rollup = Rollup::of(&[]).to_stored(Default::default());
    let live = Ledger::new("session").live();
    let span = pack_span([(Default::default(), &rollup.bytes)]).unwrap_or_default();
    for (version, whole) in [
        (VISIT_RECORD_VERSION, pack(&[])),
        (ROLLUP_VERSION, rollup.bytes),
        (LIVE_VERSION, live),
        (SPAN_VERSION, span),
    ] {
        assert_eq!(sealed(version, &whole[HEAD..]), whole);
    }
}

/// The version and the checksum.
const HEAD: usize = 5;
