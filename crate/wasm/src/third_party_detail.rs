//! One third party in full, as a page reads it: day by day, from the visits.

use js_sys::Uint8Array;
use tiers_core::third_party_detail as core_detail;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{day_from_js, to_js};
use crate::summary::page;

/// What was read of one third party so far.
#[wasm_bindgen]
pub struct ThirdPartyDetail(core_detail::ThirdPartyDetail);

#[wasm_bindgen]
impl ThirdPartyDetail {
    /// Nothing read yet.
    #[wasm_bindgen(constructor)]
    pub fn new(domain: &str) -> Self {
        Self(core_detail::ThirdPartyDetail::of(domain))
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

    /// What was read, without the rows of its tables.
    #[wasm_bindgen(unchecked_return_type = "RequestSumView")]
    pub fn view(&self) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.0.view())?)
    }

    /// Its hosts.
    #[wasm_bindgen(unchecked_return_type = "Page<HostRow>")]
    pub fn hosts(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RowQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        page(query, |query| self.0.hosts(query))
    }

    /// The ways in which it came into visits.
    #[wasm_bindgen(unchecked_return_type = "Page<ChainRow>")]
    pub fn chains(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RowQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        page(query, |query| self.0.chains(query))
    }
}
