//! `cargo xtask`: the project's own commands.

mod artifact;
mod bench;
mod browser;
mod budget;
mod commit;
mod data;
mod digest;
mod dist;
mod docs;
mod embedded;
mod failure;
mod file;
mod fuzz;
mod library;
mod manifest;
mod measurement;
mod messages;
mod node_test;
mod notice;
mod outcome;
mod package;
mod project;
mod run;
mod setup;
mod shipped;
mod suite;
mod tally;
mod tool;
mod types;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::browser::Browser;
use crate::project::Project;
use crate::wasm::Variant;

/// The commands of the Tiers project. They install what they need where they can, and name it where they can't.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, subcommand_required = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

/// What a build is asked for.
#[derive(Debug, clap::Args)]
struct BuildArgs {
    /// Build the variant for tests, which traps at one host name, into dist/trapping/
    #[arg(long)]
    trapping: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the extension: dist/chromium/ and dist/firefox/, loadable unpacked
    ///
    /// Also writes generated/, the types that the JavaScript is checked against.
    Build(BuildArgs),
    /// Build, and start a browser with the extension
    ///
    /// Opens the given pages, the recorded ones (--replay), or the bundled demo, over a local web that is every host.
    /// The exit code is 1 where the popup and the local web's log differ, 2 where the recording is broken or a tool is
    /// missing.
    Run(run::RunArgs),
    /// Run the tests, and close with how many passed and failed
    ///
    /// A suite that fails does not stop the others. The browsers are those of the environment variables CHROMIUM and
    /// FIREFOX, otherwise those on PATH.
    Test(suite::TestArgs),
    /// Measure every budget beside its yardstick, and show them in one table
    ///
    /// A missed budget is shown and is no failure; a benchmark that could not be run is one.
    Bench(bench::BenchArgs),
    /// Make the archives of a release in dist/: both browsers and the sources
    ///
    /// The sources must be committed. The same toolchain makes the same bytes on every machine.
    Package,
    /// Write docs/how-it-is-counted.md anew, in each language, from the core's rule and the words of _locales/
    Docs,
    /// Look for bytes that the decoders of what is stored cannot take, with LLVM's fuzzer
    ///
    /// Needs a C++ compiler. What it finds is written to target/fuzz/.
    Fuzz(fuzz::FuzzArgs),
    /// Refresh crate/core/data/ from its published packages, and print what changed
    Data,
}

/// A command that could not do its work.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Project(#[from] project::NotInProject),
    #[error(transparent)]
    Setup(#[from] setup::SetupError),
    #[error(transparent)]
    Build(#[from] dist::BuildError),
    #[error(transparent)]
    Run(#[from] run::RunError),
    #[error(transparent)]
    Bench(#[from] bench::BenchError),
    #[error(transparent)]
    File(#[from] file::FileError),
    #[error(transparent)]
    Docs(#[from] docs::DocsError),
    #[error(transparent)]
    Fuzz(#[from] fuzz::FuzzError),
    #[error(transparent)]
    Package(#[from] package::PackageError),
    #[error(transparent)]
    Data(#[from] data::DataError),
}

impl Failure {
    /// 2 where a tool or an input is missing, 1 where the project itself is at fault.
    fn code(&self) -> u8 {
        match self {
            Self::Project(_) | Self::Setup(_) | Self::Run(_) => 2,
            _ => 1,
        }
    }
}

fn main() -> ExitCode {
    let command = CommandLine::parse().command;
    match perform(command) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(failure.code())
        }
    }
}

fn perform(command: Command) -> Result<ExitCode, Failure> {
    let project = Project::find()?;
    let well = |well: bool| if well { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    match command {
        Command::Build(args) => {
            let variant = if args.trapping { Variant::Trapping } else { Variant::Shipped };
            for extension in build(&project, variant)? {
                println!("{}: {}", extension.browser.title(), extension.folder.display());
            }
        }
        Command::Run(args) => {
            let programs = setup::browsers(&project, &[args.browser])?;
            build(&project, Variant::Shipped)?;
            let code = run::run(&project, &args, &programs)?;
            return Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)));
        }
        Command::Test(args) => return Ok(well(suite::run(&project, &args))),
        Command::Bench(args) => {
            let scripts = bench::Scripts::find(&project, &args)?;
            let mut programs = Vec::new();
            if !scripts.is_empty() {
                programs = setup::browsers(&project, &Browser::ALL)?;
            }
            if scripts.has(budget::COMMAND_LINE) {
                setup::jq(&project)?;
            }
            let [extension, _] = build(&project, Variant::Shipped)?;
            return Ok(well(bench::run(&project, &args, &scripts, &extension, &programs)?));
        }
        Command::Package => {
            for archive in package::write(&project, &build(&project, Variant::Shipped)?)? {
                println!("{}", archive.display());
            }
        }
        Command::Docs => {
            for page in docs::write(&project)? {
                println!("{}", page.display());
            }
        }
        Command::Fuzz(args) => fuzz::run(&project, &args)?,
        Command::Data => println!("{}", data::refresh(project.root())?),
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the extension on a machine that may be fresh.
fn build(project: &Project, variant: Variant) -> Result<[dist::Extension; 2], Failure> {
    setup::wasm_target(project)?;
    setup::drivers(project)?;
    Ok(dist::build(project, variant)?)
}
