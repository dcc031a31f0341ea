//! The compiled table against the published algorithm.

use publicsuffix::Psl as _;
use tiers_core::suffix::{LIST_COMMIT, LIST_SHA256, LIST_VERSION, Section, SuffixTable, public_suffix};

use crate::published_algorithm::{Answer, PublishedAlgorithm};

#[test]
fn the_table_agrees_with_the_published_algorithm_on_every_host_made_from_the_list() {
    let algorithm = PublishedAlgorithm::new();
    let hosts = algorithm.hosts();
    let mut wrong = Vec::new();
    for host in &hosts {
        let suffix = public_suffix(host);
        let all = Answer { suffix: host[suffix.start..].to_owned(), section: suffix.rule };
        let expected = algorithm.suffix(host, None);
        if all != expected {
            wrong.push(format!("{host}: {all:?}, published: {expected:?}"));
        }
        let icann = &host[suffix.icann_start..];
        let expected = algorithm.suffix(host, Some(Section::Icann)).suffix;
        if icann != expected {
            wrong.push(format!("{host}: ICANN only {icann:?}, published: {expected:?}"));
        }
    }
    println!("{} hosts, {} wrong", hosts.len(), wrong.len());
    assert!(wrong.is_empty(), "{} of {} wrong: {wrong:#?}", wrong.len(), hosts.len());
    assert!(hosts.len() > 42_000, "only {} hosts", hosts.len());
}

#[test]
fn the_trait_of_the_publicsuffix_crate_gives_the_same_suffix_on_every_host_made_from_the_list() {
    for host in PublishedAlgorithm::new().hosts() {
        let suffix = public_suffix(&host);
        let by_trait = SuffixTable.suffix(host.as_bytes()).expect("no host is empty");
        assert_eq!(by_trait.as_bytes(), &host.as_bytes()[suffix.start..], "{host}");
        assert_eq!(by_trait.is_known(), suffix.rule.is_some(), "{host}");
        let domain = SuffixTable.domain(host.as_bytes()).map(|domain| domain.as_bytes().to_owned());
        let registrable = suffix.registrable_start(&host).map(|start| host.as_bytes()[start..].to_owned());
        assert_eq!(domain, registrable, "{host}");
    }
}

#[test]
fn the_list_is_named_by_its_own_version_and_commit_and_by_its_digest() {
    let raw = include_str!("../../data/public_suffix_list.dat");
    assert!(raw.contains(&format!("\n// VERSION: {LIST_VERSION}\n")));
    assert!(raw.contains(&format!("\n// COMMIT: {LIST_COMMIT}\n")));
    assert_eq!(LIST_SHA256.len(), 64);
    assert!(LIST_SHA256.bytes().all(|byte| byte.is_ascii_hexdigit()));
}
