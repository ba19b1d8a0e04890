//! `cargo xtask generate`: the reference pages that are made from the code, so that they
//! can't say anything else.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::packages::{self, Need};
use crate::process;
use crate::progress;
use crate::workspace::Workspace;

mod commands;
mod settings;

const FOLDER: &str = "docs/reference";

/// Writes the files that differ.
pub fn run(workspace: &Workspace) -> Result<()> {
    packages::ensure(&Need::BUILD)?;
    for (path, text) in render(workspace)? {
        if !is_fresh(&path, &text) {
            std::fs::create_dir_all(workspace.root.join(FOLDER))?;
            std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
            progress::line(&format!("✓ wrote {}", shown(workspace, &path)));
        }
    }
    Ok(())
}

/// Fails when a generated file isn't what would be generated now.
pub fn check(workspace: &Workspace) -> Result<()> {
    let stale: Vec<String> = render(workspace)?
        .iter()
        .filter(|(path, text)| !is_fresh(path, text))
        .map(|(path, _)| shown(workspace, path))
        .collect();
    if !stale.is_empty() {
        bail!("stale: {}; run `cargo xtask generate` and commit", stale.join(", "));
    }
    Ok(())
}

fn render(workspace: &Workspace) -> Result<Vec<(PathBuf, String)>> {
    process::run(workspace.cargo().args(["build", "--workspace", "--bin", "belfry"]))?;
    let belfry = workspace.built("belfry");
    let schema = commands::output(&belfry, &["settings", "schema"])?;
    let folder = workspace.root.join(FOLDER);
    Ok(vec![
        (folder.join("settings.md"), settings::page(&schema)?),
        (folder.join("settings.schema.json"), schema),
        (folder.join("belfry.sample.toml"), commands::output(&belfry, &["settings", "sample"])?),
        (folder.join("belfry-api.openapi.json"), commands::output(&belfry, &["api", "openapi"])?),
        (folder.join("belfry-lead-api.openapi.json"), commands::output(&belfry, &["api", "lead"])?),
        (folder.join("belfry-agency-api.openapi.json"), commands::output(&belfry, &["api", "agency"])?),
        (folder.join("permissions.md"), commands::output(&belfry, &["api", "permissions"])?),
        (folder.join("commands.md"), commands::page(&belfry)?),
    ])
}

fn is_fresh(path: &Path, text: &str) -> bool {
    std::fs::read_to_string(path).is_ok_and(|there| there == text)
}

fn shown(workspace: &Workspace, path: &Path) -> String {
    path.strip_prefix(&workspace.root).unwrap_or(path).display().to_string()
}
