//! The known gaps: what the numbers do not hold, or hold wrongly, and which way they err by it.

use serde::Serialize;

use crate::error_code::Browser;

/// One known gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GapRow {
    /// Which.
    pub gap: KnownGap,
    /// Among which it stands.
    pub group: GapGroup,
    /// What it does to the numbers.
    pub effect: Effect,
    /// In which browser alone; none: in both.
    pub browser: Option<Browser>,
}

/// What the gaps of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum GapGroup {
    /// The browser does not tell it.
    Untold,
    /// The browser tells it without what would be needed.
    Unclear,
    /// Tiers leaves it out.
    LeftOut,
    /// The count itself says that it is incomplete.
    Marked,
}

/// What a gap does to the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Effect {
    /// They may be too low.
    TooLow,
    /// The number of requests may be too low; those of domains and hosts are right.
    FewerRequests,
    /// They may be too high.
    TooHigh,
    /// They may stand at another page.
    Elsewhere,
    /// The count is right; a figure that is shown beside it may not be.
    BesideTheCount,
    /// They are without it.
    NotCounted,
}

/// A known gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum KnownGap {
    /// DNS, connections in advance, WebRTC.
    NoRequest,
    /// Chromium 156 tells of no CORS preflight.
    Preflight,
    /// Chromium 156 does not tell a copy that a server confirmed from one that nobody was asked about.
    Confirmed,
    /// Chromium 156 tells of nothing that it asks for on an answer 103.
    EarlyHint,
    /// Chromium 156 tells of no report that the Reporting API sends.
    Report,
    /// A server hangs up, and the browser asks once more.
    AskedAgain,
    /// The memory cache, the page's own policy.
    NeverLeft,
    /// The browser's own business.
    BrowserOwn,
    /// Pages that extensions may not see.
    Protected,
    /// A first-party name that leads to a third party.
    Cloaked,
    /// What is known of the site alone shows on each of its pages. See `unnamed`.
    SiteOnly,
    /// What is broken off before an answer. See [`crate::error_code::UNTOLD`].
    Uncertain,
    /// Chromium 156 says `net::ERR_FAILED` or `net::ERR_BLOCKED_BY_RESPONSE`, whether or not a server answered.
    Withheld,
    /// A request whose end is never told.
    Endless,
    /// Somebody answers for a host, or a proxy stands before it.
    Substitute,
    /// What other extensions add to a page.
    OtherExtensions,
    /// A page that was loaded in advance and never shown.
    NeverShown,
    /// A page that Chromium 156 shows from what it fetched in advance. See `prerender`.
    FetchedAhead,
    /// Firefox 153 asks twice for what it does not get, and the shell takes both for one.
    AskedInVain,
    /// `about:blank`, files.
    NoHost,
    /// Private windows.
    Private,
    /// Sites that the user excluded.
    Excluded,
    /// What comes long after its page.
    Late,
    /// What was not stored yet when the background or the browser ended.
    LastSecond,
    /// [`crate::record::GapReason::OpenedBefore`]
    OpenedBefore,
    /// [`crate::record::GapReason::BackgroundRestarted`]
    BackgroundRestarted,
    /// [`crate::record::GapReason::CoreRestarted`]
    CoreRestarted,
    /// [`crate::record::GapReason::Paused`]
    Paused,
    /// [`crate::record::GapReason::AccessMissing`]
    AccessMissing,
}

const fn both(group: GapGroup, gap: KnownGap, effect: Effect) -> GapRow {
    GapRow { gap, group, effect, browser: None }
}

const fn only(browser: Browser, group: GapGroup, gap: KnownGap, effect: Effect) -> GapRow {
    GapRow { gap, group, effect, browser: Some(browser) }
}

/// All of them, group by group.
pub(super) const GAPS: &[GapRow] = &[
    both(GapGroup::Untold, KnownGap::NoRequest, Effect::TooLow),
    only(Browser::Chromium, GapGroup::Untold, KnownGap::Preflight, Effect::TooLow),
    only(Browser::Chromium, GapGroup::Untold, KnownGap::Confirmed, Effect::TooLow),
    only(Browser::Chromium, GapGroup::Untold, KnownGap::EarlyHint, Effect::TooLow),
    only(Browser::Chromium, GapGroup::Untold, KnownGap::Report, Effect::TooLow),
    both(GapGroup::Untold, KnownGap::AskedAgain, Effect::FewerRequests),
    both(GapGroup::Untold, KnownGap::NeverLeft, Effect::BesideTheCount),
    both(GapGroup::Untold, KnownGap::BrowserOwn, Effect::NotCounted),
    both(GapGroup::Untold, KnownGap::Protected, Effect::NotCounted),
    both(GapGroup::Unclear, KnownGap::Cloaked, Effect::TooLow),
    both(GapGroup::Unclear, KnownGap::SiteOnly, Effect::Elsewhere),
    both(GapGroup::Unclear, KnownGap::Uncertain, Effect::TooLow),
    only(Browser::Chromium, GapGroup::Unclear, KnownGap::Withheld, Effect::TooLow),
    both(GapGroup::Unclear, KnownGap::Endless, Effect::TooHigh),
    both(GapGroup::Unclear, KnownGap::Substitute, Effect::TooHigh),
    both(GapGroup::Unclear, KnownGap::OtherExtensions, Effect::TooHigh),
    only(Browser::Chromium, GapGroup::Unclear, KnownGap::NeverShown, Effect::TooHigh),
    only(Browser::Chromium, GapGroup::Unclear, KnownGap::FetchedAhead, Effect::BesideTheCount),
    only(Browser::Firefox, GapGroup::Unclear, KnownGap::AskedInVain, Effect::BesideTheCount),
    both(GapGroup::LeftOut, KnownGap::NoHost, Effect::NotCounted),
    both(GapGroup::LeftOut, KnownGap::Private, Effect::NotCounted),
    both(GapGroup::LeftOut, KnownGap::Excluded, Effect::NotCounted),
    both(GapGroup::LeftOut, KnownGap::Late, Effect::TooLow),
    both(GapGroup::LeftOut, KnownGap::LastSecond, Effect::TooLow),
    both(GapGroup::Marked, KnownGap::OpenedBefore, Effect::TooLow),
    both(GapGroup::Marked, KnownGap::BackgroundRestarted, Effect::TooLow),
    both(GapGroup::Marked, KnownGap::CoreRestarted, Effect::TooLow),
    both(GapGroup::Marked, KnownGap::Paused, Effect::TooLow),
    both(GapGroup::Marked, KnownGap::AccessMissing, Effect::TooLow),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::GapReason;

    #[test]
    fn no_gap_stands_twice_and_groups_are_not_torn() {
        let mut groups = Vec::new();
        for (place, row) in GAPS.iter().enumerate() {
            assert!(!GAPS[..place].iter().any(|before| before.gap == row.gap), "{row:?}");
            if groups.last() != Some(&row.group) {
                assert!(!groups.contains(&row.group), "{row:?}");
                groups.push(row.group);
            }
        }
    }

    /// By what a gap is called in both places, so that a new reason is a gap that the page names.
    #[test]
    fn every_reason_that_a_count_gives_for_itself_is_a_known_gap() {
        let gap_of = |reason| match reason {
            GapReason::OpenedBefore => KnownGap::OpenedBefore,
            GapReason::BackgroundRestarted => KnownGap::BackgroundRestarted,
            GapReason::CoreRestarted => KnownGap::CoreRestarted,
            GapReason::Paused => KnownGap::Paused,
            GapReason::AccessMissing => KnownGap::AccessMissing,
        };
        let reasons = [
            GapReason::OpenedBefore,
            GapReason::BackgroundRestarted,
            GapReason::CoreRestarted,
            GapReason::Paused,
            GapReason::AccessMissing,
        ];
        let marked = GAPS.iter().filter(|row| row.group == GapGroup::Marked).map(|row| row.gap);
        assert_eq!(marked.collect::<Vec<_>>(), reasons.map(gap_of));
    }
}
