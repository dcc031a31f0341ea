//! What came of the suites of `cargo xtask test`: how many tests passed and failed, how long they took, what the failed ones said.

use std::error::Error;
use std::ops::AddAssign;
use std::time::{Duration, Instant};

use crate::tally::Tally;

/// What went wrong before or beside a suite's tests. It is printed, and the next suite has its turn.
pub type AnyError = Box<dyn Error>;

/// What came of a suite: how many tests passed and failed, and what the failed ones said.
#[derive(Default)]
pub struct Outcome {
    /// The tests, counted.
    pub tally: Tally,
    /// What the failed ones said, for people.
    pub failures: String,
}

impl Outcome {
    /// Of a check that is one yes or no.
    pub fn of_check(passed: bool, shown: &str) -> Self {
        let failures = if passed { String::new() } else { format!("{shown}: failed\n") };
        Self { tally: Tally::of_check(passed), failures }
    }
}

impl AddAssign for Outcome {
    fn add_assign(&mut self, other: Self) {
        self.tally += other.tally;
        self.failures.push_str(&other.failures);
    }
}

/// A suite that has been run.
pub struct Ended {
    name: String,
    outcome: Outcome,
    took: Duration,
}

impl Ended {
    /// Whether a test of it failed.
    pub fn has_failed(&self) -> bool {
        self.outcome.tally.failed > 0
    }
}

/// Runs a suite, with its name above what it prints. What goes wrong beside its tests counts as one that failed.
pub fn timed(name: &str, run: impl FnOnce() -> Result<Outcome, AnyError>) -> Ended {
    println!("\n=== {name}");
    let start = Instant::now();
    let outcome = run().unwrap_or_else(|error| {
        eprintln!("error: {error}");
        Outcome::of_check(false, &error.to_string())
    });
    Ended { name: name.to_owned(), outcome, took: start.elapsed() }
}

/// Prints what the failed tests said, one line a suite, then the plain sum. Says whether all passed.
pub fn summarise(ended: &[Ended]) -> bool {
    let mut sum = Tally::default();
    println!();
    for Ended { name, outcome, .. } in ended.iter().filter(|suite| suite.has_failed()) {
        println!("--- {name}: what failed\n{}", outcome.failures);
    }
    for suite @ Ended { name, outcome, took } in ended {
        sum += outcome.tally;
        let verdict = if suite.has_failed() { "FAILED" } else { "ok    " };
        println!("{verdict} {name:13} {:7.1} s   {}", took.as_secs_f64(), outcome.tally);
    }
    println!("{sum}");
    sum.failed == 0
}
