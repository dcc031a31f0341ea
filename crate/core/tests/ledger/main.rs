//! The ledger, told what a browser says: cases of the party rule, regressions, laws, and the life of the background.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test is what a panic is for here")]

mod access;
mod archive;
mod arrival;
mod bounds;
mod browser;
mod cases;
mod clock;
mod deletion;
mod export_file;
mod fallback;
mod hinted;
mod interleaving;
mod laws;
mod life;
mod live_bytes;
mod misnamed;
mod outage;
mod outcomes;
mod pause;
mod player;
mod prerender;
mod regressions;
mod settings;
mod settled;
mod start;
mod unnamed;
