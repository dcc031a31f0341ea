//! Pairs of characters that stand together often, written as one byte each.

use super::format::END;

/// Writes the most frequent pair of characters as a byte that is no character, and so on until no such byte is left; gives
/// what each byte below END then stands for.
pub fn pair_up(text: &mut Vec<u8>) -> Vec<u8> {
    let mut pairs = vec![[0, 0]; usize::from(END)];
    for byte in text.iter().filter(|byte| **byte < END) {
        pairs[usize::from(*byte)] = [*byte, 0];
    }
    for byte in 1..END {
        if pairs[usize::from(byte)] != [0, 0] {
            continue;
        }
        let Some(pair) = most_frequent(text, &pairs) else { break };
        *text = replace(text, pair, byte);
        pairs[usize::from(byte)] = pair;
    }
    pairs.concat()
}

/// The two characters that most often stand together, where any do.
fn most_frequent(text: &[u8], pairs: &[[u8; 2]]) -> Option<[u8; 2]> {
    let is_character = |byte: &u8| pairs.get(usize::from(*byte)) == Some(&[*byte, 0]);
    let mut counts = vec![0_usize; 1 << 16];
    for window in text.windows(2).filter(|window| window.iter().all(is_character)) {
        counts[usize::from(u16::from_be_bytes([window[0], window[1]]))] += 1;
    }
    let (pair, count) = (0..=u16::MAX).zip(counts).max_by_key(|(_, count)| *count)?;
    (count > 0).then_some(pair.to_be_bytes())
}

/// The text with a pair written as one byte.
fn replace(mut text: &[u8], pair: [u8; 2], by: u8) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(text.len());
    while let Some((first, rest)) = text.split_first() {
        if let Some(behind) = text.strip_prefix(&pair) {
            replaced.push(by);
            text = behind;
        } else {
            replaced.push(*first);
            text = rest;
        }
    }
    replaced
}
