//! Firefox 153 tells a background that it wakes by kind, each kind in order: first of requests, then of answers; of a commit,
//! and of the end of its tab, at any time. Whatever the order of the kinds, the count is the same. What is told of a request
//! that is not known is what the shell begins it by.

use crate::browser::{Browser, Sent, TAB};
use tiers_core::time::Millis;

/// What is told of one request, by the place of the host in its way.
#[derive(Debug, Clone, Copy)]
enum Told {
    Begins(usize),
    Answers(usize),
    Commits,
    Closes,
}

const HOSTS: [&str; 3] = ["t.co", "bit.ly", "end.com"];
const END: usize = HOSTS.len() - 1;
const ID: u64 = 6_000;

fn begins() -> Vec<Told> {
    (0..HOSTS.len()).map(Told::Begins).collect()
}

fn answers() -> Vec<Told> {
    (0..HOSTS.len()).map(Told::Answers).collect()
}

/// All orders in which some kinds can be told, each kind in its own order.
fn interleavings(kinds: &[Vec<Told>]) -> Vec<Vec<Told>> {
    if kinds.iter().all(Vec::is_empty) {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for place in 0..kinds.len() {
        let Some((first, rest)) = kinds[place].split_first() else { continue };
        let mut left = kinds.to_vec();
        left[place] = rest.to_vec();
        for order in interleavings(&left) {
            all.push([*first].into_iter().chain(order).collect());
        }
    }
    all
}

/// A host answers: with a redirect, the last one with what was asked for.
fn answer(browser: &mut Browser, place: usize, begin: impl Fn(&mut Browser, usize)) {
    let tell = |browser: &mut Browser| {
        if place == END {
            return browser.answer(Sent(ID));
        }
        let host = browser.ledger.host_id(HOSTS[place]);
        browser.ledger.request_redirected(ID, host, false, true)
    };
    if !tell(browser) {
        begin(browser, place);
        tell(browser);
    }
}

#[test]
fn a_navigation_has_its_hops_and_its_page_one_request() {
    for order in interleavings(&[begins(), answers(), vec![Told::Commits, Told::Closes]]) {
        let mut browser = Browser::new();
        let start = browser.now;
        let begin = |browser: &mut Browser, place: usize| {
            let at = Millis::new(start + 10 * place as u64);
            browser.ask_page(TAB, ID, HOSTS[place], at);
        };
        for told in &order {
            match *told {
                Told::Begins(place) => begin(&mut browser, place),
                Told::Answers(place) => answer(&mut browser, place, begin),
                Told::Commits => {
                    browser.now = start + 50;
                    browser.commit_document("PAGE", "", TAB, "https://end.com/");
                }
                Told::Closes => browser.ledger.tab_removed(TAB, Millis::new(start + 90)),
            }
        }
        browser.now = start + 100;
        browser.store();
        let visit = &browser.visits[0];
        let hops: Vec<&str> = visit.hops.iter().map(|hop| hop.host.as_str()).collect();
        let sent: Vec<_> =
            visit.contacts.iter().map(|one| (one.host.as_str(), one.outcomes().sent)).collect();
        assert_eq!((hops, sent), (vec!["t.co", "bit.ly"], vec![("end.com", 1)]), "{order:?}");
    }
}

#[test]
fn each_host_on_the_way_of_a_pages_request_was_asked_once() {
    for order in interleavings(&[begins(), answers()]) {
        let mut browser = Browser::new();
        let page = browser.open("https://news.com/");
        let start = browser.now;
        let begin = |browser: &mut Browser, place: usize| {
            let at = Millis::new(start + 10 * place as u64);
            browser.ask_at(Sent(ID), &page, &format!("https://{}/", HOSTS[place]), "image", at);
        };
        for told in &order {
            match *told {
                Told::Begins(place) => begin(&mut browser, place),
                Told::Answers(place) => answer(&mut browser, place, begin),
                Told::Commits | Told::Closes => {}
            }
        }
        let counted = browser.page().outcomes;
        assert_eq!((counted.sent, counted.unknown, counted.pending), (3, 0, 0), "{order:?}");
        assert_eq!(browser.way_to("end.com"), ["t.co", "bit.ly"], "{order:?}");
    }
}
