//! CPU time and memory of other processes, as the system counts them in `/proc`.
//!
//! Ticks are 10 ms: whoever measures sees to it that there are hundreds of them.

use std::collections::HashMap;

use anyhow::{Context, Result};

/// One line of `/proc/<pid>/stat`, in clock ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stat {
    parent: u32,
    /// User and system.
    own: u64,
    /// Of children that have ended and were waited for.
    ended_children: u64,
}

/// User and system CPU seconds of one process, its threads included.
pub fn process_seconds(pid: u32) -> Result<f64> {
    let stat = stat(pid).with_context(|| format!("process {pid} is not there any more"))?;
    Ok(seconds(stat.own))
}

/// The same of a process with all its descendants, those that have ended included: a database
/// server has a process for each connection, and they come and go.
pub fn tree_seconds(root: u32) -> Result<f64> {
    let all = all()?;
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for (pid, stat) in &all {
        children.entry(stat.parent).or_default().push(*pid);
    }
    let mut ticks = 0;
    let mut open = vec![root];
    while let Some(pid) = open.pop() {
        let stat = all.get(&pid);
        ticks += stat.map_or(0, |stat| stat.own + stat.ended_children);
        open.extend(children.remove(&pid).unwrap_or_default());
    }
    all.contains_key(&root).then(|| seconds(ticks)).with_context(|| format!("process {root} has ended"))
}

/// The most memory that a process has ever had in use, in MiB.
pub fn high_water_mb(pid: u32) -> Result<f64> {
    Ok(status_kib(pid, "VmHWM:")? / 1024.0)
}

/// The memory that a process has in use now, in KiB.
pub fn resident_kib(pid: u32) -> Result<f64> {
    status_kib(pid, "VmRSS:")
}

fn status_kib(pid: u32, field: &str) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))
        .with_context(|| format!("process {pid} is not there any more"))?;
    let kib: u32 = status
        .lines()
        .find_map(|line| line.strip_prefix(field)?.split_whitespace().next()?.parse().ok())
        .with_context(|| format!("/proc/{pid}/status has no {field}"))?;
    Ok(f64::from(kib))
}

fn seconds(ticks: u64) -> f64 {
    let per_second = rustix::param::clock_ticks_per_second().max(1);
    std::time::Duration::from_millis(ticks * 1000 / per_second).as_secs_f64()
}

fn all() -> Result<HashMap<u32, Stat>> {
    let processes = std::fs::read_dir("/proc").context("reading /proc")?.flatten();
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    // A process may end while we look.
    Ok(pids.filter_map(|pid| Some((pid, stat(pid)?))).collect())
}

fn stat(pid: u32) -> Option<Stat> {
    parse(&std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// The program's name is in brackets and may itself hold brackets and blanks (proc(5)).
fn parse(line: &str) -> Option<Stat> {
    let mut fields = line.get(line.rfind(')')? + 1..)?.split_whitespace().skip(1);
    let parent = fields.next()?.parse().ok()?;
    let mut times = fields.skip(9).map(|field| field.parse::<u64>().unwrap_or(0));
    let mut two = || Some(times.next()? + times.next()?);
    Some(Stat { parent, own: two()?, ended_children: two()? })
}

#[cfg(test)]
mod tests {
    use super::{Stat, high_water_mb, parse, tree_seconds};

    #[test]
    fn a_process_line_is_read_by_its_places() {
        let line = "12 (a) b (c) S 7 12 12 0 -1 4194560 1 2 3 4 100 20 3000 400 20 0 1 0 777 1 2";
        assert_eq!(parse(line), Some(Stat { parent: 7, own: 120, ended_children: 3400 }));
    }

    #[test]
    fn this_process_has_used_time_and_memory() {
        assert!(tree_seconds(std::process::id()).unwrap() >= 0.0);
        assert!(high_water_mb(std::process::id()).unwrap() > 0.5);
    }
}
