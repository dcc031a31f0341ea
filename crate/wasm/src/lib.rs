//! The border: what the core takes and gives, as JavaScript sees it. It converts, and decides nothing.
//!
//! One crate, three wasm modules: each feature is what one place of the extension needs, and no more.

#[cfg(any(feature = "counter", feature = "reader"))]
mod convert;
#[cfg(feature = "counter")]
mod counter;
#[cfg(feature = "counter")]
mod days;
#[cfg(any(feature = "counter", feature = "reader"))]
mod error;
#[cfg(feature = "counter")]
mod fields;
#[cfg(feature = "preferences")]
mod preferences;
#[cfg(feature = "reader")]
mod reader;
#[cfg(any(feature = "counter", feature = "reader"))]
mod rollups;
#[cfg(feature = "reader")]
mod summary;

#[cfg(feature = "counter")]
pub use crate::counter::Core;
#[cfg(feature = "counter")]
pub use crate::days::{add_to_sum, day_without, fold_day, rebuild_day, rollup_without_site};
#[cfg(feature = "preferences")]
pub use crate::preferences::{preference, set_preference};
#[cfg(feature = "reader")]
pub use crate::reader::{export_json, method};
#[cfg(any(feature = "counter", feature = "reader"))]
pub use crate::rollups::rollup_visits;
#[cfg(feature = "reader")]
pub use crate::summary::{Summary, visit_rows};
