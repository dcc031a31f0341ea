//! What holds for every string, and for every host that labels of the list can make.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use publicsuffix::Psl as _;
use tiers_core::suffix::{Section, SuffixTable, public_suffix};

use crate::published_algorithm::{PublishedAlgorithm, Rule};

static ALGORITHM: LazyLock<PublishedAlgorithm> = LazyLock::new(PublishedAlgorithm::new);

/// Names of rules, to which hosts are made longer.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| ALGORITHM.rules().map(Rule::name).collect());

/// Single labels, those of the list among them.
static LABELS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut labels: Vec<String> =
        ALGORITHM.rules().flat_map(|rule| &rule.labels).filter(|label| *label != "*").cloned().collect();
    labels.sort();
    labels.dedup();
    labels
});

fn label() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z0-9_-]{1,12}", select(LABELS.as_slice())]
}

/// Normalised hosts without a trailing dot: labels in front of a rule's name, or labels alone.
fn host() -> impl Strategy<Value = String> {
    let under_a_rule = (prop::collection::vec(label(), 0..4), select(NAMES.as_slice()))
        .prop_map(|(labels, name)| [labels, vec![name]].concat().join("."));
    prop_oneof![3 => under_a_rule, 1 => prop::collection::vec(label(), 1..6).prop_map(|labels| labels.join("."))]
}

/// Strings of all kinds, with many dots.
fn any_string() -> impl Strategy<Value = String> {
    let dotted = prop::collection::vec(prop_oneof![Just(String::new()), label(), any::<String>()], 0..8)
        .prop_map(|labels| labels.join("."));
    prop_oneof![any::<String>(), dotted, host().prop_map(|host| host + ".")]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn any_string_is_answered_with_offsets_at_the_start_of_a_label(string in any_string()) {
        let suffix = public_suffix(&string);
        let starts = [
            Some(suffix.start),
            Some(suffix.icann_start),
            suffix.registrable_start(&string),
            suffix.icann_registrable_start(&string),
        ];
        for start in starts.into_iter().flatten() {
            prop_assert!(start == 0 || string[..start].ends_with('.'), "{start}");
        }
    }

    #[test]
    fn any_string_gets_the_same_answer_through_the_trait(string in any_string()) {
        let suffix = public_suffix(&string);
        let by_trait = SuffixTable.suffix(string.as_bytes());
        // The trait has no suffix for the empty string.
        prop_assert_eq!(by_trait.map_or(&b""[..], |found| found.as_bytes()), &string.as_bytes()[suffix.start..]);
        let section = by_trait.and_then(|found| found.typ()).map(|typ| match typ {
            publicsuffix::Type::Icann => Section::Icann,
            publicsuffix::Type::Private => Section::Private,
        });
        prop_assert_eq!(section, suffix.rule);
        let domain = SuffixTable.domain(string.as_bytes()).map(|domain| domain.as_bytes().to_owned());
        let registrable = suffix.registrable_start(&string).map(|start| string.as_bytes()[start..].to_owned());
        prop_assert_eq!(domain, registrable);
    }

    #[test]
    fn any_host_gets_the_answer_of_the_published_algorithm(host in host()) {
        let suffix = public_suffix(&host);
        let published = ALGORITHM.suffix(&host, None);
        prop_assert_eq!(&host[suffix.start..], published.suffix);
        prop_assert_eq!(suffix.rule, published.section);
        prop_assert_eq!(&host[suffix.icann_start..], ALGORITHM.suffix(&host, Some(Section::Icann)).suffix);
    }

    #[test]
    fn the_suffix_of_a_suffix_is_itself_unless_an_exception_decided(host in host()) {
        let by_exception = ALGORITHM.rules().filter(|rule| rule.exception).any(|rule| {
            let name = rule.name();
            host.strip_suffix(&name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        });
        // `city.kobe.jp` is registered under `kobe.jp`, of which the list says nothing but `*.kobe.jp`.
        if !by_exception {
            prop_assert_eq!(public_suffix(&host[public_suffix(&host).start..]).start, 0);
        }
    }

    #[test]
    fn a_label_in_front_of_a_registrable_domain_keeps_the_suffix_or_ends_a_rule_itself(
        host in host(),
        label in label(),
    ) {
        let suffix = public_suffix(&host);
        let Some(start) = suffix.registrable_start(&host) else { return Ok(()) };
        let registrable = &host[start..];
        let longer = format!("{label}.{registrable}");
        let found = &longer[public_suffix(&longer).start..];
        let by_rule = found == longer;
        let by_exception = found == registrable;
        prop_assert!(found == &host[suffix.start..] || by_rule || by_exception, "{longer}: {found}");
    }

    #[test]
    fn a_trailing_dot_changes_nothing_but_the_suffix_by_that_dot(host in host()) {
        prop_assert_eq!(public_suffix(&format!("{host}.")), public_suffix(&host));
    }
}
