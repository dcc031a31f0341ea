//! Things by a number that mostly rises: a sorted list, found by halving. Smaller and faster than a hash map for hundreds.

/// Things in the order of their numbers.
#[derive(Debug, Clone)]
pub struct Numbered<T, N = u32>(Vec<(N, T)>);

impl<T, N> Default for Numbered<T, N> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, N: Copy + Ord> Numbered<T, N> {
    /// Things that are in the order of their numbers already, each with another; none where they are not.
    pub fn of_sorted(things: Vec<(N, T)>) -> Option<Self> {
        things.is_sorted_by(|(one, _), (next, _)| one < next).then_some(Self(things))
    }

    // Into the hot path: the number is compared where it is known.
    #[inline]
    fn place(&self, number: N) -> Result<usize, usize> {
        // What is asked for is mostly the newest, or newer.
        match self.0.last() {
            Some((last, _)) if *last == number => Ok(self.0.len() - 1),
            Some((last, _)) if *last > number => self.search(number),
            _ => Err(self.0.len()),
        }
    }

    fn search(&self, number: N) -> Result<usize, usize> {
        self.0.binary_search_by_key(&number, |(known, _)| *known)
    }

    /// The thing of this number.
    pub fn get(&self, number: N) -> Option<&T> {
        self.place(number).ok().and_then(|place| self.0.get(place)).map(|(_, thing)| thing)
    }

    /// The thing of this number, to be changed.
    pub fn get_mut(&mut self, number: N) -> Option<&mut T> {
        let place = self.place(number).ok()?;
        self.0.get_mut(place).map(|(_, thing)| thing)
    }

    /// Whether there is a thing of this number.
    pub fn contains(&self, number: N) -> bool {
        self.place(number).is_ok()
    }

    /// Puts a thing under its number, in the place of the one that was there.
    pub fn insert(&mut self, number: N, thing: T) {
        match self.place(number) {
            Ok(place) => {
                if let Some(slot) = self.0.get_mut(place) {
                    slot.1 = thing;
                }
            }
            Err(place) => self.0.insert(place, (number, thing)),
        }
    }

    /// Takes a thing out.
    pub fn remove(&mut self, number: N) -> Option<T> {
        self.place(number).ok().map(|place| self.0.remove(place).1)
    }

    /// All things, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (N, &T)> {
        self.0.iter().map(|(number, thing)| (*number, thing))
    }

    /// All things, to be changed, in the order of their numbers.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (N, &mut T)> {
        self.0.iter_mut().map(|(number, thing)| (*number, thing))
    }

    /// Leaves those out that are not wanted.
    pub fn retain(&mut self, mut is_wanted: impl FnMut(N, &T) -> bool) {
        self.0.retain(|(number, thing)| is_wanted(*number, thing));
    }

    /// All things, in the order of their numbers.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, thing)| thing)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_holds_what_a_map_holds(steps in prop::collection::vec((any::<bool>(), 0_u32..20, any::<u8>()), 0..80)) {
            let mut map = BTreeMap::new();
            let mut numbered = Numbered::default();
            for (insert, number, thing) in steps {
                if insert {
                    map.insert(number, thing);
                    numbered.insert(number, thing);
                } else {
                    prop_assert_eq!(map.remove(&number), numbered.remove(number));
                }
                prop_assert_eq!(map.get(&number), numbered.get(number));
            }
            prop_assert!(numbered.iter().eq(map.iter().map(|(number, thing)| (*number, thing))));
        }
    }
}
