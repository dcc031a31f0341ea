//! The requests of one site, as a page reads them: day by day, from the visits.

use js_sys::Uint8Array;
use tiers_core::site_detail as core_detail;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{day_from_js, to_js};

/// What was read of one site so far.
#[wasm_bindgen]
pub struct SiteDetail(core_detail::SiteDetail);

#[wasm_bindgen]
impl SiteDetail {
    /// Nothing read yet.
    #[wasm_bindgen(constructor)]
    pub fn new(site: &str) -> Self {
        Self(core_detail::SiteDetail::of(site))
    }

    /// Reads one more day: the visits of its closed record, if there is one, and those that are stored beside it, each as its bytes.
    pub fn add(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "StoredDay | undefined")] closed: JsValue,
        visits: Vec<Uint8Array>,
    ) -> Result<(), JsValue> {
        self.0.add(&day_from_js(closed, visits)?);
        Ok(())
    }

    /// What was read.
    #[wasm_bindgen(unchecked_return_type = "RequestSumView")]
    pub fn view(&self) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.0.view())?)
    }
}
