//! `tiers from-har` on recordings of each recorder's dialect.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::tiers::{export, file, fixture, rows, text, tiers};

fn contact<'a>(export: &'a Value, host: &str) -> &'a Value {
    rows(export, "contacts").iter().find(|row| row["host"] == host).unwrap()
}

fn types(export: &Value) -> BTreeMap<String, String> {
    let of = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    rows(export, "contact_types").iter().map(|row| (of(row, "host"), of(row, "type"))).collect()
}

/// A recording of one page.
fn recording(title: &str, entries: &[String]) -> String {
    format!(r#"{{"log":{{"pages":[{{"id":"p","title":"{title}"}}],"entries":[{}]}}}}"#, entries.join(","))
}

fn entry(second: u32, url: &str, response: &str, more: &str) -> String {
    format!(
        r#"{{"pageref":"p","startedDateTime":"2026-03-01T10:00:{second:02}Z",
            "request":{{"method":"GET","url":"{url}","headers":[]}},"response":{{{response}}}{more}}}"#
    )
}

fn document(second: u32, url: &str) -> String {
    entry(second, url, r#""status":200"#, r#","_resourceType":"document""#)
}

#[test]
fn chrome_says_of_each_request_what_it_was_and_what_became_of_it() {
    let export = export(&[fixture("chrome.har")]);
    assert_eq!(export["visits"][0]["site"], "news.test");
    assert_eq!(export["visits"][0]["started_at"], "2026-03-01T10:00:00.022Z");
    assert_eq!(export["visits"][0]["ended_at"], "2026-03-01T10:00:00.280Z");
    assert_eq!(export["visits"][0]["complete"], true);
    assert_eq!(export["environment"]["browser_name"], "WebInspector");
    for (host, outcome) in [
        ("www.news.test", "sent"),
        ("d111.cloudfront.net", "sent"),
        ("img.cached.test", "cached"),
        ("ads.blocked.test", "blocked"),
        ("no-such-name.test", "failed"),
        ("beacon.aborted.test", "unknown"),
        ("px.third.test", "sent"),
    ] {
        assert_eq!(contact(&export, host)["requests"], 1, "{host}");
        assert_eq!(contact(&export, host)[outcome], 1, "{host}");
    }
    let expected = [
        ("ads.blocked.test", "script"),
        ("beacon.aborted.test", "ping"),
        ("d111.cloudfront.net", "script"),
        ("frame.test", "sub_frame"),
        ("img.cached.test", "image"),
        ("live.socket.test", "websocket"),
        ("no-such-name.test", "xmlhttprequest"),
        ("px.first.test", "image"),
        ("px.second.test", "image"),
        ("px.third.test", "image"),
        ("www.news.test", "main_frame"),
    ];
    assert_eq!(types(&export), expected.map(|(host, name)| (host.to_owned(), name.to_owned())).into());
    assert_eq!(contact(&export, "d111.cloudfront.net")["icann_domain"], "cloudfront.net");
}

#[test]
fn the_browsers_own_redirect_to_https_is_no_hop_and_breaks_no_chain() {
    let export = export(&[fixture("chrome.har")]);
    let hops: Vec<&Value> = rows(&export, "hops").iter().map(|hop| &hop["host"]).collect();
    assert_eq!(hops, ["go.short.test"]);
    assert!(rows(&export, "contacts").iter().all(|row| row["host"] != "go.short.test"));
}

#[test]
fn each_hop_of_a_redirected_image_is_a_contact_that_the_one_before_brought() {
    let export = export(&[fixture("chrome.har")]);
    let brought_by = |host| {
        let steps = contact(&export, host)["brought_by"].as_array().unwrap().iter();
        steps.map(|step| step["host"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(brought_by("px.first.test"), [""; 0]);
    assert_eq!(brought_by("px.third.test"), ["px.first.test", "px.second.test"]);
}

#[test]
fn firefox_names_no_types_and_writes_hosts_as_they_were_typed() {
    let export = export(&[fixture("firefox.har")]);
    assert_eq!(export["visits"][0]["site"], "xn--bcher-kva.de");
    assert_eq!(export["visits"][0]["started_at"], "2026-03-01T10:00:00.000Z", "its offset is read");
    assert_eq!(export["environment"]["browser_version"], "153.0");
    assert_eq!(contact(&export, "cdn.xn--bcher-kva.de")["third_party"], false);
    assert_eq!(contact(&export, "127.0.0.1")["host_kind"], "ipv4");
    assert_eq!(contact(&export, "tracker.stopped.test")["unknown"], 1);
    assert_eq!(contact(&export, "api.reset.test")["sent"], 1, "it waited for an answer");
    let types = types(&export);
    assert_eq!(types["cdn.xn--bcher-kva.de"], "stylesheet");
    assert_eq!(types["tracker.stopped.test"], "script");
    assert_eq!(types["api.reset.test"], "xmlhttprequest");
    assert_eq!(types["127.0.0.1"], "xmlhttprequest");
}

#[test]
fn firefox_says_by_an_answer_without_headers_that_nobody_was_asked() {
    let export = export(&[fixture("firefox.har")]);
    assert_eq!(contact(&export, "kept.cached.test")["cached"], 1);
    assert_eq!(contact(&export, "asked.again.test")["sent"], 1, "a 304 came from the server");
    assert_eq!(contact(&export, "quick.near.test")["sent"], 1, "an answer within a millisecond is one");
}

#[test]
fn an_older_firefox_says_by_its_cache_that_nobody_was_asked_and_other_recorders_do_not() {
    let recorded_by = |name: &str, cache: &str| {
        let kept = format!(r#","cache":{cache},"timings":{{"send":0,"wait":4,"receive":0}}"#);
        let kept = entry(1, "https://kept.test/x.js", r#""status":200,"headersSize":90"#, &kept);
        let har = recording("", &[document(0, "https://a.test/"), kept]);
        file(har.replacen(r#""pages""#, &format!(r#""creator":{{"name":"{name}"}},"pages""#), 1))
    };
    let outcome = |name, cache| {
        let (_folder, file) = recorded_by(name, cache);
        let row = contact(&export(&[file]), "kept.test").clone();
        (row["cached"].as_u64().unwrap(), row["sent"].as_u64().unwrap())
    };
    assert_eq!(outcome("Firefox", r#"{"afterRequest":null}"#), (1, 0));
    assert_eq!(outcome("Firefox", r#"{"afterRequest":{"hitCount":"2"}}"#), (1, 0));
    assert_eq!(outcome("Firefox", "{}"), (0, 1));
    // HAR 1.2: what the cache holds once the answer is there; alone, it is an answer that was stored.
    assert_eq!(outcome("HttpWatch", r#"{"afterRequest":{"hitCount":1}}"#), (0, 1));
    assert_eq!(outcome("Firefox", r#"{"beforeRequest":null,"afterRequest":{"hitCount":1}}"#), (0, 1));
}

#[test]
fn each_run_of_a_sitespeed_recording_is_a_visit() {
    let export = export(&[fixture("sitespeed.har")]);
    assert_eq!(export["totals"]["visits"], 2);
    assert_eq!(export["totals"]["sites"], 1);
    let late = contact(&export, "late.stats.test");
    assert_eq!(late["visit_id"], export["visits"][1]["visit_id"]);
}

#[test]
fn a_repeat_view_without_a_document_is_the_visit_that_its_title_names_and_incomplete() {
    let export = export(&[fixture("webpagetest.har")]);
    let [first, repeat] = rows(&export, "visits") else { panic!("two views") };
    assert_eq!([&first["site"], &first["complete"]], [&Value::from("portal.example"), &Value::from(true)]);
    assert_eq!([&repeat["site"], &repeat["complete"]], [&Value::from("portal.example"), &Value::from(false)]);
    assert_eq!(repeat["incomplete_reasons"][0], "opened_before");
    assert_eq!(contact(&export, "static.cdn.test")["sent"], 2, "a redirect to nowhere left the browser too");
    assert_eq!(rows(&export, "contacts").last().unwrap()["sent"], 1, "a 304 came from the server");
    assert_eq!(rows(&export, "hops")[0]["host"], "portal.example");
}

#[test]
fn playwrights_failures_are_failures() {
    let export = export(&[fixture("playwright.har")]);
    assert_eq!(contact(&export, "gone.test")["failed"], 1);
    assert_eq!(export["totals"]["third_party_domains"], 0);
}

#[test]
fn the_first_party_is_the_document_by_whichever_way_it_came() {
    // The rows of the test web's reader too: a page is replayed under the first party that is counted here.
    let cases: Value = serde_json::from_slice(&std::fs::read(fixture("first-party.json")).unwrap()).unwrap();
    for case in cases.as_array().unwrap() {
        let page = json!({ "id": "p", "title": case["title"] });
        let har = json!({ "log": { "pages": [page], "entries": case["entries"] } });
        let (_folder, file) = file(har.to_string());
        let export = export(&[file]);
        let visit = &export["visits"][0];
        let page = format!("{}://{}/", visit["scheme"].as_str().unwrap(), visit["host"].as_str().unwrap());
        assert_eq!(page, case["document"], "{}", case["says"]);
        let hops: Vec<&Value> = rows(&export, "hops").iter().map(|hop| &hop["host"]).collect();
        assert_eq!(json!(hops), case["hops"], "{}", case["says"]);
    }
}

#[test]
fn a_document_from_the_cache_is_still_the_first_party() {
    let cached =
        entry(0, "https://a.test/", r#""status":200"#, r#","_fromCache":"disk","_resourceType":"document""#);
    let (_folder, file) = file(recording("", &[cached, document(1, "https://frame.test/")]));
    let export = export(&[file]);
    assert_eq!(export["visits"][0]["site"], "a.test");
    assert_eq!(contact(&export, "a.test")["cached"], 1);
}

#[test]
fn a_page_that_never_came_is_a_visit_without_contacts() {
    let failed = r#""status":0,"_error":"net::ERR_NAME_NOT_RESOLVED""#;
    let failed = entry(0, "https://gone.test/", failed, r#","_resourceType":"document""#);
    let (_folder, file) = file(recording("", &[failed]));
    let export = export(&[file]);
    assert_eq!(export["visits"][0]["site"], "gone.test");
    assert_eq!(contact(&export, "gone.test")["failed"], 1);
}

#[test]
fn a_chain_longer_than_browsers_follow_is_cut_and_every_request_counted() {
    let again = |second| entry(second, "https://loop.test/", r#""status":302,"redirectURL":"/""#, "");
    let mut entries = vec![document(0, "https://a.test/")];
    entries.extend((1..50).map(again));
    let (_folder, file) = file(recording("", &entries));
    assert_eq!(contact(&export(&[file]), "loop.test")["sent"], 49);
}

#[test]
fn the_same_file_twice_is_one_recording_under_any_name() {
    let (_folder, copy) = file(std::fs::read(fixture("sitespeed.har")).unwrap());
    let ids = |export: &Value| -> BTreeSet<String> {
        rows(export, "visits").iter().map(|visit| visit["visit_id"].as_str().unwrap().to_owned()).collect()
    };
    let once = export(&[fixture("sitespeed.har")]);
    let twice = export(&[fixture("sitespeed.har"), copy]);
    assert_eq!(rows(&twice, "visits").len(), 2);
    assert_eq!(ids(&once), ids(&twice));
    assert_eq!(once["contacts"], twice["contacts"]);
    assert_ne!(ids(&once), ids(&export(&[fixture("webpagetest.har")])));
}

#[test]
fn several_files_are_one_export_that_claims_no_browser_for_all() {
    let both = export(&[fixture("chrome.har"), fixture("firefox.har")]);
    assert_eq!(both["totals"]["visits"], 2);
    assert_eq!(both["environment"]["browser_name"], Value::Null);
    let twice = export(&[fixture("firefox.har"), fixture("firefox.har")]);
    assert_eq!(twice["environment"]["browser_name"], "Firefox");
}

#[test]
fn the_table_shows_what_the_popup_would() {
    let output = tiers(&["from-har", "--table"]).arg(fixture("chrome.har")).output().unwrap();
    let table = text(&output.stdout);
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].ends_with("chrome.har: page_7"), "{table}");
    assert_eq!(lines[1], "site news.test: 6 domains, 6 hosts, 6 requests");
    assert_eq!(
        lines[3].split_whitespace().take(4).collect::<Vec<_>>(),
        ["domain", "requests", "hosts", "sent"]
    );
    assert_eq!(lines.len(), 14, "a row a domain, those that were not contacted too");
    assert!(!table.contains("pending"));
}

#[test]
fn the_export_goes_to_the_file_and_the_table_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("export.json");
    let mut command = tiers(&["from-har", "--table", "--json"]);
    let output = command.arg(&out).arg(fixture("chrome.har")).output().unwrap();
    assert!(text(&output.stdout).contains("site news.test"));
    let written: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(written["format"], "tiers-export");
    let silent = tiers(&["from-har", "--json"]).arg(&out).arg(fixture("chrome.har")).output().unwrap();
    assert_eq!(text(&silent.stdout), "");
}

#[test]
fn a_recording_of_nothing_is_an_empty_export_and_a_note() {
    for nothing in
        [r#"{"log":{"pages":null,"entries":[]}}"#, r#"{"log":{"pages":[{"id":"p"}],"entries":[]}}"#]
    {
        let (_folder, file) = file(nothing);
        let output = tiers(&["from-har"]).arg(&file).output().unwrap();
        assert!(output.status.success());
        assert!(text(&output.stderr).starts_with("note: "), "{nothing}");
        let export: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(export["totals"]["visits"], 0);
    }
}
