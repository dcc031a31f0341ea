//! How this life of the background began, and what of the one before is lost.

use crate::arrival::Arrival;
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
    /// The tabs of which the background before had not stored everything, until a page comes in them: they may show one of which this
    /// core knows nothing.
    unstored: Vec<i32>,
    /// The tabs that were loading as the first background of a session looked, until a page comes in them: it may have been asked for
    /// before anybody listened.
    underway: Vec<i32>,
}

impl Start {
    /// Nothing of the past is known yet, but that not everything of some tabs will be.
    pub fn new(before: Before, unstored: &[i32], at: Millis) -> Self {
        Self { before, at, unstored: unstored.to_vec(), ..Self::default() }
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

    /// Whether the request for a page that comes now, and its answer, can have gone down with the background, or came before this one
    /// listened: the first one in private windows is told of the commit of the page that starts it by Chromium 156, and not always of
    /// what was asked for before.
    pub fn can_have_lost_request(&self, came_at: Millis, private: bool) -> bool {
        (self.was_killed || (private && self.before == Before::Nothing))
            && came_at.since(self.at) < COMES_WITHIN_MS
    }

    /// Whether the background before knew of a request, so that its answer can have gone down with it.
    pub fn can_have_lost_answer(&self, asked_at: Millis) -> bool {
        self.was_stopped() && asked_at <= self.stored_at
    }

    /// A page comes in a tab. Whether the one before it there can be one of which this core knows nothing.
    pub fn take_unstored(&mut self, tab_id: i32) -> bool {
        take(&mut self.unstored, tab_id)
    }

    /// A page comes in a tab. Whether it may have been asked for before the first background of the session listened.
    pub fn take_underway(&mut self, tab_id: i32) -> bool {
        take(&mut self.underway, tab_id)
    }

    /// Whether some of a page's events can have gone down with a background that died as it started: Chromium 156 tells that one
    /// of some of what waited for it, and the next one of the rest.
    pub fn can_have_lost_events(&self, came_at: Millis) -> bool {
        self.before == Before::DeadStart && came_at < self.at
    }
}

/// Whether a tab was among these, in which it is no more.
fn take(tabs: &mut Vec<i32>, tab_id: i32) -> bool {
    let place = tabs.iter().position(|tab| *tab == tab_id);
    place.map(|place| tabs.swap_remove(place)).is_some()
}

impl Ledger {
    /// The tabs that are open, and those of them that are loading. One that was open when the background stopped, and is not now, was
    /// closed unseen.
    pub fn tabs_found(&mut self, open: &[i32], loading: &[i32], at: Millis) {
        for tab_id in std::mem::take(&mut self.start.tabs) {
            if !open.contains(&tab_id) {
                self.mark_unseen_end(tab_id, None, at);
                self.tab_removed(tab_id, at);
            }
        }
        if !self.start.is_resumed() {
            self.mark_underway(open);
            self.start.underway = loading.to_vec();
        }
    }

    /// What pages asked for before the first background of a session listened, nobody tells it: Chromium 156, which starts it beside the
    /// pages that come back, tells it of the commit of one of them, and of nothing that this page asks for. A page that was served without a
    /// request looks the same, and nobody's whole navigation fits between the listening and this look.
    fn mark_underway(&mut self, open: &[i32]) {
        let Self { visits, changes, tabs, start, .. } = self;
        for tab_id in open {
            let shown = tabs.shown(*tab_id).and_then(|shown| visits.get_mut(shown.number));
            if let Some(visit) = shown.filter(|visit| visit.arrival == Arrival::Untold) {
                visit.arrival = Arrival::Missing;
                visit.add_gap(start.why_unseen(), visit.started_at);
                changes.note_in(visit);
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
