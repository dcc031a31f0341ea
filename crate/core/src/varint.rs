//! Numbers as bytes, small ones short (LEB128), and bytes behind their number.

use crate::bytes::{BytesError, damaged};

/// Writes a number behind other bytes.
pub fn write_number(to: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        to.push(0x80 | u8::try_from(number & 0x7f).unwrap_or_default());
        number >>= 7;
    }
    to.push(u8::try_from(number).unwrap_or_default());
}

/// Reads as many bytes as a number before them says.
pub fn read_bytes<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], BytesError> {
    let count = usize::try_from(read_number(bytes)?).map_err(|_| damaged("it ends too soon"))?;
    let (read, rest) = bytes.split_at_checked(count).ok_or_else(|| damaged("it ends too soon"))?;
    *bytes = rest;
    Ok(read)
}

/// Reads a number.
#[inline]
pub fn read_number(bytes: &mut &[u8]) -> Result<u64, BytesError> {
    match *bytes {
        // Most numbers are small.
        [byte @ ..0x80, rest @ ..] => {
            *bytes = rest;
            Ok(u64::from(*byte))
        }
        _ => read_long_number(bytes),
    }
}

fn read_long_number(bytes: &mut &[u8]) -> Result<u64, BytesError> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first().ok_or_else(|| damaged("it ends too soon"))?;
        *bytes = rest;
        let bits = u64::from(byte & 0x7f);
        if bits << shift >> shift != bits {
            break;
        }
        number |= bits << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(damaged("a number is too large"))
}
