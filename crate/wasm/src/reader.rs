//! What pages run over the stored visits, which they read by themselves: the background is not woken for it.

use tiers_core::display;
use tiers_core::method as core_method;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::to_js;

/// The commit of the sources, which the build hands over; empty where it does not know one. It is read here, and not in
/// the core, since the counter has the same core: a commit would make both anew.
pub const COMMIT: &str = match option_env!("TIERS_COMMIT") {
    Some(commit) => commit,
    None => "",
};

/// How it is counted: the rule, the outcomes, the browsers' error codes, the known gaps, the versions of it all.
#[wasm_bindgen(unchecked_return_type = "MethodView")]
pub fn method() -> Result<JsValue, JsValue> {
    Ok(to_js(&core_method::method(COMMIT))?)
}

/// A host or site as people write it. What the user decided is stored as the browser writes it.
#[wasm_bindgen(js_name = hostText)]
#[must_use]
pub fn host_text(host: &str) -> String {
    display::host_text(host).into_owned()
}
