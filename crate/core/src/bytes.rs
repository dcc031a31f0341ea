//! Values as bytes: a version, a checksum, then the value, compactly.

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

/// Where the value begins: after the version and the checksum.
const HEAD: usize = 1 + size_of::<u32>();

/// The versions whose checksum is over the value alone: of visits (2) and of the live state (9).
const WITHOUT_SALT: [u8; 2] = [2, 9];

/// The room for what comes before a value.
pub fn head(version: u8) -> Vec<u8> {
    vec![version; HEAD]
}

/// Puts the checksum of the value that was written behind [`head`].
pub fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    let checksum = checksum(bytes[0], &bytes[HEAD..]).to_le_bytes();
    bytes[1..HEAD].copy_from_slice(&checksum);
    bytes
}

/// The value behind the head, where it is whole and of this version.
pub fn open(version: u8, bytes: &[u8]) -> Result<&[u8], BytesError> {
    let (found, rest) = bytes.split_first().ok_or_else(|| damaged("it is empty"))?;
    if *found != version {
        return Err(BytesError::Version { found: *found });
    }
    let (written, value) = rest.split_first_chunk().ok_or_else(|| damaged("it ends too soon"))?;
    if u32::from_le_bytes(*written) != checksum(version, value) {
        // A value that can be read may still be another one: a name or a number that the damage made.
        return Err(damaged("its checksum is another one"));
    }
    Ok(value)
}

/// Bytes that do not hold what they should.
pub fn damaged(detail: &str) -> BytesError {
    BytesError::Damaged { detail: detail.to_owned() }
}

/// FNV-1a, 32 bits: each changed byte changes it, and of longer damage it overlooks one in four thousand million. Since there is more than
/// one version that is read, the version is part of it: a damaged one is not read as another.
fn checksum(version: u8, bytes: &[u8]) -> u32 {
    let salt = if WITHOUT_SALT.contains(&version) { 0 } else { u32::from(version) };
    bytes.iter().fold(0x811c_9dc5 ^ salt, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
