//! The published table: what each browser's error code says became of a request.
//!
//! Chromium's codes are `net::ERR_…` (its `net_error_list.h`), Firefox's `NS_…` (its `ErrorList.py`). A code that is not in the
//! table is [`Outcome::Unknown`].

use serde::Serialize;

use crate::outcome::Outcome;

/// Whose code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Browser {
    /// Chromium, and browsers made of it.
    Chromium,
    /// Firefox.
    Firefox,
}

/// One row of the published table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ErrorCode {
    /// What it says became of the request; none: it was no request to the host at all.
    pub outcome: Option<Outcome>,
    /// Whose it is.
    pub browser: Browser,
    /// The code, or what all codes of a family begin with.
    pub code: &'static str,
    /// Whether it stands for all codes that begin so.
    pub family: bool,
}

/// Codes, each with what it tells where the event names no address of a server and no cache.
const TABLE: &[(Outcome, &[&str])] = &[
    // Stopped before it left: by another extension, by the browser's own protection, by the page's policy.
    (
        Outcome::Blocked,
        &[
            "net::ERR_BLOCKED_BY_CLIENT",
            "net::ERR_BLOCKED_BY_ADMINISTRATOR",
            "net::ERR_BLOCKED_IN_INCOGNITO_BY_ADMINISTRATOR",
            "net::ERR_BLOCKED_BY_CSP",
            "net::ERR_BLOCKED_BY_FINGERPRINTING_PROTECTION",
            "net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS",
            "net::ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS",
            "net::ERR_CLEARTEXT_NOT_PERMITTED",
            "net::ERR_DISALLOWED_URL_SCHEME",
            "net::ERR_UNSAFE_PORT",
            // Firefox 153: what another extension's `cancel` or blocking rule reports.
            "NS_ERROR_ABORT",
            "NS_ERROR_CONTENT_BLOCKED",
            "NS_ERROR_CONTENT_BLOCKED_SHOW_ALT",
            "NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED",
            "NS_ERROR_TRACKING_URI",
            "NS_ERROR_EMAILTRACKING_URI",
            "NS_ERROR_SOCIALTRACKING_URI",
            "NS_ERROR_CRYPTOMINING_URI",
            "NS_ERROR_FINGERPRINTING_URI",
            "NS_ERROR_MALWARE_URI",
            "NS_ERROR_PHISHING_URI",
            "NS_ERROR_UNWANTED_URI",
            "NS_ERROR_HARMFUL_URI",
            "NS_ERROR_HARMFULADDON_URI",
            "NS_ERROR_BLOCKED_URI",
            "NS_ERROR_PORT_ACCESS_NOT_ALLOWED",
        ],
    ),
    // Surely not reached.
    (
        Outcome::Failed,
        &[
            "net::ERR_NAME_NOT_RESOLVED",
            "net::ERR_NAME_RESOLUTION_FAILED",
            "net::ERR_ICANN_NAME_COLLISION",
            "net::ERR_HOST_RESOLVER_QUEUE_TOO_LARGE",
            "net::ERR_DNS_TIMED_OUT",
            "net::ERR_DNS_SERVER_FAILED",
            "net::ERR_DNS_MALFORMED_RESPONSE",
            "net::ERR_CONNECTION_REFUSED",
            "net::ERR_CONNECTION_FAILED",
            "net::ERR_CONNECTION_TIMED_OUT",
            "net::ERR_ADDRESS_INVALID",
            "net::ERR_ADDRESS_UNREACHABLE",
            "net::ERR_NETWORK_ACCESS_DENIED",
            "net::ERR_LOCAL_NETWORK_PERMISSION_MISSING",
            "net::ERR_INTERNET_DISCONNECTED",
            // The proxy was not reached, or refused to connect.
            "net::ERR_PROXY_CONNECTION_FAILED",
            "net::ERR_PROXY_AUTH_UNSUPPORTED",
            "net::ERR_MANDATORY_PROXY_CONFIGURATION_FAILED",
            "net::ERR_NO_SUPPORTED_PROXIES",
            "net::ERR_TUNNEL_CONNECTION_FAILED",
            "NS_ERROR_UNKNOWN_HOST",
            "NS_ERROR_DEFINITIVE_UNKNOWN_HOST",
            "NS_ERROR_DNS_LOOKUP_QUEUE_FULL",
            "NS_ERROR_CONNECTION_REFUSED",
            "NS_ERROR_OFFLINE",
            "NS_ERROR_UNKNOWN_PROXY_HOST",
            "NS_ERROR_PROXY_CONNECTION_REFUSED",
            "NS_ERROR_PROXY_AUTHENTICATION_FAILED",
            "NS_ERROR_PROXY_BAD_GATEWAY",
            "NS_ERROR_PROXY_FORBIDDEN",
            "NS_ERROR_PROXY_SERVICE_UNAVAILABLE",
        ],
    ),
    // An answer came and was refused or broke off, or the connection was made.
    (
        Outcome::Sent,
        &[
            // What it refuses, Chromium 156 does not keep in its cache either.
            "net::ERR_BLOCKED_BY_ORB",
            "net::ERR_EMPTY_RESPONSE",
            "net::ERR_CONNECTION_CLOSED",
            "net::ERR_CONNECTION_RESET",
            "net::ERR_INCOMPLETE_CHUNKED_ENCODING",
            "net::ERR_INCOMPLETE_HTTP2_HEADERS",
            "net::ERR_INVALID_CHUNKED_ENCODING",
            "net::ERR_INVALID_HTTP_RESPONSE",
            "net::ERR_INVALID_RESPONSE",
            "net::ERR_HTTP_1_1_REQUIRED",
            // Chromium 156: a server said no to a WebTransport.
            "net::ERR_METHOD_NOT_SUPPORTED",
            // The handshakes of TLS.
            "net::ERR_ALPN_NEGOTIATION_FAILED",
            "net::ERR_BAD_SSL_CLIENT_AUTH_CERT",
            "net::ERR_CLIENT_AUTH_CERT_TYPE_UNSUPPORTED",
            "net::ERR_TLS13_DOWNGRADE_DETECTED",
            "NS_ERROR_BAD_HSTS_CERT",
            "NS_ERROR_CORRUPTED_CONTENT",
            "NS_ERROR_CSP_FRAME_ANCESTOR_VIOLATION",
            "NS_ERROR_DOM_COEP_FAILED",
            "NS_ERROR_DOM_COOP_FAILED",
            "NS_ERROR_DOM_CORP_FAILED",
            // Firefox 153: the head of the answer is too big.
            "NS_ERROR_FILE_TOO_BIG",
            "NS_ERROR_INVALID_CONTENT_ENCODING",
            "NS_ERROR_NET_EMPTY_RESPONSE",
            "NS_ERROR_NET_ERROR_RESPONSE",
            "NS_ERROR_NET_HTTP2_SENT_GOAWAY",
            "NS_ERROR_NET_INADEQUATE_SECURITY",
            "NS_ERROR_NET_INTERRUPT",
            "NS_ERROR_NET_PARTIAL_TRANSFER",
            "NS_ERROR_NET_RESET",
            "NS_ERROR_PARSING_HTTP_STATUS_LINE",
            "NS_ERROR_WEBSOCKET_CONNECTION_REFUSED",
            "NS_ERROR_XFO_VIOLATION",
        ],
    ),
    // Exceptions of the families below: the browser gave all connections up, those too that were only being made.
    (Outcome::Unknown, &["net::ERR_CERT_DATABASE_CHANGED", "net::ERR_CERT_VERIFIER_CHANGED"]),
];

/// Codes that browsers do report and that do not tell, for whoever looks for one in the table. Every code that stands nowhere
/// is [`Outcome::Unknown`] too, so that nothing is looked up here.
pub const UNTOLD: &[&str] = &[
    // The page, the user or the browser broke it off, at whatever stage.
    "net::ERR_ABORTED",
    // Chromium 156: an answer that CORS refuses, a preflight that refuses, and whatever befalls a WebSocket.
    "net::ERR_FAILED",
    // Chromium 156 says the same of an answer from the cache, which a policy of the page refuses.
    "net::ERR_BLOCKED_BY_RESPONSE",
    // A redirect that leads nowhere can have come from the cache.
    "net::ERR_INVALID_REDIRECT",
    "net::ERR_TOO_MANY_REDIRECTS",
    "net::ERR_UNSAFE_REDIRECT",
    "net::ERR_CONNECTION_ABORTED",
    "net::ERR_CONTEXT_SHUT_DOWN",
    "net::ERR_INSUFFICIENT_RESOURCES",
    "net::ERR_NETWORK_ACCESS_REVOKED",
    "net::ERR_NETWORK_CHANGED",
    "net::ERR_NETWORK_IO_SUSPENDED",
    // A handshake of QUIC that fails may have found nobody: so Chromium 156 reports a WebTransport that nobody answers.
    "net::ERR_QUIC_HANDSHAKE_FAILED",
    "net::ERR_QUIC_PROTOCOL_ERROR",
    "net::ERR_SOCKET_NOT_CONNECTED",
    "net::ERR_SOCKS_CONNECTION_FAILED",
    "net::ERR_TIMED_OUT",
    "net::ERR_UNEXPECTED",
    "NS_BINDING_ABORTED",
    "NS_BINDING_CANCELLED_OLD_LOAD",
    // Firefox 153: a preflight refused the request, whose own event tells; or a redirect to a file.
    "NS_ERROR_DOM_BAD_URI",
    "NS_ERROR_FAILURE",
    "NS_ERROR_NET_HTTP3_PROTOCOL_ERROR",
    // Firefox 153: of a redirect that was not followed; the stage is that of the request before.
    "NS_ERROR_NET_ON_RECEIVING_FROM",
    "NS_ERROR_NET_TIMEOUT",
    "NS_ERROR_NET_TIMEOUT_EXTERNAL",
    "NS_ERROR_PROXY_GATEWAY_TIMEOUT",
    "NS_ERROR_REDIRECT_LOOP",
    "NS_ERROR_UNEXPECTED",
];

/// Families whose every member tells the same, but for the exceptions above: the server was reached, and what it spoke (TLS,
/// HTTP/2) or answered was refused.
const REACHED_PREFIXES: &[&str] = &[
    "net::ERR_CERT",
    "net::ERR_CONTENT_",
    "net::ERR_ECH_",
    "net::ERR_HTTP2_",
    "net::ERR_RESPONSE_HEADERS_",
    "net::ERR_SSL_",
    "SSL_ERROR_",
    "SEC_ERROR_",
    "MOZILLA_PKIX_ERROR_",
];

/// Errors of questions to the cache alone, which never were meant to leave. Chromium 156 asks so for every web font before it
/// requests the font, and reports both.
const CACHE_QUESTIONS: &[&str] = &["net::ERR_CACHE_MISS", "NS_ERROR_DOCUMENT_NOT_CACHED"];

/// Errors of requests that may have been stopped on a connection before anything was sent on it: Firefox 153 names the address.
/// Of seven that whoever asked had broken off, two had not reached the server; what the protection of the local network denies
/// never does, for the connection tells that the host is in it.
const STOPPED_ON_A_CONNECTION: &[&str] = &["NS_BINDING_ABORTED", "NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED"];

/// What a browser's error code says became of a request; none where it was no request to the host at all.
///
/// `connected`: the event names the address that answered, so the connection was made, whatever went wrong after.
///
/// ```
/// use tiers_core::{error_code::outcome_of, outcome::Outcome};
/// assert_eq!(outcome_of("net::ERR_NAME_NOT_RESOLVED", false), Some(Outcome::Failed));
/// assert_eq!(outcome_of("NS_ERROR_ABORT", false), Some(Outcome::Blocked));
/// assert_eq!(outcome_of("net::ERR_FAILED", false), Some(Outcome::Unknown));
/// assert_eq!(outcome_of("net::ERR_FAILED", true), Some(Outcome::Sent));
/// assert_eq!(outcome_of("NS_BINDING_ABORTED", true), Some(Outcome::Unknown));
/// assert_eq!(outcome_of("NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED", true), Some(Outcome::Blocked));
/// assert_eq!(outcome_of("net::ERR_CACHE_MISS", false), None);
/// ```
#[must_use]
pub fn outcome_of(error: &str, connected: bool) -> Option<Outcome> {
    if connected && !STOPPED_ON_A_CONNECTION.contains(&error) {
        return Some(Outcome::Sent);
    }
    if CACHE_QUESTIONS.contains(&error) {
        return None;
    }
    let told = TABLE.iter().find(|(_, codes)| codes.contains(&error)).map(|(outcome, _)| *outcome);
    let is_reached = || REACHED_PREFIXES.iter().any(|prefix| error.starts_with(prefix)) || is_sentence(error);
    Some(told.unwrap_or_else(|| if is_reached() { Outcome::Sent } else { Outcome::Unknown }))
}

/// Whether it is words and no code. For an error of TLS, Firefox 153 gives the sentence that it would show, in the user's
/// language: "SSL received a record that exceeded the maximum permissible length." There was a server to speak TLS with.
fn is_sentence(error: &str) -> bool {
    !error.starts_with("NS_") && error.bytes().any(|byte| byte == b' ' || !byte.is_ascii())
}

/// The whole table, in its order: codes, then families, then the codes that do not tell, then the questions to the cache alone.
pub fn table() -> impl Iterator<Item = ErrorCode> {
    let row = |outcome, family| move |code| ErrorCode { outcome, browser: browser_of(code), code, family };
    let codes =
        TABLE.iter().flat_map(move |(outcome, codes)| codes.iter().copied().map(row(Some(*outcome), false)));
    let families = REACHED_PREFIXES.iter().copied().map(row(Some(Outcome::Sent), true));
    let untold = UNTOLD.iter().copied().map(row(Some(Outcome::Unknown), false));
    codes.chain(families).chain(untold).chain(CACHE_QUESTIONS.iter().copied().map(row(None, false)))
}

/// Chromium names its own `net::`.
fn browser_of(code: &str) -> Browser {
    if code.starts_with("net::") { Browser::Chromium } else { Browser::Firefox }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_table_says_what_the_counting_does() {
        for ErrorCode { outcome, code, family, .. } in table() {
            let error = if family { format!("{code}ANY") } else { code.to_owned() };
            assert_eq!(outcome_of(&error, false), outcome, "{error}");
        }
    }

    #[test]
    fn each_code_of_the_published_table_stands_under_its_browser() {
        for ErrorCode { browser, code, .. } in table() {
            assert_eq!(browser == Browser::Chromium, code.starts_with("net::ERR_"), "{code}");
        }
    }

    #[test]
    fn no_code_stands_twice_in_the_table() {
        let mut codes: Vec<_> = TABLE.iter().flat_map(|(_, codes)| codes.iter()).chain(UNTOLD).collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }

    #[test]
    fn an_error_that_does_not_tell_is_unknown() {
        let others = [
            "",
            "net::ERR_CERT_DATABASE_CHANGED",
            "net::<unknown>",
            // What Firefox's `GetErrorName` makes of a number without a name.
            "NS_ERROR_GENERATE_FAILURE(NS_ERROR_MODULE_NETWORK, 999)",
            "__proto__",
        ];
        for error in others.iter().chain(UNTOLD) {
            assert_eq!(outcome_of(error, false), Some(Outcome::Unknown), "{error}");
        }
    }

    #[test]
    fn an_unresolved_name_is_no_contact_in_either_browser() {
        assert_eq!(outcome_of("net::ERR_NAME_NOT_RESOLVED", false), Some(Outcome::Failed));
        assert_eq!(outcome_of("NS_ERROR_UNKNOWN_HOST", false), Some(Outcome::Failed));
    }

    #[test]
    fn a_refused_certificate_means_that_the_server_was_reached() {
        assert_eq!(outcome_of("net::ERR_CERT_AUTHORITY_INVALID", false), Some(Outcome::Sent));
        assert_eq!(outcome_of("SEC_ERROR_UNKNOWN_ISSUER", false), Some(Outcome::Sent));
    }

    #[test]
    fn a_sentence_of_firefox_about_tls_means_that_the_server_was_reached_in_any_language() {
        for error in [
            "SSL received a record that exceeded the maximum permissible length.",
            "Le certificat du pair n’est pas reconnu.",
            "証明書の発行者が不明です。",
        ] {
            assert_eq!(outcome_of(error, false), Some(Outcome::Sent), "{error}");
        }
    }
}
