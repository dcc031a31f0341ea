//! What a screen shows: numbers and keys, never prose. The popup's view; a badge; the rows of a domain's requests.

use serde::{Deserialize, Serialize};

use crate::host::HostKind;
use crate::outcome::{Outcome, OutcomeCounts};
use crate::record::{Gap, RecordError, Step};
use crate::time::Millis;

/// All that the popup shows of one tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PopupView {
    /// Whether the user paused the counting.
    pub paused: bool,
    /// What is in the tab.
    pub page: TabView,
}

/// What is in a tab, as far as counting goes.
#[allow(clippy::large_enum_variant, reason = "one view at a time, serialised at once")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TabView {
    /// A page that is counted.
    Page(PageView),
    /// A page of the browser, of an extension, a file: nothing to count.
    Nothing {
        /// The scheme of its address, without the colon (`about`, `chrome`, `file`, …).
        scheme: String,
    },
    /// No document of this tab has been seen: it was there before the counting began.
    Unseen,
    /// A page that is not counted any more: what was counted was deleted, or the counting was paused when it began.
    Uncounted,
    /// A page whose site the user excluded.
    Excluded {
        /// The site.
        site: String,
        /// The site as people write it.
        site_text: String,
    },
}

/// One counted page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PageView {
    /// The visit's identifier, as in the export.
    pub visit_id: String,
    /// The first party.
    pub site: String,
    /// The first party as people write it: Unicode where that is safe, no trailing dot.
    pub site_text: String,
    /// The host of the page.
    pub host: String,
    /// The scheme of the page, without the colon.
    pub scheme: String,
    /// When the page was committed.
    pub started_at_ms: Millis,
    /// A private window: in memory only, never stored.
    pub private: bool,
    /// Why the count may be incomplete; empty where it is complete.
    pub gaps: Vec<Gap>,
    /// Third parties contacted: the numbers at the top.
    pub totals: Totals,
    /// What became of all requests to third parties.
    pub outcomes: OutcomeCounts,
    /// Requests to third parties that left the browser, by type, most first.
    pub types: Vec<TypeCount>,
    /// Every third-party domain that was asked for, most requests that left first, then by name.
    pub domains: Vec<DomainView>,
    /// The redirects that led to the page, in order.
    pub hops: Vec<HopView>,
}

/// Third parties contacted, at the three levels that are never mixed (owners come with their data).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Domains with at least one request that left. The badge.
    pub domains: u32,
    /// Hosts with at least one request that left.
    pub hosts: u32,
    /// Requests that left.
    pub requests: u32,
}

/// Requests of one type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TypeCount {
    /// The type, as the browser names it.
    #[serde(rename = "type")]
    pub request_type: String,
    /// How many left the browser.
    pub requests: u32,
}

/// One third-party domain of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DomainView {
    /// The domain (registrable domain, site).
    pub domain: String,
    /// The domain as people write it.
    pub text: String,
    /// The domain under the list's ICANN section alone, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub icann_domain: Option<String>,
    /// Whether a request left the browser for it. A domain that was only blocked, cached or failed is shown, not counted.
    pub contacted: bool,
    /// Requests that left.
    pub requests: u32,
    /// What became of all requests.
    pub outcomes: OutcomeCounts,
    /// Requests that left, by type, most first.
    pub types: Vec<TypeCount>,
    /// Its hosts, most requests that left first.
    pub hosts: Vec<HostView>,
    /// How the first request came about, outermost first; empty where the page itself asked.
    pub brought_by: Vec<Step>,
    /// Asked for with no page named, at least once: the browser tells only the site, as of a service worker.
    pub by_site: bool,
    /// When the first request began.
    pub first_at_ms: Millis,
    /// When the last request began.
    pub last_at_ms: Millis,
}

/// One host of a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HostView {
    /// The host.
    pub host: String,
    /// The host as people write it.
    pub text: String,
    /// A name, an address, a special-use name.
    pub kind: HostKind,
    /// Requests that left.
    pub requests: u32,
    /// What became of all requests.
    pub outcomes: OutcomeCounts,
}

/// A host that the navigation passed through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HopView {
    /// The host.
    pub host: String,
    /// The host as people write it.
    pub text: String,
}

/// One of a domain's last requests. The shell adds the URL, which it keeps in memory and the core never sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RequestView {
    /// The number that the core gave the request; the shell knows its URL by it.
    pub number: u32,
    /// The host that was asked.
    pub host: String,
    /// The type, as the browser names it.
    #[serde(rename = "type")]
    pub request_type: String,
    /// When it began.
    pub at_ms: Millis,
    /// What became of it.
    pub outcome: Outcome,
}

/// What a tab's badge shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BadgeView {
    /// The browser's number of the tab.
    pub tab_id: i32,
    /// Third-party domains contacted; none where there is nothing to count.
    pub domains: Option<u32>,
    /// The count is known to be incomplete.
    pub incomplete: bool,
}

/// Stored visits that cannot be read, by the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UnreadableVisits {
    /// Their bytes do not hold a visit.
    pub damaged: u32,
    /// A later version of Tiers stored them.
    pub later_version: u32,
}

impl UnreadableVisits {
    /// Counts so many more, which could not be read for this reason.
    pub const fn add(&mut self, visits: u32, reason: &RecordError) {
        let count = match reason {
            RecordError::Version { .. } => &mut self.later_version,
            RecordError::Damaged { .. } | RecordError::NotKept => &mut self.damaged,
        };
        *count = count.saturating_add(visits);
    }

    /// Counts others, too.
    pub const fn absorb(&mut self, other: Self) {
        self.damaged = self.damaged.saturating_add(other.damaged);
        self.later_version = self.later_version.saturating_add(other.later_version);
    }

    /// All of them.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.damaged.saturating_add(self.later_version)
    }
}
