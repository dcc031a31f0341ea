//! One page of rows: how they are sorted, and which part of them is asked for.

use std::cmp::Ordering;

use crate::order::part_by;
use crate::summary_view::Page;

/// Which part of the sorted rows is asked for.
pub(crate) struct Cut {
    /// Sorted by names alone: then what is equal goes backwards, too.
    pub by_name: bool,
    /// Last to first.
    pub back: bool,
    /// How many rows come before the page.
    pub offset: u32,
    /// How many rows the page has at most.
    pub limit: u32,
}

/// How rows are sorted: by a figure, the greatest first, and what is equal in it by names, from A.
pub(crate) struct Arrangement<Compare, Names> {
    pub compare: Compare,
    pub names: Names,
}

impl<Compare, Names> Arrangement<Compare, Names> {
    /// One page of what was found.
    pub fn page<T, Row>(&self, found: Vec<T>, cut: impl Into<Cut>, row: impl Fn(&T) -> Row) -> Page<Row>
    where
        Compare: Fn(&T, &T) -> Ordering,
        Names: Fn(&T, &T) -> Ordering,
    {
        let Cut { by_name, back, offset, limit } = cut.into();
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let (offset, limit) = (offset as usize, limit as usize);
        let part = part_by(found, offset..offset.saturating_add(limit), |one, other| {
            let names = || (self.names)(one, other);
            match ((self.compare)(one, other), back) {
                (Ordering::Equal, true) if by_name => names().reverse(),
                (Ordering::Equal, _) => names(),
                (order, true) => order.reverse(),
                (order, false) => order,
            }
        });
        Page { total, rows: part.iter().map(row).collect() }
    }
}
