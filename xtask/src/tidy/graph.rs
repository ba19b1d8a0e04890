//! The dependencies as cargo tells them.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;
use crate::workspace::Workspace;

/// The workspace's crates and what they ask for, and every crate that is built for this machine.
#[derive(Debug, Default)]
pub struct Graph {
    pub crates: Vec<Crate>,
    /// Names of all crates in a normal build, with the one that first asks for it.
    pub built: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
pub struct Crate {
    /// As in its manifest, `belfry-storage`.
    pub name: String,
    pub dependencies: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
pub struct Dependency {
    pub name: String,
    #[serde(deserialize_with = "is_dev", rename = "kind")]
    pub dev: bool,
}

fn is_dev<'a, D: serde::Deserializer<'a>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.as_deref() == Some("dev"))
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Crate>,
}

impl Graph {
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let metadata =
            process::output(workspace.cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
        let metadata: Metadata =
            serde_json::from_str(&metadata).context("reading what cargo metadata says")?;
        // The metadata's own graph holds optional crates that no chosen feature asks for;
        // `cargo tree` resolves features as a build does.
        let tree = process::output(workspace.cargo().args([
            "tree",
            "--workspace",
            "--locked",
            "--edges",
            "normal",
            "--prefix",
            "depth",
            "--format",
            " {p}",
        ]))?;
        Ok(Self { crates: metadata.packages, built: built(&tree) })
    }
}

/// Reads lines of a depth, a name and more: `2 rustls v0.23.0 (*)`.
fn built(tree: &str) -> BTreeMap<String, String> {
    let mut built = BTreeMap::new();
    let mut way: Vec<&str> = Vec::new();
    for line in tree.lines() {
        let mut words = line.split_whitespace();
        let (Some(depth), Some(name)) = (words.next().and_then(|depth| depth.parse().ok()), words.next())
        else {
            continue;
        };
        way.truncate(depth);
        let parent = way.last().copied().unwrap_or("the workspace");
        built.entry(name.to_owned()).or_insert_with(|| parent.to_owned());
        way.push(name);
    }
    built
}

#[cfg(test)]
mod tests {
    use super::built;

    #[test]
    fn the_tree_tells_who_asks_for_a_crate() {
        let tree = "0 belfry v0.1.0 (/src)\n1 reqwest v0.13.0\n2 rustls v0.23.0\n1 url v2.0.0\n\n0 xtask v0.1.0\n1 url v2.0.0 (*)\n";
        let built = built(tree);
        assert_eq!(built.get("rustls").map(String::as_str), Some("reqwest"));
        assert_eq!(built.get("url").map(String::as_str), Some("belfry"));
        assert_eq!(built.get("xtask").map(String::as_str), Some("the workspace"));
    }
}

#[cfg(test)]
pub mod example {
    //! Small graphs for the rules' tests.

    use super::{Crate, Dependency, Graph};

    /// Crates with their normal dependencies.
    pub fn graph(crates: &[(&str, &[&str])]) -> Graph {
        let crates = crates
            .iter()
            .map(|(name, dependencies)| Crate {
                name: (*name).to_owned(),
                dependencies: dependencies
                    .iter()
                    .map(|name| Dependency { name: (*name).to_owned(), dev: false })
                    .collect(),
            })
            .collect();
        Graph { crates, ..Graph::default() }
    }
}
