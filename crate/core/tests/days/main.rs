//! Closed days: nothing is lost in packing, a fold can be repeated, and damage is refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test is what a panic is for here")]

mod any_days;
mod any_visit;
mod by_day;
mod comparisons;
mod exports;
mod graphs;
mod laws;
mod popup_response;
mod rollups;
mod site_details;
mod summaries;
mod third_party_details;
mod visit_details;
