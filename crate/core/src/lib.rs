//! Tiers' core: a pure state machine. Browser events in, decisions out.
//!
//! It has no browser, no clock, no I/O and no randomness, so every law of the product is a plain test. The way of the
//! data is the way of the files:
//!
//! [`event`] (what the browser said) → [`host`] → [`site`] → [`document`] (which page asked) → [`visit`] (one top-level
//! document and its contacts) → [`ledger`] (all that is live) → [`commit`] (what to store) → [`record`] (stored shapes)
//! → [`closed_day`] (a day that is over) → [`rollup`] (its sum) → [`summary`] (the sums of all days; a [`span`] packs many; [`by_day`],
//! [`comparison`] and [`graph`] are questions that are asked of it) and [`archive`] (their visits, read
//! again) → [`view`] (what a screen shows) → [`export`] (what leaves by the user's hand).

mod answer;
pub mod archive;
mod arrangement;
pub mod arrival;
mod badge;
pub mod by_day;
mod bytes;
pub mod chain;
mod change;
pub mod closed_day;
mod columns;
pub mod commit;
pub mod comparison;
pub mod contact;
pub mod day;
pub mod day_sum;
pub mod decision;
mod dictionary;
pub mod display;
mod distinct;
pub mod document;
pub mod error_code;
pub mod event;
pub mod export;
mod frame;
pub mod graph;
pub mod host;
pub mod host_table;
pub mod ledger;
mod live;
mod live_values;
pub mod message;
pub mod method;
mod names;
pub mod navigation;
mod numbered;
mod order;
pub mod outcome;
mod outcome_columns;
pub mod pack;
mod page;
pub mod period;
mod popup;
pub mod popup_response;
mod prerender;
mod punycode;
mod reach_change;
pub mod recent;
pub mod record;
pub mod redirect;
pub mod request;
pub mod request_sum;
mod restore;
mod retire;
pub mod rollup;
pub mod rollup_merge;
mod rollup_pack;
mod rows;
mod search;
pub mod site;
pub mod site_detail;
pub mod snapshot;
pub mod span;
pub mod start;
mod stored_visit;
pub mod suffix;
pub mod summary;
pub mod summary_view;
pub mod tab;
pub mod third_party_detail;
pub mod time;
pub mod type_table;
#[cfg(feature = "types")]
pub mod typescript;
mod unnamed;
pub mod unpack;
mod varint;
pub mod version;
pub mod view;
pub mod visit;
pub mod visit_detail;
pub mod visit_row;
mod visits_by_id;
pub mod waiting;
