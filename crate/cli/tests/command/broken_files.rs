//! Files that are broken, hostile or missing: a clear error or a right count, and never a crash.

use std::fs;

use crate::tiers::{export, file, fixture, rows, text, tiers};

/// Runs `from-har` on a text that is no HAR; what it says.
fn refusal(har: impl AsRef<[u8]>) -> String {
    let (folder, file) = file(har);
    let out = folder.path().join("export.json");
    let output = tiers(&["from-har", "--json"]).arg(&out).arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    assert!(!out.exists(), "nothing is written");
    let said = text(&output.stderr);
    let start = format!("error: {}: ", file.display());
    assert!(said.starts_with(&start), "{said}");
    said[start.len()..].to_owned()
}

#[test]
fn a_broken_file_is_refused_with_its_line_its_column_and_the_reason() {
    for (har, place, reason) in [
        ("", "line 1, column 1", "cut off"),
        ("{\"log\": {\"entries\": [", "line 1, column 22", "cut off"),
        ("{\"log\":\n  {\"entries\" []}}", "line 2, column 14", "expected `:`"),
        ("{\"log\": yes}", "line 1, column 9", "not JSON"),
        ("<html>", "line 1, column 1", "not JSON"),
        ("{\"log\": {\"entries\": []}} {}", "line 1, column 26", "trailing characters"),
        ("[]", "line 1, column 1", "expected an object"),
        ("{}", "line 1, column 2", "missing field `log`"),
        ("{\"log\": []}", "line 1, column 8", "log: invalid type: sequence, expected an object"),
        ("{\"log\": {}}", "line 1, column 10", "log: missing field `entries`"),
        ("{\"log\": {\"entries\": 1}}", "line 1, column 21", "log.entries: invalid type: integer `1`"),
        ("{\"log\": {\"entries\": [{\"request\": 1}]}}", "line 1, column 34", "log.entries[0].request: "),
        (
            "{\"log\": {\"entries\": [\n{\"startedDateTime\": \"yesterday\"}]}}",
            "line 2, column 31",
            "log.entries[0].startedDateTime: \"yesterday\" is no date",
        ),
    ] {
        let said = refusal(har);
        assert!(said.starts_with(&format!("{place}: ")), "{har}: {said}");
        assert!(said.contains(reason), "{har}: {said}");
        assert!(said.contains("HAR 1.2"), "it says what to give instead");
    }
}

#[test]
fn a_recording_that_is_cut_off_anywhere_is_refused() {
    let whole = fs::read(fixture("playwright.har")).unwrap();
    let end = whole.iter().rposition(|byte| *byte == b'}').unwrap();
    for length in (0..=end).step_by(97) {
        assert!(refusal(&whole[..length]).contains("cut off"), "{length} bytes");
    }
}

#[test]
fn every_file_that_cannot_be_used_is_named() {
    let (_folder, broken) = file("{");
    let mut command = tiers(&["from-har"]);
    command.arg(fixture("chrome.har")).arg("nowhere.har").arg(&broken);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    let said = text(&output.stderr);
    assert_eq!(said.lines().count(), 2, "{said}");
    assert!(said.starts_with("error: nowhere.har: the file cannot be read"), "{said}");
}

#[test]
fn what_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let output =
        tiers(&["from-har", "--json"]).arg(folder.path()).arg(fixture("chrome.har")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains(&folder.path().display().to_string()));
}

#[test]
fn a_million_nested_lists_are_passed_over_or_refused() {
    let deep = "[".repeat(1_000_000);
    refusal(&deep);
    refusal(format!("{{\"log\":{{\"entries\":{deep}"));
    let closed = format!("{deep}{}", "]".repeat(1_000_000));
    let (_folder, file) =
        file(format!("{{\"deep\":{closed},\"log\":{{\"entries\":[],\"creator\":{closed}}}}}"));
    assert_eq!(export(&[file])["totals"]["visits"], 0);
}

#[test]
fn what_only_helps_may_be_of_any_type() {
    let har = r#"{"__proto__": {"log": 1}, "constructor": null, "log": {
        "creator": 7, "browser": {"name": ["x"]}, "pages": [{"id": "__proto__", "title": {"a": 1}}],
        "entries": [{
            "__proto__": {}, "pageref": "__proto__", "startedDateTime": "2026-03-01T10:00:00", "time": "long",
            "request": {"method": "GET", "url": "https://__proto__/", "headers": {"a": "b"}},
            "response": {"status": 200, "headers": [1, {"name": 2, "value": "x"}], "content": [], "redirectURL": 3},
            "timings": "none", "serverIPAddress": null, "_resourceType": ["document"], "_fromCache": 0, "_error": {}
        }]}}"#;
    let (_folder, file) = file(har);
    let export = export(&[file]);
    assert_eq!(export["visits"][0]["site"], "__proto__");
    assert_eq!(export["visits"][0]["started_at"], "2026-03-01T10:00:00.000Z");
    assert_eq!(rows(&export, "contacts")[0]["sent"], 1);
}

#[test]
fn a_mark_at_the_start_and_letters_that_are_none_are_no_fault() {
    let whole = fs::read_to_string(fixture("chrome.har")).unwrap();
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(whole.as_bytes());
    let body = marked.windows(3).position(|part| part == b"<p>").unwrap();
    marked[body + 1] = 0xff;
    let (_folder, file) = file(marked);
    assert_eq!(export(&[file])["visits"][0]["site"], "news.test");
}

#[test]
fn a_page_cannot_command_the_terminal() {
    let har = r#"{"log": {"entries": [{"pageref": "\u001b[2J", "startedDateTime": "2026-03-01T10:00:00Z",
        "request": {"method": "GET", "url": "https://a.test/"}, "response": {"status": 200}}]}}"#;
    let (_folder, file) = file(har);
    let output = tiers(&["from-har", "--table"]).arg(&file).output().unwrap();
    assert!(output.status.success());
    assert!(!text(&output.stdout).contains('\u{1b}'));
}
