//! The commit that a build is made of, which an export names as its producer's.

use crate::file;
use crate::project::Project;
use crate::tool::Tool;

/// What an archive of the sources holds instead of git's folder, so that it gives the same bytes as the commit itself.
pub const FILE: &str = "COMMIT";

/// The commit of the sources, with `-dirty` where they differ from it. None where neither git nor an archive tells.
pub fn of(project: &Project) -> Option<String> {
    let git = |args: &[&str]| Tool::new("git", project.root()).args(args).quiet_output().ok();
    git(&["rev-parse", "--show-prefix", "HEAD"])
        .and_then(|place| named(&place, &git(&["status", "--porcelain"])?))
        .or_else(|| file::read_text(&project.root().join(FILE)).ok().map(|text| text.trim().to_owned()))
}

/// The name of a commit: `place` is the project's folder inside git's, a line, then the commit; `changes` has a line for
/// each file that differs. None where the project only lies within somebody else's repository.
fn named(place: &str, changes: &str) -> Option<String> {
    let (folder, commit) = place.split_once('\n')?;
    let dirty = if changes.is_empty() { "" } else { "-dirty" };
    folder.is_empty().then(|| format!("{}{dirty}", commit.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_tree_is_not_taken_for_its_commit() {
        assert_eq!(named("\n4775355\n", "").as_deref(), Some("4775355"));
        assert_eq!(named("\n4775355\n", " M README.md\n").as_deref(), Some("4775355-dirty"));
    }

    #[test]
    fn somebody_elses_repository_around_the_project_names_nothing() {
        assert_eq!(named("Downloads/tiers/\n4775355\n", ""), None);
        assert_eq!(named("", ""), None);
    }
}
