//! What each tab shows, where it came from, and where it is going.

use std::collections::VecDeque;

use crate::host_table::HostId;
use crate::outcome::Outcome;
use crate::time::Millis;
use crate::visit::VisitNumber;

/// How many earlier pages of a tab stay known, so that going back to one finds it. Firefox 153 keeps 8, Chromium 156 6.
const MOST_PAST: usize = 8;

/// One tab.
#[derive(Debug, Clone, Default)]
pub struct Tab {
    /// What it shows; none where no commit has been seen.
    pub shown: Option<Shown>,
    /// The visits that it showed before, oldest first.
    pub past: VecDeque<VisitNumber>,
    /// The navigation under way.
    pub navigation: Option<Navigation>,
}

impl Tab {
    /// Remembers a visit that the tab no longer shows. Hands back the one that is too long ago to be gone back to.
    pub fn leave(&mut self, number: VisitNumber) -> Option<VisitNumber> {
        self.past.retain(|known| *known != number);
        self.past.push_back(number);
        if self.past.len() > MOST_PAST { self.past.pop_front() } else { None }
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

/// A navigation's own request, until the document that it leads to is committed.
#[derive(Debug, Clone)]
pub struct Navigation {
    /// The browser's number of the request.
    pub request_id: u64,
    /// The host that is asked now.
    pub host: HostId,
    /// The hosts that redirected here.
    pub hops: Vec<HostId>,
    /// What became of the request to `host`.
    pub outcome: Outcome,
    /// The number that the core gave the request.
    pub number: u32,
    /// In a private window: never stored.
    pub private: bool,
    /// When the request to `host` began.
    pub at: Millis,
}
