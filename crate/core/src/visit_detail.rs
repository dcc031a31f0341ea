//! One stored visit in full: the page as the popup shows one, when it ended, and why.

use std::slice;

use serde::Serialize;

use crate::archive::Archive;
use crate::day::{Day, UtcOffset};
use crate::popup::page_view;
use crate::record::{EndReason, VisitKind, VisitRecord};
use crate::time::Millis;
use crate::view::{PageView, UnreadableVisits};

/// A visit that is looked for among those of its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SoughtVisit {
    /// The visit; none where it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub visit: Option<VisitDetail>,
    /// Visits of the day that cannot be read: it may be among them.
    pub unreadable: UnreadableVisits,
}

/// One visit of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct VisitDetail {
    /// Its day.
    pub day: Day,
    /// How far the user's clock was ahead of UTC when it began.
    pub utc_offset: UtcOffset,
    /// When it ended; none while it goes on.
    pub ended_at_ms: Option<Millis>,
    /// Why it ended; none while it goes on.
    pub end_reason: Option<EndReason>,
    /// What was counted. What workers of its site asked for, with no page named, is stored apart and not in it.
    pub page: PageView,
}

impl SoughtVisit {
    /// Looks for a page among the visits of its day.
    #[must_use]
    pub fn of(day: &Archive, id: &str) -> Self {
        let found = day.visits.iter().find(|visit| visit.kind == VisitKind::Page && visit.id == id);
        Self { visit: found.map(VisitDetail::of), unreadable: day.unreadable }
    }
}

impl VisitDetail {
    /// A stored visit.
    #[must_use]
    pub fn of(visit: &VisitRecord) -> Self {
        Self {
            day: visit.day(),
            utc_offset: visit.utc_offset,
            ended_at_ms: visit.ended_at_ms,
            end_reason: visit.end_reason,
            // Nothing of a private window is stored.
            page: page_view(slice::from_ref(visit), visit, false),
        }
    }
}
