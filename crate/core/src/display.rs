//! A host as people write it: Unicode where that is safe to read, no trailing dot.

use std::borrow::Cow;

/// The host for a screen. A punycode label is shown in Unicode where it decodes to letters, digits and hyphens alone;
/// screens show the ASCII form beside it, since letters of two scripts can look alike.
///
/// ```
/// assert_eq!(tiers_core::display::host_text("www.xn--bcher-kva.de."), "www.b\u{fc}cher.de");
/// assert_eq!(tiers_core::display::host_text("xn--a.com"), "xn--a.com");
/// ```
#[must_use]
pub fn host_text(host: &str) -> Cow<'_, str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    if !host.split('.').any(|label| label.starts_with("xn--")) {
        return Cow::Borrowed(host);
    }
    let labels: Vec<Cow<'_, str>> = host.split('.').map(label_text).collect();
    Cow::Owned(labels.join("."))
}

fn label_text(label: &str) -> Cow<'_, str> {
    label
        .strip_prefix("xn--")
        .and_then(crate::punycode::decode)
        .filter(|text| !text.is_ascii() && text.chars().all(|char| char.is_alphanumeric() || char == '-'))
        .map_or(Cow::Borrowed(label), Cow::Owned)
}
