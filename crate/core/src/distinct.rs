//! Numbers for the distinct names of something.

use crate::names::Names;

/// Distinct names, each with a number in the order in which they are met.
#[derive(Debug, Default)]
pub struct Distinct {
    names: Names,
    count: u32,
}

impl Distinct {
    /// The number of a name, from 0, and whether it is met for the first time.
    pub fn meet(&mut self, name: &str) -> (u32, bool) {
        if let Some(number) = self.names.get(name) {
            return (number, false);
        }
        let number = self.count;
        self.names.insert(name, number);
        self.count += 1;
        (number, true)
    }

    /// The number of a name, if it was met.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.names.get(name)
    }

    /// How many names were met.
    pub const fn count(&self) -> u32 {
        self.count
    }
}
