//! The error of a HAR file that cannot be used: which file, where in it, why, and what to do.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::error::Category;

/// Why a HAR file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HarError {
    /// It cannot be read at all.
    #[error("{}: the file cannot be read ({cause})", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// It is not JSON, or not of a HAR's shape.
    #[error(
        "{}: line {line}, column {column}: {reason}. Give an HTTP Archive (HAR 1.2) as the browser's network panel, \
         WebPageTest or sitespeed.io saves it.",
        file.display()
    )]
    Broken {
        /// The file.
        file: PathBuf,
        /// From 1.
        line: usize,
        /// From 1, in bytes.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
}

impl HarError {
    /// Where and why a text is no HAR. `place` is the path inside the document; empty where it is not known.
    pub fn broken(file: &Path, error: &serde_json::Error, place: &str) -> Self {
        let text = error.to_string();
        let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
        let reason = match error.classify() {
            Category::Eof => "the file ends before its JSON does: it is cut off".to_owned(),
            Category::Data if !place.is_empty() => format!("{place}: {what}"),
            Category::Data => what.to_owned(),
            Category::Syntax | Category::Io => format!("not JSON: {what}"),
        };
        // serde_json counts the bytes before an end, and calls the start of a line its column 0.
        let column = error.column() + usize::from(error.is_eof());
        Self::Broken { file: file.to_owned(), line: error.line(), column: column.max(1), reason }
    }
}
