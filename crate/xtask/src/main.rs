//! Placeholder.
mod data;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    match data::refresh(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")) {
        Ok(report) => print!("{report}"),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
