//! What a screen shows of a period: its totals, its days, its sites and third parties, page by page. Numbers and keys, never prose.

use serde::{Deserialize, Serialize};

use crate::day::{Day, UtcOffset};
use crate::outcome::OutcomeCounts;
use crate::record::Gap;
use crate::time::Millis;
use crate::view::UnreadableVisits;

/// The totals of a period.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SummaryView {
    /// Pages visited.
    pub visits: u32,
    /// Distinct sites visited.
    pub sites: u32,
    /// Distinct third-party domains contacted.
    pub domains: u32,
    /// Requests to third parties that left the browser.
    pub requests: u32,
    /// Visits whose count may be incomplete.
    pub incomplete: u32,
    /// Third-party domains a visit.
    pub domains_a_visit: Spread,
    /// Requests to third parties that left, a visit; what a site's workers asked for is of none.
    pub requests_a_visit: Spread,
    /// What became of all requests to third parties.
    pub outcomes: OutcomeCounts,
    /// Visits that are stored and in none of these numbers.
    pub unreadable: UnreadableVisits,
    /// The first and the last day of the period on which there is something; none where there is nothing.
    pub days: Option<(Day, Day)>,
}

/// How a figure is spread over the visits; 0 where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Spread {
    /// The sum over the number of visits.
    pub mean: f64,
    /// Half of the visits have no more; between two, their mean.
    pub median: f64,
}

/// One day of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DayRow {
    /// The day.
    pub day: Day,
    /// Pages visited.
    pub visits: u32,
    /// Distinct sites visited.
    pub sites: u32,
    /// Distinct third-party domains contacted.
    pub domains: u32,
    /// Requests to third parties that left the browser.
    pub requests: u32,
    /// Visits whose count may be incomplete.
    pub incomplete: u32,
}

/// One site of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SiteRow {
    /// The first party.
    pub site: String,
    /// The first party as people write it.
    pub text: String,
    /// Pages visited.
    pub visits: u32,
    /// Distinct third-party domains contacted.
    pub domains: u32,
    /// Requests to third parties that left the browser.
    pub requests: u32,
    /// Visits whose count may be incomplete.
    pub incomplete: u32,
    /// When the last visit, or the last record of the site's workers, began.
    pub last_at_ms: Millis,
}

/// One third party of a period, on all sites.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ThirdPartyRow {
    /// The domain.
    pub domain: String,
    /// The domain as people write it.
    pub text: String,
    /// On how many sites it was contacted, by pages or by workers.
    pub sites: u32,
    /// Its reach: on how many of the sites that were visited. A worker can ask without a visit.
    pub visited_sites: u32,
    /// By how much that share is greater than in the period that this one is compared with, from -1 to 1; none where there is none, or
    /// no site was visited in one of them.
    pub change: Option<f64>,
    /// Whether it was contacted on no stored day before the period; never where that is compared with none.
    pub is_new: bool,
    /// How often the site of this name was visited itself: where a visit is not a page's doing.
    pub own_visits: u32,
    /// In how many visits it was contacted.
    pub visits: u32,
    /// Requests that left the browser for it.
    pub requests: u32,
    /// The first day of the period on which it was contacted.
    pub first_day: Day,
    /// The last one.
    pub last_day: Day,
}

/// One third party on one site in a period, seen from one of them: it names the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ContactRow {
    /// The domain, or the site.
    pub name: String,
    /// The same as people write it.
    pub text: String,
    /// In how many visits of the site the domain was contacted.
    pub visits: u32,
    /// Requests that left the browser for it.
    pub requests: u32,
    /// The first day of the period on which it was contacted there.
    pub first_day: Day,
    /// The last one.
    pub last_day: Day,
}

/// One visit of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct VisitRow {
    /// Its `id`, as in the export.
    pub id: String,
    /// Its day.
    pub day: Day,
    /// The first party.
    pub site: String,
    /// The first party as people write it.
    pub text: String,
    /// When it began.
    pub started_at_ms: Millis,
    /// How far the user's clock was ahead of UTC then.
    pub utc_offset: UtcOffset,
    /// When it ended; none while it goes on.
    pub ended_at_ms: Option<Millis>,
    /// Distinct third-party domains contacted.
    pub domains: u32,
    /// Requests to third parties that left the browser.
    pub requests: u32,
    /// Why its count may be incomplete; empty where it is complete.
    pub gaps: Vec<Gap>,
}

/// The visits of one day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct VisitRows {
    /// The last first.
    pub rows: Vec<VisitRow>,
    /// Those that cannot be read.
    pub unreadable: UnreadableVisits,
}

/// One page of the rows that were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Page<Row> {
    /// How many rows there are on all pages.
    pub total: u32,
    /// The rows of this page.
    pub rows: Vec<Row>,
}

/// Which rows are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RowQuery {
    /// What their name holds; empty: all.
    pub search: String,
    /// By what they are sorted.
    pub sort: SortKey,
    /// Last to first.
    pub back: bool,
    /// How many rows come before the page.
    pub offset: u32,
    /// How many rows the page has at most.
    pub limit: u32,
}

/// By what rows are sorted: names from A, numbers and times from the greatest. What is equal is in the order of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SortKey {
    /// The name as people write it.
    Name,
    /// Of a site: distinct third-party domains.
    Domains,
    /// Of a third party: its reach.
    Sites,
    /// Of a third party: how its reach has changed.
    Change,
    /// Pages visited.
    Visits,
    /// Of a third party: how often its own site was visited.
    OwnVisits,
    /// Requests that left.
    #[default]
    Requests,
    /// The last visit, or the last day.
    Last,
}
