//! `cargo xtask tidy`: the rules of this house that no compiler knows.

use anyhow::{Result, bail};

use crate::progress;
use crate::workspace::Workspace;

mod graph;
mod layers;
mod libraries;
mod sources;
mod tls;

pub fn run(workspace: &Workspace) -> Result<()> {
    let graph = graph::Graph::read(workspace)?;
    let mut complaints = layers::check(&graph);
    complaints.extend(libraries::check(&graph));
    complaints.extend(tls::check(&graph));
    complaints.extend(sources::check(&workspace.root)?);
    for complaint in &complaints {
        progress::line(&format!("  {}: {}\n    → {}", complaint.place, complaint.rule, complaint.remedy));
    }
    if !complaints.is_empty() {
        bail!("{} against the rules of the house", complaints.len());
    }
    Ok(())
}

/// What is wrong where, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Complaint {
    /// A file from the workspace's root, or a crate.
    pub place: String,
    pub rule: String,
    pub remedy: String,
}

impl Complaint {
    fn new(place: impl Into<String>, rule: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place: place.into(), rule: rule.into(), remedy: remedy.into() }
    }
}
