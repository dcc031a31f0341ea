//! Plain JavaScript values from Rust values, and back.

#[cfg(any(feature = "counter", feature = "reader"))]
use js_sys::Uint8Array;
use serde::Serialize;
#[cfg(feature = "reader")]
use serde::de::DeserializeOwned;
#[cfg(feature = "reader")]
use tiers_core::archive::Archive;
#[cfg(feature = "counter")]
use tiers_core::archive::open_visits;
#[cfg(feature = "reader")]
use tiers_core::closed_day::StoredDay;
#[cfg(feature = "counter")]
use tiers_core::record::VisitRecord;
use wasm_bindgen::JsValue;

use crate::error::BorderError;

/// A plain object: no `Map` (Chromium's messages and stores turn one into `{}`), `null` for none. Bytes are a `Uint8Array`,
/// which stores keep as it is; nothing that goes into a message holds bytes.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, BorderError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible().serialize_bytes_as_arrays(false);
    Ok(value.serialize(&serializer)?)
}

/// The open visits that a background takes up, from their stored bytes.
#[cfg(feature = "counter")]
pub fn visits_from_js(stored: Vec<Uint8Array>) -> Result<Vec<VisitRecord>, BorderError> {
    Ok(open_visits(stored.into_iter().map(|bytes| bytes.to_vec()))?)
}

/// A Rust value from a plain object.
#[cfg(feature = "reader")]
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, BorderError> {
    Ok(serde_wasm_bindgen::from_value(value)?)
}

/// The visits of one day: those of its closed record, if there is one, and those that are stored beside it, each as its bytes.
#[cfg(feature = "reader")]
pub fn day_from_js(closed: JsValue, visits: Vec<Uint8Array>) -> Result<Archive, BorderError> {
    let closed: Option<StoredDay> = from_js(closed)?;
    Ok(Archive::of_day(closed.as_ref(), visits.into_iter().map(|bytes| bytes.to_vec())))
}
