//! Which of the sources ship in the extension.

use std::collections::BTreeMap;
use std::path::Path;

use crate::file::{self, FileError};

/// The folders that the extension is made of.
const FOLDERS: [&str; 3] = ["_locales", "popup", "extension"];

/// Sources that the build cannot judge or read.
#[derive(Debug, thiserror::Error)]
pub enum ShippedError {
    /// A file failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// A kind of file that nobody has decided about.
    #[error("{0}: does this kind of file ship in the extension? Say so in crate/xtask/src/shipped.rs")]
    Undecided(String),
}

/// Whether a file ships, by its name.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// It is part of the extension.
    Ships,
    /// It ships where one of the others names it: a drawing may be the source of an icon only.
    IfNamed,
    /// It is for whoever works on the sources.
    Stays,
    /// Nobody has said.
    Undecided,
}

fn verdict(path: &str) -> Verdict {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name.ends_with(".test.js") || name.ends_with(".d.ts") || name == "tsconfig.json" {
        return Verdict::Stays;
    }
    match kind(name) {
        Some("html" | "css" | "js" | "json" | "png" | "woff2") => Verdict::Ships,
        Some("svg") => Verdict::IfNamed,
        Some("md" | "ts") => Verdict::Stays,
        _ => Verdict::Undecided,
    }
}

/// What follows the last dot of a name.
fn kind(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, kind)| kind)
}

/// The sources that ship, by their path, which is the same in the project and in the extension.
pub fn sources(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, ShippedError> {
    let mut shipped = BTreeMap::new();
    let mut drawings = Vec::new();
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        for file in file::below(&folder)? {
            let Some(path) = file::relative(root, &file) else { continue };
            match verdict(&path) {
                Verdict::Ships => {
                    shipped.insert(path, file::read(&file)?);
                }
                Verdict::IfNamed => drawings.push((path, file::read(&file)?)),
                Verdict::Stays => {}
                Verdict::Undecided => return Err(ShippedError::Undecided(path)),
            }
        }
    }
    let named: Vec<_> = drawings.into_iter().filter(|(path, _)| is_named(path, &shipped)).collect();
    shipped.extend(named);
    Ok(shipped)
}

fn is_named(path: &str, files: &BTreeMap<String, Vec<u8>>) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).as_bytes();
    files
        .iter()
        .filter(|(path, _)| matches!(kind(path), Some("html" | "css" | "js" | "json")))
        .any(|(_, bytes)| bytes.windows(name.len()).any(|window| window == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for folder in FOLDERS {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    #[test]
    fn what_the_browser_needs_ships_and_what_a_developer_needs_stays() {
        let root = project(&[
            ("_locales/en/messages.json", "{}"),
            ("popup/popup.html", ""),
            ("popup/notes.md", ""),
            ("extension/dashboard/dashboard.js", ""),
            ("extension/background.test.js", ""),
            ("extension/core/counter.d.ts", ""),
            ("extension/.background.js.swp", ""),
        ]);
        let paths: Vec<_> = sources(root.path()).unwrap().into_keys().collect();
        let expected = ["_locales/en/messages.json", "extension/dashboard/dashboard.js", "popup/popup.html"];
        assert_eq!(paths, expected);
    }

    #[test]
    fn a_drawing_ships_only_where_it_is_named() {
        let root = project(&[
            ("popup/popup.html", "<img src=\"pause.svg\" alt=\"\">"),
            ("popup/pause.svg", ""),
            ("extension/icons/tiers.svg", ""),
        ]);
        let paths: Vec<_> = sources(root.path()).unwrap().into_keys().collect();
        assert_eq!(paths, ["popup/pause.svg", "popup/popup.html"]);
    }

    #[test]
    fn a_file_of_a_kind_that_nobody_decided_about_stops_the_build() {
        let root = project(&[("extension/core.zip", "")]);
        assert!(sources(root.path()).unwrap_err().to_string().starts_with("extension/core.zip"));
    }
}
