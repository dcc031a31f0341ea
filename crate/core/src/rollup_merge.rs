//! Two sums of one day made one: of a day whose visits have expired, and of a visit that only now can change no more.

use std::borrow::Cow;

use crate::archive::Archive;
use crate::closed_day::ClosedDay;
use crate::day::Day;
use crate::distinct::Distinct;
use crate::record::{RecordError, VisitRecord};
use crate::rollup::{DomainRollup, Rollup, SiteRollup, StoredRollup};

/// What came of adding visits to the sum of a day whose own visits are kept no longer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Addition {
    /// The sum, to be put in the place of the one that was there.
    pub rollup: StoredRollup,
    /// The visits that are in it now, by their `id`: their own records must go with the same transaction, or they are added twice. One that
    /// cannot be read is not among them.
    pub added: Vec<String>,
}

impl ClosedDay {
    /// Adds visits, given as they are stored, to the stored sum of a day whose own visits are kept no longer.
    pub fn add_to_sum<B: AsRef<[u8]>>(
        day: Day,
        stored: &[u8],
        visits: impl IntoIterator<Item = B>,
    ) -> Result<Addition, RecordError> {
        let before = Rollup::from_bytes(stored)?;
        let Archive { visits, .. } = Archive::of_day(None, visits);
        let visits: Vec<_> = visits.into_iter().map(VisitRecord::over).collect();
        let added = visits.iter().map(|visit| visit.id.clone()).collect();
        Ok(Addition { rollup: before.and(Rollup::of(&visits)).to_stored(day), added })
    }
}

impl<'a> Rollup<'a> {
    /// The sum of these visits and of others.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut known = Distinct::default();
        let mut names: Vec<Cow<'a, str>> = Vec::new();
        let mut place = |name: &Cow<'a, str>| {
            let (place, is_new) = known.meet(name);
            if is_new {
                names.push(name.clone());
            }
            place
        };
        let mut sites: Vec<SiteRollup> = Vec::new();
        for Rollup { names: of_part, sites: of_sites } in [self, other] {
            let places: Vec<u32> = of_part.iter().map(&mut place).collect();
            let mapped = |place: u32| places.get(place as usize).copied().unwrap_or(u32::MAX);
            for mut site in of_sites {
                site.site = mapped(site.site);
                for domain in &mut site.domains {
                    domain.domain = mapped(domain.domain);
                }
                match sites.iter_mut().find(|one| one.site == site.site) {
                    Some(one) => one.absorb(site),
                    None => sites.push(site),
                }
            }
        }
        Self { names, sites }.renumbered()
    }
}

impl SiteRollup {
    fn absorb(&mut self, other: Self) {
        self.first_at = self.first_at.min(other.first_at);
        self.last_at = self.last_at.max(other.last_at);
        self.visits.extend(other.visits);
        self.incomplete += other.incomplete;
        for domain in other.domains {
            match self.domains.iter_mut().find(|one| one.domain == domain.domain) {
                Some(one) => one.absorb(&domain),
                None => self.domains.push(domain),
            }
        }
    }
}

impl DomainRollup {
    fn absorb(&mut self, other: &Self) {
        self.visits += other.visits;
        self.outcomes.absorb(&other.outcomes);
    }
}
