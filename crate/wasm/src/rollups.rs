//! What the background and pages ask of a day's sum alone.

use tiers_core::rollup::Rollup;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::BorderError;

/// How many pages of a site were visited on the day of a stored sum; undefined: there is nothing of the site.
#[wasm_bindgen(js_name = rollupVisits)]
pub fn rollup_visits(stored: &[u8], site: &str) -> Result<Option<u32>, JsValue> {
    Ok(Rollup::from_bytes(stored).map_err(BorderError::from)?.visits_of(site))
}
