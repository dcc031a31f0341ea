//! How it is counted, as a page shows it: the rule's parts in their order, as keys and numbers. The words are in `_locales`.

mod attribution;
mod known_gap;

use serde::Serialize;

use self::attribution::ATTRIBUTIONS;
pub use self::attribution::AttributionRule;
pub use self::known_gap::{Effect, GapGroup, GapRow, KnownGap};
use crate::error_code::{self, ErrorCode};
use crate::outcome::Outcome;
use crate::suffix;
use crate::version::{FORMAT_VERSION, METHOD_VERSION};

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MethodView {
    /// The parts, in the order in which they are read.
    pub sections: &'static [Section],
    /// The words that the rule is made of, each by those before it.
    pub terms: &'static [Term],
    /// The rule at work.
    pub examples: &'static [Example],
    /// What can become of a request, and whether it counts.
    pub outcomes: Vec<OutcomeRow>,
    /// How an error becomes an outcome, the first that applies.
    pub error_rules: &'static [ErrorRule],
    /// The browsers' error codes, those that tell and those that are known not to.
    pub errors: Vec<ErrorCode>,
    /// Which page a request belongs to.
    pub attributions: &'static [AttributionRule],
    /// What the numbers do not hold, or hold wrongly.
    pub gaps: &'static [GapRow],
    /// Of what this is.
    pub versions: Vec<VersionRow>,
}

/// A part of the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Section {
    /// [`MethodView::terms`] and [`MethodView::examples`].
    Terms,
    /// [`MethodView::outcomes`].
    Outcomes,
    /// [`MethodView::attributions`].
    Attribution,
    /// [`MethodView::gaps`].
    Gaps,
    /// [`MethodView::error_rules`] and [`MethodView::errors`].
    Errors,
    /// [`MethodView::versions`].
    Versions,
}

const SECTIONS: &[Section] = &[
    Section::Terms,
    Section::Outcomes,
    Section::Attribution,
    Section::Gaps,
    Section::Errors,
    Section::Versions,
];

/// A word with a meaning of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Term {
    /// See [`crate::host`].
    Host,
    /// See [`suffix`].
    PublicSuffix,
    /// See [`crate::site`].
    Site,
    /// See [`crate::visit`].
    Visit,
    /// The site of a visit.
    FirstParty,
    /// A host of another site.
    ThirdParty,
    /// See [`Outcome::is_contact`].
    Contacted,
    /// Hosts, domains and requests: what a figure counts.
    Levels,
}

const TERMS: &[Term] = &[
    Term::Host,
    Term::PublicSuffix,
    Term::Site,
    Term::Visit,
    Term::FirstParty,
    Term::ThirdParty,
    Term::Contacted,
    Term::Levels,
];

/// A page that asks a host for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Example {
    /// The page's host.
    pub page: &'static str,
    /// The host that is asked.
    pub host: &'static str,
    /// The domain of that host.
    pub domain: &'static str,
    /// Whether it is a third party to the page.
    pub third_party: bool,
    /// Why.
    pub reason: ExampleReason,
}

/// Why a host is a third party, or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ExampleReason {
    /// One site has many hosts.
    SameSite,
    /// Who owns a name does not matter.
    OtherName,
    /// A public suffix of a registry.
    RegistrySuffix,
    /// A public suffix of a company.
    CompanySuffix,
    /// Where a name leads does not matter.
    Cloaked,
    /// An address stands for itself.
    Address,
}

const EXAMPLES: &[Example] = {
    const fn example(
        page: &'static str,
        host: &'static str,
        domain: &'static str,
        third_party: bool,
        reason: ExampleReason,
    ) -> Example {
        Example { page, host, domain, third_party, reason }
    }
    &[
        example("www.bbc.co.uk", "static.bbc.co.uk", "bbc.co.uk", false, ExampleReason::SameSite),
        example("www.lemonde.fr", "img.lemde.fr", "lemde.fr", true, ExampleReason::OtherName),
        example(
            "www.service-public.gouv.fr",
            "stats.data.gouv.fr",
            "data.gouv.fr",
            true,
            ExampleReason::RegistrySuffix,
        ),
        example("alice.github.io", "bob.github.io", "bob.github.io", true, ExampleReason::CompanySuffix),
        example("www.fnac.com", "metrics.fnac.com", "fnac.com", false, ExampleReason::Cloaked),
        example("192.168.1.1", "192.168.1.2", "192.168.1.2", true, ExampleReason::Address),
    ]
};

/// What can become of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OutcomeRow {
    /// Its end.
    pub outcome: Outcome,
    /// Whether it counts as a contact.
    pub contact: bool,
}

/// How an error becomes an outcome. See [`error_code::outcome_of`], which does so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ErrorRule {
    /// An answer had begun to come: the shell tells so before it asks for the code.
    Answered,
    /// The browser names the address that it was connected to.
    Connected,
    /// The code is in the table.
    Listed,
    /// Firefox gives words in place of a code.
    Sentence,
    /// It is neither.
    Other,
}

const ERROR_RULES: &[ErrorRule] =
    &[ErrorRule::Answered, ErrorRule::Connected, ErrorRule::Listed, ErrorRule::Sentence, ErrorRule::Other];

/// One version that decides what is counted, or how it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct VersionRow {
    /// Of what.
    pub kind: VersionKind,
    /// The version.
    pub version: String,
}

/// What has a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum VersionKind {
    /// The rule itself: [`METHOD_VERSION`].
    Rule,
    /// The export's format: [`FORMAT_VERSION`].
    Format,
    /// Tiers.
    Tiers,
    /// The commit of its sources.
    Commit,
    /// The public suffix list, by the day and time of its publication: [`suffix::LIST_VERSION`].
    List,
    /// What the list's file can be told by: [`suffix::LIST_SHA256`].
    ListDigest,
}

/// How it is counted. `commit` is the one of the program that says so; empty where its build did not know it.
#[must_use]
pub fn method(commit: &str) -> MethodView {
    let versions = [
        (VersionKind::Rule, METHOD_VERSION),
        (VersionKind::Format, FORMAT_VERSION),
        (VersionKind::Tiers, env!("CARGO_PKG_VERSION")),
        (VersionKind::Commit, commit),
        (VersionKind::List, suffix::LIST_VERSION),
        (VersionKind::ListDigest, suffix::LIST_SHA256),
    ];
    MethodView {
        sections: SECTIONS,
        terms: TERMS,
        examples: EXAMPLES,
        outcomes: Outcome::ALL.map(|outcome| OutcomeRow { outcome, contact: outcome.is_contact() }).to_vec(),
        error_rules: ERROR_RULES,
        errors: error_code::table().collect(),
        attributions: ATTRIBUTIONS,
        gaps: known_gap::GAPS,
        versions: versions
            .into_iter()
            .filter(|(_, version)| !version.is_empty())
            .map(|(kind, version)| VersionRow { kind, version: version.to_owned() })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host_table::HostTable;
    use crate::outcome::OutcomeCounts;

    #[test]
    fn the_examples_are_what_the_core_decides() {
        let mut hosts = HostTable::default();
        for Example { page, host, domain, third_party, .. } in EXAMPLES {
            let (first, asked) = (hosts.id(page), hosts.id(host));
            assert_eq!(hosts.domain(asked), *domain, "{host}");
            assert_eq!(hosts.site(asked) != hosts.site(first), *third_party, "{page} asks {host}");
        }
    }

    #[test]
    fn an_outcome_is_a_contact_here_where_it_is_counted_as_one() {
        for OutcomeRow { outcome, contact } in method("").outcomes {
            let mut counts = OutcomeCounts::default();
            counts.add(outcome);
            assert_eq!(counts.contacted() == 1, contact, "{outcome:?}");
        }
    }

    #[test]
    fn a_commit_that_is_not_known_is_no_version() {
        let kinds = |commit| method(commit).versions.into_iter().map(|row| row.kind).collect::<Vec<_>>();
        assert!(kinds("abc").contains(&VersionKind::Commit));
        assert!(!kinds("").contains(&VersionKind::Commit));
    }
}
