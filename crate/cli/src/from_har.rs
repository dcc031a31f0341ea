//! `tiers from-har`: HAR files in, one Tiers export out.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};
use tiers_core::archive::Archive;
use tiers_core::export::{self, Environment, ExportError, Occasion, hexadecimal};
use tiers_core::time::Millis;

use crate::har::error::HarError;
use crate::har::file::HarFile;
use crate::table::page_table;

/// What `from-har` is asked for.
#[derive(Debug, clap::Args)]
pub struct FromHarArgs {
    /// HAR files, of which each page becomes a visit
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write the export here instead of to standard output
    #[arg(long, value_name = "OUT")]
    json: Option<PathBuf>,
    /// Print a table of each page instead of the export, as the extension's popup counts it
    #[arg(long)]
    table: bool,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum FromHarError {
    /// Files are broken or missing.
    #[error("{}", lines(.0))]
    Input(Vec<HarError>),
    /// The export could not be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The file could not be written.
    #[error("{}: the export cannot be written there ({cause}). Give another file to --json.", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// Standard output is closed or full.
    #[error("the result cannot be written to standard output ({0})")]
    Output(#[source] io::Error),
}

fn lines(errors: &[HarError]) -> String {
    errors.iter().map(HarError::to_string).collect::<Vec<_>>().join("\nerror: ")
}

/// What the files hold together.
#[derive(Debug, Default)]
struct Gathered {
    archive: Archive,
    tables: String,
    environments: Vec<Environment>,
    digests: Sha256,
    errors: Vec<HarError>,
}

/// Reads every file before anything is written.
pub fn run(args: &FromHarArgs) -> Result<(), FromHarError> {
    let mut gathered = Gathered::default();
    let mut known = HashSet::new();
    for file in &args.files {
        match HarFile::read(file) {
            Ok(har) => gathered.add(file, har, &mut known, args.table),
            Err(error) => gathered.errors.push(error),
        }
    }
    if !gathered.errors.is_empty() {
        return Err(FromHarError::Input(gathered.errors));
    }
    if args.table {
        print(&gathered.tables)?;
    }
    if args.table && args.json.is_none() {
        return Ok(());
    }
    let export = gathered.export(now())?;
    match &args.json {
        Some(file) => {
            fs::write(file, export).map_err(|cause| FromHarError::File { file: file.clone(), cause })
        }
        None => print(&export),
    }
}

impl Gathered {
    fn add(&mut self, file: &Path, har: HarFile, known: &mut HashSet<String>, table: bool) {
        if har.visits.is_empty() {
            eprintln!(
                "note: {}: it holds no request over the network, so no visit comes of it",
                file.display()
            );
        }
        self.digests.update(har.digest);
        self.environments.push(har.environment);
        for visit in har.visits {
            // The same file twice is one recording.
            if !known.insert(visit.record.id.clone()) {
                continue;
            }
            if table {
                let gap = if self.tables.is_empty() { "" } else { "\n" };
                let title = format!("{}: {}", file.display(), visit.page_id);
                // Writing to a string does not fail.
                let _ = write!(self.tables, "{gap}{}", page_table(&title, &visit.view));
            }
            self.archive.visits.push(visit.record);
        }
    }

    fn export(mut self, now: Millis) -> Result<String, FromHarError> {
        self.digests.update(now.get().to_be_bytes());
        let id = format!("har-{}", hexadecimal(&self.digests.finalize()[..16]));
        let occasion = Occasion {
            id: &id,
            now,
            environment: common(&self.environments),
            commit: option_env!("TIERS_COMMIT").unwrap_or_default(),
        };
        Ok(export::to_json(&self.archive, occasion)?)
    }
}

/// What all files say alike; an export has room for one browser only.
fn common(environments: &[Environment]) -> Environment {
    let mut all = environments.iter();
    let mut common = all.next().cloned().unwrap_or_default();
    for one in all {
        if common.browser_name != one.browser_name {
            common.browser_name = None;
        }
        if common.browser_name.is_none() || common.browser_version != one.browser_version {
            common.browser_version = None;
        }
    }
    common
}

fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::new(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

fn print(text: &str) -> Result<(), FromHarError> {
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes()).and_then(|()| output.flush()).map_err(FromHarError::Output)
}
