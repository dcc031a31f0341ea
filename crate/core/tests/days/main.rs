//! Closed days: nothing is lost in packing, a fold can be repeated, and damage is refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test is what a panic is for here")]

mod any_visit;
mod laws;
mod rollups;
mod summaries;
