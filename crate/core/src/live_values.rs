//! Plain values among the bytes of what is live: numbers, texts, lists.

use std::collections::VecDeque;

use crate::live::{Live, LiveReader, LiveWriter};
use crate::numbered::Numbered;

macro_rules! live_numbers {
    ($($number:ident),*) => {$(
        impl Live for $number {
            fn write(&self, to: &mut LiveWriter) {
                to.number(Self::into(*self));
            }

            fn read(from: &mut LiveReader<'_>) -> Self {
                let number = Self::try_from(from.number());
                from.refuse_unless(number.is_ok(), "a number is too large");
                number.unwrap_or_default()
            }
        }
    )*};
}

live_numbers!(u16, u32, u64);

impl Live for i32 {
    fn write(&self, to: &mut LiveWriter) {
        ((self << 1) ^ (self >> 31)).cast_unsigned().write(to);
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        let number = u32::read(from);
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }
}

impl Live for bool {
    fn write(&self, to: &mut LiveWriter) {
        to.number(u64::from(*self));
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        let number = from.number();
        from.refuse_unless(number <= 1, "neither yes nor no");
        number == 1
    }
}

impl Live for Box<str> {
    fn write(&self, to: &mut LiveWriter) {
        to.text(self);
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        from.text().into()
    }
}

impl<T: Live> Live for Box<T> {
    fn write(&self, to: &mut LiveWriter) {
        self.as_ref().write(to);
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        Self::new(T::read(from))
    }
}

impl<T: Live> Live for Option<T> {
    fn write(&self, to: &mut LiveWriter) {
        self.is_some().write(to);
        if let Some(value) = self {
            value.write(to);
        }
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        bool::read(from).then(|| T::read(from))
    }
}

impl<One: Live, Other: Live> Live for (One, Other) {
    fn write(&self, to: &mut LiveWriter) {
        self.0.write(to);
        self.1.write(to);
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        (One::read(from), Other::read(from))
    }
}

impl<T: Live> Live for Vec<T> {
    fn write(&self, to: &mut LiveWriter) {
        to.count(self.len());
        for value in self {
            value.write(to);
        }
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        let count = from.count();
        let mut values = Self::with_capacity(count);
        for _ in 0..count {
            values.push(T::read(from));
        }
        values
    }
}

impl<T: Live> Live for VecDeque<T> {
    fn write(&self, to: &mut LiveWriter) {
        to.count(self.len());
        for value in self {
            value.write(to);
        }
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        Vec::read(from).into()
    }
}

// Written from the ledger's own lists by [`LiveWriter::numbered`]; here they are read.
impl<T: Live, N: Live + Copy + Ord> Numbered<T, N> {
    /// Reads a list of things with their numbers.
    pub fn read(from: &mut LiveReader<'_>) -> Self {
        let sorted = Self::of_sorted(Vec::read(from));
        from.refuse_unless(sorted.is_some(), "numbers are out of order");
        sorted.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::bytes;
    use crate::host_table::{HostId, NO_HOST};
    use crate::live::{live_enum, live_newtype, live_struct};

    const VERSION: u8 = 1;

    /// One of each kind of thing that is live.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Everything {
        short: u16,
        number: u32,
        long: u64,
        signed: i32,
        yes: bool,
        text: Box<str>,
        numbers: Vec<(u64, Newtype)>,
        queue: VecDeque<u32>,
        variants: Vec<Option<Variant>>,
        #[serde(skip)]
        left_out: u8,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Newtype(i32);

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    enum Variant {
        First,
        OfOne(Box<Newtype>),
        OfSome { yes: bool, number: u16 },
    }

    live_struct!(Everything { short, number, long, signed, yes, text, numbers, queue, variants } without { left_out });
    live_newtype!(Newtype);
    live_enum!(Variant { 0: First, 1: OfOne(newtype), 2: OfSome { yes, number } });

    fn everything() -> impl Strategy<Value = Everything> {
        let variant = prop_oneof![
            Just(Variant::First),
            any::<i32>().prop_map(|number| Variant::OfOne(Box::new(Newtype(number)))),
            any::<(bool, u16)>().prop_map(|(yes, number)| Variant::OfSome { yes, number }),
        ];
        let numbers = prop::collection::vec((any::<u64>(), any::<i32>().prop_map(Newtype)), 0..20);
        let variants = prop::collection::vec(prop::option::of(variant), 0..20);
        let plain = any::<(u16, u32, u64, i32, bool)>();
        (plain, "\\PC{0,200}", numbers, any::<VecDeque<u32>>(), variants).prop_map(
            |((short, number, long, signed, yes), text, numbers, queue, variants)| Everything {
                short,
                number,
                long,
                signed,
                yes,
                text: text.into(),
                numbers,
                queue,
                variants,
                left_out: 0,
            },
        )
    }

    fn written(value: &Everything) -> Vec<u8> {
        let mut to = LiveWriter::default();
        value.write(&mut to);
        to.into_bytes()
    }

    /// What these bytes are read as, none where they are refused; and what is read all the same.
    fn read(bytes: &[u8]) -> (Option<Everything>, Everything) {
        let mut sealed = bytes::head(VERSION);
        sealed.extend_from_slice(bytes);
        let sealed = bytes::seal(sealed);
        let mut from = LiveReader::open(VERSION, &sealed).unwrap();
        let value = Everything::read(&mut from);
        (from.end().ok().map(|()| value.clone()), value)
    }

    proptest! {
        #[test]
        fn the_bytes_are_those_of_postcard(value in everything()) {
            let by_postcard: Vec<u8> = postcard::to_extend(&value, Vec::new()).unwrap();
            prop_assert_eq!(written(&value), by_postcard);
        }

        #[test]
        fn what_was_written_is_read_as_the_same(value in everything()) {
            prop_assert_eq!(read(&written(&value)).0, Some(value));
        }

        #[test]
        fn what_is_cut_is_refused_and_so_is_what_goes_on(
            value in everything(),
            cut: prop::sample::Index,
            more in prop::collection::vec(any::<u8>(), 1..4),
        ) {
            let whole = written(&value);
            prop_assert_eq!(read(&whole[..cut.index(whole.len())]).0, None);
            prop_assert_eq!(read(&[whole, more].concat()).0, None);
        }

        #[test]
        fn damaged_bytes_are_read_as_postcard_reads_them_or_refused(
            value in everything(),
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let mut damaged = written(&value);
            for (place, byte) in damage {
                let place = place.index(damaged.len());
                damaged[place] = byte;
            }
            let (whole, _) = read(&damaged);
            if let Ok((value, [])) = postcard::take_from_bytes(&damaged) {
                prop_assert_eq!(whole, Some(value));
            }
        }

        #[test]
        fn no_bytes_hold_more_than_they_could(bytes: Vec<u8>) {
            let (_, Everything { numbers, queue, variants, text, .. }) = read(&bytes);
            for held in [numbers.capacity(), queue.capacity(), variants.capacity(), text.len()] {
                prop_assert!(held <= bytes.len(), "{held}");
            }
        }
    }

    #[test]
    fn a_host_that_is_none_of_those_that_are_named_is_refused_once_it_is_said_which_those_are() {
        let hosts = [HostId::new(7), HostId::new(3)];
        for (place, names, read) in [
            (1, Some(hosts), Some(hosts[1])),
            (2, Some(hosts), None),
            (u64::MAX, Some(hosts), None),
            (2, None, Some(NO_HOST)),
        ] {
            let mut to = LiveWriter::default();
            to.number(place);
            let mut bytes = bytes::head(VERSION);
            bytes.extend_from_slice(&to.into_bytes());
            let bytes = bytes::seal(bytes);
            let mut from = LiveReader::open(VERSION, &bytes).unwrap();
            if let Some(names) = names {
                from.set_hosts(names.to_vec());
            }
            let host = HostId::read(&mut from);
            assert_eq!(from.end().ok().map(|()| host), read, "{place}, {names:?}");
        }
    }

    #[test]
    fn a_list_that_says_it_is_longer_than_all_that_follows_is_refused_before_there_is_room_for_it() {
        let mut to = LiveWriter::default();
        to.number(u64::MAX);
        let mut bytes = bytes::head(VERSION);
        bytes.extend_from_slice(&to.into_bytes());
        let bytes = bytes::seal(bytes);
        let mut from = LiveReader::open(VERSION, &bytes).unwrap();
        assert_eq!(Vec::<u32>::read(&mut from).capacity(), 0);
        assert!(from.end().is_err());
    }
}
