//! What pages run over the stored visits, which they read by themselves: the background is not woken for it.

use js_sys::Uint8Array;
use tiers_core::export::{ExportFile, Occasion};
use tiers_core::overview as core_overview;
use tiers_core::time::Millis;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{from_js, to_js, visits_from_js};
use crate::error::BorderError;

/// The commit of the sources, which the build hands over; empty where it does not know one. It is read here, and not in
/// the core, since the counter has the same core: a commit would make both anew.
const COMMIT: &str = match option_env!("TIERS_COMMIT") {
    Some(commit) => commit,
    None => "",
};

/// The text of an export of visits, given as their stored bytes. `id` names this export.
#[wasm_bindgen(js_name = exportJson)]
pub fn export_json(
    visits: Vec<Uint8Array>,
    #[wasm_bindgen(unchecked_param_type = "Environment")] environment: JsValue,
    now_ms: f64,
    id: &str,
) -> Result<String, JsValue> {
    let visits = visits_from_js(visits)?;
    let occasion = Occasion {
        id,
        now: Millis::from_browser(now_ms),
        environment: from_js(environment)?,
        commit: COMMIT,
    };
    let file = ExportFile::of(&visits, occasion).map_err(BorderError::from)?;
    Ok(file.to_json().map_err(BorderError::from)?)
}

/// Stored visits, given as their bytes, summed up by site.
#[wasm_bindgen(unchecked_return_type = "OverviewView")]
pub fn overview(visits: Vec<Uint8Array>) -> Result<JsValue, JsValue> {
    let visits = visits_from_js(visits)?;
    Ok(to_js(&core_overview::overview(&visits))?)
}
