//! How this life of the background began, and what of the one before is lost.

use crate::ledger::Ledger;
use crate::record::GapReason;
use crate::tab::Tabs;
use crate::time::Millis;
use crate::visit::VisitNumber;

/// Both browsers stop a background that has had nothing to do for 30 s. One that starts sooner after its last commit was killed.
const IDLE_MS: u64 = 25_000;

/// How soon a page comes after its answer, on a busy machine.
const COMES_WITHIN_MS: u64 = 2_000;

/// What there was before this core, in its browser session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Before {
    /// Nothing: pages that are open were there before the counting.
    #[default]
    Nothing,
    /// A background that made a commit, or could not.
    Background,
    /// A background that died before it had tried.
    DeadStart,
    /// A core of this same background, which has made a commit: the background has not stopped since.
    Core,
}

/// How this life began.
#[derive(Debug, Default)]
pub struct Start {
    before: Before,
    /// When.
    at: Millis,
    /// When what is taken up was stored.
    stored_at: Millis,
    /// The background before was killed, not stopped for being idle: what was on its way then is lost.
    was_killed: bool,
    /// The tabs that were open before, until it is known which of them still are.
    tabs: Vec<i32>,
}

impl Start {
    /// Nothing of the past is known yet.
    pub fn new(before: Before, at: Millis) -> Self {
        Self { before, at, ..Self::default() }
    }

    /// The live state is taken up that was stored at a moment, with these tabs.
    pub fn take_up(&mut self, stored_at: Millis, tabs: &Tabs) {
        self.stored_at = stored_at;
        self.was_killed = self.before != Before::Core && self.at.since(stored_at) < IDLE_MS;
        self.tabs = tabs.iter().map(|(tab_id, _)| tab_id).collect();
    }

    /// When this life began.
    pub fn at(&self) -> Millis {
        self.at
    }

    /// Whether this browser session had a background before.
    pub fn is_resumed(&self) -> bool {
        self.before != Before::Nothing
    }

    /// Whether the background stopped in between.
    pub fn was_stopped(&self) -> bool {
        self.before != Before::Core
    }

    /// Why the beginning of a page was not seen.
    pub fn why_unseen(&self) -> GapReason {
        if self.is_resumed() { GapReason::BackgroundRestarted } else { GapReason::OpenedBefore }
    }

    /// Whether the request for a page that comes now, and its answer, can have gone down with the background.
    pub fn can_have_lost_request(&self, came_at: Millis) -> bool {
        self.was_killed && came_at.since(self.at) < COMES_WITHIN_MS
    }

    /// Whether the background before knew of a request, so that its answer can have gone down with it.
    pub fn can_have_lost_answer(&self, asked_at: Millis) -> bool {
        self.was_stopped() && asked_at <= self.stored_at
    }

    /// Whether some of a page's events can have gone down with a background that died as it started: Chromium 156 tells that one
    /// of some of what waited for it, and the next one of the rest.
    pub fn can_have_lost_events(&self, came_at: Millis) -> bool {
        self.before == Before::DeadStart && came_at < self.at
    }
}

impl Ledger {
    /// The tabs that are open. One that was open when the background stopped, and is not now, was closed unseen.
    pub fn tabs_found(&mut self, open: &[i32], at: Millis) {
        for tab_id in std::mem::take(&mut self.start.tabs) {
            if !open.contains(&tab_id) {
                self.mark_unseen_end(tab_id, None, at);
                self.tab_removed(tab_id, at);
            }
        }
    }

    /// What a tab showed ended while the background was stopped, and what it sent at last may be lost with the word of that.
    pub(crate) fn mark_unseen_end(&mut self, tab_id: i32, next: Option<VisitNumber>, at: Millis) {
        let Self { visits, changes, tabs, start, .. } = self;
        let shown = tabs.shown(tab_id).map(|shown| shown.number);
        let over = shown.filter(|number| start.is_resumed() && Some(*number) != next);
        if let Some(visit) = over.and_then(|number| visits.get_mut(number)) {
            visit.add_gap(GapReason::BackgroundRestarted, at);
            changes.note_in(visit);
        }
    }

    /// The core failed, and this is the next one: what is open may have lost requests.
    pub fn core_restarted(&mut self, at: Millis) {
        self.mark_open_visits(GapReason::CoreRestarted, at);
    }
}
