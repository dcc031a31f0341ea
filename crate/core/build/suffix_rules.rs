//! The raw public suffix list, read into rules: the format of publicsuffix.org, stricter where a slip would go unseen.

use super::format::Section;

/// What a rule says of the names that match it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name is a public suffix.
    Normal,
    /// Every name one label longer is a public suffix.
    Wildcard,
    /// The name is none, although a wildcard says so.
    Exception,
}

/// One rule of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Line of the raw file, counted from 1.
    pub line: usize,
    /// The name without `!` or `*.`, lower case and punycode, its last label first.
    pub labels: Vec<String>,
    /// What it says.
    pub kind: Kind,
    /// Where it stands.
    pub section: Section,
}

/// The list: its rules, and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The `VERSION` line: when the list was published.
    pub version: String,
    /// The `COMMIT` line: the list's own revision.
    pub commit: String,
    /// All rules, in the file's order.
    pub rules: Vec<Rule>,
}

/// Why a raw list cannot be compiled. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// The file has no line `// VERSION: …` or `// COMMIT: …`.
    #[error("the list does not name its {0}")]
    Unnamed(&'static str),
    /// A rule stands before, between or after the two sections.
    #[error("line {line}: rule {rule:?} is in no section")]
    NoSection { line: usize, rule: String },
    /// A `*` elsewhere than as the whole first label: the format allows it, the compiled table has no room for it.
    #[error("line {line}: rule {rule:?} has a wildcard that is not its first label")]
    InnerWildcard { line: usize, rule: String },
    /// An exception that no wildcard could match.
    #[error("line {line}: exception {rule:?} has less than two labels")]
    ShortException { line: usize, rule: String },
    /// IDNA turns the rule down: no browser could show a host under it.
    #[error("line {line}: rule {rule:?} is no host name: {reason}")]
    NoHost { line: usize, rule: String, reason: String },
}

/// Reads a raw list.
pub fn read(raw: &str) -> Result<List, ListError> {
    let mut section = None;
    let mut rules = Vec::new();
    for (index, line) in raw.lines().enumerate() {
        match line.trim() {
            "// ===BEGIN ICANN DOMAINS===" => section = Some(Section::Icann),
            "// ===BEGIN PRIVATE DOMAINS===" => section = Some(Section::Private),
            "// ===END ICANN DOMAINS===" | "// ===END PRIVATE DOMAINS===" => section = None,
            comment if comment.starts_with("//") => {}
            // A rule ends at the first white space.
            text => {
                if let Some(text) = text.split_whitespace().next() {
                    rules.push(rule(index + 1, text, section)?);
                }
            }
        }
    }
    Ok(List { version: named(raw, "VERSION")?, commit: named(raw, "COMMIT")?, rules })
}

/// The value of the comment `// name: value`.
fn named(raw: &str, name: &'static str) -> Result<String, ListError> {
    raw.lines()
        .find_map(|line| line.strip_prefix("// ")?.strip_prefix(name)?.strip_prefix(": "))
        .map(|value| value.trim().to_owned())
        .ok_or(ListError::Unnamed(name))
}

fn rule(line: usize, text: &str, section: Option<Section>) -> Result<Rule, ListError> {
    let rule = text.to_owned();
    let Some(section) = section else { return Err(ListError::NoSection { line, rule }) };
    let (kind, name) = if let Some(name) = text.strip_prefix('!') {
        (Kind::Exception, name)
    } else if let Some(name) = text.strip_prefix("*.") {
        (Kind::Wildcard, name)
    } else {
        (Kind::Normal, text)
    };
    if name.contains('*') {
        return Err(ListError::InnerWildcard { line, rule });
    }
    let ascii = match to_ascii(name) {
        Ok(ascii) => ascii,
        Err(reason) => return Err(ListError::NoHost { line, rule, reason }),
    };
    let labels: Vec<String> = ascii.rsplit('.').map(str::to_owned).collect();
    if kind == Kind::Exception && labels.len() < 2 {
        return Err(ListError::ShortException { line, rule });
    }
    Ok(Rule { line, labels, kind, section })
}

/// The name as a URL's host would spell it: the "domain to ASCII" of the WHATWG URL standard, which is how browsers
/// spell the hosts that the rules are compared with.
fn to_ascii(name: &str) -> Result<String, String> {
    let ascii = idna::domain_to_ascii_cow(name.as_bytes(), idna::AsciiDenyList::URL)
        .map_err(|_| "IDNA rejects it".to_owned())?;
    match ascii.split('.').map(str::len).find(|len| !(1..=63).contains(len)) {
        Some(0) => Err("a label is empty".to_owned()),
        Some(len) => Err(format!("a label has {len} bytes, more than 63")),
        None => Ok(ascii.into_owned()),
    }
}
