//! How a background takes up what the one before it left: the live state of its own browser session, or the end of another one.

use crate::document::Document;
use crate::ledger::Ledger;
use crate::live::{Live, LiveReader};
use crate::numbered::Numbered;
use crate::order::sort_by;
use crate::record::{EndReason, GapReason, Settings, StoredVisit, VisitKind, VisitRecord, visit_id};
use crate::request::OpenRequests;
use crate::snapshot::{LiveVisit, Opening, RestoreError, VERSION};
use crate::start::{Before, Start};
use crate::tab::Tabs;
use crate::time::Millis;
use crate::type_table::TypeTable;
use crate::visit::{Visit, VisitNumber};

impl Ledger {
    /// Takes up what was stored before this core began: `live` as [`Ledger::live`] gave it, `visits` the records of
    /// [`crate::snapshot::open_visits`]. The live state of another browser session is closed, not taken up. Not all that happened in `unstored` tabs
    /// is in it; -1 stands for what is no tab's.
    pub fn restore(
        &mut self,
        live: Option<&[u8]>,
        visits: &[VisitRecord],
        settings: Option<Settings>,
        before: Before,
        unstored: &[i32],
        now: Millis,
    ) -> Result<(), RestoreError> {
        self.start = Start::new(before, unstored, now);
        if let Some(settings) = settings {
            self.settings = settings;
            sort_by(&mut self.settings.excluded_sites, Ord::cmp);
        }
        let Some(live) = live else { return Ok(()) };
        let mut from = LiveReader::open(VERSION, live)?;
        let opening = Opening::read(&mut from);
        if opening.session == self.session.as_ref() {
            self.resume(&opening, from, visits, unstored)
        } else {
            self.close_earlier_session(&opening, from, visits)
        }
    }

    // Out of the way of a background that wakes: what it does not call is not compiled.
    #[inline(never)]
    fn close_earlier_session(
        &mut self,
        opening: &Opening<'_>,
        mut from: LiveReader<'_>,
        visits: &[VisitRecord],
    ) -> Result<(), RestoreError> {
        TypeTable::read(&mut from);
        let live_visits = Vec::<LiveVisit>::read(&mut from);
        from.check()?;
        for record in visits {
            let is_it = |visit: &&LiveVisit| record.id == visit_id(opening.session, visit.number.into());
            let live = live_visits.iter().find(is_it);
            // A browser that ends closes its pages first: of those, an answer is all that is known to be missing.
            let is_due = record.ended_at_ms.is_none() || record.is_waiting();
            let busy = is_due && live.is_some_and(|visit| visit.busy);
            if record.ended_at_ms.is_some() && !busy {
                continue;
            }
            let last = live.map_or(record.started_at_ms, |visit| visit.active_at.max(record.started_at_ms));
            let mut record = record.clone();
            if busy {
                // The browser ended in the middle of the load, and with it the background.
                record.add_gap(GapReason::BackgroundRestarted, last);
            }
            if record.ended_at_ms.is_none() {
                record.end(last, EndReason::SessionEnded);
            }
            self.changes.close(StoredVisit::of(&record));
        }
        self.changes.note();
        Ok(())
    }

    fn resume(
        &mut self,
        opening: &Opening<'_>,
        mut from: LiveReader<'_>,
        records: &[VisitRecord],
        unstored: &[i32],
    ) -> Result<(), RestoreError> {
        from.set_hosts(opening.hosts.iter().map(|host| self.hosts.id(host)).collect());
        let types = TypeTable::read(&mut from);
        let visits = Vec::<LiveVisit>::read(&mut from);
        let tabs = Tabs::from(Vec::read(&mut from));
        let documents = Numbered::<Document>::read(&mut from);
        let requests = OpenRequests::read(&mut from);
        from.end()?;
        self.start.take_up(opening.at, &tabs);
        self.next_visit = opening.next_visit;
        self.changes.take_up(opening.next_visit);
        self.next_request = opening.next_request;
        self.types = types;
        self.tabs = tabs;
        self.requests = requests;
        // Visits whose records could not be read: their pages are as if never seen, and can be adopted.
        let mut lost: Vec<VisitNumber> = Vec::new();
        for live in visits {
            let (number, id) = (live.number, self.visit_id(live.number));
            let Some(record) = records.iter().find(|record| record.id == id) else {
                lost.push(number);
                continue;
            };
            let visit = self.taken_up(live, record, unstored);
            if visit.kind == VisitKind::Background && visit.ended.is_none() {
                self.backgrounds.push((visit.site, false, number));
            }
            self.visits.insert(number, visit);
        }
        self.documents.restore(documents, opening.next_document);
        self.documents.keep_visits(|number| !lost.contains(&number));
        for (_, tab) in self.tabs.iter_mut() {
            tab.shown.take_if(|shown| lost.contains(&shown.number));
        }
        Ok(())
    }

    /// A visit as it was left, marked where something of it can have gone down with the background.
    fn taken_up(&mut self, live: LiveVisit, record: &VisitRecord, unstored: &[i32]) -> Visit {
        let mut visit = Visit {
            tab_id: live.tab_id,
            active_at: live.active_at,
            is_asked_for: live.is_asked_for,
            prerenders: live.prerenders,
            ..Visit::from_record(record, &mut self.hosts, &mut self.types)
        };
        let is_unstored = visit.ended.is_none() && unstored.contains(&live.tab_id.unwrap_or(-1));
        if (live.busy || is_unstored) && self.start.was_stopped() {
            if live.busy && live.is_missing {
                // Not open before: the word of its request went down with the background.
                visit.gaps.retain(|gap| gap.reason != GapReason::OpenedBefore);
                visit.add_gap(GapReason::BackgroundRestarted, visit.started_at);
            }
            visit.add_gap(GapReason::BackgroundRestarted, self.start.at());
            self.changes.touch(&mut visit, live.active_at);
        }
        visit
    }
}
