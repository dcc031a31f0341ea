//! How what is live is written as bytes, and read again: a trait that each part implements beside its type.
//!
//! The bytes are those of Postcard (<https://postcard.jamesmunns.com/wire-format>): numbers as varints, in zigzag those that can be
//! negative, the length before a list or a text, the variant's number before what it holds. That crate wrote them at first, through serde,
//! and came to twice the code in the wasm; a background that wakes waits for each function to be compiled.

use std::ops::Deref;

use crate::bytes::{self, BytesError, damaged};
use crate::host_table::{HostId, NO_HOST};
use crate::numbered::Numbered;
use crate::varint::{read_bytes, read_number, write_number};

/// A part of what is live.
pub trait Live: Sized {
    /// Writes it behind what is written.
    fn write(&self, to: &mut LiveWriter);

    /// Reads it; some value where the bytes are damaged, which the reader then says at its end.
    fn read(from: &mut LiveReader<'_>) -> Self;
}

/// Makes a struct [`Live`]: its fields, in the order of their bytes; then those that are not kept.
macro_rules! live_struct {
    ($type:ident { $($field:ident),* $(,)? } $(without { $($left_out:ident),* })?) => {
        impl crate::live::Live for $type {
            fn write(&self, to: &mut crate::live::LiveWriter) {
                let Self { $($field,)* $($($left_out: _,)*)? } = self;
                $(crate::live::Live::write($field, to);)*
            }

            fn read(from: &mut crate::live::LiveReader<'_>) -> Self {
                Self {
                    $($field: crate::live::Live::read(from),)*
                    $($($left_out: Default::default(),)*)?
                }
            }
        }
    };
}

/// Makes an enum [`Live`]: its variants, each with its number and its fields.
macro_rules! live_enum {
    ($type:ident {
        0: $first:ident $(($first_field:ident))?
        $(, $number:literal: $variant:ident $(($field:ident))? $({ $($named:ident),* })?)* $(,)?
    }) => {
        impl crate::live::Live for $type {
            fn write(&self, to: &mut crate::live::LiveWriter) {
                match self {
                    Self::$first $(($first_field))? => {
                        to.number(0);
                        $(crate::live::Live::write($first_field, to);)?
                    }
                    $(Self::$variant $(($field))? $({ $($named),* })? => {
                        to.number($number);
                        $(crate::live::Live::write($field, to);)?
                        $($(crate::live::Live::write($named, to);)*)?
                    })*
                }
            }

            fn read(from: &mut crate::live::LiveReader<'_>) -> Self {
                match from.number() {
                    $($number => {
                        $(let $field = crate::live::Live::read(from);)?
                        $($(let $named = crate::live::Live::read(from);)*)?
                        Self::$variant $(($field))? $({ $($named),* })?
                    })*
                    first => {
                        from.refuse_unless(first == 0, "a value is none of those that there are");
                        $(let $first_field = crate::live::Live::read(from);)?
                        Self::$first $(($first_field))?
                    }
                }
            }
        }
    };
}

/// Makes what holds a single value [`Live`]: it is written as that.
macro_rules! live_newtype {
    ($type:ident) => {
        impl crate::live::Live for $type {
            fn write(&self, to: &mut crate::live::LiveWriter) {
                crate::live::Live::write(&self.0, to);
            }

            fn read(from: &mut crate::live::LiveReader<'_>) -> Self {
                Self(crate::live::Live::read(from))
            }
        }
    };
}

pub(crate) use {live_enum, live_newtype, live_struct};

/// What is live, being written. A host is written as its place among those that have been.
#[derive(Debug, Default)]
pub struct LiveWriter {
    bytes: Vec<u8>,
    hosts: Vec<HostId>,
    /// The places of the hosts, by the numbers of the ledger's table.
    places: Numbered<u32>,
}

impl LiveWriter {
    /// Writes behind these bytes.
    pub fn behind(bytes: Vec<u8>) -> Self {
        Self { bytes, ..Self::default() }
    }

    /// Writes a number.
    pub fn number(&mut self, number: u64) {
        write_number(&mut self.bytes, number);
    }

    /// Writes how many things follow.
    pub fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Writes what is bytes already.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes things with their numbers, as a list of pairs. How many they are is known behind them, and put before them then.
    pub fn numbered<N: Live, T: Deref<Target: Live>>(&mut self, things: impl Iterator<Item = (N, T)>) {
        let start = self.bytes.len();
        let mut count = 0;
        for (number, thing) in things {
            number.write(self);
            thing.write(self);
            count += 1;
        }
        let mut before = Vec::new();
        write_number(&mut before, count);
        for (place, byte) in (start..).zip(before) {
            self.bytes.insert(place, byte);
        }
    }

    /// The hosts that were written, each at its place.
    pub fn hosts(&self) -> &[HostId] {
        &self.hosts
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// What is live, being read. Behind the first damage it gives zeros and empty lists alone, so that whoever reads asks once, at the end:
/// to give up in the middle at every place is more code than to read.
#[derive(Debug)]
pub struct LiveReader<'a> {
    rest: &'a [u8],
    damage: Option<BytesError>,
    /// The hosts by their places; none: whoever reads has no use for them.
    hosts: Option<Vec<HostId>>,
}

impl<'a> LiveReader<'a> {
    /// Reads bytes of a version.
    pub fn open(version: u8, bytes: &'a [u8]) -> Result<Self, BytesError> {
        Ok(Self { rest: bytes::open(version, bytes)?, damage: None, hosts: None })
    }

    /// Says which hosts are at the places that are read from now on, and that there are no others; before, each is read as none.
    pub fn set_hosts(&mut self, hosts: Vec<HostId>) {
        self.hosts = Some(hosts);
    }

    /// Reads a number.
    pub fn number(&mut self) -> u64 {
        read_number(&mut self.rest).unwrap_or_else(|error| {
            self.refuse(error);
            0
        })
    }

    /// Reads how many things follow, each of one byte at least: no damage makes room for more than the bytes could hold.
    pub fn count(&mut self) -> usize {
        let count = usize::try_from(self.number()).unwrap_or(usize::MAX);
        let holds_them = count <= self.rest.len();
        self.refuse_unless(holds_them, "it ends too soon");
        if holds_them { count } else { 0 }
    }

    /// Reads a text.
    pub fn text(&mut self) -> &'a str {
        str::from_utf8(self.bytes()).unwrap_or_else(|_| {
            self.refuse(damaged("a text is none"));
            ""
        })
    }

    /// Reads what was written as bytes.
    pub fn bytes(&mut self) -> &'a [u8] {
        read_bytes(&mut self.rest).unwrap_or_else(|error| {
            self.refuse(error);
            &[]
        })
    }

    /// The bytes are damaged where this is not so.
    pub fn refuse_unless(&mut self, is_so: bool, detail: &str) {
        if !is_so {
            self.refuse(damaged(detail));
        }
    }

    /// The bytes are damaged in this way.
    pub fn refuse(&mut self, error: BytesError) {
        self.rest = &[];
        self.damage.get_or_insert(error);
    }

    /// Whether all that was read so far is as it was written.
    pub fn check(&mut self) -> Result<(), BytesError> {
        self.damage.take().map_or(Ok(()), Err)
    }

    /// Whether all was read as it was written, and nothing follows.
    pub fn end(mut self) -> Result<(), BytesError> {
        let is_at_end = self.rest.is_empty();
        self.refuse_unless(is_at_end, "more follows than it has parts");
        self.check()
    }
}

impl Live for HostId {
    fn write(&self, to: &mut LiveWriter) {
        let place = to.places.get(self.get()).copied().unwrap_or_else(|| {
            let place = u32::try_from(to.hosts.len()).unwrap_or(u32::MAX);
            to.hosts.push(*self);
            to.places.insert(self.get(), place);
            place
        });
        place.write(to);
    }

    fn read(from: &mut LiveReader<'_>) -> Self {
        let place = usize::try_from(from.number()).unwrap_or(usize::MAX);
        let host = from.hosts.as_ref().map_or(Some(NO_HOST), |hosts| hosts.get(place).copied());
        from.refuse_unless(host.is_some(), "a host is none of those that are named");
        host.unwrap_or(NO_HOST)
    }
}
