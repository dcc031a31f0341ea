//! What failed tests said, read from what the test runners print: told again at the end of a run, for thousands of lines lie between.

/// A line longer than this is cut: an error of wasm's glue names its module, a data URL of 100,000 characters.
const LONGEST_LINE: usize = 300;
/// So many lines of a suite are enough to see what its first failures are.
const MOST_LINES: usize = 120;

/// What `node --test` says of each failed test, after its closing lines; empty where none failed.
pub fn of_node(printed: &str) -> String {
    printed.rsplit_once("✖ failing tests:").map(|(_, said)| short(said.lines())).unwrap_or_default()
}

/// What `cargo test` says of each failed test, program by program; empty where none failed.
pub fn of_cargo(printed: &str) -> String {
    let mut is_within = false;
    short(printed.lines().filter(|line| {
        is_within = match *line {
            "failures:" => true,
            line => is_within && !line.starts_with("test result: "),
        };
        is_within
    }))
}

fn short<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
    let shown = lines.len().min(MOST_LINES);
    let mut text = String::new();
    for line in &lines[..shown] {
        text.extend(line.chars().take(LONGEST_LINE));
        text.push('\n');
    }
    match lines.len() - shown {
        0 => text,
        rest => format!("{text}… and {rest} lines more, above\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_failures_are_what_it_says_after_its_closing_lines() {
        let printed = "✖ a test (1.2ms)\nℹ pass 1\nℹ fail 1\n\n✖ failing tests:\n\ntest at a.test.js:1:2\n\
            ✖ a test (1.2ms)\n  Error: no\n";
        assert_eq!(of_node(printed), "test at a.test.js:1:2\n✖ a test (1.2ms)\n  Error: no\n");
        assert_eq!(of_node("ℹ pass 2\nℹ fail 0\n"), "");
    }

    #[test]
    fn cargos_failures_are_those_of_each_program() {
        let printed = "test a ... FAILED\n\nfailures:\n\n---- a stdout ----\nleft: 1\n\nfailures:\n    a\n\n\
            test result: FAILED. 0 passed; 1 failed\nrunning 1 test\ntest b ... ok\n";
        assert_eq!(of_cargo(printed), "failures:\n---- a stdout ----\nleft: 1\nfailures:\n    a\n");
        assert_eq!(of_cargo("test result: ok. 1 passed; 0 failed\n"), "");
    }

    #[test]
    fn long_lines_and_many_of_them_are_cut_with_a_word() {
        let printed = format!("✖ failing tests:\n{}\n{}", "é".repeat(1_000), "more\n".repeat(MOST_LINES));
        let said = of_node(&printed);
        assert_eq!(said.lines().next().map(|line| line.chars().count()), Some(LONGEST_LINE));
        assert!(said.ends_with("… and 1 lines more, above\n"), "{said}");
    }
}
