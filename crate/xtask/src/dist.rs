//! `dist/`: the extension as each browser loads it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::browser::Browser;
use crate::embedded;
use crate::file::{self, FileError};
use crate::library::{self, LibraryError};
use crate::manifest::{Manifest, ManifestError};
use crate::notice::{self, NoticeError};
use crate::project::Project;
use crate::shipped::{self, ShippedError};
use crate::types;
use crate::wasm::{self, Variant, WasmError};

/// The extension could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The manifest is at fault.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The core is at fault.
    #[error(transparent)]
    Wasm(#[from] WasmError),
    /// A source is at fault.
    #[error(transparent)]
    Shipped(#[from] ShippedError),
    /// A published library is at fault.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The notice is at fault.
    #[error(transparent)]
    Notice(#[from] NoticeError),
    /// A file failed.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The extension of one browser: every file by its path.
#[derive(Debug)]
pub struct Extension {
    /// Whose.
    pub browser: Browser,
    /// Where it is unpacked.
    pub folder: PathBuf,
    /// Its files.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Builds the extension of both browsers, and the types that the shell is checked against. The variant for tests is
/// built into a folder of its own.
pub fn build(project: &Project, variant: Variant) -> Result<[Extension; 2], BuildError> {
    // What takes no time comes first: a manifest that is refused should not wait for a compiler.
    let manifest = Manifest::parse(&file::read_text(&project.root().join("manifest.json"))?)?;
    let mut files = shipped::sources(project.root())?;
    files.extend(library::files(project)?);
    let modules = wasm::build(project, variant)?;
    types::write(project, &modules)?;
    library::write_types(project)?;
    for module in modules {
        let name = module.part.name();
        if module.part.is_embedded() {
            let embedded = embedded::module(name, &module.wasm);
            files.insert(format!("extension/core/{name}-embedded.js"), embedded.into_bytes());
        }
        files.insert(format!("extension/core/{name}.js"), module.glue);
        files.insert(module.part.wasm_path(), module.wasm);
    }
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        files.insert(licence.to_owned(), file::read(&project.root().join(licence))?);
    }
    files.insert("THIRD-PARTY.txt".to_owned(), notice::text(project)?.into_bytes());

    let dist = match variant {
        Variant::Shipped => project.dist(),
        Variant::Trapping => project.dist().join("trapping"),
    };
    let extension = |browser: Browser, mut files: BTreeMap<String, Vec<u8>>| {
        files.insert("manifest.json".to_owned(), manifest.text(browser)?.into_bytes());
        let folder = dist.join(browser.name());
        unpack(&files, &folder)?;
        Ok::<_, BuildError>(Extension { browser, folder, files })
    };
    Ok([extension(Browser::Chromium, files.clone())?, extension(Browser::Firefox, files)?])
}

/// Makes `folder` hold these files and no others.
fn unpack(files: &BTreeMap<String, Vec<u8>>, folder: &Path) -> Result<(), FileError> {
    for (path, bytes) in files {
        file::write(&folder.join(path), bytes)?;
    }
    for found in file::below(folder)? {
        if file::relative(folder, &found).is_none_or(|path| !files.contains_key(&path)) {
            fs::remove_file(&found).map_err(|source| FileError::new("remove", &found, source))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_no_longer_ships_leaves_dist_and_an_unchanged_one_is_not_touched() {
        let dist = tempfile::tempdir().unwrap();
        let files = |names: &[&str]| {
            names.iter().map(|name| ((*name).to_owned(), name.as_bytes().to_vec())).collect()
        };
        unpack(&files(&["a/kept.js", "a/old.js"]), dist.path()).unwrap();
        let written = fs::metadata(dist.path().join("a/kept.js")).unwrap().modified().unwrap();
        unpack(&files(&["a/kept.js"]), dist.path()).unwrap();
        assert_eq!(file::below(dist.path()).unwrap(), [dist.path().join("a/kept.js")]);
        assert_eq!(fs::metadata(dist.path().join("a/kept.js")).unwrap().modified().unwrap(), written);
    }
}
