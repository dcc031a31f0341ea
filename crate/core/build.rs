//! Compiles `data/public_suffix_list.dat` into the table and the constants that `src/suffix.rs` includes.

#[path = "src/suffix/format.rs"]
mod format;
#[path = "build/suffix_pairs.rs"]
mod suffix_pairs;
#[path = "build/suffix_rules.rs"]
mod suffix_rules;
#[path = "build/suffix_table.rs"]
mod suffix_table;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest as _, Sha256};

const RAW_LIST: &str = "data/public_suffix_list.dat";

fn main() -> Result<(), Box<dyn Error>> {
    for input in ["build.rs", "build", "src/suffix/format.rs", RAW_LIST] {
        println!("cargo::rerun-if-changed={input}");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let raw = fs::read(RAW_LIST).map_err(|error| format!("{RAW_LIST}: {error}"))?;
    compile_list(&raw, &out).map_err(|error| format!("{RAW_LIST}: {error}"))?;
    Ok(())
}

/// Writes the table, and the constants that name the list it was made from.
fn compile_list(raw: &[u8], out: &Path) -> Result<(), Box<dyn Error>> {
    let list = suffix_rules::read(str::from_utf8(raw)?)?;
    fs::write(out.join("suffix_table.bin"), suffix_table::compile(&list.rules)?)?;

    let mut sha256 = String::new();
    for byte in Sha256::digest(raw) {
        write!(sha256, "{byte:02x}")?;
    }
    let constants = [
        ("LIST_VERSION", "When the compiled list was published: its `VERSION` line.", &list.version),
        ("LIST_COMMIT", "The compiled list's own revision: its `COMMIT` line.", &list.commit),
        ("LIST_SHA256", "SHA-256 of the raw list that was compiled, in hexadecimal.", &sha256),
    ];
    let mut source = String::new();
    for (name, says, value) in constants {
        writeln!(source, "/// {says}\npub const {name}: &str = {value:?};")?;
    }
    fs::write(out.join("suffix_list.rs"), source)?;
    Ok(())
}
