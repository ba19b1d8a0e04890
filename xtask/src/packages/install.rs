//! Installing packages: as root, by sudo after asking, or not at all.

use std::io::{IsTerminal, Write};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::in_path;
use crate::process;
use crate::progress;
use crate::services::is_root;

/// Installs without starting or enabling a public service; says what it does while it does it.
const SCRIPT: &str = include_str!("install.sh");

pub fn may_install_silently() -> bool {
    is_root() && in_path("apt-get").is_some()
}

pub fn install(packages: &[&str]) -> Result<()> {
    if in_path("apt-get").is_none() {
        bail!(
            "this isn't a Debian-like machine: install what Debian calls {} with your own package manager",
            packages.join(", ")
        );
    }
    let mut shell = if is_root() {
        Command::new("sh")
    } else if in_path("sudo").is_some() && agreed(packages)? {
        let mut sudo = Command::new("sudo");
        sudo.arg("sh");
        sudo
    } else {
        bail!("missing packages; install them with:\n\n    {}\n", command(packages));
    };
    progress::line(&format!("Installing {} …", packages.join(", ")));
    shell.arg("-c").arg(SCRIPT).arg("install-packages").args(packages);
    process::run(&mut shell).with_context(|| format!("installing packages; by hand: {}", command(packages)))
}

/// What a person would type.
pub fn command(packages: &[&str]) -> String {
    format!("sudo apt-get update && sudo apt-get install --no-install-recommends {}", packages.join(" "))
}

fn agreed(packages: &[&str]) -> Result<bool> {
    let (stdin, mut stderr) = (std::io::stdin(), std::io::stderr());
    if !stdin.is_terminal() || !stderr.is_terminal() {
        return Ok(false);
    }
    write!(stderr, "Install {} with sudo? [Y/n] ", packages.join(", "))?;
    stderr.flush()?;
    let mut answer = String::new();
    stdin.read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}
