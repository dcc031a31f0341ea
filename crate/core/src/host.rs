//! A host as the URL parser serialises it, and what kind of host it is.

use serde::{Deserialize, Serialize};

/// What a host is: a name, or an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum HostKind {
    /// A name in the public DNS.
    Name,
    /// A name that never resolves in the public DNS: `.local`, `.onion`, `localhost`, a single label.
    SpecialUse,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address, in brackets.
    Ipv6,
}

/// Top-level names that the public DNS does not hold.
/// Source: IANA's special-use domain names (RFC 6761, 6762, 7686, 8375, 9476) and ICANN's reservation of `internal`.
const SPECIAL_USE: &[&str] =
    &["alt", "example", "home.arpa", "internal", "invalid", "local", "localhost", "onion", "test"];

impl HostKind {
    /// The kind of a normalised host.
    #[must_use]
    pub fn of(host: &str) -> Self {
        if host.starts_with('[') {
            return Self::Ipv6;
        }
        let dotless = host.strip_suffix('.').unwrap_or(host);
        if ends_in_a_number(dotless) {
            return Self::Ipv4;
        }
        let special = |name: &&str| {
            dotless.strip_suffix(name).is_some_and(|front| front.is_empty() || front.ends_with('.'))
        };
        if !dotless.contains('.') || SPECIAL_USE.iter().any(special) {
            return Self::SpecialUse;
        }
        Self::Name
    }

    /// Whether the host is an address: an address is its own site.
    #[must_use]
    pub const fn is_address(self) -> bool {
        matches!(self, Self::Ipv4 | Self::Ipv6)
    }
}

/// Whether the last label is a number. The WHATWG URL parser takes such a host for an IPv4 address, or refuses it.
fn ends_in_a_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lower-cases what should be lower case already. Browsers hand over hosts as the WHATWG URL parser serialises them;
/// only a URL whose scheme the parser does not know keeps its capitals.
#[must_use]
pub fn normalise(host: &str) -> std::borrow::Cow<'_, str> {
    if host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        host.to_ascii_lowercase().into()
    } else {
        host.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_of_the_kind_that_its_form_says() {
        let rows = [
            ("www.lemonde.fr", HostKind::Name),
            ("xn--bcher-kva.de", HostKind::Name),
            ("192.168.1.1", HostKind::Ipv4),
            ("127.0.0.1.", HostKind::Ipv4),
            ("10.0.0.1.example.com", HostKind::Name),
            ("[::1]", HostKind::Ipv6),
            ("intranet", HostKind::SpecialUse),
            ("nas.local", HostKind::SpecialUse),
            ("local", HostKind::SpecialUse),
            ("notlocal.com", HostKind::Name),
            ("router.home.arpa", HostKind::SpecialUse),
            ("__proto__", HostKind::SpecialUse),
        ];
        for (host, kind) in rows {
            assert_eq!(HostKind::of(host), kind, "{host}");
        }
    }

    #[test]
    fn only_capitals_are_changed() {
        assert_eq!(normalise("WWW.Example.COM"), "www.example.com");
        assert_eq!(normalise("b\u{fc}cher.de"), "b\u{fc}cher.de");
    }
}
