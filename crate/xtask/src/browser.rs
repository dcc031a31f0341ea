//! The two browsers: their names, where they are on this machine, and whether they are new enough.

use std::env;
use std::path::PathBuf;

use crate::tool::Tool;

/// A browser that the extension is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Browser {
    /// Chromium, and what is made of it.
    Chromium,
    /// Firefox.
    Firefox,
}

/// A browser that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// It is not on this machine.
    #[error(
        "{} is not installed: install it (on Debian: apt-get install {}), put it on PATH, or name it in the \
         environment variable {}",
        browser.title(), browser.packages().join(" "), browser.variable()
    )]
    Missing {
        /// Which.
        browser: Browser,
    },
    /// The environment names a file that is not there.
    #[error("the environment variable {} names {}, where there is no program", browser.variable(), path.display())]
    Misnamed {
        /// Which.
        browser: Browser,
        /// What the variable says.
        path: PathBuf,
    },
    /// It lacks what the extension is built on.
    #[error(
        "{} is version {found}, and the extension needs {needed} or newer, which names the document of each \
         request: update it, or name a newer one in the environment variable {}",
        path.display(), browser.variable()
    )]
    TooOld {
        /// Which.
        browser: Browser,
        /// Where it is.
        path: PathBuf,
        /// Its major version.
        found: u32,
        /// The manifest's minimum.
        needed: u32,
    },
}

impl Browser {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// The name in paths, flags and the tests' environment.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// The name in sentences.
    pub fn title(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        }
    }

    /// The environment variable that names the program, here and in the tests' drivers.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Chromium => "CHROMIUM",
            Self::Firefox => "FIREFOX",
        }
    }

    /// Debian's packages: the browser, and for Chromium the languages; for Firefox the drivers make a language pack.
    pub fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-l10n"],
            Self::Firefox => &["firefox-esr"],
        }
    }

    /// Names on PATH, then the places where macOS keeps programs.
    fn usual_names(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &[
                "chromium",
                "chromium-browser",
                "google-chrome-stable",
                "google-chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            ],
            // A release build loads signed extensions only; the ESR can be told to load this one.
            Self::Firefox => &["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"],
        }
    }

    /// The program on this machine: the one that the environment names, otherwise the first that is found.
    pub fn locate(self) -> Result<PathBuf, BrowserError> {
        if let Some(named) = env::var_os(self.variable()).filter(|value| !value.is_empty()) {
            let path = PathBuf::from(named);
            return which::which(&path).map_err(|_| BrowserError::Misnamed { browser: self, path });
        }
        self.usual_names()
            .iter()
            .find_map(|name| which::which(name).ok())
            .ok_or(BrowserError::Missing { browser: self })
    }

    /// Refuses a program that is older than `needed`. One that does not tell its version is given a try.
    pub fn check_version(self, path: PathBuf, needed: u32) -> Result<PathBuf, BrowserError> {
        let answer = Tool::new(&path.to_string_lossy(), &env::temp_dir()).arg("--version").quiet_output();
        match answer.ok().as_deref().and_then(major_version) {
            Some(found) if found < needed => Err(BrowserError::TooOld { browser: self, path, found, needed }),
            _ => Ok(path),
        }
    }
}

/// The number before the first dot in `Mozilla Firefox 153.7.0esr` or `v20.19.1`.
pub fn major_version(answer: &str) -> Option<u32> {
    version_numbers(answer).map(|(major, _)| major)
}

/// The first two numbers of a version in a program's answer.
pub fn version_numbers(answer: &str) -> Option<(u32, u32)> {
    answer.split_whitespace().find_map(|word| {
        let mut numbers = word.trim_start_matches('v').split('.');
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_programs_say() {
        assert_eq!(major_version("Mozilla Firefox 153.7.0esr"), Some(153));
        assert_eq!(
            major_version("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)"),
            Some(156)
        );
        assert_eq!(version_numbers("v20.19.1\n"), Some((20, 19)));
        assert_eq!(version_numbers("no idea"), None);
    }
}
