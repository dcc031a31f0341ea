//! The border: what the core takes and gives, as JavaScript sees it. It converts, and decides nothing.

mod convert;
mod core;
mod error;
mod page;

pub use crate::core::Core;
pub use crate::page::{export_json, overview, preference, set_preference};
