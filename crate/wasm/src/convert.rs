//! Plain JavaScript values from Rust values, and back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use crate::error::BorderError;

/// A plain object: no `Map` (Chromium's messages and stores turn one into `{}`), `null` for none.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, BorderError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// A Rust value from a plain object.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, BorderError> {
    Ok(serde_wasm_bindgen::from_value(value)?)
}

/// A browser's request number. Both browsers count from 1 and stay below 2^53.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates; a number that is none is 0"
)]
pub fn request_id(number: f64) -> u64 {
    number as u64
}
