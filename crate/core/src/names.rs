//! Numbers for names: each name once, numbered in the order in which it was first met.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// The numbers of names. One type for hosts and documents, so that the wasm holds its code once.
#[derive(Debug, Default)]
pub struct Names(HashMap<Box<str>, u32, FixedState>);

impl Names {
    /// The number of a name.
    pub fn get(&self, name: &str) -> Option<u32> {
        self.0.get(name).copied()
    }

    /// Gives a name its number.
    pub fn insert(&mut self, name: &str, number: u32) {
        self.0.insert(name.into(), number);
    }

    /// Forgets a name.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }
}
