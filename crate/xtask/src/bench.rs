//! `cargo xtask bench`: runs what measures each budget and shows all of them in one table.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use comfy_table::{CellAlignment, Table, presets};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::artifact::{self, ArtifactError};
use crate::budget;
use crate::dist::Extension;
use crate::file::{self, FileError};
use crate::measurement::{self, Measurement, Quantity, Verdict};
use crate::project::Project;
use crate::tool::{Tool, ToolError};
use crate::wasm::Part;

/// What a benchmark is asked for.
#[derive(Debug, clap::Args)]
pub struct BenchArgs {
    /// Write the rows to this file, too
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Measure this row only; may be given several times
    #[arg(long, value_name = "NUMBER")]
    pub row: Vec<u32>,
}

/// A benchmark could not be run.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A program failed.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// Cargo failed.
    #[error(transparent)]
    Artifact(#[from] ArtifactError),
    /// A file failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// Compressing the wasm failed.
    #[error("could not compress the wasm: {0}")]
    Gzip(io::Error),
    /// A script printed something else than rows.
    #[error("{script} printed no row (one JSON object or an array on stdout): {source}")]
    NotARow {
        /// Which.
        script: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

/// The scripts, by the number of the row in their name: `row-01-request.js` measures row 1.
pub struct Scripts(BTreeMap<u32, Vec<String>>);

impl Scripts {
    /// Those in `tests/bench` that the arguments ask for.
    pub fn find(project: &Project, args: &BenchArgs) -> Result<Self, FileError> {
        let folder = project.tests().join("bench");
        let mut scripts: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let files = if folder.is_dir() { file::below(&folder)? } else { Vec::new() };
        for path in files.iter().filter_map(|path| file::relative(project.root(), path)) {
            if let Some(row) = row_of(&path).filter(|row| args.row.is_empty() || args.row.contains(row)) {
                scripts.entry(row).or_default().push(path);
            }
        }
        Ok(Self(scripts))
    }

    /// Whether there is any to run.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each with the row in its name.
    fn each(&self) -> impl Iterator<Item = (u32, &str)> {
        self.0.iter().flat_map(|(row, scripts)| scripts.iter().map(|script| (*row, script.as_str())))
    }

    /// Whether that row has one.
    pub fn has(&self, row: u32) -> bool {
        self.0.contains_key(&row)
    }
}

fn row_of(path: &str) -> Option<u32> {
    let name = path.strip_prefix("tests/bench/row-")?.strip_suffix(".js")?;
    name.split('-').next()?.parse().ok()
}

/// Measures and prints. Says whether every script did its work; a missed budget is a result, not a failure.
pub fn run(
    project: &Project,
    args: &BenchArgs,
    scripts: &Scripts,
    extension: &Extension,
    programs: &[(&'static str, PathBuf)],
) -> Result<bool, BenchError> {
    let mut rows = Vec::new();
    let mut broken = Vec::new();
    if args.row.is_empty() || args.row.contains(&budget::WASM_SIZE) {
        rows.push(weigh(extension)?);
    }
    let mut programs = programs.to_vec();
    if scripts.has(budget::COMMAND_LINE) {
        let build =
            Tool::cargo(project.root()).args(["build", "--quiet", "--release", "--package", "tiers-cli"]);
        programs.push(("TIERS_CLI", artifact::program(build, "tiers")?));
    }
    for (row, script) in scripts.each() {
        eprintln!("{script}");
        match measure(project, script, &programs) {
            Ok(measured) => rows.extend(measured),
            Err(error) => {
                eprintln!("error: {error}");
                broken.push(row);
            }
        }
    }
    rows.sort_by_key(|row| row.row);
    let missing = not_measured(&rows, args);
    println!("{}", table(&rows, &missing, &broken));
    for row in &rows {
        if let Some(notes) = &row.notes {
            println!("{:>3}: {notes}", row.row);
        }
    }
    if let Some(path) = &args.json {
        write_json(path, &rows, &missing)?;
    }
    Ok(broken.is_empty())
}

fn measure(
    project: &Project,
    script: &str,
    programs: &[(&'static str, PathBuf)],
) -> Result<Vec<Measurement>, BenchError> {
    let printed = Tool::new("node", project.root()).arg(script).envs(programs).output()?;
    measurement::parse(&printed).map_err(|source| BenchError::NotARow { script: script.to_owned(), source })
}

/// The wasm that the background waits for at each wake; what is loaded when it is needed is told beside it.
fn weigh(extension: &Extension) -> Result<Measurement, BenchError> {
    let mut notes = Vec::new();
    let mut counter = 0.0;
    for part in Part::ALL {
        let Some(wasm) = extension.files.get(&part.wasm_path()) else { continue };
        let gzipped = gzipped_kilobytes(wasm)?;
        notes.push(format!("{} {gzipped:.1} KB ({:.0} KB plain)", part.name(), kilobytes(wasm.len())));
        if part == Part::Counter {
            counter = gzipped;
        }
    }
    Ok(Measurement {
        row: budget::WASM_SIZE,
        what: "the background's wasm, gzipped".to_owned(),
        yardstick: None,
        tiers: Quantity { value: counter, unit: "KB".to_owned() },
        ratio: None,
        budget: Verdict {
            text: format!("≤ {} KB", budget::WASM_KILOBYTES),
            ok: counter <= budget::WASM_KILOBYTES,
        },
        notes: Some(format!("gzip's best level, 1 KB is 1,000 bytes: {}", notes.join(", "))),
    })
}

fn gzipped_kilobytes(wasm: &[u8]) -> Result<f64, BenchError> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(wasm).map_err(BenchError::Gzip)?;
    Ok(kilobytes(encoder.finish().map_err(BenchError::Gzip)?.len()))
}

fn kilobytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1000.0
}

/// The budgets that were asked for and that nothing measured.
fn not_measured(rows: &[Measurement], args: &BenchArgs) -> Vec<budget::Budget> {
    budget::ALL
        .into_iter()
        .filter(|budget| args.row.is_empty() || args.row.contains(&budget.row))
        .filter(|budget| rows.iter().all(|row| row.row != budget.row))
        .collect()
}

fn table(rows: &[Measurement], missing: &[budget::Budget], broken: &[u32]) -> Table {
    let quantity = |quantity: &Quantity| format!("{} {}", readable(quantity.value), quantity.unit);
    let mut lines: Vec<(u32, [String; 7])> = rows
        .iter()
        .map(|row| {
            let yardstick = row
                .yardstick
                .as_ref()
                .map_or("–".to_owned(), |y| format!("{} {}", quantity(&y.quantity), y.name));
            let ratio = row.ratio.map_or("–".to_owned(), readable);
            let verdict = if row.budget.ok { "ok" } else { "missed" };
            let cells = [
                row.what.clone(),
                yardstick,
                quantity(&row.tiers),
                ratio,
                row.budget.text.clone(),
                verdict.to_owned(),
            ];
            (row.row, number(row.row, cells))
        })
        .collect();
    lines.extend(missing.iter().map(|budget| {
        let why = if broken.contains(&budget.row) { "could not be measured" } else { "not measured yet" };
        let cells = [budget.what, "", "", "", budget.limit, why].map(str::to_owned);
        (budget.row, number(budget.row, cells))
    }));
    lines.sort_by_key(|(row, _)| *row);

    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(["#", "what", "yardstick", "Tiers", "ratio", "budget", ""]);
    table.add_rows(lines.into_iter().map(|(_, cells)| cells));
    for column in [0, 3, 4] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

fn number(row: u32, cells: [String; 6]) -> [String; 7] {
    let [what, yardstick, tiers, ratio, budget, verdict] = cells;
    [row.to_string(), what, yardstick, tiers, ratio, budget, verdict]
}

/// A number with the three digits that a noisy machine is good for.
fn readable(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 || size == 0.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

fn write_json(path: &Path, rows: &[Measurement], missing: &[budget::Budget]) -> Result<(), BenchError> {
    let missing: Vec<_> = missing.iter().map(|budget| budget.row).collect();
    let text = format!("{:#}\n", json!({"version": Project::VERSION, "rows": rows, "notMeasured": missing}));
    Ok(file::write(path, text.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::Browser;

    #[test]
    fn a_script_is_known_by_the_number_in_its_name() {
        assert_eq!(row_of("tests/bench/row-01.js"), Some(1));
        assert_eq!(row_of("tests/bench/row-12-from-har.js"), Some(12));
        assert_eq!(row_of("tests/bench/day.js"), None);
    }

    #[test]
    fn a_row_that_nothing_measured_says_so_in_its_place() {
        let all = BenchArgs { json: None, row: Vec::new() };
        let files = [(Part::Counter.wasm_path(), vec![0; 1000])].into();
        let extension = Extension { browser: Browser::Chromium, folder: PathBuf::new(), files };
        let rows = [weigh(&extension).unwrap()];
        let text = table(&rows, &not_measured(&rows, &all), &[3]).to_string();
        let lines: Vec<_> = text.lines().skip(1).collect();
        assert_eq!(lines.len(), budget::ALL.len());
        assert!(lines[5].contains("≤ 110 KB") && lines[5].trim_end().ends_with("ok"), "{text}");
        assert!(lines[2].contains("could not be measured"), "{text}");
        assert!(lines[12].contains("not measured yet"), "{text}");
    }

    #[test]
    fn numbers_keep_three_digits() {
        assert_eq!([0.0456, 1.234, 12.34, 3339.2].map(readable), ["0.046", "1.23", "12.3", "3339"]);
    }
}
