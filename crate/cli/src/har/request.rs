//! One recorded request: who was asked, for what, and what became of it.

use std::borrow::Cow;

use tiers_core::event::RequestEnd;
use tiers_core::time::Millis;
use url::Url;

use super::request_type::TypeSigns;
use super::shape::{
    Answer, Cache, Content, Entry, Timings, fields, header, headers, is_true, is_zero, number, text,
};

/// What became of a recorded request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate<'a> {
    /// A cache answered, or a service worker.
    Cached,
    /// The browser redirected by itself (https upgrade, an extension): nothing was sent.
    Internal,
    /// An answer came.
    Answered,
    /// No answer.
    Failed {
        /// The browser's error code; empty where the recorder gives none.
        error: Cow<'a, str>,
        /// An address or a time was recorded that only an answer, or the wait for one, leaves behind.
        connected: bool,
    },
}

/// A recorded request over the network.
#[derive(Debug)]
pub struct RecordedRequest<'a> {
    /// When it began.
    pub at: Millis,
    /// When it ended.
    pub ended: Millis,
    /// The URL as it travels: the fragment stays in the browser.
    pub url: Url,
    /// webRequest's name of its type; a page's own document is called a frame's here.
    pub request_type: &'static str,
    /// What became of it.
    pub fate: Fate<'a>,
    /// Where its redirect leads to.
    pub target: Option<Url>,
    /// A page's document, or maybe a frame's.
    pub is_document: bool,
    /// Its method is `GET`.
    pub is_get: bool,
    /// The browser asks for leave (CORS preflight): no redirect leads to it.
    pub is_preflight: bool,
}

impl<'a> RecordedRequest<'a> {
    /// What an entry tells; none where its URL leads to no host over the network. `by_firefox`: Firefox itself recorded
    /// it, whose words for its cache are its own.
    pub fn of(entry: &Entry<'a>, by_firefox: bool) -> Option<Self> {
        let mut url = Url::parse(&entry.request.0.url).ok()?;
        if !matches!(url.scheme(), "http" | "https" | "ws" | "wss") {
            return None;
        }
        url.set_fragment(None);
        let answer = &entry.response.0;
        let resource_type = text(entry.resource_type).to_ascii_lowercase();
        let method = &entry.request.0.method;
        let is_get = method.eq_ignore_ascii_case("GET");
        let (request_type, is_document) = type_of(entry, &url, &resource_type, is_get);
        let target = redirect_target(answer, &url);
        let lasted = number(entry.time);
        Some(Self {
            at: entry.started.0,
            ended: Millis::new(entry.started.0.get().saturating_add(Millis::from_browser(lasted).get())),
            request_type,
            fate: fate(entry, by_firefox, target.is_some()),
            target,
            is_document,
            is_get,
            is_preflight: method.eq_ignore_ascii_case("OPTIONS") || resource_type == "preflight",
            url,
        })
    }

    /// Its host.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether there was an answer, from the network or from a cache.
    pub fn is_answered(&self) -> bool {
        matches!(self.fate, Fate::Answered | Fate::Cached)
    }

    /// How it ended, as a browser would say. `leads_on`: the request that its redirect led to was recorded too.
    pub fn end(&self, leads_on: bool) -> RequestEnd<'_> {
        match &self.fate {
            Fate::Internal => RequestEnd::Redirected { from_cache: false, from_network: false },
            Fate::Cached if leads_on => RequestEnd::Redirected { from_cache: true, from_network: false },
            Fate::Cached => RequestEnd::Answered { from_cache: true },
            Fate::Answered if leads_on => RequestEnd::Redirected { from_cache: false, from_network: true },
            Fate::Answered => RequestEnd::Answered { from_cache: false },
            Fate::Failed { error, connected } => RequestEnd::Failed { error, connected: *connected },
        }
    }
}

fn fate<'a>(entry: &Entry<'a>, by_firefox: bool, redirects: bool) -> Fate<'a> {
    let answer = &entry.response.0;
    if entry.from_cache.or(answer.from_cache).is_some_and(is_true)
        || (by_firefox && is_firefoxs_own_answer(entry))
    {
        return Fate::Cached;
    }
    // Chrome's header on the answers that it makes up itself; all of them are redirects.
    if redirects && !header(&headers(answer.headers), "non-authoritative-reason").is_empty() {
        return Fate::Internal;
    }
    if answer.status > 0.0 {
        return Fate::Answered;
    }
    let connected = !text(entry.server_address).is_empty() || has_waited(entry);
    Fate::Failed { error: text(entry.error.or(answer.error).or(answer.failure_text)), connected }
}

/// Whether Firefox answered from its cache or by a service worker. Firefox 153 writes headers of 0 bytes then, and no
/// times; an answer from a server has headers, however quick it was. Older ones (43 is one) wrote `cache.afterRequest`,
/// which 153 writes for a 304 alone: that is a server's answer in both. In HAR 1.2 the same word tells of an answer that
/// was stored, so it counts in Firefox's own files only, and only where nothing is said of the time before.
fn is_firefoxs_own_answer(entry: &Entry) -> bool {
    let answer = &entry.response.0;
    let by_server = [304.0].contains(&answer.status);
    if answer.status <= 0.0 || by_server {
        return false;
    }
    let cache: Cache = fields(entry.cache);
    (is_zero(answer.headers_size) && !has_waited(entry))
        || (cache.after_request.is_some() && cache.before_request.is_none())
}

/// Whether a time was measured that only an answer, or the wait for one, can have taken.
fn has_waited(entry: &Entry) -> bool {
    let timings: Timings = fields(entry.timings);
    [timings.send, timings.wait, timings.receive].into_iter().any(|phase| number(phase) > 0.0)
}

fn type_of(entry: &Entry, url: &Url, resource_type: &str, is_get: bool) -> (&'static str, bool) {
    let headers = headers(entry.request.0.headers);
    let lower = |name| header(&headers, name).to_ascii_lowercase();
    let content: Content = fields(entry.response.0.content);
    let signs = TypeSigns {
        is_websocket: url.scheme().starts_with("ws") || lower("upgrade") == "websocket",
        resource_type,
        destination: &lower("sec-fetch-dest"),
        requested_with: &header(&headers, "x-requested-with"),
        accept: &lower("accept"),
        mime_type: &text(content.mime_type).to_ascii_lowercase(),
        path: &url.path().to_ascii_lowercase(),
        is_get,
    };
    (signs.request_type(), signs.is_document())
}

/// The URL that an answer redirects to, without its fragment.
fn redirect_target(answer: &Answer, url: &Url) -> Option<Url> {
    if ![301.0, 302.0, 303.0, 307.0, 308.0].contains(&answer.status) {
        return None;
    }
    let said = text(answer.redirect_url);
    let location = if said.is_empty() { header(&headers(answer.headers), "location") } else { said };
    let mut target = (!location.is_empty()).then(|| url.join(&location))?.ok()?;
    target.set_fragment(None);
    Some(target)
}
