//! The test files that Node runs. They are named one by one: Node 20 knows no patterns, newer ones take no folders.

use std::path::Path;

use crate::file::{self, FileError};

/// The test files below the folders of that name in `root`, as paths from `root` on; where `only` is given, those with
/// it in their path. A folder that is not there has none.
pub fn files(root: &Path, folders: &[&str], only: Option<&str>) -> Result<Vec<String>, FileError> {
    let mut found = Vec::new();
    for folder in folders.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir()) {
        found.extend(
            file::below(&folder)?
                .iter()
                .filter_map(|path| file::relative(root, path))
                .filter(|path| path.ends_with(".test.js"))
                .filter(|path| only.is_none_or(|only| path.contains(only))),
        );
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn test_files_are_found_deeply_in_order_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        for path in [
            "tests/shell/b.test.js",
            "tests/shell/deep/a.test.js",
            "tests/shell/web.js",
            "tests/e2e/c.test.js",
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let folders = ["tests/shell", "tests/nowhere"];
        let all = files(root.path(), &folders, None).unwrap();
        assert_eq!(all, ["tests/shell/b.test.js", "tests/shell/deep/a.test.js"]);
        assert_eq!(files(root.path(), &folders, Some("deep")).unwrap(), ["tests/shell/deep/a.test.js"]);
    }
}
