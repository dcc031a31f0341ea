//! Laws of the graph: what is drawn is the greatest there is, and every link of it is true.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use tiers_core::graph::GraphQuery;

use crate::any_days::{ALL, contacts, read, total, visits};

proptest! {
    #[test]
    fn so_few_are_left_of_those_that_were_met_on_so_many_sites_and_on_one_less_they_would_be_more(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        most in 0..6_u32,
    ) {
        let summary = read(&visits, &ways);
        let period = summary.over(None, None);
        let left = |min_sites| summary.graph(&period, &GraphQuery { min_sites, sites: 0, third_parties: 0 }).matching;
        let least = summary.least_sites(&period, most);
        let is_any = left(1) > 0;
        prop_assert!(least >= 1 && (!is_any || left(least) > 0), "something is left where there is something");
        prop_assert!(left(least) <= most || left(least + 1) == 0);
        prop_assert!(least == 1 || left(least - 1) > most);
    }

    #[test]
    fn a_graph_has_the_greatest_and_all_links_between_them(
        visits in visits(),
        ways in vec(any::<u8>(), 6),
        min_sites in 0..4_u32,
        most_sites in 0..5_u32,
        most_third_parties in 0..5_u32,
    ) {
        let summary = read(&visits, &ways);
        let period = summary.over(None, None);
        let query = GraphQuery { min_sites, sites: most_sites, third_parties: most_third_parties };
        let graph = summary.graph(&period, &query);
        let third_parties = summary.third_parties(&period, None, &ALL).rows;
        let sites = summary.sites(&period, &ALL).rows;
        prop_assert_eq!(graph.all_third_parties as usize, third_parties.len());
        prop_assert_eq!(graph.all_sites as usize, sites.iter().filter(|site| site.domains > 0).count());
        let mut reach: Vec<u32> =
            third_parties.iter().map(|row| row.sites).filter(|sites| *sites >= min_sites).collect();
        reach.sort_by(|one, other| other.cmp(one));
        prop_assert_eq!(graph.matching as usize, reach.len());
        reach.truncate(most_third_parties as usize);
        let drawn: Vec<u32> = graph.third_parties.iter().map(|node| node.degree).collect();
        prop_assert_eq!(drawn, reach);
        for node in &graph.third_parties {
            let row = summary.third_party(&period, &node.name).unwrap();
            prop_assert_eq!((row.sites, row.requests, &row.text), (node.degree, node.requests, &node.text));
        }

        let drawn: BTreeSet<&str> = graph.third_parties.iter().map(|node| node.name.as_str()).collect();
        let linked: BTreeSet<&String> =
            contacts(&visits).filter(|(_, domain, _)| drawn.contains(domain)).map(|(visit, _, _)| &visit.site).collect();
        let mut degrees: Vec<u32> =
            sites.iter().filter(|site| linked.contains(&site.site)).map(|site| site.domains).collect();
        degrees.sort_by(|one, other| other.cmp(one));
        degrees.truncate(most_sites as usize);
        prop_assert_eq!(graph.sites.iter().map(|node| node.degree).collect::<Vec<_>>(), degrees);

        let here: BTreeSet<&str> = graph.sites.iter().map(|node| node.name.as_str()).collect();
        let mut expected = BTreeMap::<(&str, &str), Vec<u32>>::new();
        for (visit, domain, requests) in contacts(&visits) {
            if here.contains(visit.site.as_str()) && drawn.contains(domain) {
                expected.entry((visit.site.as_str(), domain)).or_default().push(requests);
            }
        }
        let links: BTreeMap<(&str, &str), u32> = graph
            .links
            .iter()
            .map(|link| {
                let (site, third) = (&graph.sites[link.site as usize], &graph.third_parties[link.third_party as usize]);
                ((site.name.as_str(), third.name.as_str()), link.requests)
            })
            .collect();
        prop_assert_eq!(links.len(), graph.links.len(), "each pair once");
        let expected = expected.into_iter().map(|(pair, requests)| (pair, total(requests.into_iter()))).collect();
        prop_assert_eq!(links, expected);
    }
}
