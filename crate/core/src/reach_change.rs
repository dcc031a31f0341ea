//! How the reach of third parties changed between two periods, and which of them are met for the first time.

use crate::day::Day;
use crate::day_sum::Number;
use crate::period::Period;
use crate::summary::Summary;

/// What has changed of each third party, by its number.
pub(crate) struct ReachChanges {
    /// None where no site was visited in one of the periods: a share of nothing is none.
    changes: Option<Vec<f64>>,
    /// Whether it was contacted before the period.
    is_known: Vec<bool>,
}

impl ReachChanges {
    /// Of a period, compared with another.
    pub fn of(summary: &Summary, period: &Period, other: &Period) -> Self {
        let mut is_known = vec![false; summary.domains.len()];
        let before = |(day, _): &(Day, _)| period.from.is_some_and(|from| *day < from);
        for (_, of_day) in summary.days_in(None, period.from).filter(before) {
            for one in &of_day.contacts {
                let domain = summary.pairs.all.get(one.pair as usize).map(|(_, domain)| *domain as usize);
                if let Some(is_known) = domain.and_then(|domain| is_known.get_mut(domain)) {
                    *is_known = true;
                }
            }
        }
        let (sites, before) = (period.visited_sites(), other.visited_sites());
        let share = |of: &Period, domain: usize, all: u32| {
            let met = of.domains.get(domain).map_or(0, |domain| domain.visited_sites);
            f64::from(met) / f64::from(all)
        };
        let change = |domain| share(period, domain, sites) - share(other, domain, before);
        let changes = (sites > 0 && before > 0).then(|| (0..is_known.len()).map(change).collect());
        Self { changes, is_known }
    }

    /// By how much a third party's reach is greater.
    pub fn change(&self, domain: Number) -> Option<f64> {
        self.changes.as_ref()?.get(domain as usize).copied()
    }

    /// Whether a third party was contacted on no day before the period.
    pub fn is_new(&self, domain: Number) -> bool {
        self.is_known.get(domain as usize) == Some(&false)
    }
}
