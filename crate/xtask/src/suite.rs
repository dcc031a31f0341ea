//! `cargo xtask test`: the suites, what each runs, and how they ended.

use std::error::Error;
use std::ops::AddAssign;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::browser::Browser;
use crate::dist;
use crate::failure;
use crate::node_test;
use crate::project::Project;
use crate::setup;
use crate::tally::Tally;
use crate::tool::Tool;
use crate::wasm::{Part, TARGET, Variant};

/// So many random webs show what a change has broken, in some minutes.
const TRUTH_RUNS: u32 = 12;
/// So many kills of each kind take two minutes or three in each browser.
const FAULT_RUNS: u32 = 3;

/// What a test run is asked for.
#[derive(Debug, clap::Args)]
pub struct TestArgs {
    /// The suite to run
    #[arg(value_enum, default_value = "all")]
    pub suite: Suites,
    /// Run the suites that need a browser in this one only
    #[arg(long, value_enum)]
    pub browser: Option<Browser>,
    /// Of Node's test files, run those with this text in their path
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    /// How many random webs the truth suite tries in each browser (12 by default); how often the faults suite kills the browser, and at
    /// how many steps of each of its works the background (3 by default)
    #[arg(long, value_name = "N")]
    pub runs: Option<u32>,
    /// What the random webs, and the moments of the kills, are drawn from: the same seed gives the same ones
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: i32,
}

/// One suite, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Suites {
    /// The Rust code: format, lint, unit tests, property tests, documentation
    Native,
    /// The border: the built wasm, called from JavaScript
    Wasm,
    /// The JavaScript shell: types, lint, format, unit tests
    Shell,
    /// The extension in real browsers
    E2e,
    /// Random webs and users in real browsers: the export against the server's log
    Truth,
    /// What goes wrong in real browsers: kills at every step, clocks that are set, stores that are cleared
    Faults,
    /// Every suite
    All,
}

/// What went wrong before or beside a suite's tests. It is printed, and the next suite has its turn.
type AnyError = Box<dyn Error>;

/// What came of a suite: how many tests passed and failed, and what the failed ones said.
#[derive(Default)]
struct Outcome {
    tally: Tally,
    failures: String,
}

impl Outcome {
    /// Of a check that is one yes or no.
    fn of_check(passed: bool, shown: &str) -> Self {
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
struct Ended {
    name: String,
    outcome: Outcome,
    took: Duration,
}

/// Runs the suites and says whether all passed.
pub fn run(project: &Project, args: &TestArgs) -> bool {
    let mut ended = Vec::new();
    for suite in [Suites::Native, Suites::Wasm, Suites::Shell] {
        if args.suite == suite || args.suite == Suites::All {
            let name = name(suite);
            ended.push(timed(name, || match suite {
                Suites::Native => native(project),
                Suites::Wasm => wasm(project, args),
                _ => shell(project, args),
            }));
        }
    }
    for suite in [Suites::E2e, Suites::Truth, Suites::Faults] {
        if args.suite != suite && args.suite != Suites::All {
            continue;
        }
        for browser in Browser::ALL.into_iter().filter(|browser| args.browser.is_none_or(|b| b == *browser)) {
            let name = format!("{} {}", name(suite), browser.name());
            ended.push(timed(&name, || in_browser(project, args, suite, browser)));
        }
    }
    summarise(&ended)
}

fn name(suite: Suites) -> &'static str {
    match suite {
        Suites::Native => "native",
        Suites::Wasm => "wasm",
        Suites::Shell => "shell",
        Suites::E2e => "e2e",
        Suites::Truth => "truth",
        Suites::Faults => "faults",
        Suites::All => "all",
    }
}

fn timed(name: &str, run: impl FnOnce() -> Result<Outcome, AnyError>) -> Ended {
    println!("\n=== {name}");
    let start = Instant::now();
    let outcome = run().unwrap_or_else(|error| {
        eprintln!("error: {error}");
        Outcome::of_check(false, &error.to_string())
    });
    Ended { name: name.to_owned(), outcome, took: start.elapsed() }
}

/// What the failed tests said, one line a suite, then the plain sum.
fn summarise(ended: &[Ended]) -> bool {
    let mut sum = Tally::default();
    println!();
    for Ended { name, outcome, .. } in ended.iter().filter(|suite| suite.outcome.tally.failed > 0) {
        println!("--- {name}: what failed\n{}", outcome.failures);
    }
    for Ended { name, outcome, took } in ended {
        sum += outcome.tally;
        let verdict = if outcome.tally.failed == 0 { "ok    " } else { "FAILED" };
        println!("{verdict} {name:13} {:7.1} s   {}", took.as_secs_f64(), outcome.tally);
    }
    println!("{sum}");
    sum.failed == 0
}

/// Runs a tool that says yes or no.
fn check(mut tool: Tool) -> Result<Outcome, AnyError> {
    let shown = tool.shown().to_string();
    println!("\n--- {shown}");
    Ok(Outcome::of_check(tool.status()?.success(), &shown))
}

fn native(project: &Project) -> Result<Outcome, AnyError> {
    setup::wasm_target(project)?;
    let cargo = || Tool::cargo(project.root());
    let mut outcome = check(cargo().args(["fmt", "--all", "--check"]))?;
    outcome += check(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    for part in Part::ALL {
        outcome += check(
            cargo()
                .args(["clippy", "--package", "tiers-core", "--package", "tiers-wasm", "--target", TARGET])
                .args(["--no-default-features", "--features", &format!("tiers-wasm/{}", part.name())])
                .args(["--", "-D", "warnings"]),
        )?;
    }
    // With the schema: its test holds the published file against the types.
    let tests = cargo().args(["test", "--workspace", "--features", "tiers-core/schema"]);
    println!("\n--- {}", tests.shown());
    let (status, printed) = tests.echoed()?;
    outcome += Outcome {
        tally: Tally::of_cargo(&printed).ended(status.success()),
        failures: failure::of_cargo(&printed),
    };
    outcome += check(cargo().args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(outcome)
}

fn wasm(project: &Project, args: &TestArgs) -> Result<Outcome, AnyError> {
    build(project, &[Variant::Shipped, Variant::Trapping])?;
    node(project, args, &["tests/wasm", "tests/year"], |tool| tool)
}

fn shell(project: &Project, args: &TestArgs) -> Result<Outcome, AnyError> {
    build(project, &[Variant::Shipped])?;
    // `--no`: the linters are those of the lock file, never fetched at another version.
    let npx = || Tool::new("npx", project.root()).args(["--no", "--"]);
    let mut outcome = check(npx().args(["tsc", "-p", "."]))?;
    outcome += check(npx().args(["eslint", "."]))?;
    outcome += check(npx().args(["prettier", "--check", "."]))?;
    outcome += node(project, args, &["tests/shell", "tests/web", "tests/drive", "tests/truth"], |tool| tool)?;
    Ok(outcome)
}

fn in_browser(
    project: &Project,
    args: &TestArgs,
    suite: Suites,
    browser: Browser,
) -> Result<Outcome, AnyError> {
    let programs: Vec<(&str, PathBuf)> = setup::browsers(project, &[browser])?;
    let (folder, variants): (_, &[Variant]) = match suite {
        Suites::Truth => ("tests/truth-runs", &[Variant::Shipped]),
        Suites::Faults => ("tests/faults", &[Variant::Shipped]),
        _ => ("tests/e2e", &[Variant::Shipped, Variant::Trapping]),
    };
    build(project, variants)?;
    // One file at a time: two browsers at once take the time from each other that the tests wait for.
    node(project, args, &[folder], |tool| {
        tool.arg("--test-concurrency=1")
            .envs(&programs)
            .env("TIERS_BROWSER", browser.name())
            .env("TIERS_TRUTH_RUNS", args.runs.unwrap_or(TRUTH_RUNS).to_string())
            .env("TIERS_TRUTH_SEED", args.seed.to_string())
            .env("TIERS_FAULT_RUNS", args.runs.unwrap_or(FAULT_RUNS).to_string())
            .env("TIERS_FAULT_SEED", args.seed.to_string())
    })
}

/// Builds the extension, in each of these variants.
fn build(project: &Project, variants: &[Variant]) -> Result<(), AnyError> {
    setup::wasm_target(project)?;
    setup::drivers(project)?;
    for variant in variants {
        dist::build(project, *variant)?;
    }
    Ok(())
}

/// Runs Node's tests in these folders.
fn node(
    project: &Project,
    args: &TestArgs,
    folders: &[&str],
    with: impl FnOnce(Tool) -> Tool,
) -> Result<Outcome, AnyError> {
    let files = node_test::files(project.root(), folders, args.only.as_deref())?;
    if files.is_empty() {
        // Without a file Node would look for tests of its own choice.
        return match &args.only {
            Some(_) => Ok(Outcome::default()),
            None => Err(format!("there is no test in {}", folders.join(" or ")).into()),
        };
    }
    let tool = with(Tool::new("node", project.root()).args(["--test", "--test-reporter=spec"])).args(files);
    println!("\n--- {}", tool.shown());
    let (status, printed) = tool.echoed()?;
    Ok(Outcome {
        tally: Tally::of_node(&printed).ended(status.success()),
        failures: failure::of_node(&printed),
    })
}
