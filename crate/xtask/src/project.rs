//! Where the project is and what its folders are called.

use std::env;
use std::path::{Path, PathBuf};

/// The project is not where this command was started from.
#[derive(Debug, thiserror::Error)]
#[error("found no manifest.json beside a Cargo.toml here or above: run `cargo xtask` inside the project")]
pub struct NotInProject;

/// The project on this machine.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The version of everything in the workspace.
    pub const VERSION: &'static str = env!("CARGO_PKG_VERSION");

    /// The project that holds the folder which cargo, or its user, started this command in.
    pub fn find() -> Result<Self, NotInProject> {
        let start = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).or_else(|| env::current_dir().ok());
        start
            .ok_or(NotInProject)?
            .ancestors()
            .find(|folder| folder.join("manifest.json").is_file() && folder.join("Cargo.toml").is_file())
            .map(|root| Self { root: root.to_owned() })
            .ok_or(NotInProject)
    }

    /// The folder of the whole.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What is built for people: the extension and its archives.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// What is generated for the shell's type check, each file where its module is in `dist`.
    pub fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    /// The tests and benchmarks that Node runs.
    pub fn tests(&self) -> PathBuf {
        self.root.join("tests")
    }
}
