//! The summary that a page keeps: it reads the sums of all days once, and answers for any period of them.

use js_sys::Uint8Array;
use serde::Serialize;
use tiers_core::archive::Archive;
use tiers_core::closed_day::StoredDay;
use tiers_core::day::Day;
use tiers_core::period::Period;
use tiers_core::summary as core_summary;
use tiers_core::summary_view::{Page, RowQuery, VisitRows};
use tiers_core::visit_detail::SoughtVisit;
use tiers_core::visit_row::visit_rows as core_visit_rows;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{day_from_js, from_js, to_js};
use crate::error::BorderError;

/// All days that were read, the period that was chosen last, and the one that it is compared with.
#[wasm_bindgen]
#[derive(Default)]
pub struct Summary {
    days: core_summary::Summary,
    period: Period,
    other: Period,
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

    /// Reads some days as one record. Gives back which days they are; throws where it cannot be read: then the days' own sums are to be asked.
    #[wasm_bindgen(js_name = addSpan)]
    pub fn add_span(&mut self, stored: &[u8]) -> Result<Vec<u32>, JsValue> {
        let days = self.days.add_span(stored).map_err(BorderError::from)?;
        Ok(days.into_iter().map(Day::get).collect())
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

    /// One site of the period; undefined where there is nothing of it.
    #[wasm_bindgen(unchecked_return_type = "SiteRow | undefined")]
    pub fn site(&self, site: &str) -> Result<JsValue, JsValue> {
        one(self.days.site(&self.period, site))
    }

    /// One third party of the period, on all sites; undefined where it was not contacted.
    #[wasm_bindgen(js_name = thirdParty, unchecked_return_type = "ThirdPartyRow | undefined")]
    pub fn third_party(&self, domain: &str) -> Result<JsValue, JsValue> {
        one(self.days.third_party(&self.period, domain))
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
        page(query, |query| self.days.third_parties(&self.period, None, query))
    }

    /// The same, each with what has changed since the other period.
    #[wasm_bindgen(js_name = thirdPartiesCompared, unchecked_return_type = "Page<ThirdPartyRow>")]
    pub fn third_parties_compared(
        &self,
        #[wasm_bindgen(unchecked_param_type = "RowQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        page(query, |query| self.days.third_parties(&self.period, Some(&self.other), query))
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

    /// The days of the period on which there is something of a site.
    #[wasm_bindgen(js_name = daysOfSite, unchecked_return_type = "SiteDayRow[]")]
    pub fn days_of_site(&self, site: &str) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.days.days_of_site(&self.period, site))?)
    }

    /// The days of the period on which a third party was contacted.
    #[wasm_bindgen(js_name = daysOfThirdParty, unchecked_return_type = "ThirdPartyDayRow[]")]
    pub fn days_of_third_party(&self, domain: &str) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.days.days_of_third_party(&self.period, domain))?)
    }

    /// The third parties that were new in the period, on one site or on all.
    #[wasm_bindgen(js_name = newContacts, unchecked_return_type = "Page<NewContactRow>")]
    #[expect(clippy::needless_pass_by_value, reason = "a text that may be missing crosses as an owned one")]
    pub fn new_contacts(
        &self,
        site: Option<String>,
        #[wasm_bindgen(unchecked_param_type = "RowQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        page(query, |query| self.days.new_contacts(&self.period, site.as_deref(), query))
    }

    /// Two sites of the period, third party by third party.
    #[wasm_bindgen(js_name = compareSites, unchecked_return_type = "Comparison")]
    pub fn compare_sites(
        &self,
        one: &str,
        other: &str,
        #[wasm_bindgen(unchecked_param_type = "ComparisonQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.days.compare_sites(&self.period, one, other, &from_js(query)?))?)
    }

    /// Chooses the period that the chosen one is compared with. Returns its totals.
    #[wasm_bindgen(js_name = chooseOther, unchecked_return_type = "SummaryView")]
    pub fn choose_other(&mut self, from: Option<u32>, to: Option<u32>) -> Result<JsValue, JsValue> {
        self.other = self.days.over(from.map(Day::new), to.map(Day::new));
        Ok(to_js(&self.other.view())?)
    }

    /// The period and the other one, third party by third party. Both are as they were when they were chosen.
    #[wasm_bindgen(js_name = comparePeriods, unchecked_return_type = "Comparison")]
    pub fn compare_periods(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ComparisonQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.days.compare_periods(&self.period, &self.other, &from_js(query)?))?)
    }

    /// On how many sites of the period third parties must have been met for at most so many of them to be left, if they can be told apart so.
    #[wasm_bindgen(js_name = leastSites)]
    pub fn least_sites(&self, most: u32) -> u32 {
        self.days.least_sites(&self.period, most)
    }

    /// The graph of the period.
    #[wasm_bindgen(unchecked_return_type = "GraphView")]
    pub fn graph(
        &self,
        #[wasm_bindgen(unchecked_param_type = "GraphQuery")] query: JsValue,
    ) -> Result<JsValue, JsValue> {
        Ok(to_js(&self.days.graph(&self.period, &from_js(query)?))?)
    }

    /// The days of a period on which a site or a third party has this in its name, the last first.
    #[wasm_bindgen(js_name = daysWith)]
    pub fn days_with(&self, from: Option<u32>, to: Option<u32>, search: &str) -> Vec<u32> {
        let days = self.days.days_with(from.map(Day::new), to.map(Day::new), search);
        days.into_iter().map(Day::get).collect()
    }
}

/// The visits of one day, the last first, that have this in the name of their site or of a third party that they contacted: those of its
/// closed record, if there is one, and those that are stored beside it, each as its bytes. With a third party: of these the ones that
/// contacted it.
#[expect(
    clippy::needless_pass_by_value,
    reason = "wasm-bindgen hands over a text that may be absent as an own one"
)]
#[wasm_bindgen(js_name = visitRows, unchecked_return_type = "VisitRows")]
pub fn visit_rows(
    day: u32,
    #[wasm_bindgen(unchecked_param_type = "StoredDay | undefined")] closed: JsValue,
    visits: Vec<Uint8Array>,
    search: &str,
    with: Option<String>,
) -> Result<JsValue, JsValue> {
    let Archive { visits, unreadable } = day_from_js(closed, visits)?;
    let rows = core_visit_rows(&visits, Day::new(day), search, with.as_deref());
    Ok(to_js(&VisitRows { rows, unreadable })?)
}

/// One visit of a day, in full, if it is there: of its closed record, if there is one, and of what is stored beside it, each as its bytes.
#[wasm_bindgen(js_name = visitDetail, unchecked_return_type = "SoughtVisit")]
pub fn visit_detail(
    #[wasm_bindgen(unchecked_param_type = "StoredDay | undefined")] closed: JsValue,
    visits: Vec<Uint8Array>,
    id: &str,
) -> Result<JsValue, JsValue> {
    Ok(to_js(&SoughtVisit::of(&day_from_js(closed, visits)?, id))?)
}

fn one<Row: Serialize>(row: Option<Row>) -> Result<JsValue, JsValue> {
    Ok(row.map_or(Ok(JsValue::UNDEFINED), |row| to_js(&row))?)
}

/// The rows that a query asks for.
pub(crate) fn page<Row: Serialize>(
    query: JsValue,
    rows: impl FnOnce(&RowQuery) -> Page<Row>,
) -> Result<JsValue, JsValue> {
    Ok(to_js(&rows(&from_js(query)?))?)
}
