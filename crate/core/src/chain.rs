//! Who brought a third party into visits: the frames and redirects between a page and it, by their domains, each way with how often it was gone.

use std::cmp::Ordering;

use serde::Serialize;

use crate::arrangement::Arrangement;
use crate::day_sum::Number;
use crate::display::host_text;
use crate::distinct::Distinct;
use crate::numbered::Numbered;
use crate::record::{ContactRecord, StepKind, VisitKind, VisitRecord};
use crate::search::Search;
use crate::summary::Named;
use crate::summary_view::{Page, RowQuery, SortKey};

/// All ways in which one third party came.
#[derive(Debug, Default)]
pub(crate) struct Chains {
    /// Of sites and of the steps' domains.
    names: Named,
    numbers: Distinct,
    /// By their numbers.
    all: Vec<Chain>,
}

/// One way, and how often it was gone.
#[derive(Debug)]
struct Chain {
    by_site: bool,
    /// Outermost first. Without a number: of the page's own site.
    steps: Vec<(StepKind, Option<Number>)>,
    visits: u32,
    /// By their numbers.
    sites: Numbered<()>,
}

/// One way in which a third party came into visits. Hosts are taken together by their domains, and what is the third party's own is left out:
/// its own frame did not bring it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChainRow {
    /// Asked for with no page named: the browser tells only the site, as of a service worker.
    pub by_site: bool,
    /// The frames and redirects, outermost first; empty where the page, or the site's worker, itself asked.
    pub steps: Vec<ChainStep>,
    /// In how many visits it came so, by the first request to any of its hosts. One visit can have several ways.
    pub visits: u32,
    /// On how many sites.
    pub sites: u32,
}

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ChainStep {
    /// Whose it was; none: the page's own site's.
    pub domain: Option<ChainDomain>,
    /// A frame that asked, or a redirect that led on.
    pub kind: StepKind,
}

/// The domain of a step's host. Where the visit asked nothing of that host, its domain is not told, and the host stands for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ChainDomain {
    /// As people write it.
    pub text: String,
    /// The domain.
    pub name: String,
}

impl Chains {
    /// Adds a visit, of which these contacts are with the third party.
    pub fn add(&mut self, visit: &VisitRecord, domain: &str, contacts: &[&ContactRecord]) {
        let mut gone = Numbered::<()>::default();
        for contact in contacts {
            gone.insert(self.number(visit, domain, contact), ());
        }
        let site = self.names.number(&visit.site);
        for (number, ()) in gone.iter() {
            if let Some(chain) = self.all.get_mut(number as usize) {
                chain.visits += u32::from(visit.kind == VisitKind::Page);
                chain.sites.insert(site, ());
            }
        }
    }

    /// Some of them: by the domains of their steps, their visits or their sites. What is searched for is in the name of one of the domains.
    pub fn page(&self, query: &RowQuery) -> Page<ChainRow> {
        let search = Search::of(&query.search);
        let found = self.all.iter().filter(|chain| search.is_in_any(self.domains(chain)));
        let arrangement = Arrangement {
            compare: |one: &ChainRow, other: &ChainRow| match query.sort {
                SortKey::Visits => (other.visits, other.sites).cmp(&(one.visits, one.sites)),
                SortKey::Sites => (other.sites, other.visits).cmp(&(one.sites, one.visits)),
                _ => Ordering::Equal,
            },
            names: |one: &ChainRow, other: &ChainRow| {
                (one.by_site, &one.steps).cmp(&(other.by_site, &other.steps))
            },
        };
        arrangement.page(found.map(|chain| self.row(chain)).collect(), query, ChainRow::clone)
    }

    /// Those of its steps that are not of the page's own site.
    fn domains<'a>(&'a self, chain: &'a Chain) -> impl Iterator<Item = &'a str> {
        chain.steps.iter().filter_map(|(_, of)| of.map(|number| self.names.name(number)))
    }

    /// The number of the way in which a contact came.
    fn number(&mut self, visit: &VisitRecord, domain: &str, contact: &ContactRecord) -> Number {
        let by_site = visit.kind == VisitKind::Background;
        let mut steps = Vec::new();
        let mut key = by_site.to_string();
        for step in &contact.brought_by {
            let of = domain_of(visit, &step.host);
            if of == domain {
                break;
            }
            let is_own = of == visit.site || step.host == visit.host;
            let number = (!is_own).then(|| self.names.number(of));
            key.push(if step.kind == StepKind::Frame { 'f' } else { 'r' });
            key.push_str(&number.map_or_else(String::new, |number| number.to_string()));
            steps.push((step.kind, number));
        }
        let (number, is_new) = self.numbers.meet(&key);
        if is_new {
            self.all.push(Chain { by_site, steps, visits: 0, sites: Numbered::default() });
        }
        number
    }

    fn row(&self, chain: &Chain) -> ChainRow {
        let domain = |number: Number| {
            let name = self.names.name(number);
            ChainDomain { text: host_text(name).into_owned(), name: name.to_owned() }
        };
        let steps = chain.steps.iter();
        ChainRow {
            by_site: chain.by_site,
            steps: steps.map(|(kind, of)| ChainStep { domain: of.map(domain), kind: *kind }).collect(),
            visits: chain.visits,
            sites: u32::try_from(chain.sites.iter().count()).unwrap_or(u32::MAX),
        }
    }
}

fn domain_of<'a>(visit: &'a VisitRecord, host: &'a str) -> &'a str {
    visit.contacts.iter().find(|contact| contact.host == host).map_or(host, |contact| &contact.domain)
}
