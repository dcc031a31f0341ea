//! The vectors that the public suffix list itself publishes.

use tiers_core::suffix::public_suffix;

const VECTORS: &str = include_str!("../fixtures/test_psl.txt");

#[test]
fn every_official_vector_of_the_public_suffix_list_holds() {
    let vectors: Vec<(Option<String>, Option<String>)> = VECTORS.lines().filter_map(vector).collect();
    assert_eq!(vectors.len(), 78);
    for (host, expected) in vectors {
        // The first vector asks about no host at all.
        let registrable = host.as_deref().and_then(|host| {
            public_suffix(host).registrable_start(host).map(|start| host[start..].to_owned())
        });
        assert_eq!(registrable, expected, "{host:?}");
    }
}

/// `checkPublicSuffix('host', 'registrable domain');`, where `null` stands for none.
fn vector(line: &str) -> Option<(Option<String>, Option<String>)> {
    let (host, registrable) =
        line.strip_prefix("checkPublicSuffix(")?.strip_suffix(");")?.split_once(", ")?;
    Some((name(host), name(registrable)))
}

/// A name as a browser would hand it over: lower case, punycode.
fn name(quoted: &str) -> Option<String> {
    let name = quoted.strip_prefix('\'')?.strip_suffix('\'')?;
    Some(idna::domain_to_ascii(name).expect("the vectors are valid host names"))
}
