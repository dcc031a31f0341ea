//! Which visits may be folded into their day: those that can change no more, and are stored as they are.

use crate::browser::{Browser, TAB};
use tiers_core::day::{Day, UtcOffset};
use tiers_core::time::Millis;

/// A minute after its end, with its tab, a visit is forgotten.
const FORGOTTEN_MS: u64 = 61_000;

#[test]
fn a_visit_is_settled_once_it_is_over_stored_and_beyond_going_back_to() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    assert_eq!(browser.ledger.unsettled_visits(), ["session-1"], "it is shown");
    browser.open("https://other.com/");
    browser.now += FORGOTTEN_MS;
    browser.store();
    assert_eq!(browser.ledger.unsettled_visits(), ["session-1", "session-2"], "its tab can go back to it");
    let at = browser.tick();
    browser.ledger.tab_removed(TAB, at);
    browser.store();
    assert_eq!(browser.ledger.unsettled_visits(), ["session-2"], "its last beacons may come");
    browser.now += FORGOTTEN_MS;
    browser.store();
    assert!(browser.ledger.unsettled_visits().is_empty());
}

#[test]
fn a_visit_that_ended_with_its_browser_is_settled_once_that_is_stored() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    browser.store();
    browser.restart("next session");
    assert_eq!(browser.ledger.unsettled_visits(), ["session-1"]);
    browser.store();
    assert!(browser.ledger.unsettled_visits().is_empty());
}

#[test]
fn a_visit_keeps_the_day_of_the_clock_that_its_user_saw_as_it_began() {
    let mut browser = Browser::new();
    // 2026-11-28, 23:30 in Paris.
    browser.now = 1_795_905_000_000;
    browser.ledger.set_utc_offset(UtcOffset::from_minutes(60));
    browser.open("https://paris.com/");
    browser.ledger.set_utc_offset(UtcOffset::from_minutes(9 * 60));
    browser.open("https://tokyo.com/");
    browser.store();
    let days: Vec<String> = browser.visits.iter().map(|visit| visit.day().to_string()).collect();
    assert_eq!(days, ["2026-11-28", "2026-11-29"]);
    assert_eq!(browser.ledger.today(Millis::new(browser.now)), Day::new(20_786));
    browser.restart("session");
    browser.open("https://after.com/");
    browser.store();
    let days: Vec<String> = browser.visits.iter().map(|visit| visit.day().to_string()).collect();
    assert_eq!(days[..2], ["2026-11-28", "2026-11-29"], "a wake changes nothing of it");
}
