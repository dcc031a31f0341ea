//! The digest of an export, over rows that come back piece by piece.

use std::vec::IntoIter;

use sha2::{Digest, Sha256};

use super::frame::{FilePiece, Lengths, Table, canonical, readable};
use super::{Export, ExportError, ExportFile, Integrity, hexadecimal};

/// The digest of an export that is being made.
#[derive(Debug)]
pub struct ExportDigest {
    export: Export,
    /// How long the rows are.
    expected: Lengths,
    /// How long those are that were given back.
    given: Lengths,
    /// What is around the rows in the canonical form and is not in the digest yet.
    left: IntoIter<FilePiece>,
    /// The table whose rows can be given now.
    open: Option<Table>,
    hasher: Sha256,
}

impl ExportDigest {
    pub(super) fn over(export: Export, expected: Lengths) -> Result<Self, ExportError> {
        let left = canonical(&export)?.into_iter();
        Ok(Self { export, expected, given: Lengths::default(), left, open: None, hasher: Sha256::new() })
    }

    /// The tables whose rows are to be given back, in that order: that of the canonical form.
    #[must_use]
    pub fn order(&self) -> Vec<Table> {
        self.left.as_slice().iter().filter_map(|piece| piece.rows).collect()
    }

    /// Takes rows of a table, as they were given and in that order.
    pub fn rows(&mut self, table: Table, text: &[u8]) -> Result<(), ExportError> {
        self.given.add(table, text);
        while self.open != Some(table) {
            let piece = self.left.next().ok_or(ExportError::Order { table })?;
            self.hasher.update(piece.text);
            self.open = piece.rows;
        }
        // The canonical form has no space: each row is its own, and on a line of its own for people alone.
        for line in text.split(|byte| *byte == b'\n') {
            self.hasher.update(line);
        }
        Ok(())
    }

    /// The file: its pieces, with the tables whose rows are between them. An error where a row did not come back.
    pub fn finish(mut self) -> Result<Vec<FilePiece>, ExportError> {
        if let Some(table) =
            Table::ALL.into_iter().find(|table| self.given.of(*table) != self.expected.of(*table))
        {
            return Err(ExportError::Rows { table });
        }
        for piece in self.left {
            self.hasher.update(piece.text);
        }
        let digest = hexadecimal(&self.hasher.finalize());
        let file =
            ExportFile { export: self.export, integrity: Integrity { algorithm: "sha256/jcs", digest } };
        readable(&file, &self.expected)
    }
}
