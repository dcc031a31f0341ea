//! How many tests passed and failed, read from what the test runners print.

use std::fmt;
use std::ops::AddAssign;

/// Tests, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that passed.
    pub passed: u32,
    /// Those that did not.
    pub failed: u32,
}

impl Tally {
    /// A check that is one yes or no, such as the formatter's.
    pub fn of_check(passed: bool) -> Self {
        Self { passed: u32::from(passed), failed: u32::from(!passed) }
    }

    /// The sum of `cargo test`'s lines, one for each program with tests.
    pub fn of_cargo(printed: &str) -> Self {
        let mut tally = Self::default();
        for line in printed.lines() {
            let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|line| line.split_once(". "))
            else {
                continue;
            };
            for count in counts.split("; ") {
                match count.split_once(' ').map(|(number, what)| (number.parse().unwrap_or(0), what)) {
                    Some((number, "passed")) => tally.passed += number,
                    Some((number, "failed")) => tally.failed += number,
                    _ => {}
                }
            }
        }
        tally
    }

    /// The closing lines of `node --test`. A test may print such a line too; the runner has the last word.
    pub fn of_node(printed: &str) -> Self {
        let last = |what: &str| {
            printed.lines().rev().find_map(|line| {
                // "ℹ" from the reporter for people, "#" from TAP.
                let line = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "))?;
                line.strip_prefix(what)?.strip_prefix(' ')?.trim().parse().ok()
            })
        };
        Self { passed: last("pass").unwrap_or(0), failed: last("fail").unwrap_or(0) }
    }

    /// The same tests from a run that ended well or not. A run that ended badly without a failed test, as when the
    /// tests did not compile, counts as one.
    #[must_use]
    pub fn ended(self, well: bool) -> Self {
        if well || self.failed > 0 { self } else { Self { failed: 1, ..self } }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_programs_are_summed() {
        let printed = "running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            \n   Doc-tests tiers_core\n\
            test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.2s\n";
        assert_eq!(Tally::of_cargo(printed), Tally { passed: 15, failed: 2 });
    }

    #[test]
    fn nodes_last_word_counts_in_both_reporters() {
        let spec = "ℹ pass 99\n✔ a test (1.2ms)\nℹ tests 5\nℹ suites 0\nℹ pass 4\nℹ fail 1\nℹ cancelled 0\n";
        assert_eq!(Tally::of_node(spec), Tally { passed: 4, failed: 1 });
        let tap = "ok 1 - a test\n# tests 2\n# pass 2\n# fail 0\n# duration_ms 51.2\n";
        assert_eq!(Tally::of_node(tap), Tally { passed: 2, failed: 0 });
    }

    #[test]
    fn a_run_that_ends_badly_is_never_without_a_failure() {
        assert_eq!(
            Tally::of_cargo("error: could not compile").ended(false).to_string(),
            "0 passed, 1 failed"
        );
        assert_eq!(Tally { passed: 2, failed: 3 }.ended(false), Tally { passed: 2, failed: 3 });
        assert_eq!(Tally { passed: 2, failed: 0 }.ended(true), Tally { passed: 2, failed: 0 });
    }
}
