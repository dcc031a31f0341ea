//! One site as the visits of some days tell of it, read day by day: of which types its requests to third parties were, and what became of them.

use crate::archive::Archive;
use crate::record::{VisitKind, VisitRecord};
use crate::request_sum::{RequestSum, RequestSumView};

/// What was read of one site so far.
#[derive(Debug)]
pub struct SiteDetail {
    site: Box<str>,
    requests: RequestSum,
}

impl SiteDetail {
    /// A site of which nothing was read.
    #[must_use]
    pub fn of(site: &str) -> Self {
        Self { site: site.into(), requests: RequestSum::default() }
    }

    /// Reads one more day, or some visits of one. What the site's workers did counts for its requests, not as a visit.
    pub fn add(&mut self, day: &Archive) {
        for visit in &day.visits {
            self.add_visit(visit);
        }
        self.requests.add_unreadable(day.unreadable);
    }

    /// What was read so far.
    #[must_use]
    pub fn view(&self) -> RequestSumView {
        self.requests.view()
    }

    fn add_visit(&mut self, visit: &VisitRecord) {
        if *visit.site != *self.site {
            return;
        }
        for contact in visit.contacts.iter().filter(|contact| contact.third_party) {
            self.requests.add(contact, &contact.outcomes());
        }
        if visit.kind == VisitKind::Page {
            self.requests.add_visit();
        }
    }
}
