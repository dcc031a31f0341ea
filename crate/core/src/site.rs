//! From a host to its site: the public suffix and one label, or the host itself.

use crate::host::HostKind;
use crate::suffix::public_suffix;

/// A host's site, as byte offsets into the host: a site is always the host's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteStart {
    /// Where the registrable domain begins, under the list's ICANN and private sections.
    pub domain: usize,
    /// Where it begins under the ICANN section alone.
    pub icann_domain: usize,
}

impl SiteStart {
    /// The site of a normalised host. An address, and a host that is itself a public suffix, is its own site.
    ///
    /// ```
    /// use tiers_core::{host::HostKind, site::SiteStart};
    /// let host = "img.d111.cloudfront.net";
    /// let site = SiteStart::of(host, HostKind::of(host));
    /// assert_eq!(&host[site.domain..], "d111.cloudfront.net");
    /// assert_eq!(&host[site.icann_domain..], "cloudfront.net");
    /// ```
    #[must_use]
    pub fn of(host: &str, kind: HostKind) -> Self {
        if kind.is_address() {
            return Self { domain: 0, icann_domain: 0 };
        }
        let suffix = public_suffix(host);
        Self {
            domain: suffix.registrable_start(host).unwrap_or(0),
            icann_domain: suffix.icann_registrable_start(host).unwrap_or(0),
        }
    }
}

/// The registrable domain of a normalised host.
#[must_use]
pub fn site_of(host: &str) -> &str {
    host.get(SiteStart::of(host, HostKind::of(host)).domain..).unwrap_or(host)
}
