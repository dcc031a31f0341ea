//! `cargo xtask docs`: “How this is counted” as a page of `docs/`, from the core's view and the words of each language.

use std::fmt::Write as _;
use std::path::PathBuf;

use tiers_core::error_code::{Browser, ErrorCode};
use tiers_core::method::{self, GapGroup, GapRow, MethodView, Section, VersionKind};
use tiers_core::outcome::Outcome;

use crate::file::{self, FileError};
use crate::messages::{Messages, MessagesError, name_of};
use crate::project::Project;

/// The page in each language: the language, what it calls itself, the file.
const PAGES: [(&str, &str, &str); 2] =
    [("en", "English", "how-it-is-counted.md"), ("fr", "Français", "comment-on-compte.md")];

const GENERATED: &str = "<!-- Generated: the structure from crate/core/src/method.rs and error_code.rs, the words from \
                         _locales. `cargo xtask docs` writes it anew. -->";

/// The pages could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DocsError {
    /// A file failed.
    #[error(transparent)]
    File(#[from] FileError),
    /// A word is missing.
    #[error(transparent)]
    Messages(#[from] MessagesError),
}

/// Writes the pages, and says where.
pub fn write(project: &Project) -> Result<Vec<PathBuf>, DocsError> {
    let mut written = Vec::new();
    for (path, text) in pages(project)? {
        file::write(&path, text.as_bytes())?;
        written.push(path);
    }
    Ok(written)
}

fn pages(project: &Project) -> Result<Vec<(PathBuf, String)>, DocsError> {
    let view = method::method("");
    let page = |(language, own_name, file): (&'static str, &str, &str)| {
        let words = Messages::read(project, language)?;
        let others = PAGES
            .map(|(_, name, to)| if to == file { own_name.to_owned() } else { format!("[{name}]({to})") });
        let path = project.root().join("docs").join(file);
        Ok((path, Page { words, text: String::new() }.written(&view, &others.join(" · "))?))
    };
    PAGES.into_iter().map(page).collect()
}

/// A page that is being written.
struct Page {
    words: Messages,
    text: String,
}

impl Page {
    fn written(mut self, view: &MethodView, languages: &str) -> Result<String, DocsError> {
        self.block(GENERATED);
        self.block(&format!("# {}", self.say("howItCounts")?));
        self.block(languages);
        self.block(&self.say("methodLead")?);
        let short = ["countsParty", "countsContacted", "countsGaps"];
        self.list(short.iter().map(|key| self.say(key)).collect::<Result<_, _>>()?);
        for section in view.sections {
            self.block(&format!("## {}", self.of("methodSection", section, "")?));
            self.block(&self.of("method", section, "Intro")?);
            match section {
                Section::Terms => self.terms(view)?,
                Section::Outcomes => self.outcomes(view)?,
                Section::Attribution => {
                    let rules =
                        view.attributions.iter().map(|rule| self.titled("methodAttribution", rule, ""));
                    self.list(rules.collect::<Result<_, _>>()?);
                }
                Section::Gaps => self.gaps(view.gaps)?,
                Section::Errors => self.errors(view)?,
                Section::Versions => self.versions(view)?,
            }
        }
        Ok(self.text)
    }

    fn terms(&mut self, view: &MethodView) -> Result<(), DocsError> {
        let rows = view
            .terms
            .iter()
            .map(|term| Ok(vec![self.of("methodTerm", term, "")?, self.of("methodTerm", term, "Text")?]));
        self.table(&["Term", "Meaning"], rows.collect::<Result<_, DocsError>>()?)?;
        self.block(&format!("### {}", self.say("methodExamples")?));
        let rows = view.examples.iter().map(|example| {
            let [page, host, domain] = [example.page, example.host, example.domain].map(code);
            let reason = self.of("methodExample", example.reason, "")?;
            Ok(vec![page, host, domain, self.yes(example.third_party)?, reason])
        });
        let rows = rows.collect::<Result<_, DocsError>>()?;
        self.table(&["Page", "Host", "Domain", "ThirdParty", "Reason"], rows)
    }

    fn outcomes(&mut self, view: &MethodView) -> Result<(), DocsError> {
        let rows = view.outcomes.iter().map(|row| {
            let outcome = self.of("outcome", row.outcome, "")?;
            let meaning = self.of("outcome", row.outcome, "Hint")?;
            Ok(vec![outcome, meaning, self.yes(row.contact)?, code(&name_of(row.outcome))])
        });
        let rows = rows.collect::<Result<_, DocsError>>()?;
        self.table(&["Outcome", "Meaning", "Contact", "Key"], rows)
    }

    fn gaps(&mut self, gaps: &[GapRow]) -> Result<(), DocsError> {
        for group in gaps.chunk_by(|one, next| one.group == next.group) {
            let Some(GapRow { group: name, .. }) = group.first() else { continue };
            self.block(&format!("### {}", self.of("methodGroup", name, "")?));
            if *name == GapGroup::Marked {
                self.block(&self.of("methodGroup", name, "Text")?);
            }
            let rows = group.iter().map(|row| {
                let mut effect = self.of("methodEffect", row.effect, "")?;
                if let Some(browser) = row.browser {
                    effect = format!("{}, {effect}", self.of("methodBrowser", browser, "")?);
                }
                self.titled("methodGap", row.gap, &format!(" ({effect})"))
            });
            self.list(rows.collect::<Result<_, _>>()?);
        }
        Ok(())
    }

    fn errors(&mut self, view: &MethodView) -> Result<(), DocsError> {
        for (place, rule) in view.error_rules.iter().enumerate() {
            let line = self.of("methodError", rule, "")?;
            let _ = writeln!(self.text, "{}. {line}", place + 1);
        }
        self.text.push('\n');
        let outcomes = Outcome::ALL.map(Some).into_iter().chain([None]);
        for outcome in outcomes.filter(|outcome| view.errors.iter().any(|row| row.outcome == *outcome)) {
            let (title, meaning) = match outcome {
                Some(outcome) => (self.of("outcome", outcome, "")?, self.of("outcome", outcome, "Hint")?),
                None => (self.say("methodNoRequest")?, self.say("methodNoRequestText")?),
            };
            self.block(&format!("### {title}"));
            self.block(&meaning);
            for browser in [Browser::Chromium, Browser::Firefox] {
                let of_both =
                    view.errors.iter().filter(|row| (row.outcome, row.browser) == (outcome, browser));
                let codes: Vec<_> = of_both.map(shown_code).collect();
                if !codes.is_empty() {
                    self.block(&format!("**{}**", self.of("methodBrowser", browser, "")?));
                    self.list(codes);
                }
            }
        }
        Ok(())
    }

    /// The rule's own: the others change with every release and every refresh of the list, which is no change of this page.
    fn versions(&mut self, view: &MethodView) -> Result<(), DocsError> {
        let mut lines = Vec::new();
        for row in &view.versions {
            let name = self.of("methodVersion", row.kind, "")?;
            if matches!(row.kind, VersionKind::Rule | VersionKind::Format) {
                lines.push(format!("{name}: {}", code(&row.version)));
            }
        }
        self.list(lines);
        Ok(())
    }

    /// A statement under its title.
    fn titled(
        &self,
        prefix: &str,
        name: impl serde::Serialize + Copy,
        beside: &str,
    ) -> Result<String, DocsError> {
        Ok(format!("**{}**{beside}\\\n  {}", self.of(prefix, name, "")?, self.of(prefix, name, "Text")?))
    }

    fn yes(&self, yes: bool) -> Result<String, DocsError> {
        self.say(if yes { "methodYes" } else { "methodNo" })
    }

    fn say(&self, key: &str) -> Result<String, DocsError> {
        Ok(escaped(self.words.text(key)?))
    }

    fn of(&self, prefix: &str, name: impl serde::Serialize, suffix: &str) -> Result<String, DocsError> {
        Ok(escaped(self.words.of(prefix, name, suffix)?))
    }

    fn block(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push_str("\n\n");
    }

    fn list(&mut self, items: Vec<String>) {
        self.block(&items.into_iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n"));
    }

    fn table(&mut self, columns: &[&str], rows: Vec<Vec<String>>) -> Result<(), DocsError> {
        let names = columns.iter().map(|name| self.say(&format!("methodColumn{name}")));
        let head = names.collect::<Result<Vec<_>, _>>()?;
        let line = vec!["---".to_owned(); columns.len()];
        let table = [head, line].into_iter().chain(rows).map(|cells| format!("| {} |", cells.join(" | ")));
        self.block(&table.collect::<Vec<_>>().join("\n"));
        Ok(())
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn shown_code(row: &ErrorCode) -> String {
    code(&if row.family { format!("{}…", row.code) } else { row.code.to_owned() })
}

/// A message as Markdown: what stands between backquotes is code in both.
fn escaped(message: &str) -> String {
    let piece = |(place, piece): (usize, &str)| {
        let mut text = String::new();
        for letter in piece.chars() {
            if place % 2 == 0 && matches!(letter, '\\' | '*' | '_' | '<' | '[' | ']' | '|' | '#') {
                text.push('\\');
            }
            text.push(letter);
        }
        text
    };
    message.split('`').enumerate().map(piece).collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_are_what_the_core_and_the_words_say() {
        for (path, text) in pages(&Project::find().unwrap()).unwrap() {
            let stands = file::read_text(&path).unwrap_or_default();
            assert!(stands == text, "{} is out of date: run `cargo xtask docs`", path.display());
        }
    }

    #[test]
    fn a_page_holds_each_code_once_and_each_gap() {
        let view = method::method("");
        for (path, text) in pages(&Project::find().unwrap()).unwrap() {
            for row in &view.errors {
                assert_eq!(
                    text.matches(&format!("- {}\n", shown_code(row))).count(),
                    1,
                    "{} {row:?}",
                    path.display()
                );
            }
            assert_eq!(
                text.matches("\n- **").count(),
                view.gaps.len() + view.attributions.len(),
                "{}",
                path.display()
            );
        }
    }

    #[test]
    fn words_are_no_markdown_but_for_their_code() {
        assert_eq!(escaped("a_b `a_b` <i> |"), "a\\_b `a_b` \\<i> \\|");
    }
}
