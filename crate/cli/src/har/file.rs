//! A HAR file from its bytes to its visits.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use tiers_core::export::{Environment, hexadecimal};

use super::error::HarError;
use super::page::pages;
use super::shape::{Document, Log, Object, Program, fields, text};
use super::visit::RecordedVisit;

/// What came of a HAR file.
#[derive(Debug)]
pub struct HarFile {
    /// One visit a page, in the order of the file.
    pub visits: Vec<RecordedVisit>,
    /// The browser that recorded, else the recorder.
    pub environment: Environment,
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
}

impl HarFile {
    /// Reads a file, once.
    pub fn read(file: &Path) -> Result<Self, HarError> {
        let bytes = fs::read(file).map_err(|cause| HarError::Unreadable { file: file.to_owned(), cause })?;
        Self::of(file, &bytes)
    }

    /// The visits of a file's bytes.
    pub fn of(file: &Path, bytes: &[u8]) -> Result<Self, HarError> {
        let digest: [u8; 32] = Sha256::digest(bytes).into();
        // Nearly every file is UTF-8; telling so is several times faster than looking for what is not.
        let text = str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let Object(Document { log }) =
            serde_json::from_str(text).map_err(|error| locate(file, text, &error))?;
        let name = hexadecimal(&digest[..16]);
        let visits = pages(&log.0).into_iter().filter_map(|page| {
            let page_name = hexadecimal(&Sha256::digest(page.id.as_bytes())[..8]);
            RecordedVisit::of(&page, &format!("har-{name}-{page_name}"))
        });
        Ok(Self { visits: visits.collect(), environment: environment(&log.0), digest })
    }
}

/// Reads a broken text once more, slower, to tell the path inside the document.
fn locate(file: &Path, json: &str, error: &serde_json::Error) -> HarError {
    let mut reader = serde_json::Deserializer::from_str(json);
    let place = match serde_path_to_error::deserialize::<_, Object<Document>>(&mut reader) {
        Err(placed) if placed.inner().is_data() => placed.path().to_string(),
        _ => String::new(),
    };
    HarError::broken(file, error, if place == "." { "" } else { &place })
}

fn environment(log: &Log) -> Environment {
    let known = |program: Option<&RawValue>| {
        let Program { name, version } = fields(program);
        let some = |text: Cow<str>| (!text.is_empty()).then(|| text.into_owned());
        some(text(name)).map(|name| (name, some(text(version))))
    };
    let (browser_name, browser_version) = known(log.browser).or_else(|| known(log.creator)).unzip();
    Environment { browser_name, browser_version: browser_version.flatten(), ..Environment::default() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CHROME: &[u8] = include_bytes!("../../tests/fixtures/chrome.har");

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = HarFile::of(Path::new("x.har"), &bytes);
        }

        #[test]
        fn a_damaged_recording_never_panics(
            damage in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8)
        ) {
            let mut bytes = CHROME.to_vec();
            for (place, byte) in damage {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            let _ = HarFile::of(Path::new("x.har"), &bytes);
        }

        #[test]
        fn every_request_of_arbitrary_redirects_is_counted_once(
            asked in proptest::collection::vec((0_u8..5, 0_u8..6, 0_u32..4), 1..40)
        ) {
            let entries: Vec<String> = asked.iter().map(|(from, to, second)| {
                let answer = match to {
                    5 => r#""status":200"#.to_owned(),
                    to => format!(r#""status":302,"redirectURL":"https://h{to}.test/""#),
                };
                format!(
                    r#"{{"startedDateTime":"2026-01-01T00:00:0{second}Z","response":{{{answer}}},
                        "request":{{"method":"GET","url":"https://h{from}.test/"}}}}"#
                )
            }).collect();
            let har = format!(r#"{{"log":{{"entries":[{}]}}}}"#, entries.join(","));
            let file = HarFile::of(Path::new("x.har"), har.as_bytes()).unwrap();
            let record = &file.visits[0].record;
            let counted: u32 = record.contacts.iter().map(|contact| contact.outcomes().sent).sum();
            prop_assert_eq!(counted as usize + record.hops.len(), asked.len());
        }
    }
}
