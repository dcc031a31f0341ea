//! What a command needs on a fresh machine: the wasm target, the drivers from npm, the browsers.

use std::env;
use std::path::PathBuf;

use crate::browser::{self, Browser, BrowserError};
use crate::digest;
use crate::file::{self, FileError};
use crate::manifest::{Manifest, ManifestError};
use crate::project::Project;
use crate::tool::{Tool, ToolError};
use crate::wasm::TARGET;

/// The oldest Node that the drivers run on.
const NODE: (u32, u32) = (20, 19);

/// Debian's package of a font, without which pages on a bare machine have no letters.
const FONT: &str = "fonts-dejavu-core";

/// Something is missing that this command cannot install.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A program failed or is missing.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// A browser is missing or too old.
    #[error(transparent)]
    Browser(#[from] BrowserError),
    /// The manifest does not tell the oldest browsers.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A file failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// Rust without rustup, and without the target.
    #[error(
        "this Rust cannot compile to {TARGET}, and there is no rustup to add it: install rustup \
         (https://rustup.rs), or your system's package of Rust's wasm target (on Debian: libstd-rust-dev-wasm32)"
    )]
    NoTarget,
    /// Node is too old.
    #[error("Node is version {}, and the drivers need {}.{} or newer: https://nodejs.org", .found.trim(), NODE.0, NODE.1)]
    OldNode {
        /// What it says.
        found: String,
    },
    /// There is no lock file.
    #[error("there is no package-lock.json: run `npm install` once, and commit the file")]
    NoLock,
}

/// Sees to it that Rust can compile the core to wasm.
pub fn wasm_target(project: &Project) -> Result<(), SetupError> {
    let there = || -> Result<bool, ToolError> {
        let query = ["--print", "target-libdir", "--target", TARGET];
        let folder = Tool::new("rustc", project.root()).args(query).output()?;
        Ok(PathBuf::from(folder.trim()).is_dir())
    };
    if there()? {
        return Ok(());
    }
    match Tool::new("rustup", project.root()).args(["target", "add", TARGET]).run() {
        Err(ToolError::Missing { .. }) => Err(SetupError::NoTarget),
        added => Ok(added?),
    }
}

/// Sees to it that Node is new enough and `node_modules` is what the lock file says.
pub fn drivers(project: &Project) -> Result<(), SetupError> {
    let found = Tool::new("node", project.root()).arg("--version").output()?;
    if browser::version_numbers(&found).is_some_and(|version| version < NODE) {
        return Err(SetupError::OldNode { found });
    }
    let lock = project.root().join("package-lock.json");
    if !lock.is_file() {
        return Err(SetupError::NoLock);
    }
    // A digest, because a checkout gives every file a new time.
    let wanted = digest::sha256(&file::read(&lock)?);
    let stamp = project.root().join("node_modules/.tiers-installed.sha256");
    if file::read_text(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("Installing the drivers and linters of package-lock.json");
    Tool::new("npm", project.root()).args(["ci", "--no-audit", "--no-fund"]).run()?;
    Ok(file::write(&stamp, wanted.as_bytes())?)
}

/// Sees to it that these browsers are there and new enough. Gives the environment that tells the tests' drivers where.
pub fn browsers(project: &Project, wanted: &[Browser]) -> Result<Vec<(&'static str, PathBuf)>, SetupError> {
    let manifest = Manifest::parse(&file::read_text(&project.root().join("manifest.json"))?)?;
    let oldest = |browser: &Browser| Ok((*browser, manifest.minimum(*browser)?));
    let wanted = wanted.iter().map(oldest).collect::<Result<Vec<_>, SetupError>>()?;
    if may_install() {
        let lacking: Vec<_> =
            wanted.iter().flat_map(|(browser, oldest)| lacking_packages(*browser, *oldest)).collect();
        if !lacking.is_empty() {
            install(&[lacking.as_slice(), &[FONT]].concat())?;
        }
    }
    wanted
        .into_iter()
        .map(|(browser, oldest)| Ok((browser.variable(), browser.check_version(browser.locate()?, oldest)?)))
        .collect()
}

/// Of a browser that is missing, all Debian packages. Of Debian's own, all where it is older than the extension allows, else those that
/// it came without, as Chromium without its languages.
fn lacking_packages(browser: Browser, oldest: u32) -> Vec<&'static str> {
    let packages = browser.packages();
    let located = browser.locate();
    if matches!(located, Err(BrowserError::Missing { .. })) {
        return packages.to_vec();
    }
    if !packages.first().is_some_and(|package| is_installed(package)) {
        return Vec::new();
    }
    let is_too_old = located.is_ok_and(|path| browser.check_version(path, oldest).is_err());
    packages.iter().copied().filter(|package| is_too_old || !is_installed(package)).collect()
}

/// Whether Debian's package of this name is installed.
fn is_installed(package: &str) -> bool {
    let query = ["--show", "--showformat=${db:Status-Status}", package];
    let status = Tool::new("dpkg-query", &env::temp_dir()).args(query).quiet_output();
    status.is_ok_and(|status| status == "installed")
}

/// Sees to it that `jq` is there, the yardstick of one benchmark.
pub fn jq(project: &Project) -> Result<(), SetupError> {
    if which::which("jq").is_err() && may_install() {
        install(&["jq"])?;
    }
    Ok(Tool::new("jq", project.root()).arg("--version").output().map(drop)?)
}

/// Whether this is root on a Debian, where installing what tests need is expected: a container, a machine of CI.
fn may_install() -> bool {
    let debian = std::fs::read_to_string("/etc/os-release")
        .is_ok_and(|release| release.lines().any(|line| line == "ID=debian"));
    debian && is_root()
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    // A process's folder belongs to its user.
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

fn install(packages: &[&str]) -> Result<(), ToolError> {
    println!("Installing {}", packages.join(", "));
    let apt =
        || Tool::new("apt-get", &env::temp_dir()).env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
    apt().arg("update").run()?;
    apt().args(["install", "--yes", "--no-install-recommends"]).args(packages).run()
}
