//! The rest of the fediverse: a server that checks what it gets as Mastodon would.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::platform::Platform;
use crate::http::Request;
use crate::progress::pause;
use crate::services::{Instance, PartRecord, free_port};
use crate::workspace::Workspace;

const HOST: &str = "remote.localhost";
const ACCOUNT: &str = "robin";
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
            .args(["--port", &remote.port.to_string(), "--host", HOST, "--account", ACCOUNT])
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

    /// `@robin@remote.localhost:4711`
    pub fn account(&self) -> String {
        format!("@{ACCOUNT}@{HOST}:{}", self.port)
    }

    /// Has its account follow one of ours, as a person there would.
    pub fn follow(&self, actor: &str) -> Result<()> {
        self.request("POST", "/control/follow").json(&json!({ "actor": actor })).send_for_json().map(drop)
    }

    /// Whether a `Create` of this post has come whose signature and digest were right.
    pub fn has_post(&self, uri: &str) -> Result<bool> {
        Ok(self.received()?.iter().any(|activity| {
            activity.get("type").and_then(Value::as_str) == Some("Create")
                && activity.pointer("/object/id").and_then(Value::as_str) == Some(uri)
        }))
    }

    fn received(&self) -> Result<Vec<Value>> {
        let answer = self.request("GET", "/control/received").send_for_json()?;
        Ok(answer.as_array().cloned().unwrap_or_default())
    }

    fn request(&self, method: &str, path: &str) -> Request {
        Request::new(method, HOST, self.port, path)
    }
}
