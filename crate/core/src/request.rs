//! The requests on their way: where each is counted, until its end is known.

use std::collections::VecDeque;

use crate::contact::Chain;
use crate::document::Place;
use crate::host_table::HostId;
use crate::live::{Live, LiveReader, LiveWriter, live_enum, live_struct};
use crate::numbered::Numbered;
use crate::time::Millis;
use crate::type_table::TypeCode;

/// With what a request is kept until its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// With the contacts of a place.
    Place(Place),
    /// With the navigation of a tab: whose contact it will be shows when its document is committed.
    Navigation(i32),
}

live_enum!(Holder { 0: Place(place), 1: Navigation(tab_id) });

/// What is known under a browser's request number.
#[derive(Debug, Clone)]
pub enum OpenRequest {
    /// No end has been seen.
    Pending(PendingRequest),
    /// Redirected; the next hop has not begun.
    Redirecting {
        /// With what the hop before was kept.
        holder: Holder,
        /// The hosts that redirected so far.
        way: Chain,
    },
}

live_enum!(OpenRequest { 0: Pending(request), 1: Redirecting { holder, way } });

impl OpenRequest {
    /// With what it is kept, or was last.
    pub const fn holder(&self) -> Holder {
        match self {
            Self::Pending(pending) => pending.holder,
            Self::Redirecting { holder, .. } => *holder,
        }
    }

    /// Keeps it with something else.
    pub const fn move_to(&mut self, to: Holder) {
        match self {
            Self::Pending(pending) => pending.holder = to,
            Self::Redirecting { holder, .. } => *holder = to,
        }
    }
}

/// A request whose end has not been seen.
#[derive(Debug, Clone)]
pub struct PendingRequest {
    /// With what it is kept.
    pub holder: Holder,
    /// The host that is asked.
    pub host: HostId,
    /// Its type.
    pub request_type: TypeCode,
    /// The number that the core gave it.
    pub number: u32,
    /// The hosts that redirected to this one.
    pub redirects: Chain,
}

live_struct!(PendingRequest { holder, host, request_type, number, redirects });

/// The highest number that the core gives a request; 0 and the ones above say something else at the border.
const LAST_REQUEST_NUMBER: u32 = u32::MAX - 2;

/// Whether the core can give a request this number.
pub const fn is_request_number(number: u32) -> bool {
    0 < number && number <= LAST_REQUEST_NUMBER
}

/// How many requests are remembered whose redirect was told first.
const MOST_TOLD_BACKWARDS: usize = 16;

/// How many requests are remembered after their end: a login that takes a minute on a page that asks for much has its second answer after
/// some thousand other ends.
const MOST_ENDED: usize = 4_096;
/// How many of them the next life of the background is to know: what it is told once more is what came last.
const MOST_ENDED_KEPT: usize = 128;

/// The requests on their way, by the browser's numbers, and the last that ended.
#[derive(Debug, Default)]
pub struct OpenRequests {
    open: Numbered<OpenRequest, u64>,
    /// Those whose redirect has not been told, although the request that it led to was. Firefox 153 tells a background that it
    /// woke of all beginnings first, and of redirects after.
    overtaken: Vec<(u64, PendingRequest)>,
    /// The last requests that ended: a browser that restarts a killed background can tell of them once more, or of an end
    /// before its beginning (Chromium 156); Firefox 153 tells of an answer 401, and again of the one after the login.
    ended: VecDeque<u64>,
    /// The highest number of all.
    highest: u64,
    /// Requests whose redirect was told before they were known, and when that redirect came, by which they were begun.
    told_backwards: Vec<(u64, HostId, Option<Millis>)>,
}

impl OpenRequests {
    /// Writes those that are wanted, with all that is known of the ones that ended.
    pub fn write(&self, to: &mut LiveWriter, is_wanted: impl Fn(&OpenRequest) -> bool) {
        let is_kept = |id: u64| self.open.get(id).is_some_and(&is_wanted);
        to.numbered(self.open.iter().filter(|(_, request)| is_wanted(request)));
        to.numbered(self.overtaken.iter().filter(|(id, _)| is_kept(*id)).map(|(id, request)| (*id, request)));
        let kept = self.ended.len().min(MOST_ENDED_KEPT);
        to.count(kept);
        for id in self.ended.iter().skip(self.ended.len() - kept) {
            id.write(to);
        }
        self.highest.write(to);
    }

    /// Reads what [`OpenRequests::write`] wrote.
    pub fn read(from: &mut LiveReader<'_>) -> Self {
        Self {
            open: Numbered::read(from),
            overtaken: Live::read(from),
            ended: Live::read(from),
            highest: Live::read(from),
            told_backwards: Vec::new(),
        }
    }

    /// Keeps a request whose redirect is still to be told.
    pub fn overtake(&mut self, id: u64, request: PendingRequest) {
        self.overtaken.push((id, request));
    }

    /// The first request of a number that was overtaken, to this host or to any.
    pub fn take_overtaken(&mut self, id: u64, host: Option<HostId>) -> Option<PendingRequest> {
        let is_it =
            |(of, request): &(u64, PendingRequest)| *of == id && host.is_none_or(|host| request.host == host);
        self.overtaken.iter().position(is_it).map(|place| self.overtaken.remove(place).1)
    }

    /// Forgets the requests that are not wanted any more.
    pub fn retain(&mut self, is_wanted: impl Fn(&OpenRequest) -> bool) {
        self.open.retain(|_, request| is_wanted(request));
        let Self { open, overtaken, .. } = self;
        overtaken.retain(|(id, _)| open.contains(*id));
    }

    /// Whether no event of this number came before. Numbers rise, so that only one that is not the highest needs a closer
    /// look.
    pub fn is_new(&mut self, id: u64) -> bool {
        let is_new = id > self.highest;
        self.highest = self.highest.max(id);
        is_new
    }

    /// A request to this host was redirected, and is not known: it begins next, by what the redirect says of it.
    pub fn expect_beginning(&mut self, id: u64, host: HostId) {
        if self.told_backwards.len() == MOST_TOLD_BACKWARDS {
            self.told_backwards.remove(0);
        }
        self.told_backwards.push((id, host, None));
        // Not new any more, so that only numbers that came before are looked for here.
        self.highest = self.highest.max(id);
    }

    /// Whether a request that begins has begun already, by its redirect.
    pub fn begins_again(&mut self, id: u64, host: HostId, at: Millis) -> bool {
        let is_it = |(of, to, _): &&mut (u64, HostId, Option<Millis>)| *of == id && *to == host;
        let Some((_, _, redirected_at)) = self.told_backwards.iter_mut().find(is_it) else { return false };
        let was_begun = redirected_at.is_some();
        // What comes after the redirect is the next request, of the same host.
        let begun_by = *redirected_at.get_or_insert(at);
        was_begun && at <= begun_by
    }

    /// Whether the request ended not long ago. Looked for where none is known under its number, which is seldom; the last first.
    pub fn has_ended(&self, id: u64) -> bool {
        self.ended.iter().rev().any(|ended| *ended == id)
    }

    /// What is known of a request; it is then no longer open.
    pub fn take(&mut self, id: u64) -> Option<OpenRequest> {
        self.open.remove(id)
    }

    /// Keeps a request until [`OpenRequests::take`].
    pub fn put(&mut self, id: u64, request: OpenRequest) {
        self.open.insert(id, request);
    }

    /// Remembers that a request ended.
    pub fn end(&mut self, id: u64) {
        if self.ended.len() == MOST_ENDED {
            self.ended.pop_front();
        }
        self.ended.push_back(id);
    }

    /// What is known of a request.
    pub fn get(&self, id: u64) -> Option<&OpenRequest> {
        self.open.get(id)
    }

    /// An open request, to be changed.
    pub fn get_mut(&mut self, id: u64) -> Option<&mut OpenRequest> {
        self.open.get_mut(id)
    }

    /// The requests that were overtaken, to be changed.
    pub fn overtaken_mut(&mut self) -> impl Iterator<Item = &mut PendingRequest> {
        self.overtaken.iter_mut().map(|(_, request)| request)
    }

    /// The open requests, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (u64, &mut OpenRequest)> {
        self.open.iter_mut()
    }
}
