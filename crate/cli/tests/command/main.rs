//! The built `tiers`, run as a user runs it.

#![allow(clippy::unwrap_used, reason = "a helper of a failed test may panic like the test")]

mod broken_files;
mod from_har;
mod site;
mod tiers;
