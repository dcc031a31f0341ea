//! One run of another program: cargo, node, a browser.

use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

/// Another program that is not there, or did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// The program is not on this machine.
    #[error("`{program}` is not installed: {}", remedy(program))]
    Missing {
        /// Its name.
        program: String,
    },
    /// It ran and reported a failure.
    #[error("`{shown}` failed ({status})")]
    Failed {
        /// The command as one would type it.
        shown: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// It could not be run or read.
    #[error("could not run `{shown}`: {source}")]
    Broken {
        /// The command as one would type it.
        shown: String,
        /// What the system said.
        source: io::Error,
    },
}

/// How one gets a program that is missing.
fn remedy(program: &str) -> &'static str {
    match program {
        "node" | "npm" | "npx" => "install Node 20.19 or newer (https://nodejs.org), which brings npm",
        "cargo" | "rustc" | "rustup" => "install Rust with rustup (https://rustup.rs)",
        "git" => "install git (https://git-scm.com)",
        "jq" => "install jq, the yardstick of a benchmark (https://jqlang.org)",
        _ => "install it, or put it on PATH",
    }
}

/// A command that is about to be run.
#[derive(Debug)]
pub struct Tool {
    command: Command,
    program: String,
    shown: String,
}

impl Tool {
    /// The program of that name, run in `folder`.
    pub fn new(program: &str, folder: &Path) -> Self {
        // Looked up here, because Windows starts `npx.cmd` only by its whole name.
        let found = which::which(program).unwrap_or_else(|_| program.into());
        let mut command = Command::new(found);
        command.current_dir(folder);
        Self { command, program: program.to_owned(), shown: program.to_owned() }
    }

    /// The cargo that runs this command, so that both are of one toolchain.
    pub fn cargo(folder: &Path) -> Self {
        let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(program);
        command.current_dir(folder);
        Self { command, program: "cargo".to_owned(), shown: "cargo".to_owned() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&arg.as_ref().to_string_lossy());
        self.command.arg(arg);
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<A: AsRef<OsStr>>(self, args: impl IntoIterator<Item = A>) -> Self {
        args.into_iter().fold(self, Tool::arg)
    }

    /// Sets a variable of the program's environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets variables of the program's environment.
    #[must_use]
    pub fn envs(mut self, variables: &[(&'static str, std::path::PathBuf)]) -> Self {
        self.command.envs(variables.iter().map(|(name, value)| (name, value)));
        self
    }

    /// The command as one would type it.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    fn error(&self, source: io::Error) -> ToolError {
        if source.kind() == io::ErrorKind::NotFound {
            ToolError::Missing { program: self.program.clone() }
        } else {
            ToolError::Broken { shown: self.shown.clone(), source }
        }
    }

    fn checked(&self, status: ExitStatus) -> Result<(), ToolError> {
        if status.success() { Ok(()) } else { Err(ToolError::Failed { shown: self.shown.clone(), status }) }
    }

    /// Runs it in this terminal; a failure of the program is an error.
    pub fn run(mut self) -> Result<(), ToolError> {
        let status = self.status()?;
        self.checked(status)
    }

    /// Runs it in this terminal and says how it ended.
    pub fn status(&mut self) -> Result<ExitStatus, ToolError> {
        self.command.status().map_err(|source| self.error(source))
    }

    /// Runs it and gives back what it printed; a failure of the program is an error.
    pub fn output(mut self) -> Result<String, ToolError> {
        self.command.stderr(Stdio::inherit());
        let output = self.command.output().map_err(|source| self.error(source))?;
        self.checked(output.status)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// As [`Tool::output`], and what the program complains of is not shown.
    pub fn quiet_output(mut self) -> Result<String, ToolError> {
        let output = self.command.output().map_err(|source| self.error(source))?;
        self.checked(output.status)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs it in this terminal, each line with the mark before it, and gives back what it printed too, without marks.
    pub fn echoed(mut self, mark: &str) -> Result<(ExitStatus, String), ToolError> {
        self.command.stdout(Stdio::piped());
        let mut child = self.command.spawn().map_err(|source| self.error(source))?;
        let mut text = String::new();
        if let Some(stdout) = child.stdout.take() {
            let mut stdout = BufReader::new(stdout);
            let mut line = Vec::new();
            while stdout.read_until(b'\n', &mut line).map_err(|source| self.error(source))? > 0 {
                // A closed terminal is no reason to leave the program alone: it is heard to its end.
                let _ = io::stdout().write_all(&[mark.as_bytes(), &line[..]].concat());
                text.push_str(&String::from_utf8_lossy(&line));
                line.clear();
            }
        }
        let status = child.wait().map_err(|source| self.error(source))?;
        Ok((status, text))
    }
}
