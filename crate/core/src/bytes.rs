//! Values as bytes: a version, then the value, compactly.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why bytes cannot be read.
#[derive(Debug)]
pub enum BytesError {
    /// They are of another version.
    Version {
        /// Their version.
        found: u8,
    },
    /// They do not hold what they should.
    Damaged {
        /// What is wrong.
        detail: String,
    },
}

/// A value as bytes.
pub fn write(version: u8, value: &impl Serialize) -> Vec<u8> {
    // Writing plain values to memory cannot fail; if it ever did, the version alone would be refused as damaged.
    postcard::to_extend(value, vec![version]).unwrap_or_else(|_| vec![version])
}

/// The value that [`write`] wrote under the same version.
pub fn read<T: DeserializeOwned>(version: u8, bytes: &[u8]) -> Result<T, BytesError> {
    match bytes.split_first() {
        Some((found, rest)) if *found == version => match postcard::take_from_bytes(rest) {
            Ok((value, [])) => Ok(value),
            Ok(_) => Err(BytesError::Damaged { detail: "more follows than belongs to it".to_owned() }),
            Err(error) => Err(BytesError::Damaged { detail: error.to_string() }),
        },
        Some((found, _)) => Err(BytesError::Version { found: *found }),
        None => Err(BytesError::Damaged { detail: "it is empty".to_owned() }),
    }
}
