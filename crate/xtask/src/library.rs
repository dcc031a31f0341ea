//! Published libraries that the extension's pages use: each ships as it is published, readable, so that anyone can hold it against its package.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::file::{self, FileError};
use crate::project::Project;

/// The modules of d3 that pages use, each a package of its own: of d3 as a whole much is for the network.
const PACKAGES: [&str; 16] = [
    // Scales and their ticks, for charts.
    "d3-array",
    "d3-color",
    "d3-format",
    "d3-interpolate",
    "d3-time",
    "d3-time-format",
    "d3-scale",
    // Forces and zoom, for the graph.
    "d3-dispatch",
    "d3-timer",
    "d3-quadtree",
    "d3-force",
    "d3-selection",
    "d3-ease",
    "d3-transition",
    "d3-drag",
    "d3-zoom",
];

/// What types say of a file that is imported for what it does: it exports nothing.
const TYPES: &str = "export {};\n";

/// A library could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// A file failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its package does not say what it is.
    #[error("node_modules/{package}/package.json does not tell the version, licence and home: {source}")]
    Package {
        /// Which.
        package: &'static str,
        /// Why.
        source: serde_json::Error,
    },
}

/// What a package says of itself.
#[derive(Debug, Deserialize)]
struct PackageFile {
    version: String,
    license: String,
    homepage: String,
}

/// The libraries that ship, by their path in the extension.
pub fn files(project: &Project) -> Result<BTreeMap<String, Vec<u8>>, LibraryError> {
    let mut files = BTreeMap::new();
    for package in PACKAGES {
        let published = folder(project, package).join(format!("dist/{package}.js"));
        files.insert(path(package), file::read(&published)?);
    }
    Ok(files)
}

/// Writes what the shell's type check has to know of them.
pub fn write_types(project: &Project) -> Result<(), FileError> {
    for package in PACKAGES {
        let types = project.generated().join(path(package)).with_extension("d.ts");
        file::write(&types, TYPES.as_bytes())?;
    }
    Ok(())
}

/// What the notice says of each: its name, version and home, its licence, and the licence's text.
pub fn entries(project: &Project) -> Result<Vec<(String, String)>, LibraryError> {
    let entry = |package| {
        let folder = folder(project, package);
        let said = serde_json::from_slice(&file::read(&folder.join("package.json"))?);
        let PackageFile { version, license, homepage } =
            said.map_err(|source| LibraryError::Package { package, source })?;
        let text = file::read_text(&folder.join("LICENSE"))?;
        Ok((format!("{package} {version}, {homepage}\nLicence: {license}\n"), text))
    };
    PACKAGES.into_iter().map(entry).collect()
}

/// Where a package is in the extension.
fn path(package: &str) -> String {
    format!("extension/library/{package}.js")
}

fn folder(project: &Project, package: &str) -> PathBuf {
    project.root().join("node_modules").join(package)
}
