//! Stored visits that cannot be read: they are counted, told apart, and hide nothing else.

use crate::browser::{Browser, TAB};
use serde_json::Value;
use tiers_core::archive::Archive;
use tiers_core::day::Day;
use tiers_core::export::{self, Occasion};
use tiers_core::record::{StoredVisit, VISIT_RECORD_VERSION};
use tiers_core::summary::Summary;
use tiers_core::summary_view::SummaryView;
use tiers_core::view::UnreadableVisits;

/// Three visits as they are stored, first to last.
fn stored() -> Vec<StoredVisit> {
    let mut browser = Browser::new();
    for url in ["https://one.test/", "https://two.test/", "https://three.test/"] {
        let page = browser.navigate(TAB, &[url]);
        browser.load(&page, "https://cdn.third.test/x.js");
    }
    browser.store();
    browser.visits.iter().map(StoredVisit::of).collect()
}

fn read(visits: &[StoredVisit]) -> Archive {
    Archive::of_day(None, visits.iter().map(|visit| &visit.bytes))
}

fn summary(visits: &[StoredVisit]) -> SummaryView {
    let mut summary = Summary::default();
    summary.add_visits(Day::default(), None, visits.iter().map(|visit| &visit.bytes));
    summary.over(None, None).view()
}

fn export(archive: &Archive) -> Value {
    let json = export::to_json(archive, Occasion { id: "export-1", ..Occasion::default() }).unwrap();
    serde_json::from_str(&json).unwrap()
}

#[test]
fn a_damaged_visit_is_counted_and_the_others_are_read() {
    let truncated = |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2);
    // A name that can be read, and is not the one that was written.
    let renamed = |bytes: &mut Vec<u8>| *bytes.iter_mut().rfind(|byte| **byte == b't').unwrap() = b'r';
    for damage in [truncated as fn(&mut Vec<u8>), renamed] {
        let mut stored = stored();
        damage(&mut stored[1].bytes);
        let unreadable = UnreadableVisits { damaged: 1, later_version: 0 };
        let view = summary(&stored);
        let archive = read(&stored);
        assert_eq!((view.visits, view.sites, view.requests, view.unreadable), (2, 2, 2, unreadable));
        let export = export(&archive);
        assert_eq!(export["export"]["unreadable_visits"], 1);
        let sites: Vec<&Value> =
            export["visits"].as_array().unwrap().iter().map(|visit| &visit["site"]).collect();
        assert_eq!(sites, ["one.test", "three.test"]);
        assert_eq!(export["totals"]["visits"], 2);
    }
}

#[test]
fn a_visit_of_a_later_version_is_told_apart_from_a_damaged_one() {
    let mut stored = stored();
    stored[0].bytes[0] = VISIT_RECORD_VERSION + 1;
    stored[1].bytes.clear();
    // No version was ever 0: these bytes are nobody's.
    stored[2].bytes[0] = 0;
    assert_eq!(summary(&stored).visits, 0);
    assert_eq!(summary(&stored).unreadable, UnreadableVisits { damaged: 2, later_version: 1 });
    let archive = read(&stored);
    assert_eq!(archive.unreadable, UnreadableVisits { damaged: 2, later_version: 1 });
    assert_eq!(export(&archive)["export"]["unreadable_visits"], 3);
}

#[test]
fn where_everything_can_be_read_nothing_is_missing() {
    let archive = read(&stored());
    assert_eq!(summary(&stored()).unreadable, UnreadableVisits::default());
    assert_eq!(export(&archive)["export"]["unreadable_visits"], 0);
}
