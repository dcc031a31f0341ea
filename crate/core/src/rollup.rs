//! A day summed up: per site its visits, and what they contacted, by domain. What a period's totals are made of, without reading a visit.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::bytes::{self, BytesError};
use crate::day::Day;
use crate::distinct::Distinct;
use crate::numbered::Numbered;
use crate::order::sort_by;
use crate::outcome::OutcomeCounts;
use crate::record::{RecordError, VisitKind, VisitRecord};
use crate::time::Millis;

/// The version of packed rollups that this core writes and reads: the first byte of [`StoredRollup::bytes`].
pub const ROLLUP_VERSION: u8 = 1;

/// A day summed up. Sites and domains are places in its names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rollup<'a> {
    /// The names of its sites and domains, each once, in the order in which they are met in it.
    pub names: Vec<Cow<'a, str>>,
    /// Its sites, in the order of their names.
    pub sites: Vec<SiteRollup>,
}

/// What was done on one site in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRollup {
    /// The first party.
    pub site: u32,
    /// When the first visit, or the first record of the site's workers, began.
    pub first_at: Millis,
    /// When the last one began.
    pub last_at: Millis,
    /// The pages that were visited: those of one sum in the order in which they began, behind those to which that was added.
    pub visits: Vec<VisitTotals>,
    /// How many of them may be incomplete.
    pub incomplete: u32,
    /// The third parties that were asked for, in the order of their places.
    pub domains: Vec<DomainRollup>,
}

/// What one page contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VisitTotals {
    /// Distinct third-party domains.
    pub domains: u32,
    /// Requests to them that left the browser.
    pub requests: u32,
}

/// What was asked of one third party by one site's pages and workers in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainRollup {
    /// The domain.
    pub domain: u32,
    /// In how many pages' visits it was contacted.
    pub visits: u32,
    /// What became of all requests to it.
    pub outcomes: OutcomeCounts,
}

/// A day summed up as the store holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct StoredRollup {
    /// The day.
    pub day: Day,
    /// How many pages were visited, one at least where there is any site: what is missing where its bytes cannot be read.
    pub visits: u32,
    /// The version, then the [`Rollup`].
    #[serde(with = "serde_bytes")]
    #[cfg_attr(feature = "types", ts(type = "Uint8Array"))]
    pub bytes: Vec<u8>,
}

impl<'a> Rollup<'a> {
    /// Sums up visits, given in the order in which they began. What a site's workers did counts for its domains, not as a visit.
    #[must_use]
    pub fn of(visits: &'a [VisitRecord]) -> Self {
        let mut sum = Summing::default();
        for visit in visits {
            sum.add(visit);
        }
        let names: Vec<Cow<str>> = sum.names.into_iter().map(Cow::Borrowed).collect();
        let sites = sum.sites.into_iter().map(|(site, _)| site).collect();
        Self { names, sites }.renumbered()
    }

    /// Reads [`StoredRollup::bytes`].
    pub fn from_bytes(stored: &'a [u8]) -> Result<Self, RecordError> {
        match bytes::open(ROLLUP_VERSION, stored).and_then(Self::unpack) {
            Ok(rollup) => Ok(rollup),
            Err(BytesError::Version { found }) if found > ROLLUP_VERSION => {
                Err(RecordError::Version { found })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The day's sum as it is stored.
    #[must_use]
    pub fn to_stored(&self, day: Day) -> StoredRollup {
        let mut bytes = bytes::head(ROLLUP_VERSION);
        self.pack(&mut bytes);
        let pages = self.sites.iter().map(|site| site.visits.len()).sum::<usize>();
        // Where only workers asked, something is missing all the same.
        let visits = pages.max(usize::from(!self.sites.is_empty()));
        StoredRollup { day, visits: u32::try_from(visits).unwrap_or(u32::MAX), bytes: bytes::seal(bytes) }
    }

    /// The same without one site; nothing of it is left, nor of what only it contacted.
    #[must_use]
    pub fn without(mut self, site: &str) -> Self {
        let names = &self.names;
        self.sites.retain(|one| names.get(one.site as usize).is_none_or(|name| name != site));
        self.renumbered()
    }

    /// How many pages of a site were visited; none: there is nothing of it.
    #[must_use]
    pub fn visits_of(&self, site: &str) -> Option<u32> {
        let of_site = self.sites.iter().find(|one| self.name(one.site) == site)?;
        Some(u32::try_from(of_site.visits.len()).unwrap_or(u32::MAX))
    }

    /// The name at a place; empty where there is none.
    #[must_use]
    pub fn name(&self, place: u32) -> &str {
        self.names.get(place as usize).map_or("", Cow::as_ref)
    }

    /// Puts the sites in the order of their names, numbers the names in the order in which they are met, and leaves out those that are not. Of a site's domains come first those that
    /// sites before it have, in the order of their numbers, then the others, in the order of their names: so each is a step behind the one
    /// before, and the same visits have one form, whatever was left out of them.
    pub(crate) fn renumbered(self) -> Self {
        let Self { names: before, mut sites } = self;
        let name = |site: &SiteRollup| before.get(site.site as usize);
        sort_by(&mut sites, |one, other| name(one).cmp(&name(other)));
        let mut numbering = Numbering { places: vec![None; before.len()], names: Vec::new() };
        for site in &mut sites {
            site.site = numbering.number(site.site);
            let known = |place: u32| numbering.places.get(place as usize).copied().flatten();
            sort_by(&mut site.domains, |one, other| match (known(one.domain), known(other.domain)) {
                (Some(one), Some(other)) => one.cmp(&other),
                (None, None) => before.get(one.domain as usize).cmp(&before.get(other.domain as usize)),
                (one, other) => other.is_some().cmp(&one.is_some()),
            });
            for domain in &mut site.domains {
                domain.domain = numbering.number(domain.domain);
            }
        }
        let mut before: Vec<Option<Cow<str>>> = before.into_iter().map(Some).collect();
        let name = |place: usize| before.get_mut(place).and_then(Option::take).unwrap_or_default();
        Self { names: numbering.names.into_iter().map(name).collect(), sites }
    }
}

/// New places of names, in the order in which they are asked for.
struct Numbering {
    places: Vec<Option<u32>>,
    /// The places before.
    names: Vec<usize>,
}

impl Numbering {
    fn number(&mut self, place: u32) -> u32 {
        let Some(known) = self.places.get_mut(place as usize) else { return place };
        *known.get_or_insert_with(|| {
            self.names.push(place as usize);
            u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// A day that is being summed up.
#[derive(Default)]
struct Summing<'a> {
    places: Distinct,
    names: Vec<&'a str>,
    /// Each site with its domains' places among those of the site, by their numbers, and the places of the sites by theirs.
    sites: Vec<(SiteRollup, Numbered<usize>)>,
    site_places: Numbered<usize>,
}

impl<'a> Summing<'a> {
    fn number(&mut self, name: &'a str) -> u32 {
        let (number, is_new) = self.places.meet(name);
        if is_new {
            self.names.push(name);
        }
        number
    }

    fn add(&mut self, visit: &'a VisitRecord) {
        let site = self.number(&visit.site);
        let place = self.site_places.get(site).copied().unwrap_or_else(|| {
            self.site_places.insert(site, self.sites.len());
            self.sites.push((SiteRollup::beginning(site, visit.started_at_ms), Numbered::default()));
            self.sites.len() - 1
        });
        let third = visit.contacts.iter().filter(|contact| contact.third_party);
        let asked: Vec<(u32, OutcomeCounts)> =
            third.map(|contact| (self.number(&contact.domain), contact.outcomes())).collect();
        if let Some((site, places)) = self.sites.get_mut(place) {
            site.add(visit, &asked, places);
        }
    }
}

impl SiteRollup {
    fn beginning(site: u32, at: Millis) -> Self {
        Self { site, first_at: at, last_at: at, visits: Vec::new(), incomplete: 0, domains: Vec::new() }
    }

    /// Adds a visit and what it asked, by domain. `places`: those of the domains here.
    fn add(&mut self, visit: &VisitRecord, asked: &[(u32, OutcomeCounts)], places: &mut Numbered<usize>) {
        let mut contacted = Numbered::<()>::default();
        let mut totals = VisitTotals::default();
        for (domain, outcomes) in asked {
            let place = places.get(*domain).copied().unwrap_or_else(|| {
                places.insert(*domain, self.domains.len());
                let outcomes = OutcomeCounts::default();
                self.domains.push(DomainRollup { domain: *domain, visits: 0, outcomes });
                self.domains.len() - 1
            });
            let Some(domain) = self.domains.get_mut(place) else { continue };
            domain.outcomes.absorb(outcomes);
            if outcomes.contacted() > 0 && visit.kind == VisitKind::Page {
                totals.requests = totals.requests.saturating_add(outcomes.contacted());
                if !contacted.contains(domain.domain) {
                    contacted.insert(domain.domain, ());
                    totals.domains += 1;
                    domain.visits += 1;
                }
            }
        }
        if visit.kind == VisitKind::Page {
            self.visits.push(totals);
            self.incomplete += u32::from(!visit.gaps.is_empty());
        }
        self.first_at = self.first_at.min(visit.started_at_ms);
        self.last_at = self.last_at.max(visit.started_at_ms);
    }
}
