//! What the background does to closed days: visits are folded into them, sites are left out of them, their sums are made anew, and packed
//! many days at a time.

use js_sys::Uint8Array;
use serde::Serialize;
use tiers_core::closed_day::ClosedDay;
use tiers_core::day::Day;
use tiers_core::record::VisitRecord;
use tiers_core::rollup::Rollup;
use tiers_core::span::pack_span as core_pack_span;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::to_js;
use crate::error::BorderError;

/// Folds visits into a day, which may hold visits already (`stored`), all given as their stored bytes.
#[wasm_bindgen(js_name = foldDay, unchecked_return_type = "Fold")]
#[expect(clippy::needless_pass_by_value, reason = "bytes that may be missing cross as a box")]
pub fn fold_day(day: u32, stored: Option<Box<[u8]>>, visits: Vec<Uint8Array>) -> Result<JsValue, JsValue> {
    let visits = visits.into_iter().map(|bytes| bytes.to_vec());
    let fold = ClosedDay::fold(Day::new(day), stored.as_deref(), visits).map_err(BorderError::from)?;
    Ok(to_js(&fold)?)
}

/// Adds visits, each as its stored bytes, to the stored sum of a day whose own visits are kept no longer.
#[wasm_bindgen(js_name = addToSum, unchecked_return_type = "Addition")]
pub fn add_to_sum(day: u32, stored: &[u8], visits: Vec<Uint8Array>) -> Result<JsValue, JsValue> {
    let visits = visits.into_iter().map(|bytes| bytes.to_vec());
    Ok(to_js(&ClosedDay::add_to_sum(Day::new(day), stored, visits).map_err(BorderError::from)?)?)
}

/// A day without the visits of a site, or without one visit, by its `id`; undefined where nothing is left of it.
#[wasm_bindgen(js_name = dayWithout, unchecked_return_type = "ClosedDay | undefined")]
#[expect(clippy::needless_pass_by_value, reason = "a text that may be missing crosses as an owned one")]
pub fn day_without(
    day: u32,
    stored: &[u8],
    site: Option<String>,
    visit_id: Option<String>,
) -> Result<JsValue, JsValue> {
    let is_unwanted = |visit: &VisitRecord| {
        site.as_ref().is_some_and(|site| visit.site == *site)
            || visit_id.as_ref().is_some_and(|id| visit.id == *id)
    };
    or_undefined(ClosedDay::without(Day::new(day), stored, is_unwanted).map_err(BorderError::from)?)
}

/// The sum of a day whose visits are not kept, without a site; undefined where nothing is left of it.
#[wasm_bindgen(js_name = rollupWithoutSite, unchecked_return_type = "StoredRollup | undefined")]
pub fn rollup_without_site(day: u32, stored: &[u8], site: &str) -> Result<JsValue, JsValue> {
    let left = Rollup::from_bytes(stored).map_err(BorderError::from)?.without(site);
    or_undefined((!left.sites.is_empty()).then(|| left.to_stored(Day::new(day))))
}

/// A day made anew from its visits.
#[wasm_bindgen(js_name = rebuildDay, unchecked_return_type = "ClosedDay")]
pub fn rebuild_day(day: u32, stored: &[u8]) -> Result<JsValue, JsValue> {
    Ok(to_js(&ClosedDay::rebuilt(Day::new(day), stored).map_err(BorderError::from)?)?)
}

/// Some days as one record, from their stored sums, each as its bytes; undefined where none of them can be read.
#[wasm_bindgen(js_name = packSpan)]
#[must_use]
pub fn pack_span(days: Vec<u32>, sums: Vec<Uint8Array>) -> Option<Vec<u8>> {
    let sums = days.into_iter().map(Day::new).zip(sums.into_iter().map(|bytes| bytes.to_vec()));
    core_pack_span(sums)
}

fn or_undefined(left: Option<impl Serialize>) -> Result<JsValue, JsValue> {
    match left {
        Some(left) => Ok(to_js(&left)?),
        None => Ok(JsValue::UNDEFINED),
    }
}
