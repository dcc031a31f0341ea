//! Every host met since the core started, once: its kind and its site are worked out when it is first met.

use crate::host::{HostKind, normalise};
use crate::names::Names;
use crate::site::SiteStart;

/// A host's place in the [`HostTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostId(u32);

impl HostId {
    /// The number that crossed the border.
    #[must_use]
    pub const fn new(id: u32) -> Self {
        Self(id)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// What is known of a host.
#[derive(Debug)]
struct KnownHost {
    name: Box<str>,
    kind: HostKind,
    site: SiteStart,
    /// The site, itself a host: two hosts are of one site where these are equal.
    site_id: HostId,
}

/// What no URL has for a host.
pub const NO_HOST: HostId = HostId(0);

/// The hosts, each with its verdict; first [`NO_HOST`].
#[derive(Debug)]
pub struct HostTable {
    ids: Names,
    known: Vec<KnownHost>,
}

impl Default for HostTable {
    fn default() -> Self {
        let mut table = Self { ids: Names::default(), known: Vec::new() };
        table.learn("");
        table
    }
}

impl HostTable {
    /// The host's number; the same for the same normalised host.
    pub fn id(&mut self, host: &str) -> HostId {
        if let Some(id) = self.ids.get(host) {
            return HostId(id);
        }
        let host = normalise(host);
        match self.ids.get(&host) {
            Some(id) => HostId(id),
            None => self.learn(&host),
        }
    }

    fn learn(&mut self, host: &str) -> HostId {
        let kind = HostKind::of(host);
        let site = SiteStart::of(host, kind);
        // 2^32 distinct hosts would fill the memory long before they wrapped.
        let id = HostId(u32::try_from(self.known.len()).unwrap_or(u32::MAX));
        self.ids.insert(host, id.0);
        self.known.push(KnownHost { name: host.into(), kind, site, site_id: id });
        if let Some(domain) = host.get(site.domain..).filter(|_| site.domain > 0) {
            let site_id = self.id(domain);
            if let Some(known) = self.known.get_mut(id.0 as usize) {
                known.site_id = site_id;
            }
        }
        id
    }

    fn known(&self, id: HostId) -> Option<&KnownHost> {
        self.known.get(id.0 as usize)
    }

    /// Whether this is the number of a host.
    pub const fn is_host(&self, id: HostId) -> bool {
        id.0 != NO_HOST.0 && (id.0 as usize) < self.known.len()
    }

    /// The host itself.
    pub fn name(&self, id: HostId) -> &str {
        self.known(id).map_or("", |known| &known.name)
    }

    /// What kind of host it is.
    pub fn kind(&self, id: HostId) -> HostKind {
        self.known(id).map_or(HostKind::Name, |known| known.kind)
    }

    /// The host's site, as a host of its own.
    pub fn site(&self, id: HostId) -> HostId {
        self.known(id).map_or(id, |known| known.site_id)
    }

    /// The host's site.
    pub fn domain(&self, id: HostId) -> &str {
        self.known(id).and_then(|known| known.name.get(known.site.domain..)).unwrap_or_default()
    }

    /// The host's site under the list's ICANN section alone, where that differs.
    pub fn icann_domain(&self, id: HostId) -> Option<&str> {
        let known = self.known(id).filter(|known| known.site.domain != known.site.icann_domain)?;
        known.name.get(known.site.icann_domain..)
    }
}
