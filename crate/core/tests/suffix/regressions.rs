//! Hosts that naive counters get wrong: the rows of the counting rule that concern public suffixes.

use tiers_core::suffix::{Section, public_suffix};

/// Asserts the public suffix and the registrable domain (`-`: none) of each host.
#[track_caller]
fn assert_all(rows: &[(&str, &str, &str)]) {
    for (host, suffix, registrable) in rows {
        let found = public_suffix(host);
        assert_eq!(&host[found.start..], *suffix, "suffix of {host}");
        let start = found.registrable_start(host);
        assert_eq!(start.map_or("-", |start| &host[start..]), *registrable, "registrable domain of {host}");
    }
}

#[test]
fn a_name_that_only_contains_co_is_no_public_suffix() {
    assert_all(&[
        ("www.disco.fr", "fr", "disco.fr"),
        ("www.unesco.org", "org", "unesco.org"),
        ("cdn.cisco.com", "com", "cisco.com"),
        ("www.cisco.com", "com", "cisco.com"),
        ("widget.intercom.io", "io", "intercom.io"),
        ("c.adsco.re", "re", "adsco.re"),
        ("static.files.bbci.co.uk", "co.uk", "bbci.co.uk"),
    ]);
}

#[test]
fn registries_of_two_labels_are_public_suffixes() {
    assert_all(&[
        ("www.impots.gouv.fr", "gouv.fr", "impots.gouv.fr"),
        ("stats.data.gouv.fr", "gouv.fr", "data.gouv.fr"),
        ("www.service-public.gouv.fr", "gouv.fr", "service-public.gouv.fr"),
        ("www.croix-rouge.asso.fr", "asso.fr", "croix-rouge.asso.fr"),
        ("www.tax.service.gov.uk", "service.gov.uk", "tax.service.gov.uk"),
        ("www.ons.gov.uk", "gov.uk", "ons.gov.uk"),
        ("www.u-tokyo.ac.jp", "ac.jp", "u-tokyo.ac.jp"),
        ("gouv.fr", "gouv.fr", "-"),
    ]);
}

#[test]
fn users_of_one_hoster_are_different_sites_and_their_icann_domain_is_known() {
    for (host, registrable, icann) in [
        ("www.alice.github.io", "alice.github.io", "github.io"),
        ("bob.github.io", "bob.github.io", "github.io"),
        ("d111.cloudfront.net", "d111.cloudfront.net", "cloudfront.net"),
    ] {
        let found = public_suffix(host);
        assert!(found.is_private(), "{host}");
        assert_eq!(found.registrable_start(host).map(|start| &host[start..]), Some(registrable));
        assert_eq!(found.icann_registrable_start(host).map(|start| &host[start..]), Some(icann));
    }
    assert_all(&[("github.io", "github.io", "-"), ("cloudfront.net", "cloudfront.net", "-")]);
}

#[test]
fn wildcards_hold_and_their_exceptions_overrule_them() {
    assert_all(&[
        ("kobe.jp", "jp", "kobe.jp"),
        ("c.kobe.jp", "c.kobe.jp", "-"),
        ("a.b.c.kobe.jp", "c.kobe.jp", "b.c.kobe.jp"),
        ("city.kobe.jp", "kobe.jp", "city.kobe.jp"),
        ("www.city.kobe.jp", "kobe.jp", "city.kobe.jp"),
        ("ck", "ck", "-"),
        ("www.ck", "ck", "www.ck"),
        ("www.www.ck", "ck", "www.ck"),
    ]);
}

#[test]
fn a_longer_rule_does_not_hide_the_wildcard_beside_it() {
    assert_all(&[
        ("ex.futurecms.at", "ex.futurecms.at", "-"),
        ("mtls.run.app", "mtls.run.app", "-"),
        ("ocs.customer-oci.com", "ocs.customer-oci.com", "-"),
        ("privatelink.snowflake.app", "privatelink.snowflake.app", "-"),
        ("a.ex.futurecms.at", "a.ex.futurecms.at", "-"),
        ("shop.a.ex.futurecms.at", "a.ex.futurecms.at", "shop.a.ex.futurecms.at"),
    ]);
}

#[test]
fn names_of_javascript_objects_are_names_like_others() {
    assert_all(&[
        ("__proto__", "__proto__", "-"),
        ("constructor", "constructor", "-"),
        ("www.constructor.com", "com", "constructor.com"),
        ("a.__proto__.tostring", "tostring", "__proto__.tostring"),
    ]);
}

#[test]
fn names_outside_the_list_end_in_a_suffix_of_one_label_that_no_rule_decided() {
    assert_all(&[("intranet", "intranet", "-"), ("printer.local", "local", "printer.local")]);
    assert_eq!(public_suffix("printer.local").rule, None);
    assert_eq!(public_suffix("printer.example.com").rule, Some(Section::Icann));
}

#[test]
fn punycode_hosts_match_rules_that_the_list_spells_in_unicode() {
    assert_all(&[
        ("cdn.xn--bcher-kva.de", "de", "xn--bcher-kva.de"),
        ("www.shishi.xn--55qx5d.cn", "xn--55qx5d.cn", "shishi.xn--55qx5d.cn"),
        ("xn--fiqs8s", "xn--fiqs8s", "-"),
    ]);
}

#[test]
fn a_trailing_dot_belongs_to_the_suffix() {
    assert_all(&[
        ("example.com.", "com.", "example.com."),
        ("a.b.co.uk.", "co.uk.", "b.co.uk."),
        ("com.", "com.", "-"),
    ]);
}

#[test]
fn a_host_with_an_empty_label_has_no_registrable_domain() {
    for host in ["", ".", "..", ".com", "example..com", ".example.com", "example.com..", "a..", "..a"] {
        assert_all(&[(host, host, "-")]);
        assert_eq!(public_suffix(host).icann_start, 0, "{host}");
        assert_eq!(public_suffix(host).rule, None, "{host}");
    }
}

#[test]
fn very_long_hosts_and_labels_are_answered() {
    let labels = format!("{}example.co.uk", "a.".repeat(5_000));
    assert_eq!(&labels[public_suffix(&labels).start..], "co.uk");
    let label = format!("{}.uk", "a".repeat(10_000));
    assert_eq!(&label[public_suffix(&label).start..], "uk");
    let dots = ".".repeat(10_000);
    assert_eq!(public_suffix(&dots).start, 0);
}

#[test]
fn what_is_not_a_normalised_host_matches_no_rule() {
    assert_all(&[
        ("example.CO.UK", "UK", "CO.UK"),
        ("食狮.公司.cn", "cn", "公司.cn"),
        ("foo_bar.example_1.com", "com", "example_1.com"),
    ]);
}
