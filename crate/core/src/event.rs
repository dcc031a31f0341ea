//! What the browser said: one struct an event, as scalars and borrowed strings, so that nothing is copied to cross.

use crate::error_code;
use crate::live::live_struct;
use crate::outcome::Outcome;
use crate::time::Millis;
use crate::type_table::TypeCode;

/// A request that a document makes begins (`webRequest.onBeforeRequest`).
#[derive(Debug, Clone, Copy)]
pub struct RequestEvent<'a> {
    /// The browser's number of the request; a redirect keeps it.
    pub request_id: u64,
    /// The host of the URL.
    pub host: &'a str,
    /// The document that asks (`documentId`); for a frame's own request, the document that holds the frame.
    pub document_id: &'a str,
    /// The document that holds that one, where the event names it (Firefox 153 does for what a frame asks for); else empty.
    pub parent_document_id: &'a str,
    /// The host of the document that asks, where the event names both it and the document that holds it; else empty.
    pub document_host: &'a str,
    /// The request's type.
    pub request_type: TypeCode,
    /// In a private window (Firefox says so on each event).
    pub private: bool,
    /// When.
    pub at: Millis,
}

/// A navigation's own request begins, in a tab's outermost frame (type `main_frame`). Its document has no name yet.
#[derive(Debug, Clone, Copy)]
pub struct NavigationEvent<'a> {
    /// The browser's number of the request; a redirect keeps it.
    pub request_id: u64,
    /// The host of the URL.
    pub host: &'a str,
    /// The tab.
    pub tab_id: i32,
    /// In a private window (Firefox says so on each event).
    pub private: bool,
    /// Its beginning was not told: another event of it is the first, and hosts that redirected before are not known.
    pub is_late: bool,
    /// When.
    pub at: Millis,
}

/// A request begins, and the browser does not name the document that asks.
#[derive(Debug, Clone, Copy)]
pub struct UnnamedRequestEvent<'a> {
    /// The browser's number of the request; a redirect keeps it.
    pub request_id: u64,
    /// The host of the URL.
    pub host: &'a str,
    /// The document in whose name somebody else asks; empty where none is named.
    pub document_id: &'a str,
    /// The frame that asks, or [`Frame::NONE`].
    pub frame: Frame,
    /// The host of the page, the script or the origin that asks; empty where it has none on the web.
    pub initiator_host: &'a str,
    /// Who asks has the address to which the tab was last asked to go, and not that of the page before.
    pub is_of_next_page: bool,
    /// The request's type.
    pub request_type: TypeCode,
    /// In a private window (Firefox says so on each event).
    pub private: bool,
    /// When.
    pub at: Millis,
}

/// What is known of a request that ended, or was redirected.
#[derive(Debug, Clone, Copy)]
pub enum RequestEnd<'a> {
    /// An answer came (`onResponseStarted`; in Firefox `onHeadersReceived`).
    Answered {
        /// It came from a cache.
        from_cache: bool,
    },
    /// The answer was a redirect (`onBeforeRedirect`).
    Redirected {
        /// It came from a cache.
        from_cache: bool,
        /// The event names the address that answered. Without one, and without a cache, the browser redirected by itself
        /// (https upgrade, another extension, a service worker that takes over): nothing left for this host.
        from_network: bool,
    },
    /// It failed (`onErrorOccurred`).
    Failed {
        /// The browser's error code.
        error: &'a str,
        /// The event names the address that answered.
        connected: bool,
    },
}

impl RequestEnd<'_> {
    /// Whether it surely ended before it left: blocked, or nobody to be asked.
    #[must_use]
    pub fn is_in_vain(&self) -> bool {
        matches!(self.outcome(), Some(Outcome::Blocked | Outcome::Failed))
    }

    /// What the end says of the request's outcome; none: it was no request to that host.
    pub(crate) fn outcome(&self) -> Option<Outcome> {
        match *self {
            Self::Answered { from_cache } | Self::Redirected { from_cache, .. } if from_cache => {
                Some(Outcome::Cached)
            }
            Self::Answered { .. } | Self::Redirected { from_network: true, .. } => Some(Outcome::Sent),
            Self::Redirected { .. } => None,
            Self::Failed { error, connected } => error_code::outcome_of(error, connected),
        }
    }
}

/// A frame, by the browser's own numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The tab; -1: none is told.
    pub tab_id: i32,
    /// The frame in it.
    pub frame_id: u64,
}

live_struct!(Frame { tab_id, frame_id });

impl Frame {
    /// The frame is not told.
    pub const NONE: Self = Self { tab_id: -1, frame_id: 0 };
}

/// What a commit says of the stage of its document (`documentLifecycle`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifecycle {
    /// Nothing. Firefox 153 says nothing: it prepares no pages, and tells of the request that led to each.
    Untold,
    /// It is what its tab shows. Chromium 156 tells of no request where a service worker answered for it.
    Active,
    /// It is prepared (prerendered), and not shown yet.
    Prerender,
}

impl Lifecycle {
    /// The stage of this name, empty where the event has none. `pending_deletion` and `cached` are no stages of a commit.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name {
            "" => Self::Untold,
            "prerender" => Self::Prerender,
            _ => Self::Active,
        }
    }

    /// Whether the tab shows the document.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        !matches!(self, Self::Prerender)
    }
}

/// A document took its place in a frame (`webNavigation.onCommitted`), or was found there (`webNavigation.getAllFrames`).
#[derive(Debug, Clone, Copy)]
pub struct DocumentEvent<'a> {
    /// The document.
    pub document_id: &'a str,
    /// The document that holds its frame; empty where there is none.
    pub parent_document_id: &'a str,
    /// The tab.
    pub tab_id: i32,
    /// The browser's number of the frame.
    pub frame_id: u64,
    /// It is the outermost document of its tree.
    pub outermost: bool,
    /// Whether it is shown.
    pub lifecycle: Lifecycle,
    /// In a private window.
    pub private: bool,
    /// The scheme of its URL, without the colon.
    pub scheme: &'a str,
    /// The host of its URL; empty where it has none.
    pub host: &'a str,
    /// When.
    pub at: Millis,
}

impl DocumentEvent<'_> {
    /// The frame in which the document is.
    #[must_use]
    pub const fn frame(&self) -> Frame {
        Frame { tab_id: self.tab_id, frame_id: self.frame_id }
    }

    /// Whether its address is on the web.
    #[must_use]
    pub fn is_on_web(&self) -> bool {
        matches!(self.scheme, "http" | "https") && !self.host.is_empty()
    }
}
