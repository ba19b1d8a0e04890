//! A process that we started, written down so that another run can end it.

use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};
use serde::{Deserialize, Serialize};

use crate::progress::pause;

/// Leads a process group of its own, so that a ctrl-C at the terminal doesn't reach it and one
/// signal reaches all its children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    pub pid: i32,
    /// In clock ticks since the machine started: a number that is used again is recognised.
    since: u64,
}

impl Running {
    pub fn of(child: &Child) -> Self {
        Self::find(i32::try_from(child.id()).unwrap_or_default())
    }

    pub fn find(pid: i32) -> Self {
        Self { pid, since: stat(pid).map_or(0, |stat| stat.since) }
    }

    pub fn alive(self) -> bool {
        stat(self.pid).is_some_and(|stat| stat.since == self.since && !stat.ended)
    }

    /// To the whole group. Silent when nothing of it is left.
    pub fn signal(self, signal: Signal) {
        let reused = stat(self.pid).is_some_and(|stat| stat.since != self.since);
        if let Some(pid) = Pid::from_raw(self.pid).filter(|_| !reused) {
            // The one error is that the group is gone already.
            let _ = rustix::process::kill_process_group(pid, signal);
        }
    }

    /// Asks, waits, then kills what is left of the group.
    pub fn stop(self, asking: Signal, patience: Duration) {
        self.signal(asking);
        let until = Instant::now() + patience;
        while self.alive() && Instant::now() < until {
            pause(Duration::from_millis(20));
        }
        self.kill();
    }

    pub fn kill(self) {
        self.signal(Signal::KILL);
        let until = Instant::now() + Duration::from_secs(5);
        while self.alive() && Instant::now() < until {
            pause(Duration::from_millis(10));
        }
    }

    /// Ends it and all that it has started, and waits until the system has forgotten it: a
    /// PostgreSQL that is started again takes its predecessor's number, while it stands for
    /// anything, for a server that runs, and its predecessor's children lead groups of their own.
    pub fn kill_whole(self) {
        let children = children(self.pid);
        self.signal(Signal::KILL);
        for child in &children {
            child.signal(Signal::KILL);
        }
        let until = Instant::now() + Duration::from_secs(5);
        let known = |process: &Self| stat(process.pid).is_some_and(|stat| stat.since == process.since);
        while (known(&self) || children.iter().any(known)) && Instant::now() < until {
            pause(Duration::from_millis(10));
        }
    }
}

fn children(pid: i32) -> Vec<Running> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .filter(|found| stat(*found).is_some_and(|stat| stat.parent == pid))
        .map(Running::find)
        .collect()
}

struct Stat {
    parent: i32,
    since: u64,
    /// Nobody has asked for its result yet, but it runs no more.
    ended: bool,
}

fn stat(pid: i32) -> Option<Stat> {
    parse(&std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// The program's name is in brackets and may itself hold brackets and blanks.
fn parse(stat: &str) -> Option<Stat> {
    let mut fields = stat.get(stat.rfind(')')? + 1..)?.split_whitespace();
    let ended = matches!(fields.next()?, "Z" | "X");
    let parent = fields.next()?.parse().ok()?;
    Some(Stat { parent, since: fields.nth(17)?.parse().ok()?, ended })
}

#[cfg(test)]
mod tests {
    use super::{Running, parse};

    #[test]
    fn a_process_line_with_a_strange_name_is_read() {
        let stat =
            parse("12 (a) b (c) S 1 12 12 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 777 1 2").expect("a stat");
        assert_eq!((stat.since, stat.parent), (777, 1));
        assert!(!stat.ended);
    }

    #[test]
    fn this_process_is_alive_and_its_number_at_another_time_is_not() {
        let own = Running::find(i32::try_from(std::process::id()).expect("a small number"));
        assert!(own.alive());
        assert!(!Running { since: own.since + 1, ..own }.alive());
    }
}
