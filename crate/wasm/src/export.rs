//! An export as a worker makes it: day by day, from the visits, so that nobody holds the whole file but the browser.

use js_sys::Uint8Array;
use tiers_core::export::{self as core_export, Occasion, Table};
use tiers_core::time::Millis;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{day_from_js, from_js, to_js};
use crate::error::BorderError;
use crate::reader::COMMIT;

/// An export that is being made.
#[wasm_bindgen]
pub struct ExportMaking(core_export::ExportMaking);

#[wasm_bindgen]
impl ExportMaking {
    /// No visits yet; those of one site, or all. `id` names this export.
    #[wasm_bindgen(constructor)]
    pub fn new(
        site: Option<String>,
        #[wasm_bindgen(unchecked_param_type = "Environment")] environment: JsValue,
        now_ms: f64,
        id: &str,
    ) -> Result<Self, JsValue> {
        let now = Millis::from_browser(now_ms);
        let occasion = Occasion { id, now, environment: from_js(environment)?, commit: COMMIT };
        Ok(Self(core_export::ExportMaking::new(occasion, site)))
    }

    /// The rows of one more day, which stand behind those of the days before: of the visits of its closed record, if there is one, and of
    /// those that are stored beside it, each as its bytes.
    #[wasm_bindgen(unchecked_return_type = "TableRows[]")]
    pub fn add(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "StoredDay | undefined")] closed: JsValue,
        visits: Vec<Uint8Array>,
    ) -> Result<JsValue, JsValue> {
        let rows = self.0.add(&day_from_js(closed, visits)?).map_err(BorderError::from)?;
        Ok(to_js(&rows)?)
    }

    /// So many days would be in it, were their visits still kept.
    #[wasm_bindgen(js_name = missDays)]
    pub fn miss_days(&mut self, days: u32) {
        self.0.miss_days(days);
    }

    /// What could not be read of the visits that were to be in it.
    #[wasm_bindgen(unchecked_return_type = "UnreadableVisits")]
    pub fn unreadable(&self) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.0.unreadable())?)
    }

    /// No days follow.
    #[wasm_bindgen(js_name = intoDigest)]
    pub fn into_digest(self) -> Result<ExportDigest, JsValue> {
        Ok(ExportDigest(self.0.into_digest().map_err(BorderError::from)?))
    }
}

/// The digest of an export that is being made.
#[wasm_bindgen]
pub struct ExportDigest(core_export::ExportDigest);

#[wasm_bindgen]
impl ExportDigest {
    /// The tables in the order in which their rows are to be given back.
    #[wasm_bindgen(unchecked_return_type = "Table[]")]
    pub fn order(&self) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.0.order())?)
    }

    /// Takes rows of a table, as they were given and in that order.
    pub fn rows(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Table")] table: &str,
        text: &[u8],
    ) -> Result<(), JsValue> {
        let known =
            Table::of_key(table).ok_or_else(|| BorderError::shape(format!("“{table}” is no table")))?;
        Ok(self.0.rows(known, text).map_err(BorderError::from)?)
    }

    /// The file: its texts, and the tables whose rows stand between them.
    #[wasm_bindgen(unchecked_return_type = "FilePiece[]")]
    pub fn finish(self) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.0.finish().map_err(BorderError::from)?)?)
    }
}
