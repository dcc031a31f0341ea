//! `tiers`: what the extension counts in a browser, counted from files and lists by the same core.

mod from_har;
mod har;
mod line_host;
mod site;
mod table;

use std::io;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{Parser, Subcommand};
use tiers_core::suffix::LIST_VERSION;

static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{} (public suffix list {LIST_VERSION})", env!("CARGO_PKG_VERSION")));

/// Counts the third-party domains that pages contact. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "tiers", version = VERSION.as_str(), subcommand_required = true, arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the site (registrable domain) of each host or URL on standard input
    ///
    /// One line in, one line out. URLs are read as browsers read them: upper case, Unicode, IPv4 in any form, user
    /// names, ports. An IP address is its own site, and so is a host that is itself a public suffix. `-` stands for a
    /// line that holds no host.
    #[command(
        after_help = "Example:\n  printf 'https://www.bbc.co.uk/news\\nalice.github.io\\n' | tiers site"
    )]
    Site,
    /// Count the recorded page loads of HAR files, and write them as a Tiers export
    ///
    /// Each page of a file is one visit: the browser's final document is the first party, every request is counted by
    /// its type and by what became of it. Chrome, Firefox, WebPageTest and sitespeed.io files are read. The same file
    /// twice gives the same visits. The exit code is 2 where a file is broken or missing; nothing is written then.
    #[allow(clippy::doc_markdown, reason = "help for a terminal, where backticks are noise")]
    #[command(after_help = "Example:\n  tiers from-har --json export.json monday.har tuesday.har")]
    FromHar(from_har::FromHarArgs),
}

/// A command that could not do its work.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Site(#[from] site::SiteError),
    #[error(transparent)]
    FromHar(#[from] from_har::FromHarError),
}

impl Failure {
    /// Whoever reads the output has seen enough: no fault of anyone.
    fn is_broken_pipe(&self) -> bool {
        match self {
            Self::Site(site::SiteError::Output(cause))
            | Self::FromHar(from_har::FromHarError::Output(cause)) => {
                cause.kind() == io::ErrorKind::BrokenPipe
            }
            _ => false,
        }
    }

    /// 2 where an input is at fault, 1 where the work went wrong.
    fn code(&self) -> u8 {
        match self {
            Self::FromHar(from_har::FromHarError::Input(_)) => 2,
            _ => 1,
        }
    }
}

fn main() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Site => site::run().map_err(Failure::from),
        Command::FromHar(args) => from_har::run(&args).map_err(Failure::from),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(failure.code())
        }
    }
}
