//! A Python environment with the unmodified Mastodon clients that the tests drive.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::progress::Progress;
use crate::workspace::Workspace;

const REQUIREMENTS: &str = include_str!("../python/requirements.txt");

/// Makes `target/python`, unless it is there with the same requirements, and gives its `python`.
pub fn environment(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let folder = workspace.target.join("python");
    let python = folder.join("bin/python");
    let installed = folder.join("requirements.installed");
    if std::fs::read_to_string(&installed).is_ok_and(|text| text == REQUIREMENTS) {
        return Ok(python);
    }
    let step = progress.step("Python clients");
    process::output(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))
        .context("making a Python environment")?;
    let requirements = workspace.root.join("xtask/python/requirements.txt");
    process::output(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(requirements),
    )
    .context("installing toot and Mastodon.py from PyPI")?;
    std::fs::write(&installed, REQUIREMENTS)?;
    step.done("toot, Mastodon.py");
    Ok(python)
}
