//! A store that takes nothing for a while: what is counted meanwhile, what is kept, and what is given up.

use proptest::prelude::*;

use crate::browser::Browser;
use crate::player::{Step, step, two_after};
use tiers_core::commit::Commit;
use tiers_core::record::VisitRecord;
use tiers_core::time::Millis;

/// A minute after its end, with its tab, a visit is live no longer.
const FORGOTTEN_MS: u64 = 61_000;

/// A commit that is not stored.
fn fail(browser: &mut Browser) -> Option<Commit> {
    browser.now += 250;
    browser.ledger.commit(Millis::new(browser.now))
}

fn by_id(mut visits: Vec<VisitRecord>) -> Vec<VisitRecord> {
    visits.sort_by(|one, other| one.id.cmp(&other.id));
    visits
}

/// A page whose record takes some 10 KB, opened in a tab of its own and left.
fn visit_much(browser: &mut Browser, number: usize) {
    let tab = i32::try_from(number).unwrap() + 1_000;
    let page = browser.open_in(tab, &format!("https://site{number}.com/"));
    for third in 0..40 {
        let label = "long".repeat(15);
        browser.load(&page, &format!("https://{label}.{label}.{label}.third{third}.net/"));
    }
    let at = browser.tick();
    browser.ledger.tab_removed(tab, at);
    browser.now += FORGOTTEN_MS;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_commits_fail_everything_counted_is_stored_by_the_first_that_does_not(
        before in prop::collection::vec(step(), 0..30),
        during in prop::collection::vec((step(), prop::bool::weighted(0.1)), 1..60),
    ) {
        let [mut served, mut failed] = two_after(&before);
        for (step, is_long_after) in &during {
            for player in [&mut served, &mut failed] {
                if *is_long_after {
                    player.browser.now += FORGOTTEN_MS;
                }
            }
            if matches!(step, Step::Store) {
                served.browser.store();
                fail(&mut failed.browser);
            } else {
                served.play(step);
                failed.play(step);
            }
        }
        for player in [&mut served, &mut failed] {
            player.browser.store();
        }
        prop_assert_eq!(by_id(served.browser.visits), by_id(failed.browser.visits));
    }
}

#[test]
fn what_is_over_waits_for_the_store_as_bytes_up_to_a_bound_and_what_is_given_up_beyond_is_counted() {
    const VISITS: usize = 1_200;
    let mut browser = Browser::new();
    let mut given_up = 0;
    for number in 0..VISITS {
        visit_much(&mut browser, number);
        let commit = fail(&mut browser).unwrap();
        given_up += commit.given_up as usize;
        assert!(commit.visits.len() <= 1, "nothing that is over is live");
        let bytes: usize = commit.closed.iter().map(|visit| visit.bytes.len()).sum();
        assert!(bytes <= 8 << 20, "{bytes} bytes");
    }
    given_up += fail(&mut browser).unwrap().given_up as usize;
    assert!(given_up > 0);
    browser.store();
    assert_eq!(browser.visits.len() + given_up, VISITS);
    visit_much(&mut browser, VISITS);
    assert_eq!(
        fail(&mut browser).unwrap().given_up,
        0,
        "there is room again, and what was told is not told twice"
    );
    browser.store();
    assert_eq!(browser.visits.len() + given_up, VISITS + 1);
}

#[test]
fn a_visit_that_the_store_has_in_part_is_never_given_up() {
    let mut browser = Browser::new();
    let page = browser.open_in(1, "https://known.com/");
    browser.store();
    browser.load(&page, "https://third.net/");
    for number in 0.. {
        visit_much(&mut browser, number);
        if fail(&mut browser).unwrap().given_up > 0 {
            break;
        }
    }
    let at = browser.tick();
    browser.ledger.tab_removed(1, at);
    browser.now += FORGOTTEN_MS;
    browser.store();
    let known = browser.visits.iter().find(|visit| visit.site == "known.com").unwrap();
    assert!(known.ended_at_ms.is_some());
    assert_eq!(known.contacts.last().unwrap().domain, "third.net");
}

#[test]
fn wishes_to_delete_do_not_pile_up() {
    use tiers_core::message::Request;
    let mut browser = Browser::new();
    browser.open("https://gone.com/");
    for _ in 0..100 {
        browser.tell(&Request::DeleteSite { site: "gone.com".into() });
        browser.tell(&Request::DeleteSite { site: "other.com".into() });
    }
    assert_eq!(fail(&mut browser).unwrap().deleted.sites, ["gone.com", "other.com"]);
    browser.tell(&Request::DeleteAll);
    let deleted = fail(&mut browser).unwrap().deleted;
    assert!(deleted.all && deleted.sites.is_empty());
}

#[test]
fn a_visit_that_is_told_late_is_not_over_before_all_of_it_is_told() {
    let mut browser = Browser::new();
    let page = browser.open_in(1, "https://late.com/");
    let at = browser.tick();
    browser.ledger.tab_removed(1, at);
    browser.now += FORGOTTEN_MS;
    browser.store();
    browser.load(&page, "https://third.net/");
    browser.store();
    assert_eq!(browser.visits[0].contacts.last().unwrap().domain, "third.net");
}
