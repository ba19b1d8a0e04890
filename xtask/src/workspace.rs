//! Where things are: the sources, the target folder, this program itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    pub target: PathBuf,
    /// This program. Looked up before anything is built: a build may replace the file, and the
    /// name would then read as deleted.
    pub xtask: PathBuf,
}

impl Workspace {
    pub fn find() -> Result<Self> {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask is a folder in the workspace")?;
        let xtask = std::env::current_exe().context("looking for this program's own file")?;
        // `target/debug/xtask`, wherever the target folder was put.
        let target = xtask.ancestors().nth(2).context("xtask runs from the target folder")?;
        Ok(Self { root: root.to_owned(), target: target.to_owned(), xtask: xtask.clone() })
    }

    /// Cargo, as it was called: the toolchain that builds is the one that runs.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root);
        cargo
    }

    /// A program that `cargo build` has made.
    pub fn built(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// A program that `cargo build --release` has made.
    pub fn released(&self, name: &str) -> PathBuf {
        self.target.join("release").join(name)
    }
}
