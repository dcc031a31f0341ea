//! The export: its rows are the visits', its digest is what an independent reader computes, its schema is published.

use crate::browser::{Browser, SHOWN, TAB};
use serde_json::Value;
use tiers_core::archive::Archive;
use tiers_core::export::{self, Occasion};
use tiers_core::time::Millis;

fn export(browser: &mut Browser) -> Value {
    browser.store();
    export_by("", browser)
}

fn export_by(commit: &str, browser: &Browser) -> Value {
    let occasion = Occasion { id: "export-1", now: Millis::new(browser.now), commit, ..Occasion::default() };
    let archive = Archive { visits: browser.visits.clone(), ..Archive::default() };
    serde_json::from_str(&export::to_json(&archive, occasion).unwrap()).unwrap()
}

fn day() -> Browser {
    let mut browser = Browser::new();
    let page = browser.navigate(TAB, &["https://t.co/x", "https://www.lemonde.fr/"]);
    browser.load(&page, "https://d111.cloudfront.net/a");
    let frame = browser.commit_frame(&page, "https://ads.net/");
    browser.load(&frame, "https://pixel.org/p");
    let blocked = browser.ask(&page, "https://blocked.net/");
    browser.fail(blocked, "net::ERR_BLOCKED_BY_CLIENT");
    let sent = browser.worker_asks("https://www.lemonde.fr", "https://worker-third.net/");
    browser.answer(sent);
    browser
}

#[test]
fn the_rows_say_what_the_visits_say() {
    let mut browser = day();
    let export = export(&mut browser);
    assert_eq!(export["totals"]["visits"], 1);
    assert_eq!(export["totals"]["third_party_domains"], 3, "the blocked one is no contact");
    assert_eq!(export["hops"][0]["host"], "t.co");
    let contact = |host: &str| {
        export["contacts"].as_array().unwrap().iter().find(|row| row["host"] == host).cloned().unwrap()
    };
    assert_eq!(contact("d111.cloudfront.net")["icann_domain"], "cloudfront.net");
    assert_eq!(contact("blocked.net")["blocked"], 1);
    assert_eq!(contact("worker-third.net")["attribution"], "site");
    assert_eq!(contact("pixel.org")["brought_by"][0]["host"], "ads.net");
    assert_eq!(contact("www.lemonde.fr")["third_party"], false);
}

#[test]
fn sums_of_types_equal_the_contacts() {
    let export = export(&mut day());
    for contact in export["contacts"].as_array().unwrap() {
        let by_type: u64 = export["contact_types"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["visit_id"] == contact["visit_id"] && row["host"] == contact["host"])
            .map(|row| row["requests"].as_u64().unwrap())
            .sum();
        assert_eq!(by_type, contact["requests"].as_u64().unwrap());
    }
}

#[test]
fn the_digest_is_over_everything_but_itself() {
    use sha2::{Digest, Sha256};
    let mut export = export(&mut day());
    let digest = export["integrity"]["digest"].as_str().unwrap().to_owned();
    export.as_object_mut().unwrap().remove("integrity");
    let canonical = serde_json_canonicalizer::to_vec(&export).unwrap();
    let computed: Vec<String> = Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(computed.concat(), digest);
}

#[test]
fn an_export_names_the_commit_that_made_it_where_the_build_knows_it() {
    let browser = Browser::new();
    assert_eq!(export_by("4775355", &browser)["producer"]["commit"], "4775355");
    assert_eq!(export_by("", &browser)["producer"]["commit"], Value::Null);
}

#[test]
fn an_export_of_nothing_is_an_export() {
    let export = export(&mut Browser::new());
    assert_eq!(export["visits"].as_array().unwrap().len(), 0);
    assert_eq!(export["format"], "tiers-export");
}

#[test]
fn a_contact_of_which_the_browser_told_a_request_by_its_frame_alone_says_so_also_after_a_wake() {
    let mut browser = Browser::new();
    let page = browser.open("https://www.lemonde.fr/");
    browser.load(&page, "https://told.net/");
    let sent = browser.unnamed_asks("", SHOWN, "https://www.lemonde.fr/worker.js", "https://by-frame.net/");
    browser.answer(sent);
    browser.load(&page, "https://by-frame.net/");
    for wake in [false, true] {
        if wake {
            browser.store();
            browser.restart("session");
        }
        let export = export(&mut browser);
        let attribution = |host: &str| {
            let rows = export["contacts"].as_array().unwrap();
            rows.iter().find(|row| row["host"] == host).unwrap()["attribution"].clone()
        };
        assert_eq!(attribution("told.net"), "document");
        assert_eq!(attribution("by-frame.net"), "frame");
    }
}
