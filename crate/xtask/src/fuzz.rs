//! `cargo xtask fuzz`: bytes that nobody wrote, given to the decoders of what is stored.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::project::Project;
use crate::tool::{Tool, ToolError};

/// What a run is asked for.
#[derive(Debug, clap::Args)]
pub struct FuzzArgs {
    /// How long to look for bytes that a decoder cannot take
    #[arg(long, value_name = "S", default_value_t = 60)]
    pub seconds: u32,
}

/// Why it could not be fuzzed, or what was found.
#[derive(Debug, thiserror::Error)]
pub enum FuzzError {
    /// The target could not be built, or it found something: libFuzzer has said what, and where it put the bytes.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// A seed could not be read or written.
    #[error("the seeds of the fuzzing, {}: {source}; they are made of tests/fixtures/stores", path.display())]
    Seeds {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// What leads libFuzzer: which branches an input takes. Without the sanitizers, which the stable compiler does not have; the core has no
/// `unsafe`.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

/// The version and the checksum, which the target writes by itself.
const HEAD: usize = 5;

/// The longest input: more than a visit with a hundred hosts takes.
const LONGEST: &str = "-max_len=16384";

/// Builds the target and runs it. What it has found stays in `target/fuzz/found`, and the next run goes on from there.
pub fn run(project: &Project, args: &FuzzArgs) -> Result<(), FuzzError> {
    let folder = project.root().join("target/fuzz");
    let found = folder.join("found");
    sow(project, &found)?;
    let build = Tool::cargo(&project.root().join("crate/fuzz"))
        .args(["build", "--release", "--target", &host()?, "--target-dir"])
        .arg(&folder)
        .env("RUSTFLAGS", COVERAGE);
    build.run()?;
    let program = folder.join(host()?).join("release/tiers-fuzz");
    let artifacts = format!("-artifact_prefix={}/", folder.display());
    Ok(Tool::new(&program.to_string_lossy(), &folder)
        .args(["-print_final_stats=1", LONGEST, &artifacts])
        .arg(format!("-max_total_time={}", args.seconds))
        .arg(&found)
        .run()?)
}

/// The triple of this machine. With a target named, the coverage is not put into build scripts.
fn host() -> Result<String, ToolError> {
    Ok(Tool::new("rustc", Path::new(".")).args(["--print", "host-tuple"]).quiet_output()?.trim().to_owned())
}

/// Gives it whole records to begin with: those of the stores that the tests keep.
fn sow(project: &Project, found: &Path) -> Result<(), FuzzError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| FuzzError::Seeds { path, source }
    };
    fs::create_dir_all(found).map_err(at(found))?;
    let stores = project.tests().join("fixtures/stores");
    for entry in fs::read_dir(&stores).map_err(at(&stores))? {
        let path = entry.map_err(at(&stores))?.path();
        let store: Value = serde_json::from_slice(&fs::read(&path).map_err(at(&path))?)
            .map_err(|error| FuzzError::Seeds { path: path.clone(), source: error.into() })?;
        let records = ["visits", "days", "rollups", "live"]
            .into_iter()
            .filter_map(|table| store["tables"][table].as_array());
        for (place, record) in records.flatten().enumerate() {
            let bytes = record["bytes"]["base64"].as_str().and_then(|text| STANDARD.decode(text).ok());
            if let Some(content) = bytes.as_deref().and_then(|bytes| bytes.get(HEAD..)) {
                let name = format!("{}-{place}", path.file_stem().unwrap_or_default().to_string_lossy());
                let seed = found.join(name);
                fs::write(&seed, content).map_err(at(&seed))?;
            }
        }
    }
    Ok(())
}
