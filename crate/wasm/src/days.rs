//! What the background does to closed days: visits are folded into them, sites are left out of them.

use js_sys::Uint8Array;
use tiers_core::closed_day::StoredDay;
use tiers_core::day::Day;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::to_js;
use crate::error::BorderError;

/// Folds visits into a day, which may hold visits already (`stored`), all given as their stored bytes.
#[wasm_bindgen(js_name = foldDay, unchecked_return_type = "Fold")]
#[expect(clippy::needless_pass_by_value, reason = "bytes that may be missing cross as a box")]
pub fn fold_day(day: u32, stored: Option<Box<[u8]>>, visits: Vec<Uint8Array>) -> Result<JsValue, JsValue> {
    let visits = visits.into_iter().map(|bytes| bytes.to_vec());
    let fold = StoredDay::fold(Day::new(day), stored.as_deref(), visits).map_err(BorderError::from)?;
    Ok(to_js(&fold)?)
}

/// A day without the visits of a site; undefined where nothing is left of it.
#[wasm_bindgen(js_name = dayWithoutSite, unchecked_return_type = "StoredDay | undefined")]
pub fn day_without_site(day: u32, stored: &[u8], site: &str) -> Result<JsValue, JsValue> {
    match StoredDay::without(Day::new(day), stored, |visit| visit.site == site).map_err(BorderError::from)? {
        Some(left) => Ok(to_js(&left)?),
        None => Ok(JsValue::UNDEFINED),
    }
}
