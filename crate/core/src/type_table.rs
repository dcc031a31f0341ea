//! The browsers' names of request types, as small numbers that cross the border cheaply.

use crate::live::{live_newtype, live_struct};

/// A request type's place in the [`TypeTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeCode(u16);

live_newtype!(TypeCode);

impl TypeCode {
    /// The code that crossed the border.
    #[must_use]
    pub const fn new(code: u16) -> Self {
        Self(code)
    }

    /// The code as it crosses the border.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// What a navigation's request is called in both browsers.
const MAIN_FRAME: &str = "main_frame";
/// Its code: the first of every table.
pub const MAIN_FRAME_CODE: TypeCode = TypeCode(0);

/// How many distinct names are kept; a browser knows about 25.
const MOST_NAMES: usize = 1000;
/// What a type is called once there are more names than that.
const OVERFLOW: &str = "other";

/// The names, in the order in which they were first met. A type that no one has heard of keeps its own name.
#[derive(Debug, Clone)]
pub struct TypeTable {
    names: Vec<Box<str>>,
}

live_struct!(TypeTable { names });

impl Default for TypeTable {
    fn default() -> Self {
        Self { names: vec![MAIN_FRAME.into(), OVERFLOW.into()] }
    }
}

impl TypeTable {
    /// The code of a name; the same for the same name.
    pub fn code(&mut self, name: &str) -> TypeCode {
        let known = self.names.iter().position(|known| known.as_ref() == name);
        let place = known.unwrap_or_else(|| {
            if self.names.len() < MOST_NAMES {
                self.names.push(name.into());
                self.names.len() - 1
            } else {
                1
            }
        });
        TypeCode(u16::try_from(place).unwrap_or(1))
    }

    /// The name behind a code.
    pub fn name(&self, code: TypeCode) -> &str {
        self.names.get(usize::from(code.0)).map_or(OVERFLOW, |name| name)
    }
}
