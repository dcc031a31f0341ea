//! What the user decides: to pause, to leave a site out, to delete.

use crate::ledger::Ledger;
use crate::record::{EndReason, GapReason, VisitKind};
use crate::tab::ShownPage;
use crate::time::Millis;
use crate::visit::{Visit, VisitNumber};

impl Ledger {
    /// Stops or resumes counting.
    pub(crate) fn set_paused(&mut self, paused: bool, now: Millis) {
        if paused && !self.settings.paused {
            self.mark_open_visits(GapReason::Paused, now);
            for (_, tab) in self.tabs.iter_mut() {
                tab.asked_in_pause = tab.navigation.as_ref().map(|one| one.request_id).or(tab.asked_in_pause);
            }
        }
        self.settings.paused = paused;
        self.changes.note_settings();
    }

    /// Leaves a site out from now on, or takes it in again. What is stored of it stays: deleting is another wish.
    pub(crate) fn set_excluded(&mut self, site: &str, excluded: bool, now: Millis) {
        let sites = &mut self.settings.excluded_sites;
        match (sites.binary_search_by(|known| known.as_str().cmp(site)), excluded) {
            (Err(place), true) => sites.insert(place, site.to_owned()),
            (Ok(place), false) => {
                sites.remove(place);
            }
            _ => return,
        }
        self.changes.note_settings();
        let site = self.hosts.id(site);
        if excluded {
            let page = ShownPage::Excluded(site);
            self.stop_counting(&page, |visit| visit.site == site, Some(now));
        } else {
            for shown in self.tabs.iter_mut().filter_map(|(_, tab)| tab.shown.as_mut()) {
                if matches!(shown.page, ShownPage::Excluded(excluded) if excluded == site) {
                    shown.page = ShownPage::Uncounted;
                }
            }
        }
    }

    /// Deletes what is kept of one site, in memory now, in the store with the next commit.
    pub(crate) fn delete_site(&mut self, site: &str) {
        let id = self.hosts.id(site);
        self.stop_counting(&ShownPage::Uncounted, |visit| visit.site == id, None);
        self.changes.delete_site(site);
    }

    /// Deletes every visit.
    pub(crate) fn delete_all(&mut self) {
        self.stop_counting(&ShownPage::Uncounted, |_| true, None);
        self.documents.forget_waiting(|_| true);
        for (_, tab) in self.tabs.iter_mut() {
            tab.navigation = None;
        }
        self.forget_requests();
        self.changes.delete_all();
    }

    /// The pages of some visits are counted no longer. Their visits end at `end`, or are dropped where there is none.
    fn stop_counting(&mut self, page: &ShownPage, which: impl Fn(&Visit) -> bool, end: Option<Millis>) {
        let numbers: Vec<VisitNumber> =
            self.visits.iter().filter(|(_, visit)| which(visit)).map(|(number, _)| number).collect();
        for shown in self.tabs.iter_mut().filter_map(|(_, tab)| tab.shown.as_mut()) {
            if numbers.contains(&shown.number) {
                shown.page = page.clone();
            }
        }
        self.documents.forget_hosts(|number| numbers.contains(&number));
        self.backgrounds.retain(|(_, _, number)| !numbers.contains(number));
        self.recent.forget_visits(&numbers);
        for number in numbers {
            let Some(mut visit) = self.visits.remove(number) else { continue };
            let is_open_page = visit.kind == VisitKind::Page && visit.ended.is_none();
            if let Some(tab) = visit.tab_id.filter(|_| is_open_page).and_then(|id| self.tabs.get_mut(id))
                && !tab.holds(number)
            {
                tab.prepare(number);
            }
            if let Some(at) = end.filter(|_| !visit.private) {
                visit.ended.get_or_insert((at, EndReason::Navigated));
                self.close_for_good(number, &visit);
            }
        }
    }
}
