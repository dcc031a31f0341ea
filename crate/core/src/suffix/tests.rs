//! Small lists, compiled and asked: what the published list does not show today, and what the compiler turns down.

use super::{Section, Suffix, format, suffix_in};

#[path = "../../build/suffix_pairs.rs"]
mod suffix_pairs;
#[path = "../../build/suffix_rules.rs"]
mod suffix_rules;
#[path = "../../build/suffix_table.rs"]
mod suffix_table;

use suffix_rules::{Kind, ListError, Rule, read};
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

/// More labels than a group keeps together, among them beginnings of others and long ones that begin alike.
fn crowd() -> Vec<String> {
    let mut labels: Vec<String> = (0..120).map(|number| format!("crowded-label-{number}")).collect();
    labels.extend((0..120).map(|number| format!("s{number:b}")));
    labels.extend(["s", "c", "crowded-label-", "t", "tt"].map(str::to_owned));
    labels
}

#[test]
fn a_crowd_of_labels_that_begin_alike_is_told_apart() {
    let rules: Vec<String> =
        crowd().iter().flat_map(|label| [format!("{label}.a"), format!("x.{label}.a")]).collect();
    let table = compile(&read(&raw(&rules.join("\n"), "")).unwrap().rules).unwrap();
    for rule in &rules {
        assert_eq!(suffix_in(&table, rule).start, 0, "{rule}");
        assert_eq!(suffix_in(&table, &format!("y.{rule}")).start, 2, "{rule}");
    }
    for label in
        ["s2", "s1111111", "cr", "crowded-label", "crowded-label-120", "crowded-label-11x", "ttt", "z"]
    {
        assert_eq!(suffix_in(&table, &format!("x.{label}.a")).start, label.len() + 3, "{label}");
    }
}

#[test]
fn a_group_far_behind_the_place_before_it_is_found() {
    let rules: Vec<String> = (0..1_000).map(|number| format!("g{number}.n{number:03}.example")).collect();
    let table = compile(&read(&raw(&rules.join("\n"), "")).unwrap().rules).unwrap();
    for (number, rule) in rules.iter().enumerate() {
        assert_eq!(suffix_in(&table, rule).start, 0, "{rule}");
        assert_eq!(suffix_in(&table, &format!("g1000.n{number:03}.example")).start, 11);
    }
}

#[test]
fn a_damaged_table_is_answered_by_the_default_rule_or_by_what_is_left_of_it() {
    let few = raw("com\nco.uk\n*.ck\n!www.ck", "github.io");
    let many = raw(&crowd().join("\n"), "crowded-label-1.s1");
    for list in [few, many] {
        let table = compile(&read(&list).unwrap().rules).unwrap();
        for host in ["example.com", "example.co.uk", "www.ck", "alice.github.io", "x.crowded-label-1.s1"] {
            for end in 0..table.len() {
                let suffix = suffix_in(&table[..end], host);
                assert!(suffix.start <= host.rfind('.').unwrap() + 1);
            }
            for index in 0..table.len() {
                for damage in [0xff, 0x80, 0x20, 1] {
                    let mut damaged = table.clone();
                    damaged[index] ^= damage;
                    assert!(suffix_in(&damaged, host).start <= host.len());
                }
            }
        }
    }
}

#[test]
fn a_damaged_table_whose_entries_lead_in_a_circle_is_left() {
    // Groups 0 and 16 have one entry: an empty text with which all labels begin, their rests being in group 16.
    let shapes = [format::BEGINNING | format::CHILDREN; format::SHAPES];
    let [low, high, ..] = (format::PLACES + 2 * format::PLACE_BYTES).to_le_bytes();
    let places = [low, high, 15, 0].repeat(2);
    let table = [&shapes, [0; 2 * format::END as usize].as_slice(), &places, &[format::END]].concat();
    assert_eq!(suffix_in(&table, "www.example.com").start, 12);
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

/// What the compiler says of rules that it cannot pack.
fn unpackable(rules: &[Rule]) -> TableError {
    compile(rules).unwrap_err()
}

#[test]
fn more_shapes_than_the_layout_tells_apart_fail_the_build() {
    let mut sections = [vec![], vec![]];
    for number in 0..18 {
        let (rule, wildcard, children) = (number % 3, number / 3 % 3, number / 9);
        if rule > 0 {
            sections[rule - 1].push(format!("n{number}.example"));
        }
        if wildcard > 0 {
            sections[wildcard - 1].push(format!("*.n{number}.example"));
        }
        if children > 0 {
            sections[0].push(format!("child.n{number}.example"));
        }
    }
    let [icann, private] = sections.map(|rules| rules.join("\n"));
    let error = unpackable(&read(&raw(&icann, &private)).unwrap().rules);
    assert_eq!(error.to_string(), "the layout has no room for 17 shapes");
}

#[test]
fn more_bytes_than_a_place_can_tell_fail_the_build() {
    let rules: Vec<String> = (0..20_000).map(|number| format!("a.n{number}")).collect();
    let error = unpackable(&read(&raw(&rules.join("\n"), "")).unwrap().rules);
    assert!(matches!(error, TableError::Room { what: "bytes", count: 65_536.. }), "{error}");
}

#[test]
fn a_label_that_is_not_ascii_fails_the_build() {
    let rule = |label: &str| Rule {
        line: 1,
        labels: vec![label.to_owned()],
        kind: Kind::Normal,
        section: Section::Icann,
    };
    assert_eq!(unpackable(&[rule("straße")]), TableError::Character("straße".to_owned()));
    assert_eq!(unpackable(&[rule("nul\0")]), TableError::Character("nul\0".to_owned()));
    assert!(compile(&[rule("a_~!\u{7f}")]).is_ok());
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
