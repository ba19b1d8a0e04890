//! `cargo xtask demo`: two agencies under one domain, a post that arrives at the other one and,
//! signed and over HTTP, at a remote server.

use std::fs::File;
use std::io::Write;
use std::process::{Child, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::lifeline::Lifeline;
use crate::packages::{self, Need};
use crate::process;
use crate::progress::{self, Progress, pause};
use crate::services::{Access, Instance, Part, free_port};
use crate::workspace::Workspace;

mod agencies;
mod journey;
mod page;
mod platform;
mod remote;
mod report;

use agencies::Agencies;
use platform::LOG;
use remote::Remote;

pub use agencies::Person;
pub use platform::{Platform, SHARED_DOMAIN};

const USUAL_PORT: u16 = 8080;
const REPORT: &str = "demo.json";

#[derive(clap::Args)]
pub struct Args {
    /// Where the platform listens; 8080, or a free port where that one is taken
    #[arg(long)]
    port: Option<u16>,
    /// What carries the queue and the cache
    #[arg(long, value_enum, default_value = "embedded")]
    services: Parts,
    /// End after the post has arrived, with one line of JSON on the standard output
    #[arg(long)]
    once: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Parts {
    /// The queue in PostgreSQL, the cache in memory
    Embedded,
    /// RabbitMQ and Redis
    Full,
}

impl Parts {
    fn services(self) -> &'static [Part] {
        match self {
            Self::Embedded => &[Part::Postgres],
            Self::Full => &Part::ALL,
        }
    }
}

/// A platform with two agencies and a post that has arrived. Its services end with it.
pub struct Demo {
    pub platform: Platform,
    pub agencies: Agencies,
    published: journey::Post,
    remote: Remote,
    belfry: Child,
    _lifeline: Lifeline,
    _lock: File,
}

impl Demo {
    /// Over embedded services, where there is room for it.
    pub fn start(workspace: &Workspace) -> Result<Self> {
        Self::raise(workspace, Parts::Embedded, None)
    }

    fn raise(workspace: &Workspace, parts: Parts, port: Option<u16>) -> Result<Self> {
        let lock = lock(workspace)?;
        let port = choose_port(port)?;

        progress::line("Building Belfry; the first time takes some minutes …");
        process::run(workspace.cargo().args(["build", "--workspace", "--bins"]))?;

        if let Some(leftover) = Instance::existing(workspace, "demo")? {
            leftover.down()?;
        }
        let lifeline = Lifeline::hold(Instance::open(workspace, "demo", Access::Passwords)?)?;
        let instance = lifeline.instance();
        let progress = Progress::new();
        let started: Vec<_> = parts.services().iter().map(|&part| (part, None)).collect();
        instance.up(&progress, &started)?;

        let step = progress.step("Settings and schema");
        let platform = Platform::prepare(workspace, instance, parts, port)?;
        step.done("");
        let belfry = platform.start(instance, &progress)?;
        let step = progress.step("Two agencies");
        let agencies = agencies::provision(&platform)?;
        step.done("");
        let remote = Remote::start(workspace, instance, &platform)?;
        let step = progress.step("A post");
        let published = journey::run(&platform, &agencies, &remote)?;
        step.done(published.summary());
        Ok(Self { platform, agencies, published, remote, belfry, _lifeline: lifeline, _lock: lock })
    }
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<ExitCode> {
    let mut needs = Need::BUILD.to_vec();
    needs.extend(args.services.services().iter().map(|&part| Need::Server(part)));
    packages::ensure(&needs)?;
    let demo = Demo::raise(workspace, args.services, args.port)?;
    let Demo { platform, agencies, published, remote, mut belfry, .. } = demo;

    let report = report::json(&platform, args.services, &agencies, &published);
    let file = platform.file(REPORT);
    std::fs::write(&file, serde_json::to_string_pretty(&report)? + "\n")
        .with_context(|| format!("writing {}", file.display()))?;
    if args.once {
        writeln!(std::io::stdout(), "{report}")?;
        return Ok(if published.arrived() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    report::show(&platform, &agencies, &published, &remote);
    loop {
        if let Some(status) = belfry.try_wait()? {
            bail!("belfry ended with {status}; see {}", platform.file(LOG).display());
        }
        pause(Duration::from_millis(500));
    }
}

/// One demo at a time in one checkout: they would share their folder.
fn lock(workspace: &Workspace) -> Result<File> {
    let folder = workspace.target.join("demo");
    std::fs::create_dir_all(&folder)?;
    let file = File::create(folder.join("lock"))?;
    if file.try_lock().is_err() {
        bail!(
            "a demo of this checkout is running already; {} says where (ctrl-C in its terminal ends it)",
            folder.join(REPORT).display()
        );
    }
    drop(std::fs::remove_file(folder.join(REPORT)));
    Ok(file)
}

fn choose_port(wanted: Option<u16>) -> Result<u16> {
    let is_free = |port| std::net::TcpListener::bind(("127.0.0.1", port)).is_ok();
    match wanted {
        Some(port) if is_free(port) => Ok(port),
        Some(port) => bail!("port {port} is taken: choose another one with --port, or leave it out"),
        None if is_free(USUAL_PORT) => Ok(USUAL_PORT),
        None => {
            let port = free_port()?;
            progress::line(&format!("Port {USUAL_PORT} is taken: the demo uses {port}"));
            Ok(port)
        }
    }
}
