//! What is known within bounds: of frames, of the records of workers, of requests that have ended; and what goes first where there are more.

use crate::browser::{Browser, TAB};
use tiers_core::record::VisitKind;

#[test]
fn frames_that_come_back_often_leave_the_others_known() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let first = browser.commit_frame(&page, "https://first.net/");
    let other = browser.commit_frame(&page, "https://other.net/");
    for _ in 0..2_100 {
        browser.commit_document(&other, &page, TAB, "https://other.net/");
    }
    browser.load(&first, "https://third.net/");
    assert!(browser.contacted().contains(&"third.net".to_owned()));
}

#[test]
fn a_page_that_stays_keeps_no_more_than_the_last_records_of_its_sites_workers_live() {
    let mut browser = Browser::new();
    browser.open("https://news.com/");
    for number in 0..200 {
        browser.open_in(8, "https://news.com/another");
        let at = browser.tick();
        browser.ledger.tab_removed(8, at);
        browser.worker_asks("https://news.com/", &format!("https://third{number}.net/"));
        browser.store();
    }
    browser.now += 120_000;
    browser.store();
    let live = browser.ledger.unsettled_visits().len();
    assert_eq!(live, 66, "the page, the record that is open, and the last of those that are over");
    let shown = browser.contacted();
    assert_eq!(shown.len(), 65);
    assert!(shown.contains(&"third199.net".to_owned()) && !shown.contains(&"third100.net".to_owned()));
    let kept = browser.visits.iter().filter(|visit| visit.kind == VisitKind::Background).count();
    assert_eq!(kept, 200, "all of them are stored");
}

#[test]
fn frames_of_pages_that_were_left_are_forgotten_before_those_of_a_page_that_is_shown() {
    let mut browser = Browser::new();
    let stays = browser.open_in(8, "https://stays.com/");
    browser.commit_document("FRAME", &stays, 8, "https://frame.net/");
    for page in 0..30 {
        let page = browser.open(&format!("https://site{page}.com/"));
        for _ in 0..100 {
            browser.commit_frame(&page, "https://other.net/");
        }
    }
    browser.commit_document("INNER", "FRAME", 8, "https://inner.net/");
    browser.load("INNER", "https://third.net/");
    assert_eq!(browser.contacted_in(8), ["third.net"]);
}

#[test]
fn frames_are_forgotten_oldest_first_where_the_pages_of_all_are_shown() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let first = browser.commit_frame(&page, "https://first.net/");
    for _ in 0..2_047 {
        browser.commit_frame(&page, "https://other.net/");
    }
    browser.load(&first, "https://known.net/");
    let last = browser.commit_frame(&page, "https://last.net/");
    browser.load(&first, "https://forgotten.net/");
    browser.load(&last, "https://third.net/");
    assert_eq!(browser.contacted(), ["known.net", "third.net"]);
}

/// Firefox 153 tells of the answer 401, and of the one that follows the login, as of two ends of one request.
#[test]
fn a_request_that_is_answered_again_after_many_others_is_counted_once() {
    let mut browser = Browser::new();
    let page = browser.open("https://news.com/");
    let asks_for_login = browser.ask(&page, "https://login.net/");
    browser.answer(asks_for_login);
    for _ in 0..2_000 {
        browser.load(&page, "https://third.net/");
    }
    assert!(browser.answer(asks_for_login), "its beginning is not asked for");
    browser.store();
    browser.restart("session");
    let ended = browser.ask(&page, "https://third.net/");
    browser.answer(ended);
    browser.store();
    browser.restart("session");
    assert!(browser.answer(ended), "the last ones are known in the next life, too");
    assert!(browser.live.unwrap().len() < 2_000, "of so many only the last are stored");
}
