//! `cargo xtask package`: the archives of a release, byte-identical wherever the same toolchain builds them.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write as _};
use std::path::PathBuf;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::commit;
use crate::dist::Extension;
use crate::file::{self, FileError};
use crate::project::Project;
use crate::tool::{Tool, ToolError};

/// An archive could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// Git failed.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// A file failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// The archive failed.
    #[error("could not write an archive: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// Its bytes failed.
    #[error("could not compress an archive: {0}")]
    Io(#[from] io::Error),
    /// The sources differ from the commit.
    #[error(
        "these sources are not committed, so that nobody could build the archives again; commit or stash them:\n{0}"
    )]
    Uncommitted(String),
}

/// Writes the archives of both browsers and of the sources, and gives back where they are.
pub fn write(project: &Project, extensions: &[Extension]) -> Result<Vec<PathBuf>, PackageError> {
    let changes = Tool::new("git", project.root()).args(["status", "--porcelain"]).output()?;
    if !changes.is_empty() {
        return Err(PackageError::Uncommitted(changes));
    }
    let mut written = Vec::new();
    let mut save = |name: &str, bytes: Vec<u8>| -> Result<(), PackageError> {
        let path = project.dist().join(format!("tiers-{}-{name}.zip", Project::VERSION));
        file::write(&path, &bytes)?;
        written.push(path);
        Ok(())
    };
    for extension in extensions {
        save(extension.browser.name(), archive(&extension.files)?)?;
    }
    let mut sources = sources(project)?;
    // Who builds this archive gets the archives of the extension, byte by byte: an export names the commit.
    sources.insert(commit::FILE.to_owned(), commit::of(project).unwrap_or_default().into_bytes());
    save("source", archive(&sources)?)?;
    Ok(written)
}

/// What git keeps, as it is in this folder.
fn sources(project: &Project) -> Result<BTreeMap<String, Vec<u8>>, PackageError> {
    let listed = Tool::new("git", project.root()).args(["ls-files", "-z"]).output()?;
    listed
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(|path| Ok((path.to_owned(), file::read(&project.root().join(path))?)))
        .collect()
}

/// The files in the order of their paths, all of one time and one mode: nothing of the machine is in it.
fn archive(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, PackageError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        zip.start_file(path.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_give_the_same_bytes_and_come_out_again() {
        let files: BTreeMap<_, _> = [("b/c.js", "let a;"), ("a.json", "{}")]
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .into();
        let bytes = archive(&files).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(5));
        assert_eq!(archive(&files).unwrap(), bytes);
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(zip.by_index(0).unwrap().name().unwrap(), "a.json");
        let mut text = String::new();
        io::Read::read_to_string(&mut zip.by_name("b/c.js").unwrap(), &mut text).unwrap();
        assert_eq!(text, "let a;");
    }
}
