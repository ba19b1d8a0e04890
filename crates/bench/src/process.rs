//! Programs that are measured: started with a log, ended when dropped, never left behind.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// What a service gets to end by itself, above its own grace.
const PATIENCE: Duration = Duration::from_secs(40);
const LINES_OF_A_LOG: usize = 15;

#[derive(Debug)]
pub struct Process {
    pub pid: u32,
    title: String,
    log: PathBuf,
    child: Child,
}

impl Process {
    pub fn start(mut command: Command, title: &str, log: PathBuf) -> Result<Self> {
        let file = File::create(&log).with_context(|| format!("writing {}", log.display()))?;
        command.stdout(file.try_clone()?).stderr(file);
        Self::spawn(command, title, log)
    }

    /// Its standard output's first line says where it is.
    pub async fn start_and_read(mut command: Command, title: &str, log: PathBuf) -> Result<(Self, String)> {
        let file = File::create(&log).with_context(|| format!("writing {}", log.display()))?;
        command.stdout(Stdio::piped()).stderr(file);
        let mut process = Self::spawn(command, title, log)?;
        let stdout = process.child.stdout.take().context("a process without output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).await?;
        if line.is_empty() {
            bail!("{title} didn't start{}", process.last_words());
        }
        Ok((process, line))
    }

    fn spawn(mut command: Command, title: &str, log: PathBuf) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {title}"))?;
        let pid = child.id().with_context(|| format!("{title} has ended already"))?;
        Ok(Self { pid, title: title.to_owned(), log, child })
    }

    /// An error with the end of its log if it has ended, since nobody asked it to.
    pub fn expect_alive(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("{} ended with {status}{}", self.title, self.last_words()),
        }
    }

    /// Ends it as an operator would, and kills it if that takes too long.
    pub async fn stop(mut self) -> Result<()> {
        self.expect_alive()?;
        if let Some(pid) = i32::try_from(self.pid).ok().and_then(Pid::from_raw) {
            kill_process(pid, Signal::TERM).with_context(|| format!("stopping {}", self.title))?;
        }
        if let Ok(ended) = tokio::time::timeout(PATIENCE, self.child.wait()).await {
            ended?;
        } else {
            crate::progress(&format!("  {} takes long to stop and is killed", self.title));
            self.child.kill().await?;
        }
        Ok(())
    }

    /// Ends it as a power cut would; what it held is of no use to anybody any more.
    pub async fn kill(mut self) -> Result<()> {
        self.child.kill().await.with_context(|| format!("killing {}", self.title))
    }

    /// The end of its log, for an error.
    pub fn last_words(&self) -> String {
        last_words(&self.title, &self.log)
    }
}

/// The end of a log with a line that says whose it is.
pub fn last_words(title: &str, log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return format!("; {title} has logged nothing");
    }
    let last = lines.iter().skip(lines.len().saturating_sub(LINES_OF_A_LOG));
    last.fold(format!("; the end of the log of {title}:"), |all, line| all + "\n    " + line)
}

pub fn this_program() -> Result<Command> {
    Ok(Command::new(std::env::current_exe().context("looking for this program's own file")?))
}

/// Runs to the end and gives its standard output.
pub async fn output(command: &mut Command, title: &str) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .with_context(|| format!("starting {title}"))?;
    if !output.status.success() {
        bail!("{title} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Connections are files: two hundred hosts with several each are more than the 1,024 that a
/// shell gives. A service gets as many from its supervisor.
pub fn allow_many_files() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // With fewer it may still do; if not, the error will name the files.
    let _ = setrlimit(Resource::Nofile, limit);
}
