//! Laws that hold for any sequence of events.

use proptest::prelude::*;

use crate::browser::{Browser, Sent};
use tiers_core::event::{Frame, RequestEnd};
use tiers_core::ledger::Ledger;
use tiers_core::record::{GapReason, VisitRecord};
use tiers_core::site::site_of;
use tiers_core::start::Before;
use tiers_core::time::Millis;
use tiers_core::view::TabView;

/// Something that happens in a browser.
#[derive(Debug, Clone)]
enum Step {
    Open {
        tab: i32,
        site: usize,
    },
    OpenByHop {
        tab: i32,
        hop: usize,
        site: usize,
    },
    /// A service worker answers: of the page's own request nothing is told.
    OpenUntold {
        tab: i32,
        hop: usize,
        site: usize,
    },
    Prepare {
        tab: i32,
        site: usize,
    },
    /// Over https; where the same host is asked next, it is over http.
    TryInVain {
        tab: i32,
        hop: usize,
        site: usize,
    },
    Frame {
        document: usize,
        site: usize,
    },
    Ask {
        document: usize,
        site: usize,
    },
    AskEarly {
        name: usize,
        site: usize,
    },
    CommitEarly {
        name: usize,
        tab: i32,
        site: usize,
    },
    AskByFrame {
        tab: i32,
        asker: usize,
        site: usize,
    },
    Answer {
        request: usize,
    },
    Cached {
        request: usize,
    },
    /// Somebody else answers, a service worker or an extension: it was no request.
    Vanish {
        request: usize,
    },
    Redirect {
        request: usize,
        site: usize,
    },
    Fail {
        request: usize,
        error: usize,
    },
    Worker {
        site: usize,
        third: usize,
    },
    GoBack {
        tab: i32,
        document: usize,
    },
    Close {
        tab: i32,
    },
    Store,
}

const SITES: [&str; 8] =
    ["a.com", "b.co.uk", "c.github.io", "192.168.1.1", "www.d.fr", "x.ads.net", "y.ads.net", "__proto__"];
const ERRORS: [&str; 4] =
    ["net::ERR_BLOCKED_BY_CLIENT", "NS_ERROR_UNKNOWN_HOST", "net::ERR_FAILED", "net::ERR_EMPTY_RESPONSE"];

fn step() -> impl Strategy<Value = Step> {
    let site = 0..SITES.len();
    prop_oneof![
        2 => (0..3, site.clone()).prop_map(|(tab, site)| Step::Open { tab, site }),
        1 => (0..3, site.clone(), site.clone()).prop_map(|(tab, hop, site)| Step::OpenByHop { tab, hop, site }),
        1 => (0..3, site.clone(), site.clone()).prop_map(|(tab, hop, site)| Step::OpenUntold { tab, hop, site }),
        1 => (0..3, site.clone()).prop_map(|(tab, site)| Step::Prepare { tab, site }),
        1 => (0..3, site.clone(), site.clone()).prop_map(|(tab, hop, site)| Step::TryInVain { tab, hop, site }),
        2 => (any::<usize>(), site.clone()).prop_map(|(document, site)| Step::Frame { document, site }),
        6 => (any::<usize>(), site.clone()).prop_map(|(document, site)| Step::Ask { document, site }),
        2 => (0..3_usize, site.clone()).prop_map(|(name, site)| Step::AskEarly { name, site }),
        1 => (0..3_usize, 0..3, site.clone()).prop_map(|(name, tab, site)| Step::CommitEarly { name, tab, site }),
        1 => (0..3, site.clone(), site.clone()).prop_map(|(tab, asker, site)| Step::AskByFrame { tab, asker, site }),
        6 => any::<usize>().prop_map(|request| Step::Answer { request }),
        1 => any::<usize>().prop_map(|request| Step::Cached { request }),
        1 => any::<usize>().prop_map(|request| Step::Vanish { request }),
        1 => (any::<usize>(), site.clone()).prop_map(|(request, site)| Step::Redirect { request, site }),
        1 => (any::<usize>(), 0..ERRORS.len()).prop_map(|(request, error)| Step::Fail { request, error }),
        1 => (site.clone(), site).prop_map(|(site, third)| Step::Worker { site, third }),
        1 => (0..3, any::<usize>()).prop_map(|(tab, document)| Step::GoBack { tab, document }),
        1 => (0..3).prop_map(|tab| Step::Close { tab }),
        1 => Just(Step::Store),
    ]
}

/// Plays steps; remembers which documents and requests there are.
struct Player {
    browser: Browser,
    documents: Vec<(String, i32, usize)>,
    open: Vec<(Sent, String)>,
    begun: u32,
}

impl Player {
    fn new() -> Self {
        Self { browser: Browser::new(), documents: Vec::new(), open: Vec::new(), begun: 0 }
    }

    fn play(&mut self, step: &Step) {
        let url = |site: usize| format!("https://{}/", SITES[site]);
        let document = |player: &Self, place: usize| {
            (!player.documents.is_empty()).then(|| player.documents[place % player.documents.len()].clone())
        };
        match step {
            Step::Open { tab, site } => {
                let id = self.browser.open_in(*tab, &url(*site));
                self.documents.push((id, *tab, *site));
            }
            Step::OpenByHop { tab, hop, site } => {
                let id = self.browser.navigate(*tab, &[&url(*hop), &url(*site)]);
                self.documents.push((id, *tab, *site));
            }
            Step::OpenUntold { tab, hop, site } => {
                let (request, at) = (self.browser.request_id(), self.browser.tick());
                self.browser.ask_page(*tab, request, SITES[*hop], at);
                self.browser.redirect(Sent(request));
                let id = self.browser.document_id();
                self.browser.commit_untold(&id, "", *tab, &url(*site));
                self.documents.push((id, *tab, *site));
            }
            Step::Prepare { tab, site } => {
                let id = self.browser.document_id();
                self.browser.prepare_in(*tab, &id, &url(*site));
                self.documents.push((id, *tab, *site));
            }
            Step::TryInVain { tab, hop, site } => {
                let (request, at) = (self.browser.request_id(), self.browser.tick());
                self.browser.ask_page(*tab, request, SITES[*hop], at);
                self.browser.redirect(Sent(request));
                let at = self.browser.tick();
                self.browser.ask_page(*tab, request, SITES[*site], at);
                self.browser.fail(Sent(request), "net::ERR_CONNECTION_REFUSED");
            }
            Step::Frame { document: place, site } => {
                if let Some((parent, tab, _)) = document(self, *place) {
                    let id = self.browser.document_id();
                    self.browser.commit_document(&id, &parent, tab, &url(*site));
                    self.documents.push((id, tab, *site));
                }
            }
            Step::Ask { document: place, site } => {
                if let Some((id, ..)) = document(self, *place) {
                    let sent = self.browser.ask(&id, &url(*site));
                    self.began(sent, id);
                }
            }
            Step::AskEarly { name, site } => {
                let id = format!("EARLY{name}");
                let sent = self.browser.ask(&id, &url(*site));
                self.began(sent, id);
            }
            Step::CommitEarly { name, tab, site } => {
                // Its reason to be incomplete would be another one after a restart: it is told as Chromium tells of it.
                self.browser.commit_untold(&format!("EARLY{name}"), "", *tab, &url(*site));
            }
            Step::AskByFrame { tab, asker, site } => {
                let frame = Frame { tab_id: *tab, frame_id: 0 };
                let sent = self.browser.unnamed_asks("", frame, &url(*asker), &url(*site));
                self.began(sent, String::new());
            }
            Step::Worker { site, third } => {
                let sent = self.browser.worker_asks(&url(*site), &url(*third));
                self.browser.answer(sent);
                self.begun += 1;
            }
            Step::GoBack { tab, document: place } => {
                if let Some((id, known, site)) = document(self, *place)
                    && known == *tab
                {
                    self.browser.commit_document(&id, "", *tab, &url(site));
                }
            }
            Step::Close { tab } => {
                let at = self.browser.tick();
                self.browser.ledger.tab_removed(*tab, at);
            }
            Step::Store => self.browser.store(),
            Step::Redirect { request, site } => {
                let known = self.take(*request).filter(|(_, id)| !id.is_empty());
                if let Some((sent, id)) = known {
                    self.browser.redirect(sent);
                    self.browser.ask_again(sent, &id, &url(*site), "image");
                    self.began(sent, id);
                }
            }
            Step::Answer { request } => self.end(*request, RequestEnd::Answered { from_cache: false }),
            Step::Cached { request } => self.end(*request, RequestEnd::Answered { from_cache: true }),
            Step::Fail { request, error } => {
                self.end(*request, RequestEnd::Failed { error: ERRORS[*error], connected: false });
            }
            Step::Vanish { request } => {
                self.begun -= u32::from(!self.open.is_empty());
                self.end(*request, RequestEnd::Redirected { from_cache: false, from_network: false });
            }
        }
    }

    fn began(&mut self, sent: Sent, document: String) {
        self.open.push((sent, document));
        self.begun += 1;
    }

    fn end(&mut self, place: usize, end: RequestEnd<'_>) {
        if let Some((sent, _)) = self.take(place) {
            self.browser.ledger.request_ended(sent.0, end);
        }
    }

    fn take(&mut self, place: usize) -> Option<(Sent, String)> {
        (!self.open.is_empty()).then(|| self.open.swap_remove(place % self.open.len()))
    }
}

/// Two browsers in which the same has happened.
fn two_after(steps: &[Step]) -> [Player; 2] {
    std::array::from_fn(|_| {
        let mut player = Player::new();
        for step in steps {
            player.play(step);
        }
        player
    })
}

fn requests_of(visit: &VisitRecord) -> u32 {
    let tallies = visit.contacts.iter().flat_map(|contact| &contact.tallies);
    tallies.map(|tally| tally.outcomes.requests()).sum()
}

/// A host that was asked for nothing after all has its place no longer in what was stored.
fn by_host(mut visits: Vec<VisitRecord>) -> Vec<VisitRecord> {
    for visit in &mut visits {
        visit.contacts.sort_by(|one, other| one.host.cmp(&other.host));
    }
    visits
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_badge_the_total_and_the_list_say_the_same_number(steps in prop::collection::vec(step(), 1..80)) {
        let mut player = Player::new();
        for step in &steps {
            player.play(step);
        }
        for badge in player.browser.ledger.badges() {
            if let TabView::Page(page) = player.browser.ledger.popup(badge.tab_id).page {
                prop_assert_eq!(badge.domains, Some(page.totals.domains));
                let listed = page.domains.iter().filter(|domain| domain.contacted).count();
                prop_assert_eq!(page.totals.domains as usize, listed);
                let by_type: u32 = page.types.iter().map(|one| one.requests).sum();
                prop_assert_eq!(by_type, page.totals.requests);
                for domain in &page.domains {
                    prop_assert_ne!(&domain.domain, &page.site);
                    prop_assert_eq!(domain.hosts.iter().map(|host| host.requests).sum::<u32>(), domain.requests);
                    for host in &domain.hosts {
                        prop_assert_eq!(site_of(&host.host), domain.domain.as_str());
                    }
                }
            }
        }
    }

    #[test]
    fn a_background_that_slept_after_any_commit_goes_on_as_if_nothing_had_happened(
        before in prop::collection::vec(step(), 1..60),
        after in prop::collection::vec(step(), 0..40),
    ) {
        let [mut undisturbed, mut stopped] = two_after(&before);
        for player in [&mut undisturbed, &mut stopped] {
            // At rest, so that nothing is lost.
            player.browser.store();
            player.browser.now += 10_000;
            player.browser.store();
        }
        stopped.browser.now += 30_000;
        stopped.browser.restart("session");
        undisturbed.browser.now = stopped.browser.now;
        for step in &after {
            undisturbed.play(step);
            stopped.play(step);
        }
        for tab in 0..3 {
            prop_assert_eq!(undisturbed.browser.ledger.popup(tab), stopped.browser.ledger.popup(tab));
        }
    }

    #[test]
    fn a_background_that_was_killed_after_any_commit_counts_the_same_and_marks_no_less(
        before in prop::collection::vec(step(), 1..60),
        after in prop::collection::vec(step(), 0..40),
    ) {
        let [mut undisturbed, mut killed] = two_after(&before);
        for player in [&mut undisturbed, &mut killed] {
            player.browser.store();
        }
        killed.browser.restart("session");
        // Later than what can have gone down with the background: Chromium's pages that come at once are taken for such.
        killed.browser.now += 2_000;
        undisturbed.browser.now = killed.browser.now;
        for step in &after {
            undisturbed.play(step);
            killed.play(step);
        }
        for player in [&mut undisturbed, &mut killed] {
            player.browser.store();
        }
        let [whole, marked] = [undisturbed, killed].map(|player| by_host(player.browser.visits));
        prop_assert_eq!(whole.len(), marked.len());
        for whole in &whole {
            let marked = marked.iter().find(|marked| marked.id == whole.id);
            let Some(marked) = marked else { return Err(TestCaseError::fail(format!("{} is gone", whole.id))) };
            prop_assert!(whole.gaps.iter().all(|gap| marked.gaps.contains(gap)), "{:?}, {:?}", whole, marked);
            prop_assert_eq!(whole, &VisitRecord { gaps: whole.gaps.clone(), ..marked.clone() });
        }
    }

    #[test]
    fn what_a_killed_background_had_not_stored_is_marked_in_every_visit_that_goes_on(
        before in prop::collection::vec(step(), 1..60),
        lost in prop::collection::vec(step(), 0..20),
    ) {
        let [mut undisturbed, mut killed] = two_after(&before);
        for player in [&mut undisturbed, &mut killed] {
            player.browser.store();
            // Where it is not heard that somebody else answers, a request has no end.
            for step in lost.iter().filter(|step| !matches!(step, Step::Store | Step::Vanish { .. })) {
                player.play(step);
            }
        }
        killed.browser.unstored = vec![-1, 0, 1, 2];
        killed.browser.restart("session");
        for player in [&mut undisturbed, &mut killed] {
            player.browser.store();
        }
        for marked in &killed.browser.visits {
            let whole = undisturbed.browser.visits.iter().find(|whole| whole.id == marked.id);
            let Some(whole) = whole else { return Err(TestCaseError::fail(format!("{} is invented", marked.id))) };
            prop_assert!(requests_of(marked) <= requests_of(whole));
            if requests_of(marked) < requests_of(whole) && marked.ended_at_ms.is_none() {
                prop_assert!(marked.gaps.iter().any(|gap| gap.reason == GapReason::BackgroundRestarted));
            }
        }
    }

    #[test]
    fn storing_twice_equals_storing_once(steps in prop::collection::vec(step(), 1..60)) {
        let mut player = Player::new();
        for step in &steps {
            player.play(step);
        }
        player.browser.store();
        let once = player.browser.visits.clone();
        player.browser.now += 5_000;
        player.browser.store();
        player.browser.store();
        prop_assert_eq!(once, player.browser.visits);
    }

    #[test]
    fn no_request_is_counted_twice_or_lost(steps in prop::collection::vec(step(), 1..60)) {
        let mut player = Player::new();
        // What waits for a page is counted once that is there.
        let waits = |step: &Step| matches!(step, Step::AskEarly { .. } | Step::TryInVain { .. } | Step::Close { .. });
        for step in steps.iter().filter(|step| !waits(step)) {
            player.play(step);
        }
        player.browser.store();
        let counted: u32 = player
            .browser
            .visits
            .iter()
            .flat_map(|visit| &visit.contacts)
            .flat_map(|contact| &contact.tallies)
            .filter(|tally| tally.request_type != "main_frame")
            .map(|tally| tally.outcomes.requests())
            .sum();
        prop_assert_eq!(counted, player.begun);
    }

    #[test]
    fn a_damaged_live_state_is_refused(
        steps in prop::collection::vec(step(), 1..40),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut player = Player::new();
        for step in &steps {
            player.play(step);
        }
        player.browser.store();
        let Some(whole) = player.browser.live.clone() else { return Ok(()) };
        let mut live = whole.clone();
        for (place, byte) in &damage {
            let place = place.index(live.len());
            live[place] = *byte;
        }
        let browser = &player.browser;
        let mut ledger = Ledger::new("session");
        let restored = ledger.restore(Some(&live), &browser.visits, None, Before::Background, &[], Millis::new(browser.now));
        prop_assert_eq!(restored.is_ok(), live == whole);
    }

    #[test]
    fn arbitrary_strings_never_make_the_core_fail(
        hosts in prop::collection::vec("\\PC{0,40}", 1..20),
        document in "\\PC{0,20}",
        scheme in "\\PC{0,8}",
    ) {
        let mut browser = Browser::new();
        for host in &hosts {
            browser.commit_document(&document, "", 1, &format!("{scheme}://{host}/"));
            browser.commit_document(host, &document, 1, "https://frame.net/");
            let sent = browser.ask_as(&document, &format!("https://{host}/"), &scheme);
            browser.redirect(sent);
            browser.ask_again(sent, host, "https://third.net/", "image");
            browser.fail(sent, &scheme);
            browser.ledger.popup(1);
            browser.store();
        }
        browser.restart("session");
        browser.ledger.popup(1);
    }
}
