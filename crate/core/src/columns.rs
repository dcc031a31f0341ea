//! Numbers in columns and names in a dictionary, as bytes: what visits are packed of.
//!
//! ```text
//! bytes  := names, column * N
//! column := bytes in the runs, run*
//! run    := a number of numbers, 1 to 127, shifted by one; then, where the lowest bit is set, one number for all of them, else each
//! ```
//!
//! All numbers are varints; [`crate::dictionary`] says what the names are. A run is short, so that no bytes can claim to hold much more than they could.

use std::borrow::Cow;

use crate::bytes::{BytesError, damaged};
use crate::dictionary::{DictionaryWriter, read_names};
use crate::time::Millis;
use crate::varint::{read_bytes, read_number, write_number};

/// The longest run: its head is one byte.
const LONGEST_RUN: usize = 127;
/// So many equal numbers are worth a run of their own.
const WORTH_A_RUN: usize = 3;

/// Columns being written.
#[derive(Debug)]
pub struct ColumnsWriter<const N: usize> {
    numbers: [Vec<u64>; N],
    names: DictionaryWriter,
}

impl<const N: usize> Default for ColumnsWriter<N> {
    fn default() -> Self {
        Self { numbers: std::array::from_fn(|_| Vec::new()), names: DictionaryWriter::default() }
    }
}

impl<const N: usize> ColumnsWriter<N> {
    /// Adds a number to a column.
    pub fn put(&mut self, column: usize, number: u64) {
        self.numbers[column].push(number);
    }

    /// Adds a number that can be negative.
    pub fn put_signed(&mut self, column: usize, number: i64) {
        // Zigzag: small ones stay small on both sides of zero.
        self.put(column, ((number << 1) ^ (number >> 63)).cast_unsigned());
    }

    /// Adds a moment, as milliseconds after another one.
    pub fn put_after(&mut self, column: usize, before: Millis, moment: Millis) {
        self.put_signed(column, moment.get().wrapping_sub(before.get()).cast_signed());
    }

    /// Adds how many rows of another column belong to this one.
    pub fn put_count(&mut self, column: usize, count: usize) {
        self.put(column, count as u64);
    }

    /// Adds a name.
    pub fn put_name(&mut self, column: usize, name: &str) {
        let place = self.name(name);
        self.put(column, place);
    }

    /// The place of a name in the dictionary.
    pub fn name(&mut self, name: &str) -> u64 {
        self.names.place(name)
    }

    /// Writes all of it behind other bytes.
    pub fn write(&self, to: &mut Vec<u8>) {
        self.names.write(to);
        let mut runs = Vec::new();
        for numbers in &self.numbers {
            runs.clear();
            write_runs(&mut runs, numbers);
            write_number(to, runs.len() as u64);
            to.extend_from_slice(&runs);
        }
    }
}

fn write_runs(to: &mut Vec<u8>, mut numbers: &[u64]) {
    while let Some(first) = numbers.first() {
        let equal = numbers.iter().take(LONGEST_RUN).take_while(|number| *number == first).count();
        let count = if equal >= WORTH_A_RUN {
            to.push(u8::try_from(equal << 1 | 1).unwrap_or(u8::MAX));
            write_number(to, *first);
            equal
        } else {
            let starts_a_run = |at: &usize| {
                numbers.get(*at..at + WORTH_A_RUN).is_some_and(|next| next.iter().all(|one| one == &next[0]))
            };
            let most = numbers.len().min(LONGEST_RUN);
            let count = (equal..most).find(starts_a_run).unwrap_or(most);
            to.push(u8::try_from(count << 1).unwrap_or(u8::MAX));
            for number in &numbers[..count] {
                write_number(to, *number);
            }
            count
        };
        numbers = &numbers[count..];
    }
}

/// Columns being read, each from its first row on.
#[derive(Debug)]
pub struct ColumnsReader<'a, const N: usize> {
    names: Vec<Cow<'a, str>>,
    columns: [Column<'a>; N],
}

/// One column: the bytes that are left, and what is left of the run.
#[derive(Debug, Clone, Copy, Default)]
struct Column<'a> {
    rest: &'a [u8],
    left: u8,
    /// The number of all of the run.
    same: Option<u64>,
}

fn short(number: u64) -> Result<u32, BytesError> {
    u32::try_from(number).map_err(|_| damaged("a number is too large"))
}

impl Column<'_> {
    fn begin_run(&mut self) -> Result<(), BytesError> {
        let (head, rest) = self.rest.split_first().ok_or_else(|| damaged("a column ends too soon"))?;
        self.rest = rest;
        self.left = head >> 1;
        if self.left == 0 {
            return Err(damaged("a run is empty"));
        }
        self.same = if head & 1 == 1 { Some(read_number(&mut self.rest)?) } else { None };
        Ok(())
    }
}

impl<'a, const N: usize> ColumnsReader<'a, N> {
    /// Reads what [`ColumnsWriter::write`] wrote, and nothing more.
    pub fn new(mut bytes: &'a [u8]) -> Result<Self, BytesError> {
        let names = read_names(&mut bytes)?;
        Self::behind(names, bytes, N)
    }

    /// Reads columns behind their names: the first so many, for an earlier version had no others.
    pub fn behind(names: Vec<Cow<'a, str>>, mut bytes: &'a [u8], count: usize) -> Result<Self, BytesError> {
        let mut columns = [Column::default(); N];
        for column in columns.iter_mut().take(count) {
            column.rest = read_bytes(&mut bytes)?;
        }
        if !bytes.is_empty() {
            return Err(damaged("more follows than it has columns"));
        }
        Ok(Self { names, columns })
    }

    /// Whether all rows of a column were taken.
    pub fn is_at_end(&self, column: usize) -> bool {
        let column = &self.columns[column];
        column.left == 0 && column.rest.is_empty()
    }

    /// The next number of a column.
    pub fn take(&mut self, column: usize) -> Result<u64, BytesError> {
        let column = &mut self.columns[column];
        if column.left == 0 {
            column.begin_run()?;
        }
        column.left -= 1;
        column.same.map_or_else(|| read_number(&mut column.rest), Ok)
    }

    /// The next numbers of a column, so many: a run at a time, where there are thousands.
    pub fn take_all(&mut self, column: usize, count: u64) -> Result<Vec<u32>, BytesError> {
        let column = &mut self.columns[column];
        let mut numbers = Vec::new();
        let mut wanted = count;
        while wanted > 0 {
            if column.left == 0 {
                column.begin_run()?;
            }
            let of_run = wanted.min(column.left.into());
            match column.same {
                Some(same) => {
                    let same = short(same)?;
                    numbers.extend((0..of_run).map(|_| same));
                }
                None => {
                    for _ in 0..of_run {
                        numbers.push(short(read_number(&mut column.rest)?)?);
                    }
                }
            }
            column.left -= u8::try_from(of_run).unwrap_or(column.left);
            wanted -= of_run;
        }
        Ok(numbers)
    }

    /// The next number of a column that can be negative.
    pub fn take_signed(&mut self, column: usize) -> Result<i64, BytesError> {
        let number = self.take(column)?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// The next moment of a column, which was put as milliseconds after another one.
    pub fn take_after(&mut self, column: usize, before: Millis) -> Result<Millis, BytesError> {
        let after = self.take_signed(column)?;
        Ok(Millis::new(before.get().wrapping_add(after.cast_unsigned())))
    }

    /// The next number of a column, where it fits.
    pub fn take_as<T: TryFrom<u64>>(&mut self, column: usize) -> Result<T, BytesError> {
        T::try_from(self.take(column)?).map_err(|_| damaged("a number is too large"))
    }

    /// The next name of a column.
    pub fn take_name(&mut self, column: usize) -> Result<&str, BytesError> {
        let place = self.take_as::<usize>(column)?;
        self.name(place)
    }

    /// The names of the dictionary, each at its place.
    pub fn into_names(self) -> Vec<Cow<'a, str>> {
        self.names
    }

    /// A name of the dictionary.
    pub fn name(&self, place: usize) -> Result<&str, BytesError> {
        self.names.get(place).map(Cow::as_ref).ok_or_else(|| damaged("a name is missing"))
    }

    /// How many names the dictionary has.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers() -> impl Strategy<Value = Vec<u64>> {
        let number = prop_oneof![4 => 0..3_u64, 2 => 0..300_u64, 1 => any::<u64>()];
        prop::collection::vec((number, 1..150_usize), 0..20).prop_map(|runs| {
            runs.into_iter().flat_map(|(number, times)| std::iter::repeat_n(number, times)).collect()
        })
    }

    proptest! {
        #[test]
        fn columns_give_back_what_was_put(one in numbers(), signed: Vec<i64>, names: Vec<String>) {
            let mut writer = ColumnsWriter::<3>::default();
            for number in &one {
                writer.put(0, *number);
            }
            for number in &signed {
                writer.put_signed(1, *number);
            }
            for name in &names {
                writer.put_name(2, name);
            }
            let mut bytes = Vec::new();
            writer.write(&mut bytes);
            let mut reader = ColumnsReader::<3>::new(&bytes).unwrap();
            let mut at_once = ColumnsReader::<3>::new(&bytes).unwrap();
            let (first, rest) = one.split_at(one.len() / 2);
            for part in [first, rest] {
                let expected: Option<Vec<u32>> = part.iter().map(|number| u32::try_from(*number).ok()).collect();
                let Some(expected) = expected else { break };
                prop_assert_eq!(at_once.take_all(0, part.len() as u64).unwrap(), expected);
            }
            for number in one {
                prop_assert_eq!(reader.take(0).unwrap(), number);
            }
            for number in signed {
                prop_assert_eq!(reader.take_signed(1).unwrap(), number);
            }
            for name in &names {
                prop_assert_eq!(reader.take_name(2).unwrap(), name);
            }
            for column in 0..3 {
                prop_assert!(reader.is_at_end(column));
                prop_assert!(reader.take(column).is_err());
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused_and_hold_no_more_than_they_could(bytes: Vec<u8>) {
            if let Ok(mut reader) = ColumnsReader::<2>::new(&bytes) {
                let rows = std::iter::from_fn(|| reader.take(0).ok()).count();
                prop_assert!(rows <= bytes.len() * LONGEST_RUN);
            }
        }
    }

    #[test]
    fn a_column_of_one_number_is_short() {
        let mut writer = ColumnsWriter::<1>::default();
        for _ in 0..1_000 {
            writer.put(0, 7);
        }
        let mut bytes = Vec::new();
        writer.write(&mut bytes);
        assert!(bytes.len() < 40, "{}", bytes.len());
    }
}
