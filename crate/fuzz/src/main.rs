//! Any bytes under a right checksum, given to the decoders of what is stored: they are refused, or they are visits, or a day's sum, that
//! are packed and read again as the same. Nothing else may happen: no panic, no overflow, no memory without end.

#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use tiers_core::pack::pack;
use tiers_core::record::{VISIT_RECORD_VERSION, VisitRecord};
use tiers_core::rollup::{ROLLUP_VERSION, Rollup};
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
});

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
    // The version is part of it, but for that of visits of version 2.
    let salt = if version == VERSION_WITHOUT_SALT { 0 } else { u32::from(version) };
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

/// Before anything is looked for: what is whole is read, or every input is refused for its checksum.
fn assert_is_fuzzed() {
    let rollup = Rollup::of(&[]).to_stored(Default::default());
    for (version, whole) in [(VISIT_RECORD_VERSION, pack(&[])), (ROLLUP_VERSION, rollup.bytes)] {
        assert_eq!(sealed(version, &whole[HEAD..]), whole);
    }
}

/// The version and the checksum.
const HEAD: usize = 5;
