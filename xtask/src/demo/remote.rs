//! The rest of the fediverse: a server that checks what it gets as Mastodon would.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::Value;

use super::platform::Platform;
use crate::http::{Request, escape};
use crate::progress::pause;
use crate::services::{Instance, PartRecord, free_port};
use crate::workspace::Workspace;

const HOST: &str = "remote.localhost";
/// One of its actors.
const ACTOR: &str = "alice";
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Remote {
    port: u16,
}

impl Remote {
    pub fn start(workspace: &Workspace, instance: &Instance, platform: &Platform) -> Result<Self> {
        let remote = Self { port: free_port()? };
        let log = platform.file("fake-remote.log");
        let file = File::create(&log)?;
        let mut command = Command::new(workspace.built("fake-remote"));
        command
            .args(["--bind", &format!("127.0.0.1:{}", remote.port), "--host", &remote.host()])
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .process_group(0);
        let mut child = command.spawn()?;
        instance.adopt("fake-remote", &child)?;
        let until = Instant::now() + PATIENCE;
        while remote.received().is_err() {
            if child.try_wait()?.is_some() || Instant::now() > until {
                bail!("the fake remote server didn't start:{}", PartRecord::last_words(&log));
            }
            pause(Duration::from_millis(50));
        }
        Ok(remote)
    }

    /// `@alice@remote.localhost:4711`
    pub fn account(&self) -> String {
        format!("@{ACTOR}@{}", self.host())
    }

    /// Has its actor follow one of our accounts, as a person there would: found by its handle.
    pub fn follow(&self, handle: &str) -> Result<()> {
        let target = handle.trim_start_matches('@');
        self.ask(&format!("follow?actor={ACTOR}&target={}", escape(target))).map(drop)
    }

    /// Whether a `Create` of this post has come whose signature and digest were right.
    pub fn has_post(&self, uri: &str) -> Result<bool> {
        let received = self.received()?;
        Ok(received.as_array().into_iter().flatten().any(|request| {
            request.get("verified").and_then(Value::as_bool) == Some(true)
                && request.pointer("/activity/object/id").and_then(Value::as_str) == Some(uri)
        }))
    }

    fn received(&self) -> Result<Value> {
        self.ask("received?kind=Create")
    }

    fn ask(&self, command: &str) -> Result<Value> {
        Request::new("GET", HOST, self.port, &format!("/control/{command}")).send_for_json()
    }

    fn host(&self) -> String {
        format!("{HOST}:{}", self.port)
    }
}
