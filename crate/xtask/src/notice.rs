//! The third parties' notice that ships with the extension: what of others is in it, and under which licence.

use std::collections::BTreeSet;
use std::path::Path;

use cargo_metadata::{MetadataCommand, Package};

use crate::file::{self, FileError};
use crate::library::{self, LibraryError};
use crate::project::Project;
use crate::tool::{Tool, ToolError};
use crate::wasm::TARGET;

/// Data inside the core that is not a Rust package.
const DATA: &str = "\
Public Suffix List, https://publicsuffix.org
Licence: Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/
The core holds the list compiled to a table. Its source form is public_suffix_list.dat, in crate/core/data of the
source archive and at https://publicsuffix.org/list/public_suffix_list.dat.
";

const RULE: &str = "--------------------------------------------------------------------------------";

/// The notice could not be written.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// Cargo failed.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// A licence file failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// A library of the pages failed.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// Cargo does not tell what is in the workspace.
    #[error("could not read the workspace's packages: {0}")]
    Metadata(#[from] cargo_metadata::Error),
}

/// The notice, of the libraries that the pages use, and of the packages that are linked into the wasm.
pub fn text(project: &Project) -> Result<String, NoticeError> {
    let tree = Tool::cargo(project.root())
        .args(["tree", "--quiet", "--package", "tiers-wasm", "--target", TARGET])
        // Procedural macros and build scripts run while building; nothing of them ships.
        .args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"])
        .output()?;
    let linked = linked(&tree);
    // Cargo has just built these packages; those of other targets it may have to fetch, to read the workspace as a whole.
    let metadata = MetadataCommand::new()
        .current_dir(project.root())
        .other_options(["--locked".to_owned(), "--filter-platform".to_owned(), TARGET.to_owned()])
        .exec()?;
    let mut packages: Vec<_> = metadata
        .packages
        .iter()
        // What has no source is of this workspace.
        .filter(|package| package.source.is_some())
        .filter(|package| linked.contains(&(package.name.to_string(), package.version.to_string())))
        .collect();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));

    let mut notice = format!("Tiers contains work of others.\n\n{RULE}\n{DATA}");
    for (head, licence) in library::entries(project)? {
        notice.push_str(&entry(&head, &[licence]));
    }
    for package in packages {
        notice.push_str(&entry(&head(package), &licences(package)?));
    }
    Ok(notice)
}

/// Names and versions in `cargo tree`'s lines, as in `serde v1.0.229`.
fn linked(tree: &str) -> BTreeSet<(String, String)> {
    tree.lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
        })
        .collect()
}

fn head(package: &Package) -> String {
    let licence = package.license.as_deref().unwrap_or("see below");
    let home = package.repository.as_deref().unwrap_or("https://crates.io");
    format!("{} {}, {home}\nLicence: {licence}\n", package.name, package.version)
}

fn licences(package: &Package) -> Result<Vec<String>, NoticeError> {
    package.manifest_path.parent().map_or(Ok(Vec::new()), |folder| licence_files(folder.as_std_path()))
}

fn entry(head: &str, licences: &[String]) -> String {
    let mut entry = format!("\n{RULE}\n{head}");
    for text in licences {
        entry.push('\n');
        entry.push_str(text.trim_end());
        entry.push('\n');
    }
    entry
}

/// The texts of the licence that is taken: MIT's where there is a choice, for its brevity.
fn licence_files(folder: &Path) -> Result<Vec<String>, NoticeError> {
    let files = file::below(folder)?;
    let named: Vec<_> = files
        .iter()
        .filter(|path| path.parent() == Some(folder))
        .filter_map(|path| Some((path, path.file_name()?.to_str()?.to_uppercase())))
        .filter(|(_, name)| ["LICENSE", "LICENCE", "COPYING"].iter().any(|start| name.starts_with(start)))
        .collect();
    let only_mit = named.iter().any(|(_, name)| name.contains("MIT"));
    named
        .iter()
        .filter(|(_, name)| !only_mit || name.contains("MIT"))
        .map(|(path, _)| Ok(file::read_text(path)?.replace("\r\n", "\n")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_read_from_cargos_tree() {
        let tree =
            "tiers-wasm v0.1.0 (/somewhere)\nserde v1.0.229\nwasm-bindgen v0.2.130\nserde v1.0.229 (*)\n";
        let linked = linked(tree);
        assert_eq!(linked.len(), 3);
        assert!(linked.contains(&("wasm-bindgen".to_owned(), "0.2.130".to_owned())));
    }

    #[test]
    fn the_shorter_licence_is_taken_where_there_is_a_choice() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("LICENSE-MIT", "short"), ("LICENSE-APACHE", "long"), ("README.md", "no")] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        assert_eq!(licence_files(folder.path()).unwrap(), ["short"]);
    }
}
