//! What each tab's badge shows, and which have changed.

use crate::host_table::HostId;
use crate::ledger::Ledger;
use crate::order::sort_by;
use crate::tab::{DrawnBadge, Shown, ShownPage};
use crate::view::BadgeView;
use crate::visit::VisitNumber;

impl Ledger {
    /// The badges that changed since the last call, in order of their tabs.
    pub fn badges(&mut self) -> Vec<BadgeView> {
        let now: Vec<(i32, DrawnBadge)> = self
            .tabs
            .iter()
            .filter_map(|(tab_id, tab)| Some((tab_id, self.badge(tab.shown.as_ref()?))))
            .collect();
        let mut changed = Vec::new();
        for (tab_id, badge) in now {
            let drawn = self.tabs.get_mut(tab_id).map(|tab| tab.badge.replace(badge));
            if drawn.flatten() != Some(badge) {
                changed.push(BadgeView { tab_id, domains: badge.domains, incomplete: badge.incomplete });
            }
        }
        sort_by(&mut changed, |a, b| a.tab_id.cmp(&b.tab_id));
        changed
    }

    fn badge(&self, shown: &Shown) -> DrawnBadge {
        let visit = self.visits.get(shown.number).filter(|_| matches!(shown.page, ShownPage::Counted));
        DrawnBadge {
            number: shown.number,
            domains: visit.map(|_| self.domains_contacted(shown.number)),
            incomplete: visit.is_some_and(|visit| !visit.gaps.is_empty()),
        }
    }

    /// How many third-party domains a page, and its site's workers since the page began, contacted.
    fn domains_contacted(&self, number: VisitNumber) -> u32 {
        let mut domains: Vec<HostId> = Vec::new();
        for (_, visit) in self.page_and_its_workers(number) {
            for (contact, outcomes) in visit.third_parties(&self.hosts) {
                let domain = self.hosts.site(contact.host);
                if outcomes.contacted() > 0 && !domains.contains(&domain) {
                    domains.push(domain);
                }
            }
        }
        u32::try_from(domains.len()).unwrap_or(u32::MAX)
    }
}
