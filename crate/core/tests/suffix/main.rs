//! Public suffixes from outside: the compiled table against the published algorithm, the official vectors, the
//! `publicsuffix` crate, the answers that naive counters get wrong, and arbitrary strings.

#![allow(clippy::expect_used, reason = "a helper of a failed test may panic like the test")]

mod agreement;
mod crate_differences;
mod laws;
mod official_vectors;
mod published_algorithm;
mod regressions;
