//! The summary that a page keeps: it reads the sums of all days once, and answers for any period of them.

use js_sys::Uint8Array;
use serde::Serialize;
use tiers_core::archive::Archive;
use tiers_core::closed_day::StoredDay;
use tiers_core::day::Day;
use tiers_core::period::Period;
use tiers_core::summary as core_summary;
use tiers_core::summary_view::{Page, RowQuery};
use tiers_core::visit_row::visit_rows as core_visit_rows;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{from_js, to_js};
use crate::error::BorderError;

/// All days that were read, and the period that was chosen last.
#[wasm_bindgen]
#[derive(Default)]
pub struct Summary {
    days: core_summary::Summary,
    period: Period,
}

#[wasm_bindgen]
impl Summary {
    /// Nothing read yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the stored sum of a day. Where it cannot be read, so many visits are told to be missing; without a number, it throws: then the
    /// day's visits are to be asked.
    #[wasm_bindgen(js_name = addRollup)]
    pub fn add_rollup(&mut self, day: u32, stored: &[u8], visits: Option<u32>) -> Result<(), JsValue> {
        let day = Day::new(day);
        match (self.days.add_rollup(day, stored), visits) {
            (Err(why), Some(visits)) => self.days.add_unreadable(day, visits, &why),
            (read, _) => read.map_err(BorderError::from)?,
        }
        Ok(())
    }

    /// Sums up a day from its visits: those of its closed record, if there is one, and those that are stored beside it, each as its bytes.
    #[wasm_bindgen(js_name = addVisits)]
    pub fn add_visits(
        &mut self,
        day: u32,
        #[wasm_bindgen(unchecked_param_type = "StoredDay | undefined")] closed: JsValue,
        visits: Vec<Uint8Array>,
    ) -> Result<(), JsValue> {
        let closed: Option<StoredDay> = from_js(closed)?;
        let visits = visits.into_iter().map(|bytes| bytes.to_vec());
        self.days.add_visits(Day::new(day), closed.as_ref(), visits);
        Ok(())
    }

    /// Adds visits, each as its bytes, to the stored sum of a day whose own visits are kept no longer. Throws where that cannot be read.
    #[wasm_bindgen(js_name = addRollupAndVisits)]
    pub fn add_rollup_and_visits(
        &mut self,
        day: u32,
        stored: &[u8],
        visits: Vec<Uint8Array>,
    ) -> Result<(), JsValue> {
        let visits = visits.into_iter().map(|bytes| bytes.to_vec());
        Ok(self.days.add_rollup_and_visits(Day::new(day), stored, visits).map_err(BorderError::from)?)
    }

    /// Forgets a day: nothing is stored of it any more.
    pub fn forget(&mut self, day: u32) {
        self.days.forget(Day::new(day));
    }

    /// Chooses a period, its first and its last day included; without one, all before or after. Returns its totals.
    #[wasm_bindgen(unchecked_return_type = "SummaryView")]
    pub fn choose(&mut self, from: Option<u32>, to: Option<u32>) -> Result<JsValue, JsValue> {
        self.period = self.days.over(from.map(Day::new), to.map(Day::new));
        Ok(to_js(&self.period.view())?)
    }

    /// The days of the period on which there is something.
    #[wasm_bindgen(unchecked_return_type = "DayRow[]")]
    pub fn days(&self) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.period.days)?)
    }

    /// The sites of the period.
    #[wasm_bindgen(unchecked_return_type = "Page<SiteRow>")]
    pub fn sites(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RowQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        page(query, |query| self.days.sites(&self.period, query))
    }

    /// The third parties of the period, on all sites.
    #[wasm_bindgen(js_name = thirdParties, unchecked_return_type = "Page<ThirdPartyRow>")]
    pub fn third_parties(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RowQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        page(query, |query| self.days.third_parties(&self.period, query))
    }

    /// The third parties of the period on one site.
    #[wasm_bindgen(js_name = thirdPartiesOf, unchecked_return_type = "Page<ContactRow>")]
    pub fn third_parties_of(
        &self,
        site: &str,
        #[wasm_bindgen(unchecked_param_type = "RowQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        page(query, |query| self.days.third_parties_of(&self.period, site, query))
    }

    /// The sites of the period on which one third party was contacted.
    #[wasm_bindgen(js_name = sitesWith, unchecked_return_type = "Page<ContactRow>")]
    pub fn sites_with(
        &self,
        domain: &str,
        #[wasm_bindgen(unchecked_param_type = "RowQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        page(query, |query| self.days.sites_with(&self.period, domain, query))
    }

    /// The days of a period on which a site or a third party has this in its name, the last first.
    #[wasm_bindgen(js_name = daysWith)]
    pub fn days_with(&self, from: Option<u32>, to: Option<u32>, search: &str) -> Vec<u32> {
        let days = self.days.days_with(from.map(Day::new), to.map(Day::new), search);
        days.into_iter().map(Day::get).collect()
    }
}

/// The visits of one day, the last first, that have this in the name of their site or of a third party that they contacted: those of its
/// closed record, if there is one, and those that are stored beside it, each as its bytes.
#[wasm_bindgen(js_name = visitRows, unchecked_return_type = "VisitRow[]")]
pub fn visit_rows(
    day: u32,
    #[wasm_bindgen(unchecked_param_type = "StoredDay | undefined")] closed: JsValue,
    visits: Vec<Uint8Array>,
    search: &str,
) -> Result<JsValue, JsValue> {
    let closed: Option<StoredDay> = from_js(closed)?;
    let stored = Archive::of_day(closed.as_ref(), visits.into_iter().map(|bytes| bytes.to_vec()));
    Ok(to_js(&core_visit_rows(&stored.visits, Day::new(day), search))?)
}

fn page<Row: Serialize>(
    query: JsValue,
    rows: impl FnOnce(&RowQuery) -> Page<Row>,
) -> Result<JsValue, JsValue> {
    Ok(to_js(&rows(&from_js(query)?))?)
}
