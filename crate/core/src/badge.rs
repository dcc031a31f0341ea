//! What each tab's badge shows, and which have changed.

use foldhash::HashSet;

use crate::ledger::Ledger;
use crate::tab::ShownPage;
use crate::view::BadgeView;
use crate::visit::VisitNumber;

/// What a badge was last drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// A browser clears a tab's badge when it navigates, so the same number on another page is drawn again.
    number: VisitNumber,
    domains: Option<u32>,
    incomplete: bool,
}

impl Ledger {
    /// The badges that changed since the last call, in order of their tabs.
    pub fn badges(&mut self) -> Vec<BadgeView> {
        let mut changed = Vec::new();
        for (tab_id, tab) in &self.tabs {
            let Some(shown) = &tab.shown else { continue };
            let visit = self.visits.get(&shown.number).filter(|_| matches!(shown.page, ShownPage::Counted));
            let drawn = Drawn {
                number: shown.number,
                domains: visit.map(|_| self.domains_contacted(shown.number)),
                incomplete: visit.is_some_and(|visit| !visit.gaps.is_empty()),
            };
            if self.badges.insert(*tab_id, drawn) != Some(drawn) {
                changed.push(BadgeView {
                    tab_id: *tab_id,
                    domains: drawn.domains,
                    incomplete: drawn.incomplete,
                });
            }
        }
        changed.sort_unstable_by_key(|badge| badge.tab_id);
        changed
    }

    /// How many third-party domains a page, and its site's workers since the page began, contacted.
    fn domains_contacted(&self, number: VisitNumber) -> u32 {
        let mut domains = HashSet::default();
        for visit in self.page_and_its_workers(number) {
            for (contact, outcomes) in visit.third_parties(&self.hosts) {
                if outcomes.contacted() > 0 {
                    domains.insert(self.hosts.site(contact.host));
                }
            }
        }
        u32::try_from(domains.len()).unwrap_or(u32::MAX)
    }
}
