//! What is searched for among names of hosts: a part of a name, or a host or an address in full, which finds the site or the domain it is of.

use crate::display::host_text;

/// What a name is to hold, or to be the end of.
pub(crate) struct Search(String);

impl Search {
    /// Upper and lower case are the same, what is around the words is not looked for, and of an address its host is.
    pub fn of(words: &str) -> Self {
        Self(host_of(words.trim()).to_lowercase())
    }

    /// Whether nothing is looked for: then all is found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of the names holds it.
    pub fn is_in_any<'a>(&self, mut names: impl Iterator<Item = &'a str>) -> bool {
        self.0.is_empty() || names.any(|name| self.is_in(name))
    }

    /// Whether a host's name holds it, as it is stored or as people write it, or it is a host under that name.
    pub fn is_in(&self, name: &str) -> bool {
        self.0.is_empty() || self.is_held_by(name) || self.is_under(name)
    }

    /// Whether a contact of a domain is what is looked for: of a host in full, that host alone.
    pub fn is_in_contact(&self, domain: &str, host: &str) -> bool {
        self.0.is_empty() || self.is_held_by(domain) || (self.is_under(domain) && self.is_held_by(host))
    }

    fn is_held_by(&self, name: &str) -> bool {
        name.contains(&self.0) || host_text(name).to_lowercase().contains(&self.0)
    }

    fn is_under(&self, name: &str) -> bool {
        let ends = |name: &str| self.0.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
        ends(name) || ends(&host_text(name).to_lowercase())
    }
}

/// The host of an address, as far as readers paste them; other words as they are.
fn host_of(words: &str) -> &str {
    let (is_whole, rest) = words.split_once("://").map_or((false, words), |(_, rest)| (true, rest));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match host.rsplit_once(':') {
        Some((name, port)) if is_whole && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::Search;

    #[test]
    fn an_address_or_a_host_in_full_finds_the_name_that_it_is_under_and_no_other() {
        let cases = [
            ("journal", "lejournal.test", true),
            ("LEJOURNAL.test", "lejournal.test", true),
            ("www.lejournal.test", "lejournal.test", true),
            ("lejournal.test/page", "lejournal.test", true),
            ("https://www.lejournal.test/", "lejournal.test", true),
            ("https://user:secret@www.lejournal.test:8443/a?b#c", "lejournal.test", true),
            ("http://[2001:db8::1]/", "[2001:db8::1]", true),
            ("http://[2001:db8::1]:80/", "[2001:db8::1]", true),
            ("\u{e9}cole.test", "xn--cole-9oa.test", true),
            ("www.\u{e9}cole.test", "xn--cole-9oa.test", true),
            ("notlejournal.test", "lejournal.test", false),
            ("https://other.test/lejournal.test", "lejournal.test", false),
        ];
        for (words, name, found) in cases {
            assert_eq!(Search::of(words).is_in(name), found, "{words} in {name}");
        }
    }

    #[test]
    fn a_host_in_full_finds_the_contacts_of_that_host_and_a_part_those_of_the_domain() {
        let cases = [
            ("pixel.audience.test", "pixel.audience.test", true),
            ("pixel.audience.test", "other.audience.test", false),
            ("audience", "other.audience.test", true),
            ("pixel", "pixel.audience.test", false),
        ];
        for (words, host, found) in cases {
            assert_eq!(Search::of(words).is_in_contact("audience.test", host), found, "{words}, {host}");
        }
    }
}
