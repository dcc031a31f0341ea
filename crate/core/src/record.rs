//! The shapes that are stored: visits with their contacts, and the user's settings.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::bytes::BytesError;
use crate::day::{Day, UtcOffset};
use crate::host::HostKind;
use crate::live::live_enum;
use crate::outcome::OutcomeCounts;
use crate::time::Millis;

/// The version of packed visits that this core writes and reads: the first byte of [`StoredVisit::bytes`] and of a closed day's. Bytes of a
/// later version are refused, never guessed at.
pub const VISIT_RECORD_VERSION: u8 = 3;

/// Why a stored visit, or a day of them, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecordError {
    /// It was stored by a later version.
    #[error("a record is of version {found}, which a later version of Tiers wrote")]
    Version {
        /// Its version.
        found: u8,
    },
    /// A day that was packed does not hold what it was packed of. Nothing is to be put in the place of what is stored.
    #[error("a day does not hold the visits that it was packed of")]
    NotKept,
    /// Its bytes do not hold what they should.
    #[error("a record cannot be read: {detail}")]
    Damaged {
        /// What is wrong.
        detail: String,
    },
}

impl From<BytesError> for RecordError {
    fn from(error: BytesError) -> Self {
        match error {
            BytesError::Version { found } if found > VISIT_RECORD_VERSION => Self::Version { found },
            BytesError::Version { found } => {
                Self::Damaged { detail: format!("no version {found} was ever released") }
            }
            BytesError::Damaged { detail } => Self::Damaged { detail },
        }
    }
}

/// A visit as the store holds it: what the store finds it by, and the visit itself as bytes that only the core reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StoredVisit {
    /// See [`VisitRecord::id`].
    pub id: String,
    /// See [`VisitRecord::site`].
    pub site: String,
    /// See [`VisitRecord::day`].
    pub day: Day,
    /// The version, then the [`VisitRecord`]: a pack of one.
    #[serde(with = "serde_bytes")]
    #[cfg_attr(feature = "types", ts(type = "Uint8Array"))]
    pub bytes: Vec<u8>,
}

/// A visit's identifier, from the name of its browser session and its number there.
pub(crate) fn visit_id(session: &str, number: u64) -> String {
    let mut id = String::with_capacity(session.len() + 11);
    id.push_str(session);
    id.push('-');
    push_decimal(&mut id, number);
    id
}

/// Writes a number as `format!` would, which is much to compile for a background that wakes.
fn push_decimal(to: &mut String, number: u64) {
    if number > 9 {
        push_decimal(to, number / 10);
    }
    to.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or_default()));
}

impl VisitRecord {
    /// The day on which it began, by the user's clock.
    #[must_use]
    pub const fn day(&self) -> Day {
        Day::of(self.started_at_ms, self.utc_offset)
    }

    /// The visit as it is once nobody holds it any more. Where its end was lost, with the live state that knew of it, it ended when it was
    /// last heard of, as far as is known, and may have asked for more.
    #[must_use]
    pub fn over(mut self) -> Self {
        if self.ended_at_ms.is_none() || self.end_reason.is_none() {
            let last = self.contacts.iter().map(|contact| contact.last_at_ms).max();
            let end = self.end(last.unwrap_or_default(), EndReason::SessionEnded);
            self.add_gap(GapReason::BackgroundRestarted, end);
        }
        self
    }

    /// It ended at a moment: not before it began, where the clock was set back meanwhile. Returns when it ended.
    pub(crate) fn end(&mut self, at: Millis, reason: EndReason) -> Millis {
        let at = at.max(self.started_at_ms);
        self.ended_at_ms = Some(at);
        self.end_reason = Some(reason);
        at
    }

    /// Adds a reason why the count may be incomplete; each reason once, the first time counts.
    pub(crate) fn add_gap(&mut self, reason: GapReason, since_ms: Millis) {
        Gap { reason, since_ms }.add_to(&mut self.gaps);
    }

    /// Whether an answer has not come yet.
    pub(crate) fn is_waiting(&self) -> bool {
        self.contacts.iter().any(|contact| contact.outcomes().pending > 0)
    }
}

/// One visit: one record a visit, put by `id`, so that storing it again changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRecord {
    /// Unique for ever: the browser session's identifier, a dash, the visit's number in that session.
    pub id: String,
    /// A page that was looked at, or what a site did with no page named.
    pub kind: VisitKind,
    /// First party: the site of the outermost document; for a background record, of who asks.
    pub site: String,
    /// The host of the outermost document.
    pub host: String,
    /// The scheme of the outermost document, without the colon.
    pub scheme: String,
    /// When the outermost document was committed.
    pub started_at_ms: Millis,
    /// How far the user's clock was ahead of UTC then: it says of which day the visit is.
    pub utc_offset: UtcOffset,
    /// When the visit ended; none while it goes on.
    pub ended_at_ms: Option<Millis>,
    /// Why it ended; none while it goes on.
    pub end_reason: Option<EndReason>,
    /// Why the count may be incomplete, and since when. Empty: complete as far as the browser tells.
    pub gaps: Vec<Gap>,
    /// The hosts of the redirects that led here, in order; they are no contacts.
    pub hops: Vec<HopRecord>,
    /// What was asked for, by host.
    pub contacts: Vec<ContactRecord>,
}

/// A host that a navigation passed through before it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HopRecord {
    /// The host that answered with the redirect.
    pub host: String,
    /// Its site.
    pub domain: String,
}

/// What a visit's record stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitKind {
    /// A top-level document.
    Page,
    /// A site's requests that the browser ties to no document: of its service and shared workers, and what else it names no page for
    /// (Firefox 153: a WebTransport, a blank window that a page filled; Chromium 156: a prerendered page that is dropped, what is sent as
    /// a page goes, a worker's worker).
    Background,
}

/// Why a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum EndReason {
    /// Another document took its place in the tab.
    Navigated,
    /// Its tab was closed.
    TabClosed,
    /// The browser, or the extension, stopped; the end is the last moment that was stored.
    SessionEnded,
}

/// One reason why a visit's count may be too low.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// What happened.
    pub reason: GapReason,
    /// When it happened, or was noticed.
    pub since_ms: Millis,
}

impl Gap {
    /// Adds it to the gaps of a visit, unless its reason is among them: the first time counts.
    pub(crate) fn add_to(self, gaps: &mut Vec<Self>) {
        if gaps.iter().all(|gap| gap.reason != self.reason) {
            gaps.push(self);
        }
    }
}

/// What can make a count incomplete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum GapReason {
    /// The page was open before the counting began.
    OpenedBefore,
    /// The browser stopped the background, or ended itself, while the page was loading, asking for something or being left.
    BackgroundRestarted,
    /// The core failed and was started again.
    CoreRestarted,
    /// The user paused the counting.
    Paused,
    /// The browser did not let the extension see all sites: its user can take that back.
    AccessMissing,
}

/// What was asked of one host in one visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRecord {
    /// The host, as the URL parser serialises it.
    pub host: String,
    /// Its site (registrable domain) under the list's ICANN and private sections.
    pub domain: String,
    /// Its registrable domain under the ICANN section alone, where that differs from `domain`.
    pub icann_domain: Option<String>,
    /// A name, an address, a special-use name.
    pub host_kind: HostKind,
    /// Whether `domain` differs from the visit's site.
    pub third_party: bool,
    /// Counts by the browser's request type.
    pub tallies: Vec<TypeTally>,
    /// When the first request began.
    pub first_at_ms: Millis,
    /// When the last request began.
    pub last_at_ms: Millis,
    /// How the first request came about, outermost first; empty where the page itself asked.
    pub brought_by: Vec<Step>,
    /// How the browser tied its requests to the visit.
    pub attribution: Attribution,
}

/// How the browser tied requests to a visit: the least that it told of any of a contact's. The less, the later it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Attribution {
    /// It named the document.
    #[default]
    Document,
    /// It named the frame, and the document is the one that the frame showed at that moment.
    Frame,
}

live_enum!(Attribution { 0: Document, 1: Frame });

impl ContactRecord {
    /// The counts of all types together.
    #[must_use]
    pub fn outcomes(&self) -> OutcomeCounts {
        self.tallies.iter().map(|tally| &tally.outcomes).sum()
    }
}

/// Counts of one request type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeTally {
    /// The type, as the browser names it (`script`, `xmlhttprequest`, …).
    pub request_type: String,
    /// What became of the requests of this type.
    pub outcomes: OutcomeCounts,
}

/// One step between the page and a host that it did not ask for by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// A frame that asked, or a redirect that led on.
    pub kind: StepKind,
    /// The host of the frame's document, or the one that answered with the redirect.
    pub host: String,
}

/// What a step is: a frame's document, or a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum StepKind {
    /// A frame's document.
    Frame,
    /// A redirect.
    Redirect,
}

live_enum!(StepKind { 0: Frame, 1: Redirect });

/// What the user decided. Stored as one record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Nothing is counted while this is on.
    pub paused: bool,
    /// Sites whose visits are neither counted nor stored, in order of their names.
    pub excluded_sites: Vec<String>,
    /// For how many days visits are kept, today not counted; none: for ever. Their days' sums stay.
    pub keep_visits_days: Option<u32>,
    /// For how many days anything is kept of a day; none: for ever.
    pub keep_sums_days: Option<u32>,
}
