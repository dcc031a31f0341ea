//! Small lists, compiled and asked: what the published list does not show today, and what the compiler turns down.

use super::{Section, Suffix, format, suffix_in};

#[path = "../../build/suffix_rules.rs"]
mod suffix_rules;
#[path = "../../build/suffix_table.rs"]
mod suffix_table;

use suffix_rules::{ListError, read};
use suffix_table::{TableError, compile};

/// A raw list with these rules: one a line, line 4 the first of the ICANN section.
fn raw(icann: &str, private: &str) -> String {
    format!(
        "// VERSION: v\n// COMMIT: c\n// ===BEGIN ICANN DOMAINS===\n{icann}\n// ===END ICANN DOMAINS===\n\
         // ===BEGIN PRIVATE DOMAINS===\n{private}\n// ===END PRIVATE DOMAINS===\n"
    )
}

fn ask(icann: &str, private: &str, host: &str) -> Suffix {
    let list = read(&raw(icann, private)).unwrap();
    suffix_in(&compile(&list.rules).unwrap(), host)
}

fn refusal(icann: &str) -> ListError {
    read(&raw(icann, "")).unwrap_err()
}

#[test]
fn a_private_exception_does_not_overrule_an_icann_wildcard_for_icann_alone() {
    let suffix = ask("*.example", "!free.example", "www.free.example");
    assert_eq!(suffix, Suffix { start: 9, icann_start: 4, rule: Some(Section::Private) });
}

#[test]
fn a_rule_longer_than_an_exception_does_not_overrule_it() {
    let suffix = ask("*.example\n!free.example\nshop.free.example", "", "a.shop.free.example");
    assert_eq!(suffix.start, "a.shop.free.".len());
}

#[test]
fn a_name_listed_beside_the_wildcard_that_matches_it_tells_its_own_section() {
    let suffix = ask("*.example", "free.example", "www.free.example");
    assert_eq!(suffix, Suffix { start: 4, icann_start: 4, rule: Some(Section::Private) });
    let suffix = ask("free.example", "*.example", "www.free.example");
    assert_eq!(suffix, Suffix { start: 4, icann_start: 4, rule: Some(Section::Icann) });
}

#[test]
fn a_wildcard_is_found_beside_a_name_that_only_longer_rules_pass_through() {
    let suffix = ask("at", "*.example.at\n*.ex.example.at", "ex.example.at");
    assert_eq!(suffix, Suffix { start: 0, icann_start: 11, rule: Some(Section::Private) });
}

#[test]
fn a_private_rule_at_the_top_leaves_icann_the_default_rule() {
    let suffix = ask("com", "a.corp", "www.a.corp");
    assert_eq!(suffix, Suffix { start: 4, icann_start: 6, rule: Some(Section::Private) });
}

#[test]
fn labels_of_one_length_are_told_apart_in_a_group_of_more_than_255() {
    let rules: Vec<String> = (0..2_000).map(|number| format!("n{number:04}.example")).collect();
    let list = read(&raw(&rules.join("\n"), "")).unwrap();
    let table = compile(&list.rules).unwrap();
    for rule in &rules {
        assert_eq!(suffix_in(&table, rule).start, 0, "{rule}");
    }
    assert_eq!(suffix_in(&table, "n2000.example").start, 6);
    assert_eq!(suffix_in(&table, "n000.example").start, 5);
}

#[test]
fn a_damaged_table_is_answered_by_the_default_rule_or_by_what_is_left_of_it() {
    let list = read(&raw("com\nco.uk\n*.ck\n!www.ck", "github.io")).unwrap();
    let table = compile(&list.rules).unwrap();
    for host in ["example.com", "example.co.uk", "www.ck", "alice.github.io"] {
        for end in 0..table.len() {
            let suffix = suffix_in(&table[..end], host);
            assert!(suffix.start <= host.rfind('.').unwrap() + 1);
        }
        for index in 0..table.len() {
            let mut damaged = table.clone();
            damaged[index] ^= 0xff;
            assert!(suffix_in(&damaged, host).start <= host.len());
        }
    }
}

#[test]
fn an_empty_list_leaves_the_default_rule() {
    assert_eq!(ask("", "", "www.example.com"), Suffix { start: 12, icann_start: 12, rule: None });
}

#[test]
fn a_rule_is_spelt_as_a_browser_spells_hosts() {
    let list = read(&raw("Straße.EXAMPLE trailing words", "")).unwrap();
    assert_eq!(list.rules[0].labels, ["example", "xn--strae-oqa"]);
    assert_eq!((list.version.as_str(), list.commit.as_str()), ("v", "c"));
}

#[test]
fn a_rule_that_idna_rejects_fails_the_build_with_its_line_and_the_reason() {
    let error = refusal("com\nxn--0.example");
    assert_eq!(error.to_string(), "line 5: rule \"xn--0.example\" is no host name: IDNA rejects it");
    let error = refusal("com\n\na..example");
    assert_eq!(error.to_string(), "line 6: rule \"a..example\" is no host name: a label is empty");
    let long = "a".repeat(64);
    let error = refusal(&long);
    assert!(error.to_string().ends_with("a label has 64 bytes, more than 63"), "{error}");
}

#[test]
fn rules_that_the_table_cannot_say_fail_the_build() {
    let rule = |text: &str| text.to_owned();
    assert_eq!(refusal("a.*.b"), ListError::InnerWildcard { line: 4, rule: rule("a.*.b") });
    assert_eq!(refusal("*"), ListError::InnerWildcard { line: 4, rule: rule("*") });
    assert_eq!(refusal("!com"), ListError::ShortException { line: 4, rule: rule("!com") });
    assert_eq!(read("com"), Err(ListError::NoSection { line: 1, rule: rule("com") }));
    assert_eq!(read("// VERSION: v\n"), Err(ListError::Unnamed("COMMIT")));
}

#[test]
fn a_name_listed_twice_fails_the_build() {
    for (icann, private) in
        [("a.b\na.b", ""), ("*.b\n*.b", ""), ("a.b\n!a.b", ""), ("!a.b\na.b", ""), ("a.b\n", "a.b")]
    {
        let error = compile(&read(&raw(icann, private)).unwrap().rules).unwrap_err();
        assert!(matches!(error, TableError::Twice { .. }), "{error}");
    }
    let both = read(&raw("b\n*.b", "")).unwrap();
    assert!(compile(&both.rules).is_ok());
}
