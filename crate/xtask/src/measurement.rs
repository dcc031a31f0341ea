//! One measured row of the benchmarks, as its script prints it.

use serde::{Deserialize, Serialize};

/// A quantity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// How much.
    pub value: f64,
    /// Of what, as in `ms` or `MB`.
    pub unit: String,
}

/// What a row is compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Yardstick {
    /// Its name, as in `tldts.parse`.
    pub name: String,
    /// What it took in the same run.
    #[serde(flatten)]
    pub quantity: Quantity,
}

/// The budget, and whether it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The budget in words.
    pub text: String,
    /// Whether it is kept.
    pub ok: bool,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// The budget's number.
    pub row: u32,
    /// What was measured.
    pub what: String,
    /// What it is compared with, where there is something.
    #[serde(default)]
    pub yardstick: Option<Yardstick>,
    /// What Tiers took.
    pub tiers: Quantity,
    /// Tiers ÷ yardstick, or the other way round where the budget says so.
    #[serde(default)]
    pub ratio: Option<f64>,
    /// Whether the budget is kept.
    pub budget: Verdict,
    /// How it was measured, and what to know when reading it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// What a script prints: one row, or several that it measures in one run.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Printed {
    One(Box<Measurement>),
    Several(Vec<Measurement>),
}

/// Reads what a script printed.
pub fn parse(printed: &str) -> Result<Vec<Measurement>, serde_json::Error> {
    Ok(match serde_json::from_str(printed.trim())? {
        Printed::One(row) => vec![*row],
        Printed::Several(rows) => rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = r#"{"row": 1, "what": "a request", "yardstick": {"name": "tldts", "value": 0.8, "unit": "µs"},
        "tiers": {"value": 0.6, "unit": "µs"}, "ratio": 0.75, "budget": {"text": "≤ 1.0 ×", "ok": true}, "notes": "n"}"#;
    const ALONE: &str = r#"{"row": 7, "what": "memory", "yardstick": null, "tiers": {"value": 3, "unit": "MB"},
        "ratio": null, "budget": {"text": "≤ 16 MB", "ok": true}}"#;

    #[test]
    fn a_script_prints_one_row_or_several() {
        let one = parse(ROW).unwrap();
        assert_eq!(one[0].yardstick.as_ref().unwrap().quantity.unit, "µs");
        let two = parse(&format!("[{ROW},{ALONE}]")).unwrap();
        assert_eq!((two[1].row, two[1].ratio), (7, None));
    }

    #[test]
    fn what_is_no_row_is_refused() {
        assert!(parse("").is_err());
        assert!(parse(r#"{"row": 1}"#).is_err());
    }
}
