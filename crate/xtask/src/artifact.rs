//! What cargo built, and where it put it.

use std::path::PathBuf;

use cargo_metadata::{Artifact, Message};

use crate::tool::{Tool, ToolError};

/// Cargo did not build what was asked of it.
#[derive(Debug, thiserror::Error)]
pub enum ArtifactError {
    /// Cargo failed.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// Cargo built something else.
    #[error("`{shown}` built no {kind} named `{name}`: look at the names in that crate's Cargo.toml")]
    NotBuilt {
        /// The command.
        shown: String,
        /// The kind that was looked for.
        kind: &'static str,
        /// The name that was looked for.
        name: &'static str,
    },
    /// What cargo printed was no JSON.
    #[error("could not read cargo's messages: {0}")]
    Messages(std::io::Error),
}

/// Runs a `cargo build` and finds the wasm module of that name.
pub fn wasm(build: Tool, name: &'static str) -> Result<PathBuf, ArtifactError> {
    find(build, name, "wasm module", |artifact| {
        artifact.filenames.into_iter().find(|path| path.extension() == Some("wasm")).map(PathBuf::from)
    })
}

/// Runs a `cargo build` and finds the program of that name.
pub fn program(build: Tool, name: &'static str) -> Result<PathBuf, ArtifactError> {
    find(build, name, "program", |artifact| artifact.executable.map(PathBuf::from))
}

fn find(
    build: Tool,
    name: &'static str,
    kind: &'static str,
    pick: impl Fn(Artifact) -> Option<PathBuf>,
) -> Result<PathBuf, ArtifactError> {
    // Cargo's own messages as JSON, the compiler's as people read them.
    let build = build.arg("--message-format=json-render-diagnostics");
    let shown = build.shown().to_owned();
    let messages = build.output()?;
    let mut found = None;
    for message in Message::parse_stream(messages.as_bytes()) {
        match message.map_err(ArtifactError::Messages)? {
            Message::CompilerArtifact(artifact) if artifact.target.name == name => {
                found = pick(artifact).or(found);
            }
            _ => {}
        }
    }
    found.ok_or(ArtifactError::NotBuilt { shown, kind, name })
}
