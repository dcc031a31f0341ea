//! The compiled table against the `publicsuffix` crate, whose errors are listed one by one.

use std::collections::BTreeSet;

use publicsuffix::{IcannList, List, Psl as _};
use tiers_core::suffix::{Section, public_suffix};

use crate::published_algorithm::PublishedAlgorithm;

const KNOWN_WRONG: &str = include_str!("../fixtures/publicsuffix-known-wrong.txt");

#[test]
fn the_publicsuffix_crate_differs_on_exactly_the_hosts_on_which_it_is_known_to_be_wrong() {
    let algorithm = PublishedAlgorithm::new();
    let list = crate_list(&algorithm);
    let mut differing = BTreeSet::new();
    for host in algorithm.hosts() {
        let ours = &host[public_suffix(&host).start..];
        let theirs = list.suffix(host.as_bytes()).expect("no host is empty");
        let published = algorithm.suffix(&host, None).suffix;
        assert_eq!(ours, published, "{host}");
        if theirs.as_bytes() != ours.as_bytes() {
            differing.insert(host);
        }
    }
    println!("{} differences", differing.len());
    let known: BTreeSet<String> = KNOWN_WRONG
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let new: Vec<_> = differing.difference(&known).collect();
    let agreeing: Vec<_> = known.difference(&differing).collect();
    assert!(new.is_empty(), "differ, and are not listed: {new:#?}");
    assert!(agreeing.is_empty(), "are listed, and agree: {agreeing:#?}");
}

#[test]
fn the_publicsuffix_crate_agrees_on_every_host_under_the_icann_section_alone() {
    let algorithm = PublishedAlgorithm::new();
    let list = IcannList::from(crate_list(&algorithm));
    for host in algorithm.hosts() {
        let ours = &host[public_suffix(&host).icann_start..];
        let theirs = list.suffix(host.as_bytes()).expect("no host is empty");
        assert_eq!(theirs.as_bytes(), ours.as_bytes(), "{host}");
    }
}

/// The crate's own list, fed the same rules in punycode: without its `punycode` feature it compares bytes.
fn crate_list(algorithm: &PublishedAlgorithm) -> List {
    let mut text = String::new();
    for (section, heading) in [
        (Section::Icann, "// ===BEGIN ICANN DOMAINS==="),
        (Section::Private, "// ===BEGIN PRIVATE DOMAINS==="),
    ] {
        text += heading;
        for rule in algorithm.rules().filter(|rule| rule.section == section) {
            text += "\n";
            text += &rule.spelling();
        }
        text += "\n";
    }
    text.parse().expect("the crate reads the rules")
}
