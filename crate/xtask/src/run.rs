//! `cargo xtask run`: a browser with the extension, for a human's eyes or for a script's.

use std::path::{Path, PathBuf};

use crate::browser::Browser;
use crate::project::Project;
use crate::tool::{Tool, ToolError};

/// What a run is asked for.
#[derive(Debug, clap::Args)]
pub struct RunArgs {
    /// The browser to start
    #[arg(long, value_enum, default_value = "chromium")]
    pub browser: Browser,
    /// Show no window; print what the popup shows as a table
    #[arg(long)]
    pub headless: bool,
    /// Open the pages recorded in this file, served from it; headless: compare what was counted with what was served
    #[arg(long, value_name = "FILE.har", conflicts_with = "urls")]
    pub replay: Option<PathBuf>,
    /// Write the export of what was counted to this file
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// The language that the browser speaks
    #[arg(long, value_name = "CODE", value_parser = ["en", "fr"], default_value = "en")]
    pub language: String,
    /// Pages to open; without one, and without --replay, the bundled demo web
    #[arg(value_name = "URL")]
    pub urls: Vec<String>,
}

/// A run could not begin.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The recording is not there.
    #[error("there is no file {}: --replay takes a HAR file", .0.display())]
    NoRecording(PathBuf),
    /// Node failed.
    #[error(transparent)]
    Tool(#[from] ToolError),
}

/// Drives the browser, and gives back the exit code of the driver.
pub fn run(project: &Project, args: &RunArgs, programs: &[(&'static str, PathBuf)]) -> Result<i32, RunError> {
    if let Some(recording) = args.replay.as_ref().filter(|recording| !recording.is_file()) {
        return Err(RunError::NoRecording(recording.clone()));
    }
    let status = Tool::new("node", project.root())
        .arg(project.tests().join("drive/run.js"))
        .args(flags(args))
        .envs(programs)
        .status()?;
    // A driver that a signal ended has no code.
    Ok(status.code().unwrap_or(1))
}

/// The driver's flags: the same as this command's, with whole paths because the driver runs in the project's folder.
fn flags(args: &RunArgs) -> Vec<String> {
    let whole = |path: &Path| {
        std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
    };
    let mut flags =
        ["--browser", args.browser.name(), "--language", &args.language].map(str::to_owned).to_vec();
    if args.headless {
        flags.push("--headless".to_owned());
    }
    if let Some(recording) = &args.replay {
        flags.extend(["--replay".to_owned(), whole(recording)]);
    }
    if let Some(export) = &args.json {
        flags.extend(["--json".to_owned(), whole(export)]);
    }
    flags.extend(args.urls.iter().cloned());
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_driver_gets_the_same_flags_with_whole_paths() {
        let args = RunArgs {
            browser: Browser::Firefox,
            headless: true,
            replay: Some(PathBuf::from("page.har")),
            json: None,
            language: "fr".to_owned(),
            urls: vec!["https://example.com/".to_owned()],
        };
        let flags = flags(&args);
        assert_eq!(flags[..6], ["--browser", "firefox", "--language", "fr", "--headless", "--replay"]);
        assert!(Path::new(&flags[6]).is_absolute() && flags[6].ends_with("page.har"));
        assert_eq!(flags[7..], ["https://example.com/"]);
    }
}
