//! What each tab shows, where it came from, and where it is going.

use std::collections::VecDeque;

use crate::host_table::HostId;
use crate::live::{live_enum, live_struct};
use crate::navigation::Navigation;
use crate::time::Millis;
use crate::visit::VisitNumber;

/// How many earlier pages of a tab stay known, so that going back to one finds it. Firefox 153 keeps 8, Chromium 156 6.
const MOST_PAST: usize = 8;

/// How many pages that are prepared and not counted stay known. Chromium 156 keeps at most 10.
const MOST_PREPARED: usize = 10;

/// The tabs, in the order in which they were first met. There are few, and they are asked for at navigations alone.
#[derive(Debug, Default)]
pub struct Tabs(Vec<(i32, Tab)>);

impl From<Vec<(i32, Tab)>> for Tabs {
    fn from(tabs: Vec<(i32, Tab)>) -> Self {
        Self(tabs)
    }
}

impl Tabs {
    /// A tab, if it has been met.
    pub fn get(&self, id: i32) -> Option<&Tab> {
        self.0.iter().find(|(known, _)| *known == id).map(|(_, tab)| tab)
    }

    /// A tab, if it has been met, to be changed.
    pub fn get_mut(&mut self, id: i32) -> Option<&mut Tab> {
        self.0.iter_mut().find(|(known, _)| *known == id).map(|(_, tab)| tab)
    }

    /// What a tab shows, if that has been seen.
    pub fn shown(&self, id: i32) -> Option<&Shown> {
        self.get(id)?.shown.as_ref()
    }

    /// A tab's navigation under way.
    pub fn navigation(&self, id: i32) -> Option<&Navigation> {
        self.get(id)?.navigation.as_ref()
    }

    /// A tab; one that is met for the first time shows nothing yet.
    pub fn meet(&mut self, id: i32) -> &mut Tab {
        let place = self.0.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
            self.0.push((id, Tab::default()));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }

    /// Forgets a tab.
    pub fn remove(&mut self, id: i32) -> Option<Tab> {
        let place = self.0.iter().position(|(known, _)| *known == id)?;
        Some(self.0.swap_remove(place).1)
    }

    /// All tabs.
    pub fn iter(&self) -> impl Iterator<Item = (i32, &Tab)> {
        self.0.iter().map(|(id, tab)| (*id, tab))
    }

    /// All tabs, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (i32, &mut Tab)> {
        self.0.iter_mut().map(|(id, tab)| (*id, tab))
    }
}

/// One tab.
#[derive(Debug, Clone, Default)]
pub struct Tab {
    /// What it shows; none where no commit has been seen.
    pub shown: Option<Shown>,
    /// The visits that it showed before, oldest first.
    pub past: VecDeque<VisitNumber>,
    /// The last pages that were prepared behind what it shows and are not counted, oldest first: no visit stands for them.
    pub prepared: VecDeque<VisitNumber>,
    /// The navigation under way.
    pub navigation: Option<Navigation>,
    /// The browser's number of a navigation that asked for something while the counting was paused: what is lost of it nobody
    /// knows.
    pub asked_in_pause: Option<u64>,
    /// The page that did not come, until the browser's own page takes its place, or another navigation begins.
    pub failed: Option<Failed>,
    /// In a private window, which it never leaves: nothing of it is stored.
    pub private: bool,
    /// What its badge was last drawn for.
    pub badge: Option<DrawnBadge>,
}

live_struct!(Tab { shown, past, prepared, navigation, asked_in_pause, failed } without { private, badge });

/// What a badge was last drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawnBadge {
    /// A browser clears a tab's badge when it navigates, so the same figures on another page are drawn again.
    pub number: VisitNumber,
    /// See [`crate::view::BadgeView`].
    pub domains: Option<u32>,
    /// See [`crate::view::BadgeView`].
    pub incomplete: bool,
}

impl Tab {
    /// Remembers a page that was prepared and is not counted, as one of the last that it can show.
    pub fn prepare(&mut self, number: VisitNumber) {
        self.prepared.push_back(number);
        if self.prepared.len() > MOST_PREPARED {
            self.prepared.pop_front();
        }
    }

    /// Remembers a visit that the tab no longer shows, as one of the last that it can go back to.
    pub fn leave(&mut self, number: VisitNumber) {
        self.past.retain(|known| *known != number);
        self.past.push_back(number);
        if self.past.len() > MOST_PAST {
            self.past.pop_front();
        }
    }

    /// Whether it has shown nothing yet: it was just opened, or is told of after its end.
    pub fn is_new(&self) -> bool {
        self.shown.is_none() && self.past.is_empty()
    }

    /// Whether it shows the page of this number, or did before.
    pub fn has_shown(&self, number: VisitNumber) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.number == number) || self.past.contains(&number)
    }

    /// Whether it shows, or can go back to, the page of this number.
    pub fn holds(&self, number: VisitNumber) -> bool {
        self.has_shown(number) || self.prepared.contains(&number)
    }
}

/// What a tab shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The number of the visit; a page that is not counted has one too, with no visit behind it.
    pub number: VisitNumber,
    /// What the page is.
    pub page: ShownPage,
}

live_struct!(Shown { number, page });

/// What a page is, as far as counting goes.
#[derive(Debug, Clone)]
pub enum ShownPage {
    /// A visit.
    Counted,
    /// Not on the web; the scheme of its address.
    OffTheWeb(Box<str>),
    /// Of a site that the user excluded.
    Excluded(HostId),
    /// Not counted since the user paused the counting or deleted what was counted.
    Uncounted,
}

live_enum!(ShownPage { 0: Counted, 1: OffTheWeb(scheme), 2: Excluded(site), 3: Uncounted });

/// A page that did not come.
#[derive(Debug, Clone, Copy)]
pub struct Failed {
    /// The host that was asked for it.
    pub host: HostId,
    /// When the browser gave it up.
    pub at: Millis,
}

live_struct!(Failed { host, at });
