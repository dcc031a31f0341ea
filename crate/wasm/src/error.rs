//! Errors as JavaScript gets them: an `Error` whose `kind` says which one, and whose message says what happened.

use std::fmt::Display;

use js_sys::{Error, Reflect};
use tiers_core::export::ExportError;
use tiers_core::record::RecordError;
use tiers_core::snapshot::RestoreError;
use wasm_bindgen::JsValue;

/// An error on its way to JavaScript.
pub struct BorderError {
    kind: &'static str,
    message: String,
}

impl BorderError {
    /// `kind` is what code tells errors apart by; `message` is for people.
    pub fn new(kind: &'static str, message: String) -> Self {
        Self { kind, message }
    }

    /// A value from JavaScript is not what the core reads.
    pub fn shape(detail: impl Display) -> Self {
        Self::new("shape", format!("a value from JavaScript has not the shape that the core reads: {detail}"))
    }
}

impl From<BorderError> for JsValue {
    fn from(error: BorderError) -> Self {
        let thrown = Error::new(&error.message);
        thrown.set_name("TiersError");
        // Setting a property of an object just made cannot fail.
        let _ = Reflect::set(&thrown, &JsValue::from_str("kind"), &JsValue::from_str(error.kind));
        thrown.into()
    }
}

impl From<RestoreError> for BorderError {
    fn from(error: RestoreError) -> Self {
        let kind = match error {
            RestoreError::SnapshotVersion { .. } => "snapshotVersion",
            RestoreError::SnapshotDamaged { .. } => "snapshotDamaged",
        };
        Self::new(kind, error.to_string())
    }
}

impl From<RecordError> for BorderError {
    fn from(error: RecordError) -> Self {
        let kind = match error {
            RecordError::Version { .. } => "visitVersion",
            RecordError::Damaged { .. } => "visitDamaged",
            RecordError::NotKept => "dayNotKept",
        };
        Self::new(kind, error.to_string())
    }
}

impl From<ExportError> for BorderError {
    fn from(error: ExportError) -> Self {
        Self::new("export", error.to_string())
    }
}

impl From<serde_wasm_bindgen::Error> for BorderError {
    fn from(error: serde_wasm_bindgen::Error) -> Self {
        Self::shape(error)
    }
}
