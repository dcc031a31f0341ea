//! `cargo xtask test`: the suites, what each runs, and how they ended.

use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread;

use crate::browser::Browser;
use crate::dist;
use crate::failure;
use crate::node_test;
use crate::outcome::{AnyError, Ended, Outcome, summarise, timed};
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

/// Runs the suites and says whether all passed.
pub fn run(project: &Project, args: &TestArgs) -> bool {
    let mut ended = Vec::new();
    for suite in args.of([Suites::Native, Suites::Wasm, Suites::Shell]) {
        ended.push(timed(name(suite), || match suite {
            Suites::Native => native(project),
            Suites::Wasm => wasm(project, args),
            _ => shell(project, args),
        }));
    }
    let suites = args.of([Suites::E2e, Suites::Truth, Suites::Faults]);
    if !suites.is_empty() {
        ended.extend(in_browsers(project, args, &suites));
    }
    summarise(&ended)
}

impl TestArgs {
    /// Those of these suites that are asked for.
    fn of(&self, suites: [Suites; 3]) -> Vec<Suites> {
        suites.into_iter().filter(|suite| [Suites::All, *suite].contains(&self.suite)).collect()
    }
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
    let (status, printed) = tests.echoed("")?;
    outcome += Outcome {
        tally: Tally::of_cargo(&printed).ended(status.success()),
        failures: failure::of_cargo(&printed),
    };
    outcome += check(cargo().args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(outcome)
}

fn wasm(project: &Project, args: &TestArgs) -> Result<Outcome, AnyError> {
    build(project, &[Variant::Shipped, Variant::Trapping])?;
    node(project, args, "", &["tests/wasm", "tests/year"], |tool| tool)
}

fn shell(project: &Project, args: &TestArgs) -> Result<Outcome, AnyError> {
    build(project, &[Variant::Shipped])?;
    // `--no`: the linters are those of the lock file, never fetched at another version.
    let npx = || Tool::new("npx", project.root()).args(["--no", "--"]);
    let mut outcome = check(npx().args(["tsc", "-p", "."]))?;
    outcome += check(npx().args(["eslint", "."]))?;
    outcome += check(npx().args(["prettier", "--check", "."]))?;
    outcome +=
        node(project, args, "", &["tests/shell", "tests/web", "tests/drive", "tests/truth"], |tool| tool)?;
    Ok(outcome)
}

/// The suites that need a browser. The browsers have theirs side by side: their tests mostly wait, for an event, for a rest, for what must
/// not come.
fn in_browsers(project: &Project, args: &TestArgs, suites: &[Suites]) -> Vec<Ended> {
    let is_wanted = |browser: &Browser| args.browser.is_none_or(|wanted| wanted == *browser);
    let browsers: Vec<Browser> = Browser::ALL.into_iter().filter(is_wanted).collect();
    let mut programs = Vec::new();
    let mut ended = vec![timed("for browsers", || {
        programs = setup::browsers(project, &browsers)?;
        for_browsers(project, suites)
    })];
    if ended.iter().any(Ended::has_failed) {
        return ended;
    }
    let all_in = |browser: Browser| {
        let timed = |suite| {
            timed(&format!("{} {}", name(suite), browser.name()), || {
                in_browser(project, args, suite, browser, &programs)
            })
        };
        suites.iter().copied().map(timed).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let lanes: Vec<_> = browsers.iter().map(|browser| scope.spawn(|| all_in(*browser))).collect();
        for lane in lanes {
            ended.extend(lane.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
    });
    ended
}

/// Makes what these suites run on, once for both browsers and before them: two builds at a time would write the same files.
fn for_browsers(project: &Project, suites: &[Suites]) -> Result<Outcome, AnyError> {
    build(project, &[Variant::Shipped])?;
    if !suites.contains(&Suites::E2e) {
        return Ok(Outcome::default());
    }
    build(project, &[Variant::Trapping])?;
    // A server that a test starts: it would wait for its compiler.
    check(Tool::cargo(project.root()).args(["build", "--package", "tiers-test-webtransport"]))
}

fn in_browser(
    project: &Project,
    args: &TestArgs,
    suite: Suites,
    browser: Browser,
    programs: &[(&'static str, PathBuf)],
) -> Result<Outcome, AnyError> {
    let folder = match suite {
        Suites::Truth => "tests/truth-runs",
        Suites::Faults => "tests/faults",
        _ => "tests/e2e",
    };
    // One file at a time: two of one browser take the time from each other that the tests wait for.
    node(project, args, &format!("{:8} | ", browser.name()), &[folder], |tool| {
        tool.arg("--test-concurrency=1")
            .envs(programs)
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

/// Runs Node's tests in these folders; each line of what they print has the mark before it.
fn node(
    project: &Project,
    args: &TestArgs,
    mark: &str,
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
    println!("\n{mark}--- {}", tool.shown());
    let (status, printed) = tool.echoed(mark)?;
    Ok(Outcome {
        tally: Tally::of_node(&printed).ended(status.success()),
        failures: failure::of_node(&printed),
    })
}
