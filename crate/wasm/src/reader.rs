//! What pages run over the stored visits, which they read by themselves: the background is not woken for it.

use tiers_core::archive::Archive;
use tiers_core::export::{ExportFile, Occasion};
use tiers_core::method as core_method;
use tiers_core::time::Millis;
use tiers_core::view::ExportView;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{from_js, to_js};
use crate::error::BorderError;

/// The commit of the sources, which the build hands over; empty where it does not know one. It is read here, and not in
/// the core, since the counter has the same core: a commit would make both anew.
const COMMIT: &str = match option_env!("TIERS_COMMIT") {
    Some(commit) => commit,
    None => "",
};

/// The text of an export of what is stored, of one site or of all, and how many visits could not be read. `id` names this export.
#[wasm_bindgen(js_name = exportJson, unchecked_return_type = "ExportView")]
#[expect(clippy::needless_pass_by_value, reason = "a text that may be missing crosses as an owned one")]
pub fn export_json(
    #[wasm_bindgen(unchecked_param_type = "Stored")] stored: JsValue,
    site: Option<String>,
    #[wasm_bindgen(unchecked_param_type = "Environment")] environment: JsValue,
    now_ms: f64,
    id: &str,
) -> Result<JsValue, JsValue> {
    let archive = Archive::read(&from_js(stored)?, site.as_deref());
    let occasion = Occasion {
        id,
        now: Millis::from_browser(now_ms),
        environment: from_js(environment)?,
        commit: COMMIT,
    };
    let file = ExportFile::of(&archive, occasion).map_err(BorderError::from)?;
    let json = file.to_json().map_err(BorderError::from)?;
    Ok(to_js(&ExportView { json, unreadable: archive.unreadable })?)
}

/// How it is counted: the rule, the outcomes, the browsers' error codes, the known gaps, the versions of it all.
#[wasm_bindgen(unchecked_return_type = "MethodView")]
pub fn method() -> Result<JsValue, JsValue> {
    Ok(to_js(&core_method::method(COMMIT))?)
}
