//! What pages remember of their own look. Only pages have it: Chromium's service worker has no `localStorage`.

use gloo_storage::{LocalStorage, Storage};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Where a preference is kept.
fn preference_key(key: &str) -> String {
    format!("tiers.{key}")
}

/// What a page remembered; undefined where it remembers nothing.
///
/// The raw storage: gloo's typed one reads and writes JSON, whose parser weighs more than all the rest here.
#[wasm_bindgen]
pub fn preference(key: &str) -> Option<String> {
    LocalStorage::raw().get_item(&preference_key(key)).ok().flatten()
}

/// Remembers a preference of a page.
#[wasm_bindgen(js_name = setPreference)]
pub fn set_preference(key: &str, value: &str) -> Result<(), JsValue> {
    LocalStorage::raw().set_item(&preference_key(key), value)
}
