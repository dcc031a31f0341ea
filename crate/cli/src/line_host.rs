//! The host of a line: of a URL, or of a host as people write it.

use std::net::Ipv6Addr;

use url::Url;

/// Finds hosts; keeps its buffer, so that a long list costs no memory.
#[derive(Debug, Default)]
pub struct LineHosts {
    /// The host of the last line, as the WHATWG URL standard serialises it.
    host: String,
    /// The last line as a URL, where it had no scheme.
    completed: String,
}

impl LineHosts {
    /// The host of a line as the WHATWG URL standard serialises it; none where the line holds no host.
    pub fn host_of<'a>(&'a mut self, line: &'a str) -> Option<&'a str> {
        let line = line.trim_matches(|char: char| char.is_whitespace() || char.is_control());
        if let Some(host) = plain_host(line) {
            return Some(host);
        }
        let url = if has_scheme(line) { Url::parse(line) } else { self.complete(line)? };
        self.host.clear();
        self.host.push_str(url.ok()?.host_str().filter(|host| !host.is_empty())?);
        Some(&self.host)
    }

    /// Reads a line without a scheme: a host, maybe with a port, maybe with a path. A user name alone makes it none:
    /// that is a mail address.
    fn complete(&mut self, line: &str) -> Option<Result<Url, url::ParseError>> {
        let line = line.strip_prefix("//").unwrap_or(line);
        let authority = line.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        if authority.is_empty() || authority.contains('@') {
            return None;
        }
        self.completed.clear();
        self.completed.push_str("http://");
        if authority.parse::<Ipv6Addr>().is_ok() {
            self.completed.push('[');
            self.completed.push_str(authority);
            self.completed.push(']');
        } else {
            self.completed.push_str(authority);
        }
        Some(Url::parse(&self.completed))
    }
}

/// Whether a line begins with a scheme that a host can follow. `localhost:3000` has none; `mailto:` has one, and no host.
fn has_scheme(line: &str) -> bool {
    let Some((scheme, rest)) = line.split_once(':') else { return false };
    let is_name = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let special = ["http", "https", "ws", "wss", "ftp", "file"].iter();
    is_name
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && (rest.starts_with("//") || special.into_iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

/// The host of a line that is already written as the standard would write it: a name in lower case, alone or behind
/// `http://` or `https://`, without user name or port. This is nearly every line, and needs no parser.
fn plain_host(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://"));
    let end = |byte: &u8| matches!(byte, b'/' | b'?' | b'#');
    let host = match rest {
        Some(rest) => rest.get(..rest.bytes().position(|byte| end(&byte)).unwrap_or(rest.len()))?,
        None => line,
    };
    let mut last_label = 0;
    let mut before = b'.';
    for (place, byte) in host.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => {}
            b'.' if before != b'.' => last_label = place + 1,
            _ => return None,
        }
        before = byte;
    }
    // What ends in a number is an IPv4 address or an error; a final dot, punycode: the parser knows.
    let last_label =
        host.get(last_label..).filter(|label| label.starts_with(|first: char| !first.is_ascii_digit()))?;
    (!last_label.is_empty() && !host.contains("xn--")).then_some(host)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn host_of(line: &str) -> Option<String> {
        LineHosts::default().host_of(line).map(str::to_owned)
    }

    #[test]
    fn a_host_is_found_however_it_is_written() {
        let rows = [
            ("www.lemonde.fr", "www.lemonde.fr"),
            ("WWW.Lemonde.FR", "www.lemonde.fr"),
            ("  https://www.lemonde.fr/a?b#c \r", "www.lemonde.fr"),
            ("HTTPS://user:secret@WWW.Lemonde.FR:8443/", "www.lemonde.fr"),
            ("//cdn.example.com/x.js", "cdn.example.com"),
            ("example.com/path?x@y", "example.com"),
            ("example.com:8080", "example.com"),
            ("localhost:3000", "localhost"),
            ("http:example.com", "example.com"),
            ("wss://realtime.ably.io", "realtime.ably.io"),
            ("b\u{fc}cher.de", "xn--bcher-kva.de"),
            ("http://0x7f.1/", "127.0.0.1"),
            ("0x7f.1", "127.0.0.1"),
            ("2130706433", "127.0.0.1"),
            ("[2001:DB8::1]:443", "[2001:db8::1]"),
            ("2001:db8::1", "[2001:db8::1]"),
            ("ex%41mple.com", "example.com"),
            ("_dmarc.example.com", "_dmarc.example.com"),
        ];
        for (line, host) in rows {
            assert_eq!(host_of(line).as_deref(), Some(host), "{line}");
        }
    }

    #[test]
    fn a_line_without_a_host_has_none() {
        for line in [
            "",
            "   ",
            "not a host",
            "mailto:someone@example.com",
            "someone@example.com",
            "data:text/plain,x",
            "about:blank",
            "blob:https://example.com/1",
            "javascript:alert(1)",
            "file:///etc/hosts",
            "http://",
            "https://exa mple.com/",
            "http://256.256.256.256/",
            "1.2.3.4.5",
            "example.com:99999",
            "/path",
            "<html>",
        ] {
            assert_eq!(host_of(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn no_line_panics(line in any::<String>()) {
            host_of(&line);
        }

        #[test]
        fn the_short_way_answers_as_the_parser(
            host in "[a-z0-9_.-]{0,12}", scheme in "(https?://)?", end in "([/?#].{0,4})?"
        ) {
            let line = format!("{scheme}{host}{end}");
            if let Some(short) = plain_host(&line) {
                let scheme = if scheme.is_empty() { "http://" } else { "" };
                let url = Url::parse(&format!("{scheme}{line}")).unwrap();
                prop_assert_eq!(Some(short), url.host_str());
            }
        }
    }
}
