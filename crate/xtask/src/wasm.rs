//! The core as wasm modules, each with the glue that JavaScript calls it by.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::artifact::{self, ArtifactError};
use crate::commit;
use crate::digest;
use crate::file::{self, FileError};
use crate::project::Project;
use crate::tool::{Tool, ToolError};

/// What the core is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What the compiler makes of the core: small functions stay calls, and loops stay loops. Measured on the counter, gzipped, and on one
/// request inside the wasm: without these 143 KB and 90 ns, with them 126 KB and 115 ns. Not of the reader, for which no background waits: without
/// them it is 11 KB larger, and reads a year in a seventh less time.
const CODE_FLAGS: [&str; 3] = [
    "-Cllvm-args=-inline-threshold=40",
    "-Cllvm-args=-unroll-threshold=0",
    "-Cllvm-args=-unroll-partial-threshold=0",
];

/// The core could not be compiled or given its glue.
#[derive(Debug, thiserror::Error)]
pub enum WasmError {
    /// Cargo failed.
    #[error(transparent)]
    Artifact(#[from] ArtifactError),
    /// The compiler does not answer.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// A file failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// The generator refused the module.
    #[error("wasm-bindgen could not make the glue: {0}")]
    Bindgen(String),
}

/// One wasm module: what one place of the extension needs of the core, and no more, since a background that wakes waits
/// for every kilobyte. Each is a feature of `tiers-wasm`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What the background runs.
    Counter,
    /// What the background does to closed days.
    Days,
    /// What the popup makes its view with.
    Popup,
    /// What pages run over the stored visits.
    Reader,
    /// What pages remember of their own look.
    Preferences,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 5] = [Self::Counter, Self::Days, Self::Popup, Self::Reader, Self::Preferences];

    /// The name of its feature and of its files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Days => "days",
            Self::Popup => "popup",
            Self::Reader => "reader",
            Self::Preferences => "preferences",
        }
    }

    /// Whether it is there in the first turn of a background, or of a page that asks for it, as text; else it is fetched when it is needed.
    pub fn is_embedded(self) -> bool {
        self != Self::Days
    }

    /// Where its wasm is in the extension.
    pub fn wasm_path(self) -> String {
        format!("extension/core/{}_bg.wasm", self.name())
    }
}

/// One built module.
#[derive(Debug)]
pub struct Module {
    /// Which.
    pub part: Part,
    /// The glue, an ECMAScript module.
    pub glue: Vec<u8>,
    /// The wasm.
    pub wasm: Vec<u8>,
    /// The types of the glue.
    pub types: String,
}

/// Which core is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// The one that ships.
    Shipped,
    /// One that traps at a host name of the tests, which prove with it that counting survives a trap.
    Trapping,
}

/// Compiles the core's modules and makes their glue.
pub fn build(project: &Project, variant: Variant) -> Result<Vec<Module>, WasmError> {
    Part::ALL.into_iter().map(|part| build_part(project, part, variant, &flags(project, part)?)).collect()
}

fn build_part(project: &Project, part: Part, variant: Variant, flags: &str) -> Result<Module, WasmError> {
    let traps = part == Part::Counter && variant == Variant::Trapping;
    let compiled = compile(project, part, traps, flags)?;
    let name = part.name();
    let folder = glue(&compiled, name, if traps { "-trapping" } else { "" })?;
    Ok(Module {
        part,
        glue: file::read(&folder.join(format!("{name}.js")))?,
        wasm: file::read(&folder.join(format!("{name}_bg.wasm")))?,
        types: file::read_text(&folder.join(format!("{name}.d.ts")))?,
    })
}

/// Where cargo put the module.
fn compile(project: &Project, part: Part, traps: bool, flags: &str) -> Result<PathBuf, WasmError> {
    let features = if traps { format!("{},trap", part.name()) } else { part.name().to_owned() };
    let profile = if part == Part::Reader { "reader" } else { "release" };
    let mut build = Tool::cargo(project.root())
        .args(["build", "--quiet", "--profile", profile, "--package", "tiers-wasm", "--target", TARGET])
        .args(["--no-default-features", "--features", &features])
        .env("CARGO_ENCODED_RUSTFLAGS", flags)
        // wasm-bindgen reads which features the module uses from sections that `strip = true` would drop. Names
        // and debug information are dropped below.
        .env(&format!("CARGO_PROFILE_{}_STRIP", profile.to_uppercase()), "none");
    if part == Part::Reader {
        // Always said, so that nothing else in the environment can say it.
        build = build.env("TIERS_COMMIT", commit::of(project).unwrap_or_default());
    }
    Ok(artifact::wasm(build, "tiers_wasm")?)
}

/// [`CODE_FLAGS`] of all but the reader, and flags that take this machine's paths out of the module, so that every machine builds the same one: a panic
/// names its source file. They stand for all flags from the environment, which would make a difference too.
fn flags(project: &Project, part: Part) -> Result<String, WasmError> {
    let rustc = |query: &[&str]| Tool::new("rustc", project.root()).args(query).output();
    let sysroot = rustc(&["--print", "sysroot"])?;
    let version = rustc(&["--version", "--verbose"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    let library = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_default();
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let mut flags = vec![
        remap(project.root(), "/tiers"),
        remap(&cargo_home, "/cargo"),
        remap(&library, &format!("/rustc/{commit}")),
    ];
    if part != Part::Reader {
        flags.extend(CODE_FLAGS.map(str::to_owned));
    }
    // A folder of packages is named after the registry or mirror that they came from. Of two prefixes that fit, the
    // compiler takes the later.
    let registries = cargo_home.join("registry/src");
    if let Ok(entries) = fs::read_dir(&registries) {
        let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        folders.sort();
        flags.extend(folders.iter().map(|folder| remap(folder, "/cargo/registry")));
    }
    Ok(flags.join("\u{1f}"))
}

/// The folder with the module's glue. It is made again only where the module is another than last time.
fn glue(module: &Path, name: &str, kind: &str) -> Result<PathBuf, WasmError> {
    let folder = module.with_file_name(format!("tiers-glue-{name}{kind}"));
    let stamp = folder.join("made-from.sha256");
    let digest = digest::sha256(&file::read(module)?);
    if file::read_text(&stamp).is_ok_and(|made_from| made_from == digest) {
        return Ok(folder);
    }
    // Without a default path the glue cannot fetch: the shell hands it the module. The function that resets
    // its state gives a fresh instance after a trap.
    let mut generator = Bindgen::new();
    generator
        .input_path(module)
        .out_name(name)
        .typescript(true)
        .omit_default_module_path(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|generator| generator.generate(&folder))
        .map_err(|error| WasmError::Bindgen(format!("{error:#}")))?;
    file::write(&stamp, digest.as_bytes())?;
    Ok(folder)
}
