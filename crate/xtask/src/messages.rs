//! The words of one language, as `_locales` holds them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::file::{self, FileError};
use crate::project::Project;

/// Words that are not there.
#[derive(Debug, thiserror::Error)]
pub enum MessagesError {
    /// A file failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file is no `messages.json`.
    #[error("_locales/{language}/messages.json cannot be read: {source}")]
    Broken {
        /// Whose words.
        language: &'static str,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A language lacks a message.
    #[error("_locales/{language}/messages.json has no {key:?}")]
    Missing {
        /// Which language.
        language: &'static str,
        /// Which message.
        key: String,
    },
}

/// The messages of one language, by their keys.
#[derive(Debug)]
pub struct Messages {
    language: &'static str,
    texts: BTreeMap<String, Message>,
}

#[derive(Debug, Deserialize)]
struct Message {
    message: String,
}

impl Messages {
    /// Reads a language's messages.
    pub fn read(project: &Project, language: &'static str) -> Result<Self, MessagesError> {
        let text = file::read_text(&project.root().join("_locales").join(language).join("messages.json"))?;
        let texts =
            serde_json::from_str(&text).map_err(|source| MessagesError::Broken { language, source })?;
        Ok(Self { language, texts })
    }

    /// A message.
    pub fn text(&self, key: &str) -> Result<&str, MessagesError> {
        let missing = || MessagesError::Missing { language: self.language, key: key.to_owned() };
        self.texts.get(key).map(|one| one.message.as_str()).ok_or_else(missing)
    }

    /// The message of one of the core's names: as the screens do, that of `prefix`, the name, `suffix`.
    pub fn of(&self, prefix: &str, name: impl Serialize, suffix: &str) -> Result<&str, MessagesError> {
        let name = name_of(name);
        let capital: String =
            name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect();
        self.text(&format!("{prefix}{capital}{suffix}"))
    }
}

/// One of the core's names, as it crosses to JavaScript.
pub fn name_of(name: impl Serialize) -> String {
    let value = serde_json::to_value(name).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
