//! What is forgotten: visits that can no longer change, and the documents and requests that count nowhere any more.

use crate::day::Day;
use crate::document::Place;
use crate::ledger::Ledger;
use crate::numbered::Numbered;
use crate::record::{EndReason, StoredVisit, VisitKind};
use crate::request::Holder;
use crate::tab::Tabs;
use crate::time::Millis;
use crate::visit::{Visit, VisitNumber};

/// How long what is over is kept: beacons are still to come, and the ends of requests.
const LINGER_MS: u64 = 60_000;
/// How long a document waits for its commit: none comes so late, and what it asked for must not be kept for ever.
const WAITING_MS: u64 = 300_000;
/// How many records of what a site's workers did are kept, once they are over, for the pages of the site that were open since: a page that
/// stays open for weeks must not fill the memory with those of all that came and went meanwhile.
const MOST_RECORDS_OF_SITE: usize = 64;
/// How long an open background record is kept with no request and no page of its site.
const BACKGROUND_IDLE_MS: u64 = 300_000;

impl Ledger {
    /// Forgets what can no longer change: once it is stored, or where the store has not taken it. Then it waits as bytes, a tenth of its
    /// size.
    pub(crate) fn retire(&mut self, now: Millis) {
        self.close_idle_backgrounds(now);
        let is_held = |tabs: &Tabs, number| tabs.iter().any(|(_, tab)| tab.holds(number));
        let is_shown_by_a_page = |record: &Visit| {
            self.visits.values().any(|page| {
                page.kind == VisitKind::Page
                    && page.site == record.site
                    && page.private == record.private
                    && page.started_at <= record.started_at
            })
        };
        let is_among_the_last = |number: VisitNumber, record: &Visit| {
            let is_later = |(of, one): &(VisitNumber, &Visit)| {
                *of > number
                    && one.kind == VisitKind::Background
                    && one.ended.is_some()
                    && (one.site, one.private) == (record.site, record.private)
            };
            self.visits.iter().filter(is_later).nth(MOST_RECORDS_OF_SITE - 1).is_none()
        };
        let gone: Vec<VisitNumber> = self
            .visits
            .iter()
            .filter(|&(number, visit)| {
                let is_needed = match visit.kind {
                    VisitKind::Page => is_held(&self.tabs, number),
                    VisitKind::Background => is_shown_by_a_page(visit) && is_among_the_last(number, visit),
                };
                let is_over = visit.ended.is_some_and(|(at, _)| is_past(now, at, LINGER_MS));
                is_over && !is_needed && self.changes.is_offered(visit)
            })
            .map(|(number, _)| number)
            .collect();
        for number in gone {
            let unstored = self.visits.remove(number).filter(|visit| !self.changes.is_stored(visit));
            if let Some(visit) = unstored {
                self.close_for_good(number, &visit);
            }
        }
        let Self { documents, visits, tabs, .. } = self;
        documents.keep_visits(|number| visits.contains(number) || is_held(tabs, number));
        documents.forget_waiting(|waiting| is_past(now, waiting.since, WAITING_MS));
        self.forget_requests();
    }

    /// A visit is live no longer, and not stored as it is.
    pub(crate) fn close_for_good(&mut self, number: VisitNumber, visit: &Visit) {
        let record = visit.to_record(self.visit_id(number), &self.hosts, &self.types);
        self.changes.close_if_there_is_room(number, StoredVisit::of(&record));
    }

    /// The day it is now, by the user's clock: those before are over.
    #[must_use]
    pub const fn today(&self, now: Millis) -> Day {
        Day::of(now, self.utc_offset)
    }

    /// The visits, by their `id`, that may still change, or are not stored as they are: none of them may be folded into its day.
    #[must_use]
    pub fn unsettled_visits(&self) -> Vec<String> {
        let live = self.visits.iter().map(|(number, _)| self.visit_id(number));
        live.chain(self.changes.unsettled().map(str::to_owned)).collect()
    }

    /// Forgets the requests on their way that are counted nowhere any more.
    pub(crate) fn forget_requests(&mut self) {
        let Self { documents, visits, tabs, requests, .. } = self;
        requests.retain(|request| match request.holder() {
            Holder::Place(Place::Visit(number)) => visits.contains(number),
            Holder::Place(Place::Waiting(key)) => documents.place(key).is_some(),
            Holder::Navigation(tab_id) => tabs.navigation(tab_id).is_some(),
        });
    }

    fn close_idle_backgrounds(&mut self, now: Millis) {
        let Self { backgrounds, visits, changes, .. } = self;
        let has_page = |visits: &Numbered<Visit>, site, private| {
            let mut pages =
                visits.values().filter(|visit| visit.kind == VisitKind::Page && visit.ended.is_none());
            pages.any(|page| page.site == site && page.private == private)
        };
        backgrounds.retain(|(site, private, number)| {
            let is_needed = has_page(visits, *site, *private);
            let Some(visit) = visits.get_mut(*number) else { return false };
            if is_needed || !is_past(now, visit.active_at, BACKGROUND_IDLE_MS) {
                return true;
            }
            visit.end(visit.active_at, EndReason::Navigated);
            changes.note_in(visit);
            false
        });
    }
}

/// Whether more than so many milliseconds lie between; how many, nobody knows where the clock was set back, and nothing is kept for ever.
fn is_past(now: Millis, moment: Millis, after_ms: u64) -> bool {
    now.since(moment) > after_ms || now.is_set_back_from(moment)
}
