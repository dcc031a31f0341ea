//! What the user deletes of what was counted, by visit and by day, and for how long it is kept.

use crate::browser::{Browser, TAB};
use tiers_core::day::Day;
use tiers_core::decision::Expired;
use tiers_core::message::Request;
use tiers_core::time::Millis;
use tiers_core::view::TabView;

const DAY_MS: u64 = 86_400_000;

fn sites(browser: &Browser) -> Vec<&str> {
    browser.visits.iter().map(|visit| visit.site.as_str()).collect()
}

fn today(browser: &Browser) -> u32 {
    browser.ledger.today(Millis::new(browser.now)).get()
}

/// Two pages in two tabs, with a third party each: the first visit of the session, and the second.
fn browse(browser: &mut Browser) {
    for (tab, site) in [(TAB, "gone.com"), (1, "kept.com")] {
        let page = browser.open_in(tab, &format!("https://{site}/"));
        browser.load(&page, &format!("https://of-{site}/"));
    }
    browser.store();
}

#[test]
fn one_visit_is_deleted_also_while_its_page_is_shown() {
    let mut browser = Browser::new();
    browse(&mut browser);
    let day = today(&browser);
    browser.tell(&Request::DeleteVisit { visit_id: "session-1".into(), day });
    browser.store();
    assert_eq!(sites(&browser), ["kept.com"]);
    assert_eq!(browser.ledger.popup(TAB).page, TabView::Uncounted);
    assert!(matches!(browser.ledger.popup(1).page, TabView::Page(_)));
    assert!(!browser.live_text().contains("gone.com"), "{}", browser.live_text());
}

#[test]
fn a_visit_of_another_session_is_deleted_and_the_one_of_its_number_is_not() {
    let mut browser = Browser::new();
    browse(&mut browser);
    browser.restart("next");
    browser.open("https://now.com/");
    browser.store();
    let day = today(&browser);
    browser.tell(&Request::DeleteVisit { visit_id: "session-1".into(), day });
    browser.store();
    assert_eq!(sites(&browser), ["kept.com", "now.com"]);
    assert!(matches!(browser.ledger.popup(TAB).page, TabView::Page(_)));
}

#[test]
fn days_are_deleted_from_the_first_to_the_last_and_no_other() {
    let mut browser = Browser::new();
    let first = today(&browser);
    for site in ["one.com", "two.com", "three.com", "four.com"] {
        browser.open(&format!("https://{site}/"));
        browser.store();
        browser.now += DAY_MS;
    }
    browser.tell(&Request::DeleteDays { from: first + 1, to: first + 2 });
    browser.store();
    assert_eq!(sites(&browser), ["one.com", "four.com"]);
    assert!(matches!(browser.ledger.popup(TAB).page, TabView::Page(_)));
    browser.tell(&Request::DeleteDays { from: first + 3, to: first + 3 });
    browser.store();
    assert_eq!(sites(&browser), ["one.com"]);
    assert_eq!(browser.ledger.popup(TAB).page, TabView::Uncounted);
}

#[test]
fn a_visit_that_was_closed_and_not_stored_is_deleted_with_its_day() {
    let mut browser = Browser::new();
    browse(&mut browser);
    browser.tell(&Request::SetExcluded { site: "gone.com".into(), excluded: true });
    let day = today(&browser);
    browser.tell(&Request::DeleteDays { from: day, to: day });
    browser.store();
    assert!(browser.visits.is_empty());
}

#[test]
fn what_is_kept_for_some_days_expires_after_them_and_the_visits_of_a_day_never_outlive_its_sum() {
    let mut browser = Browser::new();
    let now = Millis::new(browser.now);
    let today = browser.ledger.today(now);
    assert_eq!(browser.ledger.expired(now), Expired::default(), "all is kept where nothing is said");
    browser.tell(&Request::SetRetention { visits_days: Some(30), sums_days: Some(365) });
    let expired = browser.ledger.expired(now);
    assert_eq!((expired.visits_before, expired.sums_before), (today.before(30), today.before(365)));
    browser.tell(&Request::SetRetention { visits_days: None, sums_days: Some(7) });
    let expired = browser.ledger.expired(now);
    assert_eq!((expired.visits_before, expired.sums_before), (today.before(7), today.before(7)));
    browser.tell(&Request::SetRetention { visits_days: Some(u32::MAX), sums_days: None });
    assert_eq!(browser.ledger.expired(now).visits_before, Day::default());
}
