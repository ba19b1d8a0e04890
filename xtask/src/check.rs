//! `cargo xtask check`: everything that is said about the code without running it.

use anyhow::{Result, bail};

use crate::generate;
use crate::packages::{self, Need};
use crate::process;
use crate::progress;
use crate::tidy;
use crate::workspace::Workspace;

type Check = (&'static str, fn(&Workspace) -> Result<()>);

const CHECKS: [Check; 5] = [
    ("format", format),
    ("tidy", tidy::run),
    ("clippy", clippy),
    ("deny", deny),
    ("generated files", generate::check),
];

/// Runs every check, so that one run shows all that is wrong.
pub fn run(workspace: &Workspace) -> Result<()> {
    packages::ensure(&Need::BUILD)?;
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        progress::line(&format!("Checking: {name} …"));
        match check(workspace) {
            Ok(()) => progress::line(&format!("✓ {name}")),
            Err(error) => {
                progress::line(&format!("✗ {name}: {error:#}"));
                failed.push(name);
            }
        }
    }
    if !failed.is_empty() {
        bail!("not in order: {}", failed.join(", "));
    }
    Ok(())
}

fn format(workspace: &Workspace) -> Result<()> {
    process::run(workspace.cargo().args(["fmt", "--all", "--check"]))
}

fn clippy(workspace: &Workspace) -> Result<()> {
    process::run(workspace.cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// Licences, advisories, sources, duplicates. What matters most of it, the one TLS stack, is in
/// `tidy` too, which needs no further program.
fn deny(workspace: &Workspace) -> Result<()> {
    if packages::in_path("cargo-deny").is_none() {
        progress::line("  left out: cargo-deny isn't installed (`cargo install --locked cargo-deny`)");
        return Ok(());
    }
    process::run(workspace.cargo().args(["deny", "--workspace", "check", "--hide-inclusion-graph"]))
}
