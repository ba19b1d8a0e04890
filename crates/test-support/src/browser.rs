//! A real browser for tests: a headless Chromium that is told over pipes what to do.
//!
//! Chromium's `DevTools` protocol runs over two inherited pipes as well as over a WebSocket. Over
//! pipes there is no port to guess, no driver program whose version has to fit, no library, and
//! the browser ends with the process that holds their other end.
//!
//! Invariant: nothing that a browser does by itself reaches the network or a person's profile.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;

use serde_json::json;
use tokio::process::{Child, Command};

mod axe;
mod look;
mod person;
mod pipe;
mod tab;

pub use axe::{Rules, Violation};
pub use look::{Look, Scheme};
use pipe::Pipe;
pub use tab::{Tab, Visit};

const CHROMIUM: &str = "BELFRY_TEST_CHROMIUM";
const USUAL: &str = "/usr/bin/chromium";

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    // A page that comes back from memory, or was loaded ahead, is no page that was asked for.
    "--disable-features=BackForwardCache,Prerender2,Translate",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-pipe",
];

/// The protocol's pipes are descriptors 3 (to it) and 4 (from it); a shell puts them there.
const SHELL: &str = r#"exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>/dev/null"#;

/// Runs until dropped.
#[derive(Debug)]
pub struct Browser {
    pipe: Arc<Pipe>,
    _process: Child,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// `None` without a browser at `BELFRY_TEST_CHROMIUM` or `/usr/bin/chromium`: there is nothing
    /// to look with then, and this has said so.
    ///
    /// # Panics
    /// When there is one and it does not start.
    pub async fn start() -> Option<Self> {
        let Some(program) = chromium() else {
            let note = format!("no browser at {CHROMIUM} or {USUAL}: not looked at");
            // Nobody is left to tell when the standard error is closed.
            drop(writeln!(std::io::stderr(), "{note}"));
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder for the browser's profile");
        let mut process = Command::new("/bin/sh")
            .args(["-c", SHELL])
            .arg(program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .env("HOME", profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the browser starts");
        let to = process.stdin.take().expect("a pipe to the browser");
        let from = process.stdout.take().expect("a pipe from the browser");
        let pipe = Pipe::over(to, from);
        pipe.browser("Browser.getVersion", json!({})).await;
        Some(Self { pipe, _process: process, _profile: profile })
    }

    /// A page in a window of its own: no cookie is shared with another's.
    ///
    /// # Panics
    /// When the browser makes none.
    pub async fn tab(&self) -> Tab {
        let context = self.pipe.browser("Target.createBrowserContext", json!({})).await;
        let context = context.get("browserContextId").expect("a context").clone();
        let target = json!({ "url": "about:blank", "browserContextId": context });
        let target = self.pipe.browser("Target.createTarget", target).await;
        let target = target.get("targetId").expect("a target").clone();
        let attach = json!({ "targetId": target, "flatten": true });
        let session = self.pipe.browser("Target.attachToTarget", attach).await;
        Tab::open(Arc::clone(&self.pipe), &session, &target).await
    }
}

fn chromium() -> Option<PathBuf> {
    match std::env::var_os(CHROMIUM) {
        Some(path) => {
            let path = PathBuf::from(path);
            assert!(path.exists(), "{CHROMIUM} names {}, which isn't there", path.display());
            Some(path)
        }
        None => Some(PathBuf::from(USUAL)).filter(|path| path.exists()),
    }
}

#[cfg(test)]
mod tests;
