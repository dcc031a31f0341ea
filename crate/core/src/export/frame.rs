//! What stands around the rows of an export's tables: as people read it, and as the digest is made over it.

use serde::Serialize;
use serde_json::Value;

use super::{Export, ExportError, ExportFile};

/// A table of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// The visits.
    Visits,
    /// The redirects that led to them.
    Hops,
    /// What was asked of each host in each visit.
    Contacts,
    /// The same by the requests' types.
    ContactTypes,
}

impl Table {
    /// Every table, in the order of the file.
    pub const ALL: [Self; 4] = [Self::Visits, Self::Hops, Self::Contacts, Self::ContactTypes];

    /// Its key in the file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Visits => "visits",
            Self::Hops => "hops",
            Self::Contacts => "contacts",
            Self::ContactTypes => "contact_types",
        }
    }

    /// The table of a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.key() == key)
    }
}

/// How long the rows of each table are, in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Lengths([u64; Table::ALL.len()]);

impl Lengths {
    pub(super) const fn of(&self, table: Table) -> u64 {
        self.0[table as usize]
    }

    pub(super) const fn add(&mut self, table: Table, text: &[u8]) {
        self.0[table as usize] += text.len() as u64;
    }
}

/// A text, and the table whose rows follow it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct FilePiece {
    /// The text.
    pub text: String,
    /// All rows of this table follow; none: the text is the last.
    pub rows: Option<Table>,
}

/// What is around the rows in the canonical form of an export (RFC 8785: sorted keys, no space, shortest numbers, ECMAScript's escapes). With ASCII
/// keys and integers alone, that is what `serde_json` writes of a `Value`; a test holds it against an independent canonicalizer.
pub(super) fn canonical(export: &Export) -> Result<Vec<FilePiece>, ExportError> {
    let mut pieces = Vec::new();
    let mut text = String::from("{");
    if let Value::Object(members) = serde_json::to_value(export)? {
        for (place, (key, value)) in members.iter().enumerate() {
            text.extend([if place > 0 { "," } else { "" }, "\"", key, "\":"]);
            if let Some(table) = Table::of_key(key) {
                text.push('[');
                pieces.push(FilePiece {
                    text: std::mem::replace(&mut text, "]".to_owned()),
                    rows: Some(table),
                });
            } else {
                text.push_str(&value.to_string());
            }
        }
    }
    text.push('}');
    pieces.push(FilePiece { text, rows: None });
    let has_place = |table: &Table| pieces.iter().any(|piece| piece.rows == Some(*table));
    match Table::ALL.into_iter().find(|table| !has_place(table)) {
        Some(table) => Err(ExportError::Place { table }),
        None => Ok(pieces),
    }
}

/// What is around the rows in the file, which people open: the head first, all of it indented.
pub(super) fn readable(file: &ExportFile, rows: &Lengths) -> Result<Vec<FilePiece>, ExportError> {
    let text = serde_json::to_string_pretty(file)? + "\n";
    let mut rest = text.as_str();
    let mut pieces = Vec::new();
    let mut end = "";
    for table in Table::ALL {
        // A key of the file itself: no string of JSON holds a line break.
        let key = format!("\n  \"{}\": [", table.key());
        let place = rest.find(&key).ok_or(ExportError::Place { table })? + key.len();
        let (before, behind) = rest.split_at(place);
        pieces.push(FilePiece { text: end.to_owned() + before, rows: Some(table) });
        end = if rows.of(table) > 0 { "\n  " } else { "" };
        rest = behind;
    }
    pieces.push(FilePiece { text: end.to_owned() + rest, rows: None });
    Ok(pieces)
}
