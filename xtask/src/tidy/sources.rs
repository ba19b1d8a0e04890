//! Rules for single files: what they begin with, how long they are, what they're called.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Complaint;

const LONGEST: usize = 500;
const ROOTS: [&str; 3] = ["crates", "migrations", "xtask"];
/// Names that say nothing about what is inside, so that everything ends up there.
const EMPTY_NAMES: [&str; 6] = ["common", "utils", "util", "helpers", "helper", "misc"];

pub fn check(root: &Path) -> Result<Vec<Complaint>> {
    let mut files = Vec::new();
    for folder in ROOTS {
        collect(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut complaints = Vec::new();
    for file in files {
        let place = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {place}"))?;
        complaints.extend(check_file(&place, &text));
    }
    Ok(complaints)
}

fn check_file(place: &str, text: &str) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut complain = |rule: String, remedy: &str| complaints.push(Complaint::new(place, rule, remedy));
    if !text.trim_start().starts_with("//!") {
        complain(
            "begins without `//!`".into(),
            "say in a line or two what the file is for and what always holds",
        );
    }
    let lines = text.lines().count();
    if lines > LONGEST {
        complain(format!("{lines} lines"), "find the second thing in it and give it a file of its own");
    }
    let mut parts = place.trim_end_matches(".rs").split('/');
    if place.ends_with("/mod.rs") {
        complain("is called mod.rs".into(), "call it after its folder, beside it: `foo.rs` and `foo/`");
    }
    if let Some(name) = parts.find(|part| EMPTY_NAMES.contains(part)) {
        complain(format!("`{name}` names nothing"), "call it after what is in it");
    }
    complaints
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_file;

    fn rules(place: &str, text: &str) -> Vec<String> {
        check_file(place, text).into_iter().map(|complaint| complaint.rule).collect()
    }

    #[test]
    fn a_file_that_says_what_it_is_for_is_fine() {
        assert!(rules("crates/model/src/id.rs", "//! Ids.\n").is_empty());
    }

    #[test]
    fn a_file_says_what_it_is_for() {
        assert_eq!(rules("crates/model/src/id.rs", "use std::fmt;\n"), ["begins without `//!`"]);
    }

    #[test]
    fn five_hundred_lines_are_enough() {
        assert!(rules("xtask/src/a.rs", &"//! A.\n".repeat(500)).is_empty());
        assert_eq!(rules("xtask/src/a.rs", &"//! A.\n".repeat(501)), ["501 lines"]);
    }

    #[test]
    fn names_say_something() {
        assert_eq!(rules("crates/edge/src/utils.rs", "//! U.\n"), ["`utils` names nothing"]);
        assert_eq!(rules("crates/common/src/lib.rs", "//! C.\n"), ["`common` names nothing"]);
        assert_eq!(rules("crates/edge/src/page/mod.rs", "//! M.\n"), ["is called mod.rs"]);
        assert!(rules("crates/storage/src/repo/commons_actor.rs", "//! C.\n").is_empty());
    }
}
