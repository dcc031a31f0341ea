//! The border: what the core takes and gives, as JavaScript sees it. It converts, and decides nothing.
//!
//! One crate, five wasm modules: each feature is what one place of the extension needs, and no more.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[cfg(any(feature = "counter", feature = "days", feature = "popup", feature = "reader"))]
mod convert;
#[cfg(feature = "counter")]
mod counter;
#[cfg(feature = "days")]
mod days;
#[cfg(any(feature = "counter", feature = "days", feature = "popup", feature = "reader"))]
mod error;
#[cfg(feature = "reader")]
mod export;
#[cfg(feature = "counter")]
mod fields;
#[cfg(feature = "popup")]
mod popup;
#[cfg(feature = "preferences")]
mod preferences;
#[cfg(feature = "reader")]
mod reader;
#[cfg(any(feature = "days", feature = "reader"))]
mod rollups;
#[cfg(feature = "reader")]
mod site_detail;
#[cfg(feature = "reader")]
mod summary;
#[cfg(feature = "reader")]
mod third_party_detail;

#[cfg(feature = "counter")]
pub use crate::counter::Core;
#[cfg(feature = "days")]
pub use crate::days::{add_to_sum, day_without, fold_day, pack_span, rebuild_day, rollup_without_site};
#[cfg(feature = "reader")]
pub use crate::export::{ExportDigest, ExportMaking};
#[cfg(feature = "popup")]
pub use crate::popup::popup_view;
#[cfg(feature = "preferences")]
pub use crate::preferences::{preference, set_preference};
#[cfg(feature = "reader")]
pub use crate::reader::method;
#[cfg(any(feature = "days", feature = "reader"))]
pub use crate::rollups::rollup_visits;
#[cfg(feature = "reader")]
pub use crate::site_detail::SiteDetail;
#[cfg(feature = "reader")]
pub use crate::summary::{Summary, visit_rows};
#[cfg(feature = "reader")]
pub use crate::third_party_detail::ThirdPartyDetail;
