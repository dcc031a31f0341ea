//! The rules of attribution: which page a request belongs to.

use serde::Serialize;

/// Which page a request belongs to, and what is a request of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum AttributionRule {
    /// By the browser's name of the document that asks.
    Document,
    /// A frame and a dedicated worker belong to the page around them.
    Frame,
    /// The browser names the frame and not the document. See [`crate::record::Attribution::Frame`].
    FrameOnly,
    /// The browser names neither. See `unnamed`.
    Site,
    /// Each stop is a request.
    Redirect,
    /// Stops on the way to the page are no contacts.
    Hop,
    /// The browser's own page in the place of another one is no visit.
    ErrorPage,
    /// A redirect that no server answered is no request.
    OwnRedirect,
    /// A page that comes back goes on.
    BackForward,
    /// A page that was loaded in advance goes on; who had it loaded asked for it. See `prerender`.
    Prerender,
    /// What a browser tells twice counts once.
    ToldTwice,
    /// Which addresses lead to a host.
    Scheme,
}

/// All of them, in their order.
pub(super) const ATTRIBUTIONS: &[AttributionRule] = &[
    AttributionRule::Document,
    AttributionRule::Frame,
    AttributionRule::FrameOnly,
    AttributionRule::Site,
    AttributionRule::Redirect,
    AttributionRule::Hop,
    AttributionRule::ErrorPage,
    AttributionRule::OwnRedirect,
    AttributionRule::BackForward,
    AttributionRule::Prerender,
    AttributionRule::ToldTwice,
    AttributionRule::Scheme,
];
