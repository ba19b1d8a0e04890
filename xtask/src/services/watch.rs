//! The watcher: a small process of this program that waits for another to end and then takes
//! an instance down.
//!
//! It is what stops the services when xtask itself is killed: it is in a process group of its
//! own, so neither a ctrl-C nor a closed terminal reaches it first.

use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use super::Instance;

pub fn spawn(instance: &Instance, pid: u32) -> Result<()> {
    Command::new(&instance.workspace.xtask)
        .args(["services", "watch", "--instance", &instance.name, "--pid", &pid.to_string()])
        .current_dir(&instance.workspace.root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .context("starting the services' watcher")
        .map(drop)
}

/// Returns when the process has ended, at once if there is none of that number.
pub fn wait_for_end(pid: i32) {
    let Some(pid) = Pid::from_raw(pid) else { return };
    let Ok(handle) = pidfd_open(pid, PidfdFlags::empty()) else { return };
    let mut events = [PollFd::new(&handle, PollFlags::IN)];
    while poll(&mut events, None).is_err_and(|error| error == rustix::io::Errno::INTR) {}
}
