//! Public suffixes: the part of a host under which registries hand out names, by the list at publicsuffix.org.
//!
//! The list is compiled into the program (`build.rs`), so that nothing is parsed when a browser wakes the core. The
//! algorithm is the published one: the longest matching rule decides, an exception overrules, and where no rule
//! matches the last label is the suffix. `data/README.md` says where the list comes from.

mod format;
#[cfg(test)]
mod tests;
mod walk;

pub use format::Section;

/// The compiled rules; the layout is `format`'s.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/suffix_table.bin"));

include!(concat!(env!("OUT_DIR"), "/suffix_list.rs"));

/// Where the public suffix of a host starts. Offsets are bytes into the host that was asked about.
///
/// The default (both offsets 0, no rule) says that the whole host is a public suffix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Suffix {
    /// Start of the public suffix under all rules.
    pub start: usize,
    /// Start of the public suffix under the rules of the ICANN section alone.
    pub icann_start: usize,
    /// Section of the rule that decided `start`; `None` where no rule matched.
    pub rule: Option<Section>,
}

impl Suffix {
    /// Whether a rule of the private section decided: the ICANN domain then is another, larger one.
    pub fn is_private(&self) -> bool {
        self.rule == Some(Section::Private)
    }

    /// Start of the registrable domain (public suffix plus one label) of `host`, the host that this suffix was found
    /// in; `None` where the host is itself a public suffix.
    pub fn registrable_start(&self, host: &str) -> Option<usize> {
        one_label_more(host, self.start)
    }

    /// As [`Suffix::registrable_start`], under the rules of the ICANN section alone.
    pub fn icann_registrable_start(&self, host: &str) -> Option<usize> {
        one_label_more(host, self.icann_start)
    }
}

/// Start of the label in front of the one that starts at `start`.
fn one_label_more(host: &str, start: usize) -> Option<usize> {
    let in_front = host.get(..start)?.strip_suffix('.')?;
    Some(in_front.rfind('.').map_or(0, |dot| dot + 1))
}

/// Finds the public suffix of a host as the WHATWG URL standard serialises it: lower case, punycode.
///
/// IP addresses are not told apart here: ask before. Any other string is answered, none panics:
///
/// - a trailing dot belongs to the suffix: that of `example.com.` is `com.`;
/// - a host with an empty label elsewhere (`example..com`, `.com`, the empty string) is a public suffix as a whole,
///   and so has no registrable domain;
/// - upper case and non-ASCII labels match no rule.
///
/// Reads over a part of the table for each label that the list knows: one or two microseconds, no allocation.
///
/// ```
/// use tiers_core::suffix::public_suffix;
///
/// let host = "www.alice.github.io";
/// let suffix = public_suffix(host);
/// assert_eq!(&host[suffix.start..], "github.io");
/// assert_eq!(&host[suffix.icann_start..], "io");
/// assert!(suffix.is_private());
/// assert_eq!(suffix.registrable_start(host).map(|start| &host[start..]), Some("alice.github.io"));
/// ```
pub fn public_suffix(host: &str) -> Suffix {
    suffix_in(TABLE, host)
}

/// [`public_suffix`] by any compiled table.
fn suffix_in(table: &[u8], host: &str) -> Suffix {
    let labels = host.strip_suffix('.').unwrap_or(host);
    let decision = walk::decide(table, labels.as_bytes().rsplit(|byte| *byte == b'.'));
    Suffix {
        start: labels.len().saturating_sub(decision.all.len),
        icann_start: labels.len().saturating_sub(decision.icann.len),
        rule: decision.all.section,
    }
}

/// The compiled list behind the `publicsuffix` crate's trait. Same answers, and same contract, as [`public_suffix`].
///
/// ```
/// use publicsuffix::Psl;
/// use tiers_core::suffix::SuffixTable;
///
/// let domain = SuffixTable.domain(b"cdn.example.co.uk").map(|domain| domain.as_bytes());
/// assert_eq!(domain, Some(&b"example.co.uk"[..]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SuffixTable;

impl publicsuffix::Psl for SuffixTable {
    fn find<'a, T>(&self, labels: T) -> publicsuffix::Info
    where
        T: Iterator<Item = &'a [u8]>,
    {
        let decided = walk::decide(TABLE, labels).all;
        let typ = decided.section.map(|section| match section {
            Section::Icann => publicsuffix::Type::Icann,
            Section::Private => publicsuffix::Type::Private,
        });
        publicsuffix::Info { len: decided.len, typ }
    }
}
