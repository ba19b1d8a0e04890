//! The unprivileged user that the servers run as when we are root: PostgreSQL refuses to run
//! as root, and nothing else needs to.

use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

/// In the order of preference; the first comes with PostgreSQL's package.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User {
    uid: u32,
    gid: u32,
}

impl User {
    /// `None`: we are nobody special and run the servers as ourselves.
    pub fn to_drop_to() -> Result<Option<Self>> {
        if !is_root() {
            return Ok(None);
        }
        let passwd = std::fs::read_to_string("/etc/passwd").context("reading /etc/passwd")?;
        CANDIDATES
            .iter()
            .find_map(|name| find(&passwd, name))
            .map(Some)
            .context("there is no user `postgres` or `nobody` to run the private services as")
    }

    pub fn apply(self, command: &mut Command) {
        command.uid(self.uid).gid(self.gid);
    }

    pub fn own(self, path: &Path) -> Result<()> {
        chown(path, Some(self.uid), Some(self.gid))
            .with_context(|| format!("giving {} to user {}", path.display(), self.uid))
    }

    /// Whether this user gets there: a checkout in `/root` is closed to everybody else.
    pub fn reaches(self, folder: &Path) -> bool {
        let mut test = Command::new("/usr/bin/test");
        test.arg("-x").arg(folder).current_dir("/").stderr(Stdio::null());
        self.apply(&mut test);
        test.status().is_ok_and(|status| status.success())
    }
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Whether the folder is ours alone to give away: nobody can have put it there before us.
pub fn is_ours(folder: &Path) -> bool {
    std::fs::symlink_metadata(folder)
        .is_ok_and(|data| data.is_dir() && data.uid() == rustix::process::geteuid().as_raw())
}

fn find(passwd: &str, name: &str) -> Option<User> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut numbers = line.split(':').skip(2);
    Some(User { uid: numbers.next()?.parse().ok()?, gid: numbers.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::{User, find};

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let passwd =
            "postgresql:x:7:8::/:/bin/sh\npostgres:x:101:103:PostgreSQL:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(find(passwd, "postgres"), Some(User { uid: 101, gid: 103 }));
        assert_eq!(find(passwd, "nobody"), None);
    }
}
