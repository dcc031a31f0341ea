//! The last requests, in memory only: what the popup lists under a domain.

use crate::document::Place;
use crate::host_table::HostId;
use crate::outcome::Outcome;
use crate::time::Millis;
use crate::type_table::TypeCode;
use crate::visit::VisitNumber;

/// How many requests are shown for one domain.
pub const RECENT_REQUESTS: usize = 100;
/// How many are kept, of all pages together; the shell keeps as many URLs.
const MOST_KEPT: u32 = 16_384;

/// One request that is remembered.
#[derive(Debug, Clone, Copy)]
pub struct RecentRequest {
    /// The number that the core gave it.
    pub number: u32,
    /// Where it is counted; none: a navigation's, which no page's list shows.
    pub place: Option<Place>,
    /// The host that was asked.
    pub host: HostId,
    /// Its type.
    pub request_type: TypeCode,
    /// When it began.
    pub at: Millis,
    /// What became of it; none: it turned out to be no request, or is nobody's to see any more.
    pub outcome: Option<Outcome>,
}

/// The last requests, each in the place that its number says, which a later one takes over.
#[derive(Debug, Default)]
pub struct RecentRequests {
    kept: Vec<RecentRequest>,
    /// The number of the first of all.
    first: u32,
}

impl RecentRequests {
    /// Remembers a request that begins. Numbers rise by one; where they begin anew, so does this.
    pub fn begin(&mut self, request: RecentRequest) {
        if self.kept.is_empty() || self.place(request.number) > self.kept.len() {
            self.kept.clear();
            self.first = request.number;
        }
        let place = self.place(request.number);
        match self.kept.get_mut(place) {
            Some(older) => *older = request,
            None => self.kept.push(request),
        }
    }

    /// Gives a remembered request its outcome; none: it turned out to be no request.
    pub fn end(&mut self, number: u32, outcome: Option<Outcome>) {
        let place = self.place(number);
        if let Some(request) = self.kept.get_mut(place).filter(|request| request.number == number) {
            request.outcome = outcome;
        }
    }

    /// What was counted in one place is counted in another.
    pub fn relocate(&mut self, from: Place, to: Place) {
        for request in self.kept.iter_mut().filter(|request| request.place == Some(from)) {
            request.place = Some(to);
        }
    }

    /// Forgets the requests of some visits.
    pub fn forget_visits(&mut self, numbers: &[VisitNumber]) {
        if numbers.is_empty() {
            return;
        }
        for request in &mut self.kept {
            if matches!(request.place, Some(Place::Visit(number)) if numbers.contains(&number)) {
                request.outcome = None;
            }
        }
    }

    /// The requests that are remembered of a visit, in no order, each with its outcome.
    pub fn of_visit(&self, number: VisitNumber) -> impl Iterator<Item = (&RecentRequest, Outcome)> {
        let here = move |request: &&RecentRequest| request.place == Some(Place::Visit(number));
        self.kept.iter().filter(here).filter_map(|request| Some((request, request.outcome?)))
    }

    fn place(&self, number: u32) -> usize {
        (number.wrapping_sub(self.first) % MOST_KEPT) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(number: u32) -> RecentRequest {
        RecentRequest {
            number,
            place: Some(Place::Visit(number / 10_000)),
            host: HostId::new(1),
            request_type: TypeCode::new(0),
            at: Millis::new(u64::from(number)),
            outcome: Some(Outcome::Pending),
        }
    }

    #[test]
    fn the_last_requests_are_kept_wherever_their_numbers_begin() {
        let mut recent = RecentRequests::default();
        let last = 5_000 + 2 * MOST_KEPT;
        for number in 5_000..=last {
            recent.begin(request(number));
        }
        recent.end(last, Some(Outcome::Sent));
        // Long overwritten: its outcome is nobody's.
        recent.end(5_000, Some(Outcome::Failed));
        let mut kept: Vec<u32> =
            (0..=last / 10_000).flat_map(|visit| recent.of_visit(visit)).map(|(one, _)| one.number).collect();
        kept.sort_unstable();
        assert_eq!(kept, (last - MOST_KEPT + 1..=last).collect::<Vec<u32>>());
        let outcomes = |outcome| recent.kept.iter().filter(|one| one.outcome == Some(outcome)).count();
        assert_eq!((outcomes(Outcome::Sent), outcomes(Outcome::Failed)), (1, 0));
    }

    #[test]
    fn what_is_moved_is_found_there_and_what_is_not_wanted_is_gone() {
        let mut recent = RecentRequests::default();
        for number in [9_998, 9_999, 10_000] {
            recent.begin(request(number));
        }
        recent.relocate(Place::Visit(0), Place::Visit(7));
        recent.end(9_999, None);
        assert_eq!(recent.of_visit(7).map(|(one, _)| one.number).collect::<Vec<u32>>(), [9_998]);
        recent.forget_visits(&[1]);
        assert_eq!((recent.of_visit(7).count(), recent.of_visit(1).count()), (1, 0));
    }
}
