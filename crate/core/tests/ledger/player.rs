//! What can happen in a browser, in any order: the steps that the laws are held against, and who plays them.

use proptest::prelude::*;

use crate::browser::{Browser, Sent};
use tiers_core::event::{Frame, RequestEnd};

/// Something that happens in a browser.
#[derive(Debug, Clone)]
pub enum Step {
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

pub fn step() -> impl Strategy<Value = Step> {
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
pub struct Player {
    pub browser: Browser,
    pub documents: Vec<(String, i32, usize)>,
    pub open: Vec<(Sent, String)>,
    pub begun: u32,
}

impl Player {
    pub fn new() -> Self {
        Self { browser: Browser::new(), documents: Vec::new(), open: Vec::new(), begun: 0 }
    }

    pub fn play(&mut self, step: &Step) {
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
pub fn two_after(steps: &[Step]) -> [Player; 2] {
    std::array::from_fn(|_| {
        let mut player = Player::new();
        for step in steps {
            player.play(step);
        }
        player
    })
}
