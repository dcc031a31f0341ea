//! `tiers site`: hosts and URLs in, one site a line out.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use tiers_core::site::site_of;

use crate::line_host::LineHosts;

/// What stands for a line that holds no host.
const NONE: &str = "-";
/// The longest line that is read, in bytes. Browsers refuse longer URLs: such a line holds no host.
const LONGEST_LINE: u64 = 2 * 1024 * 1024;

/// Why the sites could not be told.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The lines could not be read.
    #[error("standard input cannot be read ({0})")]
    Input(#[source] io::Error),
    /// The sites could not be written.
    #[error("the sites cannot be written to standard output ({0})")]
    Output(#[source] io::Error),
}

/// Reads standard input to its end.
pub fn run() -> Result<(), SiteError> {
    let output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    tell_sites(BufReader::with_capacity(1 << 16, io::stdin().lock()), output)
}

/// Tells the site of each line.
fn tell_sites<R: Read>(mut input: BufReader<R>, mut output: impl Write) -> Result<(), SiteError> {
    let mut hosts = LineHosts::default();
    let mut line = Vec::new();
    loop {
        // Whoever asks line by line gets the answer before the next question.
        if input.buffer().is_empty() {
            output.flush().map_err(SiteError::Output)?;
        }
        line.clear();
        let read = (&mut input).take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(SiteError::Input)?;
        if read == 0 {
            return output.flush().map_err(SiteError::Output);
        }
        let is_whole =
            line.ends_with(b"\n") || line.len() < usize::try_from(LONGEST_LINE).unwrap_or(usize::MAX);
        if !is_whole {
            skip_line(&mut input)?;
            line.clear();
        }
        let text = String::from_utf8_lossy(&line);
        let site = hosts.host_of(&text).map_or(NONE, site_of);
        output
            .write_all(site.as_bytes())
            .and_then(|()| output.write_all(b"\n"))
            .map_err(SiteError::Output)?;
    }
}

fn skip_line(input: &mut impl BufRead) -> Result<(), SiteError> {
    loop {
        let held = input.fill_buf().map_err(SiteError::Input)?;
        let end = held.iter().position(|byte| *byte == b'\n');
        let passed = end.map_or(held.len(), |place| place + 1);
        input.consume(passed);
        if end.is_some() || passed == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sites(input: &[u8]) -> Vec<u8> {
        let mut output = Vec::new();
        tell_sites(BufReader::with_capacity(16, input), &mut output).unwrap();
        output
    }

    #[test]
    fn every_line_has_its_answer_the_last_one_too() {
        assert_eq!(sites(b"a.example.com\n\nhttps://b.example.org/"), b"example.com\n-\nexample.org\n");
        assert_eq!(sites(b""), b"");
    }

    #[test]
    fn a_line_that_no_browser_would_take_holds_no_host_and_spoils_no_other() {
        let length = usize::try_from(LONGEST_LINE).unwrap();
        for more in [0, 1, 100] {
            let mut input = b"https://a.example.com/".to_vec();
            input.resize(length - 1 + more, b'x');
            input.extend(b"\nb.example.org\n");
            let first: &[u8] = if more == 0 { b"example.com" } else { b"-" };
            assert_eq!(sites(&input), [first, b"\nexample.org\n"].concat(), "{more}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_give_as_many_lines_as_they_hold(
            input in proptest::collection::vec(prop_oneof![Just(b'\n'), any::<u8>()], 0..200)
        ) {
            let lines = input.split_inclusive(|byte| *byte == b'\n').count();
            prop_assert_eq!(sites(&input).split_inclusive(|byte| *byte == b'\n').count(), lines);
        }
    }
}
