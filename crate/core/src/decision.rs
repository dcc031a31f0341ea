//! What the user decides: to pause, to leave a site out, to delete; and, in the browser, which sites may be seen.

use crate::commit::DeletedVisit;
use crate::day::{Day, DayRange};
use crate::ledger::Ledger;
use crate::record::{EndReason, GapReason, VisitKind};
use crate::tab::ShownPage;
use crate::time::Millis;
use crate::visit::{Visit, VisitNumber};

/// What is kept no longer, by the user's wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expired {
    /// The visits of the days before this one.
    pub visits_before: Day,
    /// The sums of the days before this one.
    pub sums_before: Day,
}

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

    /// Whether the browser lets the extension see all sites. Where it does not, both browsers go on telling of pages, and of no request
    /// that a hidden site makes or gets (Chromium 156, Firefox 153): each page that is open meanwhile can lack some.
    pub fn set_access(&mut self, is_to_all_sites: bool, now: Millis) {
        if !is_to_all_sites && !self.is_access_missing {
            self.mark_open_visits(GapReason::AccessMissing, now);
        }
        self.is_access_missing = !is_to_all_sites;
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
            self.stop_counting(&page, &|_, visit| visit.site == site, Some(now));
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
        self.stop_counting(&ShownPage::Uncounted, &|_, visit| visit.site == id, None);
        self.changes.delete_site(site);
    }

    /// Deletes one visit, in memory and in the store.
    pub(crate) fn delete_visit(&mut self, visit: DeletedVisit) {
        let own = visit.id.strip_prefix(self.session.as_ref()).and_then(|rest| rest.strip_prefix('-'));
        let number = own.and_then(|number| number.parse::<VisitNumber>().ok());
        self.stop_counting(&ShownPage::Uncounted, &|of, _| Some(of) == number, None);
        self.changes.delete_visit(visit);
    }

    /// Deletes every visit of some days.
    pub(crate) fn delete_days(&mut self, days: DayRange) {
        let is_in = |visit: &Visit| days.contains(visit.day());
        self.stop_counting(&ShownPage::Uncounted, &|_, visit| is_in(visit), None);
        self.changes.delete_days(days);
    }

    /// For how many days the visits are kept, and their sums; none: for ever.
    pub(crate) fn set_retention(&mut self, visits: Option<u32>, sums: Option<u32>) {
        self.settings.keep_visits_days = visits;
        self.settings.keep_sums_days = sums;
        self.changes.note_settings();
    }

    /// What is kept no longer.
    #[must_use]
    pub fn expired(&self, now: Millis) -> Expired {
        let today = self.today(now);
        let before = |kept: Option<u32>| kept.map_or_else(Day::default, |days| today.before(days));
        let sums = before(self.settings.keep_sums_days);
        // Whose sum is not kept, of that nothing is.
        Expired { visits_before: before(self.settings.keep_visits_days).max(sums), sums_before: sums }
    }

    /// Deletes every visit.
    pub(crate) fn delete_all(&mut self) {
        self.stop_counting(&ShownPage::Uncounted, &|_, _| true, None);
        self.documents.forget_waiting(|_| true);
        for (_, tab) in self.tabs.iter_mut() {
            tab.navigation = None;
        }
        self.forget_requests();
        self.changes.delete_all();
    }

    /// The pages of some visits are counted no longer. Their visits end at `end`, or are dropped where there is none.
    ///
    /// `which` is not generic: this would be compiled once for each wish, 2 KB every time.
    fn stop_counting(
        &mut self,
        page: &ShownPage,
        which: &dyn Fn(VisitNumber, &Visit) -> bool,
        end: Option<Millis>,
    ) {
        let wanted = self.visits.iter().filter(|(number, visit)| which(*number, visit));
        let numbers: Vec<VisitNumber> = wanted.map(|(number, _)| number).collect();
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
                if visit.ended.is_none() {
                    visit.end(at, EndReason::Navigated);
                }
                self.close_for_good(number, &visit);
            }
        }
    }
}
