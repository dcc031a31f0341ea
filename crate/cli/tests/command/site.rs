//! `tiers site`: one line in, one site out.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use crate::tiers::{text, tiers, with_input};

fn sites(lines: &str) -> String {
    let output = with_input(&mut tiers(&["site"]), lines.as_bytes());
    assert!(output.status.success());
    text(&output.stdout)
}

#[test]
fn the_answers_that_naive_counters_get_wrong_are_right() {
    let rows = [
        ("https://www.lemonde.fr/actu", "lemonde.fr"),
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("static.files.bbci.co.uk", "bbci.co.uk"),
        ("www.service-public.gouv.fr", "service-public.gouv.fr"),
        ("alice.github.io", "alice.github.io"),
        ("img.d111.cloudfront.net", "d111.cloudfront.net"),
        ("www.disco.fr", "disco.fr"),
        ("www.unesco.org", "unesco.org"),
        ("cdn.cisco.com", "cisco.com"),
        ("widget.intercom.io", "intercom.io"),
        ("c.adsco.re", "adsco.re"),
        ("10.0.0.1", "10.0.0.1"),
        ("http://8.8.0.1:8080/", "8.8.0.1"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("[2001:DB8:0::1]:443", "[2001:db8::1]"),
        ("nas.local", "nas.local"),
        ("intranet", "intranet"),
        ("www.b\u{fc}cher.de", "xn--bcher-kva.de"),
        ("HTTPS://User:pw@CDN.XN--Bcher-KVA.de:444/", "xn--bcher-kva.de"),
        ("wss://realtime.ably.io", "ably.io"),
        ("https://example.com./", "example.com."),
        ("constructor", "constructor"),
        ("__proto__", "__proto__"),
        ("co.uk", "co.uk"),
        ("github.io", "github.io"),
        ("ex.futurecms.at", "ex.futurecms.at"),
        ("about:blank", "-"),
        ("data:text/html,x", "-"),
        ("not a host", "-"),
        ("", "-"),
    ];
    let lines: String = rows.iter().flat_map(|(line, _)| [line, "\n"]).collect();
    let expected: String = rows.iter().flat_map(|(_, site)| [site, "\n"]).collect();
    assert_eq!(sites(&lines), expected);
}

#[test]
fn lines_from_windows_and_a_last_line_without_an_end_are_lines() {
    assert_eq!(sites("a.example.com\r\nb.example.org"), "example.com\nexample.org\n");
}

#[test]
fn bytes_that_are_no_text_hold_no_host_and_stop_nothing() {
    let output = with_input(&mut tiers(&["site"]), b"\xff\xfe.com\nhttps://example.com/\xff\n");
    assert!(output.status.success());
    assert_eq!(text(&output.stdout), "-\nexample.com\n");
}

#[test]
fn whoever_asks_line_by_line_is_answered_line_by_line() {
    let mut child = tiers(&["site"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut asked = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for (line, site) in [("a.example.com", "example.com"), ("b.example.org", "example.org")] {
        writeln!(asked, "{line}").unwrap();
        assert_eq!(answers.next().unwrap().unwrap(), site);
    }
    drop(asked);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let mut child =
        tiers(&["site"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut asked = child.stdin.take().unwrap();
    drop(child.stdout.take());
    let lines = "www.example.com\n".repeat(100_000);
    // It stops reading too: this side's write may fail.
    let _ = asked.write_all(lines.as_bytes());
    drop(asked);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(said, "");
}

#[test]
fn help_and_version_tell_what_a_newcomer_needs() {
    let version = text(&tiers(&["--version"]).output().unwrap().stdout);
    assert!(
        version.contains(env!("CARGO_PKG_VERSION")) && version.contains("public suffix list"),
        "{version}"
    );
    for (arguments, word) in [(["--help"].as_slice(), "from-har"), (&["site", "--help"], "standard input")] {
        let output = tiers(arguments).output().unwrap();
        assert!(output.status.success());
        assert!(text(&output.stdout).contains(word));
    }
    assert_eq!(tiers(&["from-har"]).output().unwrap().status.code(), Some(2), "a file is missing");
}
