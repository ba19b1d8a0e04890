//! The distribution's packages that building and running need: looked for first, installed
//! where we may, named otherwise.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::progress;
use crate::services::Part;

mod install;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Compiler,
    PkgConfig,
    OpensslHeaders,
    Server(Part),
    /// With the module that makes virtual environments.
    Python,
    /// For the tests that look at pages; they are left out without it.
    Browser,
}

impl Need {
    /// To build the workspace.
    pub const BUILD: [Self; 3] = [Self::Compiler, Self::PkgConfig, Self::OpensslHeaders];

    fn met(self) -> bool {
        match self {
            Self::Compiler => in_path("cc").is_some(),
            Self::PkgConfig => in_path("pkg-config").is_some(),
            Self::OpensslHeaders => {
                std::env::var_os("OPENSSL_DIR").is_some() || succeeds("pkg-config", &["--exists", "openssl"])
            }
            Self::Server(Part::Postgres) => {
                ["initdb", "postgres", "psql"].iter().all(|name| crate::services::has_postgres_program(name))
            }
            Self::Server(Part::Redis) => in_path("redis-server").or(in_path("valkey-server")).is_some(),
            Self::Server(Part::Rabbitmq) => crate::services::has_rabbitmq() && in_path("epmd").is_some(),
            Self::Python => succeeds("python3", &["-c", "import venv, ensurepip"]),
            Self::Browser => chromium().is_some(),
        }
    }

    /// As Debian and its kin call them.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Compiler => &["gcc", "libc6-dev"],
            Self::PkgConfig => &["pkg-config"],
            Self::OpensslHeaders => &["libssl-dev"],
            Self::Server(Part::Postgres) => &["postgresql"],
            Self::Server(Part::Redis) => &["redis-server"],
            Self::Server(Part::Rabbitmq) => &["rabbitmq-server"],
            Self::Python => &["python3", "python3-venv"],
            Self::Browser => &["chromium"],
        }
    }
}

/// Sees to it that everything in `needs` is there, or fails with the command that gets it.
pub fn ensure(needs: &[Need]) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    progress::line(&format!("Missing on this machine: {}", missing.join(", ")));
    install::install(&missing)?;
    let still: Vec<_> = needs.iter().copied().filter(|need| !need.met()).collect();
    if !still.is_empty() {
        bail!("{still:?} is still missing after installing {}", missing.join(", "));
    }
    Ok(())
}

/// As [`ensure`], for what we can do without: only where nobody has to be asked.
pub fn try_ensure(need: Need) {
    let missing = missing(&[need]);
    if missing.is_empty() {
        return;
    }
    let installed = if install::may_install_silently() { install::install(&missing) } else { Ok(()) };
    if installed.is_err() || !need.met() {
        progress::line(&format!(
            "  without {}: what needs it is left out ({})",
            missing.join(", "),
            install::command(&missing)
        ));
    }
}

pub fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    // Servers are installed for the administrator, whose folder isn't in everybody's path.
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders.map(|folder| folder.join(name)).find(|file| file.is_file())
}

pub fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| in_path(name))
}

fn missing(needs: &[Need]) -> Vec<&'static str> {
    needs.iter().filter(|need| !need.met()).flat_map(|need| need.packages()).copied().collect()
}

fn succeeds(program: &str, words: &[&str]) -> bool {
    Command::new(program)
        .args(words)
        .current_dir(Path::new("/"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
