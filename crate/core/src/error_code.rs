//! The published table: what each browser's error code says became of a request.
//!
//! Chromium's codes are `net::ERR_…` (its `net_error_list.h`), Firefox's `NS_…` (its `ErrorList.py`, and `NSS`' own
//! names for TLS). A code is in the table only where it tells; every other one is [`Outcome::Unknown`].

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

/// Codes that tell, each with what it tells.
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
            "NS_ERROR_TRACKING_URI",
            "NS_ERROR_EMAILTRACKING_URI",
            "NS_ERROR_SOCIALTRACKING_URI",
            "NS_ERROR_CRYPTOMINING_URI",
            "NS_ERROR_FINGERPRINTING_URI",
            "NS_ERROR_MALWARE_URI",
            "NS_ERROR_PHISHING_URI",
            "NS_ERROR_UNWANTED_URI",
            "NS_ERROR_HARMFUL_URI",
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
            "net::ERR_DNS_TIMED_OUT",
            "net::ERR_DNS_SERVER_FAILED",
            "net::ERR_DNS_MALFORMED_RESPONSE",
            "net::ERR_CONNECTION_REFUSED",
            "net::ERR_CONNECTION_FAILED",
            "net::ERR_CONNECTION_TIMED_OUT",
            "net::ERR_ADDRESS_INVALID",
            "net::ERR_ADDRESS_UNREACHABLE",
            "net::ERR_INTERNET_DISCONNECTED",
            "net::ERR_PROXY_CONNECTION_FAILED",
            "NS_ERROR_UNKNOWN_HOST",
            "NS_ERROR_UNKNOWN_PROXY_HOST",
            "NS_ERROR_CONNECTION_REFUSED",
            "NS_ERROR_PROXY_CONNECTION_REFUSED",
            "NS_ERROR_OFFLINE",
            "NS_ERROR_NET_ERROR_RESPONSE_CONNECTION_REFUSED",
        ],
    ),
    // An answer came and was refused or broke off, or the connection was made.
    (
        Outcome::Sent,
        &[
            "net::ERR_BLOCKED_BY_RESPONSE",
            "net::ERR_BLOCKED_BY_ORB",
            "net::ERR_EMPTY_RESPONSE",
            "net::ERR_CONNECTION_CLOSED",
            "net::ERR_CONNECTION_RESET",
            "net::ERR_CONTENT_DECODING_FAILED",
            "net::ERR_CONTENT_LENGTH_MISMATCH",
            "net::ERR_INCOMPLETE_CHUNKED_ENCODING",
            "net::ERR_INCOMPLETE_HTTP2_HEADERS",
            "net::ERR_INVALID_CHUNKED_ENCODING",
            "net::ERR_INVALID_HTTP_RESPONSE",
            "net::ERR_INVALID_REDIRECT",
            "net::ERR_INVALID_RESPONSE",
            "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION",
            "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH",
            "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION",
            "net::ERR_RESPONSE_HEADERS_TOO_BIG",
            "NS_ERROR_DOM_CORP_FAILED",
            "NS_ERROR_CORRUPTED_CONTENT",
            "NS_ERROR_INVALID_CONTENT_ENCODING",
            "NS_ERROR_NET_EMPTY_RESPONSE",
            "NS_ERROR_NET_INTERRUPT",
            "NS_ERROR_NET_PARTIAL_TRANSFER",
            "NS_ERROR_NET_RESET",
            "NS_ERROR_WEBSOCKET_CONNECTION_REFUSED",
        ],
    ),
];

/// Families whose every member tells the same: the server was reached, and the TLS or HTTP/2 that it spoke was refused.
const REACHED_PREFIXES: &[&str] = &[
    "net::ERR_CERT_",
    "net::ERR_SSL_",
    "net::ERR_HTTP2_",
    "SSL_ERROR_",
    "SEC_ERROR_",
    "MOZILLA_PKIX_ERROR_",
];

/// Errors of questions to the cache alone, which never were meant to leave. Chromium 156 asks so for every web font before it
/// requests the font, and reports both.
const CACHE_QUESTIONS: &[&str] = &["net::ERR_CACHE_MISS", "NS_ERROR_DOCUMENT_NOT_CACHED"];

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
/// assert_eq!(outcome_of("net::ERR_CACHE_MISS", false), None);
/// ```
#[must_use]
pub fn outcome_of(error: &str, connected: bool) -> Option<Outcome> {
    if connected {
        return Some(Outcome::Sent);
    }
    if CACHE_QUESTIONS.contains(&error) {
        return None;
    }
    let told = TABLE
        .iter()
        .find(|(_, codes)| codes.contains(&error))
        .map(|(outcome, _)| *outcome)
        .or_else(|| REACHED_PREFIXES.iter().any(|prefix| error.starts_with(prefix)).then_some(Outcome::Sent))
        .unwrap_or(Outcome::Unknown);
    Some(told)
}

/// The whole table, in its order: codes, then families, then the questions to the cache alone.
pub fn table() -> impl Iterator<Item = ErrorCode> {
    let row = |outcome, family| move |code| ErrorCode { outcome, browser: browser_of(code), code, family };
    let codes =
        TABLE.iter().flat_map(move |(outcome, codes)| codes.iter().copied().map(row(Some(*outcome), false)));
    let families = REACHED_PREFIXES.iter().copied().map(row(Some(Outcome::Sent), true));
    codes.chain(families).chain(CACHE_QUESTIONS.iter().copied().map(row(None, false)))
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
        let mut codes: Vec<_> = TABLE.iter().flat_map(|(_, codes)| codes.iter()).collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }

    #[test]
    fn an_error_that_does_not_tell_is_unknown() {
        for error in [
            "",
            "net::ERR_ABORTED",
            "net::ERR_FAILED",
            "NS_BINDING_ABORTED",
            "net::ERR_TIMED_OUT",
            "__proto__",
        ] {
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
}
