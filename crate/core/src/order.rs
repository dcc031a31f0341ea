//! One sort for everything that is shown or stored in an order.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

/// Sorts by a comparison; what compares equal keeps its order.
///
/// The standard library compiles its sort anew for each type, and writes out the small cases: 20 KB in a wasm built for size.
/// This one sorts places, whatever they hold, and by the standard library's heap.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let compare = |one: usize, other: usize| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    };
    let places = sorted_places(items.len(), &compare);
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| taken.get_mut(place)?.take()));
}

/// A part of what a comparison puts in order, from one place up to another, as [`sort_by`] would leave it. What lies before and behind is only told
/// apart, not sorted: a screen shows fifty of a million rows.
pub fn part_by<T>(items: Vec<T>, part: Range<usize>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let places = {
        let compare = |one: usize, other: usize| match (items.get(one), items.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        };
        places_of_part(items.len(), &part, &compare)
    };
    let mut taken: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| taken.get_mut(place)?.take()).collect()
}

fn places_of_part(len: usize, part: &Range<usize>, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<Place> = (0..len).map(|place| Place { place, compare }).collect();
    // Each cut leaves the lesser ones before it.
    if part.end < places.len() {
        places.select_nth_unstable(part.end);
        places.truncate(part.end);
    }
    if part.start >= places.len() {
        return Vec::new();
    }
    places.select_nth_unstable(part.start);
    let heap: BinaryHeap<Place> = places.split_off(part.start).into();
    heap.into_sorted_vec().into_iter().map(|sorted| sorted.place).collect()
}

fn sorted_places(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let heap: BinaryHeap<Place> = (0..len).map(|place| Place { place, compare }).collect();
    heap.into_sorted_vec().into_iter().map(|sorted| sorted.place).collect()
}

/// A place, ordered as what it holds; where that is equal, by itself.
struct Place<'a> {
    place: usize,
    compare: &'a dyn Fn(usize, usize) -> Ordering,
}

impl Ord for Place<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.compare)(self.place, other.place).then(self.place.cmp(&other.place))
    }
}

impl PartialOrd for Place<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Place<'_> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_order_is_the_standard_librarys(items in prop::collection::vec((0_u8..8, any::<u16>()), 0..60)) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut sorted = items;
            sort_by(&mut sorted, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(sorted, expected);
        }

        #[test]
        fn a_part_is_that_of_the_whole_order(
            items in prop::collection::vec((0_u8..8, any::<u16>()), 0..60),
            start in 0_usize..80,
            length in 0_usize..80,
        ) {
            let mut sorted = items.clone();
            sorted.sort_by_key(|item| item.0);
            let expected: Vec<_> = sorted.into_iter().skip(start).take(length).collect();
            prop_assert_eq!(part_by(items, start..start + length, |a, b| a.0.cmp(&b.0)), expected);
        }
    }
}
