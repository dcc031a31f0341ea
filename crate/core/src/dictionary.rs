//! Names, each once, as bytes: what one name ends with that is known already is not written again.
//!
//! ```text
//! names := count, name*; in the order in which they were first met
//! name  := ending, bytes in front of it, those
//! ending := 0: none; 1 to 31: one of `ENDINGS`; 32 and more: the place of an earlier name, 32 is the first
//! ```
//!
//! A host so costs no more than what it has in front of its domain, where the domain comes first. In records of visits of version 2 a
//! name is its bytes alone.

use std::borrow::Cow;

use crate::bytes::{BytesError, damaged};
use crate::names::Names;
use crate::varint::{read_bytes, read_number, write_number};

/// What most names end with; part of the format. After each of them a name goes on in front, with or without a dot.
const ENDINGS: [&str; 31] = [
    ".com", ".net", ".org", ".io", ".fr", ".de", ".co.uk", ".co", ".eu", ".it", ".es", ".nl", ".be", ".ch",
    ".ca", ".com.br", ".com.au", ".jp", ".ru", ".pl", ".se", ".at", ".info", ".tv", ".me", ".app", ".dev",
    ".cloud", ".ai", ".us", ".biz",
];

/// The number of the first name, as an ending.
const FIRST_NAME: u64 = 32;

/// The longest name, in bytes, that is written or read as another one's continuation: no host is longer, and no bytes can make names
/// that grow without end.
const LONGEST_CONTINUED: usize = 1024;

/// Names being written.
#[derive(Debug, Default)]
pub struct DictionaryWriter {
    count: u32,
    places: Names,
    bytes: Vec<u8>,
}

impl DictionaryWriter {
    /// The place of a name; it is added where it is new.
    pub fn place(&mut self, name: &str) -> u64 {
        if let Some(place) = self.places.get(name) {
            return u64::from(place);
        }
        let (ending, front) = self.ending(name);
        write_number(&mut self.bytes, ending);
        write_number(&mut self.bytes, front.len() as u64);
        self.bytes.extend_from_slice(front.as_bytes());
        let place = self.count;
        self.places.insert(name, place);
        self.count += 1;
        u64::from(place)
    }

    /// The longest known ending of a name, and what is in front of it.
    fn ending<'a>(&self, name: &'a str) -> (u64, &'a str) {
        if name.len() > LONGEST_CONTINUED {
            return (0, name);
        }
        // A name ends with another where a label begins. Nothing is sliced in a way that can fail: the words for a failure are 4 KB of the wasm.
        for (dot, _) in name.match_indices('.') {
            let Some((front, rest)) = name.split_at_checked(dot + 1) else { break };
            if let Some(place) = self.places.get(rest).filter(|_| !rest.is_empty()) {
                return (FIRST_NAME + u64::from(place), front);
            }
            let Some((front, rest)) = name.split_at_checked(dot) else { break };
            if let Some(place) = ENDINGS.iter().position(|ending| *ending == rest) {
                return (1 + place as u64, front);
            }
        }
        (0, name)
    }

    /// Writes all of it behind other bytes.
    pub fn write(&self, to: &mut Vec<u8>) {
        write_number(to, self.count.into());
        to.extend_from_slice(&self.bytes);
    }
}

/// Reads names, each at its place.
pub fn read_names<'a>(bytes: &mut &'a [u8]) -> Result<Vec<Cow<'a, str>>, BytesError> {
    let count = read_number(bytes)?;
    let mut names: Vec<Cow<str>> = Vec::new();
    for _ in 0..count {
        let ending = read_number(bytes)?;
        let front = read_text(bytes)?;
        let ending = match ending {
            0 => "",
            1..FIRST_NAME => {
                usize::try_from(ending - 1).ok().and_then(|place| ENDINGS.get(place)).unwrap_or(&"")
            }
            _ => {
                let place = usize::try_from(ending - FIRST_NAME).unwrap_or(usize::MAX);
                names.get(place).ok_or_else(|| damaged("a name ends with one that is missing"))?
            }
        };
        if !ending.is_empty() && front.len() + ending.len() > LONGEST_CONTINUED {
            return Err(damaged("a name is too long"));
        }
        let name =
            if ending.is_empty() { Cow::Borrowed(front) } else { Cow::Owned([front, ending].concat()) };
        names.push(name);
    }
    Ok(names)
}

/// Reads the names of a record of visits of version 2.
pub fn read_plain_names<'a>(bytes: &mut &'a [u8]) -> Result<Vec<Cow<'a, str>>, BytesError> {
    let count = read_number(bytes)?;
    (0..count).map(|_| read_text(bytes).map(Cow::Borrowed)).collect()
}

fn read_text<'a>(bytes: &mut &'a [u8]) -> Result<&'a str, BytesError> {
    str::from_utf8(read_bytes(bytes)?).map_err(|_| damaged("a name is no text"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn host() -> impl Strategy<Value = String> {
        let label = prop_oneof![4 => "[a-c]{1,2}", 1 => any::<String>()];
        let ending = prop::sample::select(vec!["", ".com", ".co.uk", ".uk", ".test", "."]);
        (prop::collection::vec(label, 0..4), ending).prop_map(|(labels, ending)| labels.join(".") + ending)
    }

    proptest! {
        #[test]
        fn names_are_read_at_the_places_that_they_were_given(names in prop::collection::vec(host(), 0..40)) {
            let mut writer = DictionaryWriter::default();
            let places: Vec<u64> = names.iter().map(|name| writer.place(name)).collect();
            let mut bytes = Vec::new();
            writer.write(&mut bytes);
            let mut rest = bytes.as_slice();
            let read = read_names(&mut rest).unwrap();
            prop_assert!(rest.is_empty());
            for (name, place) in names.iter().zip(places) {
                prop_assert_eq!(&read[usize::try_from(place).unwrap()], name);
            }
        }
    }

    #[test]
    fn a_host_behind_its_domain_costs_what_it_has_in_front() {
        let mut writer = DictionaryWriter::default();
        for name in ["ads-and-more.com", "a.ads-and-more.com", "b.a.ads-and-more.com"] {
            writer.place(name);
        }
        let mut bytes = Vec::new();
        writer.write(&mut bytes);
        assert_eq!(bytes.len(), 1 + (2 + "ads-and-more".len()) + (2 + "a.".len()) + (2 + "b.".len()));
    }
}
