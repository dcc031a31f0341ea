//! Plain objects from JavaScript, field by field. serde's reader of JavaScript values can say what is wrong with any value,
//! numbers spelt out, and would be a tenth of the module; what the counter reads is a handful of fields.

use js_sys::{Array, Reflect};
use tiers_core::message::{Request, RequestFields};
use tiers_core::record::Settings;
use wasm_bindgen::{JsCast, JsValue};

use crate::error::BorderError;

/// What a page asks. An error of the kind `shape` says which field is missing, or of another type.
pub fn request(object: &JsValue) -> Result<Request, BorderError> {
    let fields = RequestFields {
        kind: field(object, "kind").as_string().unwrap_or_default(),
        tab_id: whole_number(&field(object, "tabId")),
        domain: field(object, "domain").as_string(),
        paused: field(object, "paused").as_bool(),
        site: field(object, "site").as_string(),
        excluded: field(object, "excluded").as_bool(),
        visit_id: field(object, "visitId").as_string(),
        day: count(object, "day")?,
        from: count(object, "from")?,
        to: count(object, "to")?,
        visits_days: count(object, "visitsDays")?,
        sums_days: count(object, "sumsDays")?,
    };
    Request::try_from(fields).map_err(BorderError::shape)
}

/// The stored settings; none where nothing is stored. A field that is missing is as it is by default.
pub fn settings(object: &JsValue) -> Result<Option<Settings>, BorderError> {
    if object.is_undefined() || object.is_null() {
        return Ok(None);
    }
    let mut settings = Settings::default();
    let paused = field(object, "paused");
    if !paused.is_undefined() {
        settings.paused =
            paused.as_bool().ok_or_else(|| BorderError::shape("the settings' paused is no boolean"))?;
    }
    let sites = field(object, "excludedSites");
    if !sites.is_undefined() {
        let sites =
            sites.dyn_ref::<Array>().ok_or_else(|| BorderError::shape("the excluded sites are no array"))?;
        let names = sites.iter().map(|site| site.as_string());
        settings.excluded_sites = names
            .collect::<Option<_>>()
            .ok_or_else(|| BorderError::shape("an excluded site is no string"))?;
    }
    settings.keep_visits_days = count(object, "keepVisitsDays")?;
    settings.keep_sums_days = count(object, "keepSumsDays")?;
    Ok(Some(settings))
}

/// A field of an object; undefined where there is none, or no object.
fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A count in a field of an object; none where there is none. What is no count is an error: it is not taken for none.
fn count(object: &JsValue, name: &str) -> Result<Option<u32>, BorderError> {
    let value = field(object, name);
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let count = whole_number(&value).and_then(|number| u32::try_from(number).ok());
    count.map(Some).ok_or_else(|| BorderError::shape(format!("{name} is no count")))
}

#[expect(clippy::cast_possible_truncation, reason = "only what is the same after it is taken")]
fn whole_number(value: &JsValue) -> Option<i32> {
    let number = value.as_f64()?;
    let whole = number as i32;
    (f64::from(whole).to_bits() == number.to_bits()).then_some(whole)
}
