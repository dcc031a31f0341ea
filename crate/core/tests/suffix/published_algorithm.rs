//! The algorithm as publicsuffix.org publishes it, word for word and slow; and hosts made from the list's own rules.

use std::collections::{BTreeSet, HashMap};

use tiers_core::suffix::Section;

const RAW_LIST: &str = include_str!("../../data/public_suffix_list.dat");

/// A rule of the list.
pub struct Rule {
    pub section: Section,
    pub exception: bool,
    /// In punycode, from the last to the first; `*` matches any label.
    pub labels: Vec<String>,
}

impl Rule {
    pub fn is_wildcard(&self) -> bool {
        self.labels.last().is_some_and(|label| label == "*")
    }

    /// The rule as the list spells it, in punycode.
    pub fn spelling(&self) -> String {
        let labels: Vec<&str> = self.labels.iter().rev().map(String::as_str).collect();
        format!("{}{}", if self.exception { "!" } else { "" }, labels.join("."))
    }

    /// The rule without `!` or `*.`.
    pub fn name(&self) -> String {
        self.spelling().trim_start_matches('!').trim_start_matches("*.").to_owned()
    }
}

/// What the algorithm finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub suffix: String,
    /// Section of the prevailing rule; `None`: the default rule `*` prevails.
    pub section: Option<Section>,
}

/// The rules, by their last label: no rule for `.fr` can match a host under `.com`, nothing else is clever here.
pub struct PublishedAlgorithm {
    pub by_last_label: HashMap<String, Vec<Rule>>,
}

impl PublishedAlgorithm {
    /// Reads the raw list.
    pub fn new() -> Self {
        let mut by_last_label: HashMap<String, Vec<Rule>> = HashMap::new();
        let mut section = Section::Icann;
        for line in RAW_LIST.lines() {
            if line.contains("===BEGIN PRIVATE DOMAINS===") {
                section = Section::Private;
            }
            let Some(rule) = line.split_whitespace().next().filter(|word| !word.starts_with("//")) else {
                continue;
            };
            let name = rule.trim_start_matches('!');
            let labels: Vec<String> = name.split('.').rev().map(ascii).collect();
            let rule = Rule { section, exception: rule.starts_with('!'), labels };
            by_last_label.entry(rule.labels[0].clone()).or_default().push(rule);
        }
        Self { by_last_label }
    }

    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.by_last_label.values().flatten()
    }

    /// The public suffix of a host, by the rules of both sections or of one alone.
    pub fn suffix(&self, host: &str, only: Option<Section>) -> Answer {
        let labels: Vec<&str> = host.split('.').rev().collect();
        // "Match domain against all rules and take note of the matching ones."
        let matching = self.by_last_label.get(labels[0]).into_iter().flatten().filter(|rule| {
            only.is_none_or(|section| section == rule.section)
                && rule.labels.len() <= labels.len()
                && rule
                    .labels
                    .iter()
                    .zip(&labels)
                    .all(|(of_rule, of_host)| of_rule == "*" || of_rule == of_host)
        });
        // "If more than one rule matches, the prevailing rule is the one which is an exception rule. If there is no
        // matching exception rule, the prevailing rule is the one with the most labels." A rule and a wildcard of as
        // many labels find the same suffix; the rule's section is told.
        let prevailing = matching.max_by_key(|rule| (rule.exception, rule.labels.len(), !rule.is_wildcard()));
        // "If no rules match, the prevailing rule is '*'." "If the prevailing rule is an exception rule, modify it by
        // removing the leftmost label."
        let count = prevailing.map_or(1, |rule| rule.labels.len() - usize::from(rule.exception));
        let mut suffix: Vec<&str> = labels[..count].to_vec();
        suffix.reverse();
        Answer { suffix: suffix.join("."), section: prevailing.map(|rule| rule.section) }
    }

    /// Hosts around every rule: the rule, its parents, names under it, its wildcard's instances, and names that only
    /// look like it.
    pub fn hosts(&self) -> BTreeSet<String> {
        let mut hosts = BTreeSet::new();
        for rule in self.rules() {
            let name = rule.name();
            let mut parent = name.as_str();
            while let Some((_, above)) = parent.split_once('.') {
                hosts.insert(above.to_owned());
                hosts.insert(format!("unlisted-sibling.{above}"));
                parent = above;
            }
            hosts.insert(format!("x{name}"));
            hosts.insert(format!("www.example.{name}"));
            hosts.insert(format!("example.{name}"));
            if rule.is_wildcard() {
                hosts.insert(format!("a.b.c.{name}"));
            }
            hosts.insert(name);
        }
        hosts
    }
}

/// A label in punycode.
fn ascii(label: &str) -> String {
    if label == "*" {
        label.to_owned()
    } else {
        idna::domain_to_ascii(label).expect("the list's labels are valid")
    }
}
