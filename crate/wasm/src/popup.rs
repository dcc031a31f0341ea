//! What the popup runs: it makes its view of what the background told.

use tiers_core::popup_response::PopupResponse;
use tiers_core::view::PopupView;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::to_js;
use crate::error::BorderError;

/// The view of a tab, from the bytes of the background's response.
#[wasm_bindgen(js_name = popupView, unchecked_return_type = "PopupView")]
pub fn popup_view(bytes: &[u8]) -> Result<JsValue, JsValue> {
    let response = PopupResponse::read_bytes(bytes).map_err(BorderError::from)?;
    Ok(to_js(&PopupView::of(&response))?)
}
