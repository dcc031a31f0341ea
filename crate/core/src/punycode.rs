//! Punycode, read: the letters behind a label that begins with `xn--`. RFC 3492, with its parameters for domain names.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// What a label says after its `xn--`; none where it is no Punycode.
///
/// The `idna` crate decodes as well, and judges this in a test; with its sort and its small vectors it would be a
/// twentieth of the background's wasm.
pub fn decode(label: &str) -> Option<String> {
    // A delimiter with nothing in front of it is none.
    let (basic, extended) =
        label.rsplit_once('-').filter(|(basic, _)| !basic.is_empty()).unwrap_or(("", label));
    if !label.is_ascii() {
        return None;
    }
    let mut letters: Vec<char> = basic.chars().collect();
    let mut digits = extended.bytes();
    let (mut n, mut place, mut bias) = (INITIAL_N, 0_u32, INITIAL_BIAS);
    while digits.len() > 0 {
        let before = place;
        let (mut weight, mut k) = (1_u32, BASE);
        loop {
            let digit = digit(digits.next()?)?;
            place = place.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            k += BASE;
        }
        let count = u32::try_from(letters.len()).ok()? + 1;
        bias = adapt(place - before, count, before == 0);
        n = n.checked_add(place / count)?;
        place %= count;
        letters.insert(place as usize, char::from_u32(n)?);
        place += 1;
    }
    Some(letters.into_iter().collect())
}

fn digit(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(BASE).map(|digit| match byte {
        // The letters are 0 to 25, the digits 26 to 35.
        b'0'..=b'9' => digit + 26,
        _ => digit - 10,
    })
}

fn adapt(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_are_read_as_the_rfc_and_registries_write_them() {
        let rows = [
            ("bcher-kva", "bücher"),
            ("mnchen-3ya", "münchen"),
            ("90ais", "бел"),
            ("fiqs8s", "中国"),
            ("ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"),
            ("80ak6aa92e", "аррӏе"),
        ];
        for (label, text) in rows {
            assert_eq!(decode(label).as_deref(), Some(text), "{label}");
        }
        for broken in ["a", "-", "bcher-kv", "99999999", "b\u{fc}cher-kva", "a b-kva!"] {
            assert_eq!(decode(broken), idna::punycode::decode_to_string(broken), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn any_label_says_what_the_idna_crate_reads(label in "[a-z0-9-]{0,20}|[a-zA-Z0-9-]{0,63}|.{0,10}") {
            prop_assert_eq!(decode(&label), idna::punycode::decode_to_string(&label));
        }

        #[test]
        fn any_text_is_read_back(text in "\\PC{1,20}") {
            if let Some(label) = idna::punycode::encode_str(&text) {
                prop_assert_eq!(decode(&label), Some(text));
            }
        }
    }
}
