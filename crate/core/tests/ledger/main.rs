//! The ledger, told what a browser says: cases of the party rule, regressions, laws, and the life of the background.

mod browser;
mod cases;
mod export_file;
mod laws;
mod life;
mod outcomes;
mod regressions;
mod settings;
