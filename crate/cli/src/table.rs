//! A page as a table of plain text, in the form in which `cargo xtask run` prints the extension's popup.

use tiers_core::outcome::OutcomeCounts;
use tiers_core::view::PageView;

/// An outcome's name, and how many requests had it.
type Column = (&'static str, fn(&OutcomeCounts) -> u32);

/// The outcomes, in the order of their columns.
const OUTCOMES: [Column; 6] = [
    ("sent", |counts| counts.sent),
    ("cached", |counts| counts.cached),
    ("blocked", |counts| counts.blocked),
    ("failed", |counts| counts.failed),
    ("unknown", |counts| counts.unknown),
    ("pending", |counts| counts.pending),
];

/// The table: a title, the totals of the third parties contacted, a row a third-party domain.
pub fn page_table(title: &str, page: &PageView) -> String {
    let totals =
        [(page.totals.domains, "domain"), (page.totals.hosts, "host"), (page.totals.requests, "request")]
            .map(|(number, noun)| format!("{number} {noun}{}", if number == 1 { "" } else { "s" }));
    let mut lines = vec![printable(title), format!("site {}: {}", page.site, totals.join(", "))];
    if !page.domains.is_empty() {
        lines.push(String::new());
        lines.extend(aligned(&rows(page)));
    }
    lines.join("\n") + "\n"
}

fn rows(page: &PageView) -> Vec<Vec<String>> {
    let shown: Vec<_> = OUTCOMES.into_iter().filter(|(_, count)| count(&page.outcomes) > 0).collect();
    let mut head = vec!["domain".to_owned(), "requests".to_owned(), "hosts".to_owned()];
    head.extend(shown.iter().map(|(name, _)| (*name).to_owned()));
    let domains = page.domains.iter().map(|domain| {
        let mut row =
            vec![domain.domain.clone(), domain.requests.to_string(), domain.hosts.len().to_string()];
        row.extend(shown.iter().map(|(_, count)| count(&domain.outcomes).to_string()));
        row
    });
    std::iter::once(head).chain(domains).collect()
}

/// The first column to the left, numbers to the right.
fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.first().map_or(0, Vec::len);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let cell = |(place, (text, width)): (usize, (&String, &usize))| match place {
        0 => format!("{text:<width$}"),
        _ => format!("{text:>width$}"),
    };
    rows.iter()
        .map(|row| {
            row.iter().zip(&widths).enumerate().map(cell).collect::<Vec<_>>().join("  ").trim_end().to_owned()
        })
        .collect()
}

/// A file may name its pages as it likes; a terminal must not obey it.
fn printable(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect()
}
