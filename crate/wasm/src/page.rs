//! What only the extension's pages call: they read the store by themselves, so that the background is not woken for it.

use gloo_storage::{LocalStorage, Storage};
use js_sys::Uint8Array;
use tiers_core::export::ExportFile;
use tiers_core::overview as core_overview;
use tiers_core::time::Millis;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{from_js, to_js, visits_from_js};
use crate::error::BorderError;

/// The text of an export of visits, given as their stored bytes. `id` names this export.
#[wasm_bindgen(js_name = exportJson)]
pub fn export_json(
    visits: Vec<Uint8Array>,
    #[wasm_bindgen(unchecked_param_type = "Environment")] environment: JsValue,
    now_ms: f64,
    id: &str,
) -> Result<String, JsValue> {
    let visits = visits_from_js(visits)?;
    let environment = from_js(environment)?;
    let file =
        ExportFile::of(&visits, environment, id, Millis::from_browser(now_ms)).map_err(BorderError::from)?;
    Ok(file.to_json().map_err(BorderError::from)?)
}

/// Stored visits, given as their bytes, summed up by site.
#[wasm_bindgen(unchecked_return_type = "OverviewView")]
pub fn overview(visits: Vec<Uint8Array>) -> Result<JsValue, JsValue> {
    let visits = visits_from_js(visits)?;
    Ok(to_js(&core_overview::overview(&visits))?)
}

/// Where a preference is kept.
fn preference_key(key: &str) -> String {
    format!("tiers.{key}")
}

/// What a page remembered of its own look; undefined where it remembers nothing. Only pages have it: Chromium's service
/// worker has no `localStorage`.
///
/// The raw storage: gloo's typed one reads and writes JSON, whose parser weighs more in the wasm than the whole ledger.
#[wasm_bindgen]
pub fn preference(key: &str) -> Option<String> {
    LocalStorage::raw().get_item(&preference_key(key)).ok().flatten()
}

/// Remembers a preference of a page.
#[wasm_bindgen(js_name = setPreference)]
pub fn set_preference(key: &str, value: &str) -> Result<(), JsValue> {
    LocalStorage::raw().set_item(&preference_key(key), value)
}
