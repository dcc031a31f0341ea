//! Runs the built program.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program, with arguments.
pub fn tiers<A: AsRef<OsStr>>(arguments: &[A]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiers"));
    command.args(arguments);
    command
}

/// Runs it with something on standard input.
pub fn with_input(command: &mut Command, input: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
}

/// What a stream says.
pub fn text(stream: &[u8]) -> String {
    String::from_utf8(stream.to_vec()).unwrap()
}

/// A recording of `tests/fixtures`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The export of files.
pub fn export<P: AsRef<Path>>(files: &[P]) -> Value {
    let files: Vec<&OsStr> = files.iter().map(|file| file.as_ref().as_os_str()).collect();
    let output = tiers(&["from-har"]).args(files).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The rows of a table of an export.
pub fn rows<'a>(export: &'a Value, table: &str) -> &'a [Value] {
    export[table].as_array().unwrap()
}

/// A file of this text in a folder that goes away.
pub fn file(text: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recorded.har");
    std::fs::write(&file, text).unwrap();
    (folder, file)
}
