//! The graph of a period: which third parties were met on which sites, the greatest of both, so that it can be drawn.

use serde::{Deserialize, Serialize};

use crate::day_sum::Number;
use crate::display::host_text;
use crate::order::{part_by, sort_by};
use crate::period::Period;
use crate::summary::{Named, Summary};

/// How much of the graph is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GraphQuery {
    /// Third parties that were met on at least so many sites.
    pub min_sites: u32,
    /// At most so many sites.
    pub sites: u32,
    /// At most so many third parties.
    pub third_parties: u32,
}

/// A graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GraphView {
    /// Of the sites that met one of the third parties below, those that met the most of all third parties, the greatest first.
    pub sites: Vec<GraphNode>,
    /// The third parties that were met on the most sites, the greatest first. One is here also where none of its sites is.
    pub third_parties: Vec<GraphNode>,
    /// Which were met on which.
    pub links: Vec<GraphLink>,
    /// How many sites of the period met a third party.
    pub all_sites: u32,
    /// How many third parties there are in the period.
    pub all_third_parties: u32,
    /// How many of them were met on at least as many sites as was asked for.
    pub matching: u32,
}

/// A site or a third party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct GraphNode {
    /// The site, or the domain.
    pub name: String,
    /// The same as people write it.
    pub text: String,
    /// Of a site: distinct third parties; of a third party: sites. All of the period, not only those that are drawn.
    pub degree: u32,
    /// Requests to third parties that left the site, or for the third party.
    pub requests: u32,
}

/// A third party that was met on a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct GraphLink {
    /// Its place in [`GraphView::sites`].
    pub site: u32,
    /// Its place in [`GraphView::third_parties`].
    pub third_party: u32,
    /// Requests that left.
    pub requests: u32,
    /// In how many visits.
    pub visits: u32,
}

/// A node before it is known whether it is among the greatest.
#[derive(Clone, Copy)]
struct Candidate {
    number: Number,
    degree: u32,
    requests: u32,
}

/// The greatest, by their places.
struct Greatest {
    nodes: Vec<GraphNode>,
    /// The place of each number; none: it is not among them.
    places: Vec<Option<u32>>,
}

impl Greatest {
    /// So many, by degree, then requests, then name.
    fn of(all: Vec<Candidate>, limit: u32, names: &Named) -> Self {
        let first = part_by(all, 0..limit as usize, |one, other| {
            (other.degree, other.requests)
                .cmp(&(one.degree, one.requests))
                .then_with(|| names.name(one.number).cmp(names.name(other.number)))
        });
        let mut places = vec![None; names.len()];
        for (place, one) in (0..).zip(&first) {
            if let Some(slot) = places.get_mut(one.number as usize) {
                *slot = Some(place);
            }
        }
        let node = |one: &Candidate| {
            let name = names.name(one.number);
            let text = host_text(name).into_owned();
            GraphNode { name: name.to_owned(), text, degree: one.degree, requests: one.requests }
        };
        Self { nodes: first.iter().map(node).collect(), places }
    }

    fn place(&self, number: Number) -> Option<u32> {
        self.places.get(number as usize).copied().flatten()
    }
}

impl Summary {
    /// On how many sites of a period third parties must have been met for at most so many of them to be left: on as few as that takes, and on no more
    /// than the one that was met on the most.
    #[must_use]
    pub fn least_sites(&self, period: &Period, most: u32) -> u32 {
        let mut met: Vec<u32> =
            period.domains.iter().map(|domain| domain.sites).filter(|sites| *sites > 0).collect();
        sort_by(&mut met, |one, other| other.cmp(one));
        let (Some(greatest), Some(too_many)) = (met.first(), met.get(most as usize)) else { return 1 };
        (too_many + 1).min(*greatest)
    }

    /// The graph of a period.
    #[must_use]
    pub fn graph(&self, period: &Period, query: &GraphQuery) -> GraphView {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let met: Vec<Candidate> = (0..)
            .zip(&period.domains)
            .filter(|(_, domain)| domain.sites > 0)
            .map(|(number, domain)| Candidate { number, degree: domain.sites, requests: domain.requests })
            .collect();
        let all_third_parties = count(met.len());
        let wanted: Vec<Candidate> = met.into_iter().filter(|one| one.degree >= query.min_sites).collect();
        let matching = count(wanted.len());
        let third_parties = Greatest::of(wanted, query.third_parties, &self.domains);

        let mut is_linked = vec![false; self.sites.len()];
        for (_, (site, domain), _) in self.pairs_of(period, |_, _| true) {
            if let Some(linked) = is_linked.get_mut(site as usize) {
                *linked |= third_parties.place(domain).is_some();
            }
        }
        let sites = (0..).zip(&period.sites).filter(|(_, site)| site.domains > 0);
        let all_sites = count(sites.clone().count());
        let candidates = sites
            .filter(|(number, _)| is_linked.get(*number as usize) == Some(&true))
            .map(|(number, site)| Candidate { number, degree: site.domains, requests: site.requests })
            .collect();
        let sites = Greatest::of(candidates, query.sites, &self.sites);

        let link = |(_, (site, domain), pair): (Number, (Number, Number), &crate::period::PairSum)| {
            let (site, third_party) = (sites.place(site)?, third_parties.place(domain)?);
            Some(GraphLink { site, third_party, requests: pair.requests, visits: pair.visits })
        };
        let links = self.pairs_of(period, |_, _| true).filter_map(link).collect();
        GraphView {
            links,
            sites: sites.nodes,
            third_parties: third_parties.nodes,
            all_sites,
            all_third_parties,
            matching,
        }
    }
}
