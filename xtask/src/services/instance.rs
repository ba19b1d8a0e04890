//! One set of private services: its folder, its ports, and what can be done with it.

use std::fs::{File, create_dir_all};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::process::Signal;
use serde::{Deserialize, Serialize};

use super::record::Running;
use super::user::{self, User};
use super::{Part, PartRecord, postgres, rabbitmq, redis, watch};
use crate::progress::{self, Progress};
use crate::workspace::Workspace;

/// Who may connect to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Anybody on this machine, as any role: tests.
    Trust,
    /// With passwords made up for this instance: the demo.
    Passwords,
}

#[derive(Debug, Clone)]
pub struct Instance {
    pub name: String,
    /// Records and logs: `target/services/<name>`.
    pub folder: PathBuf,
    pub settings: Settings,
    pub user: Option<User>,
    pub workspace: Workspace,
}

/// What is decided once, when the instance is made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Settings {
    /// Tells this instance from a later one of the same name.
    pub id: String,
    pub access: Access,
    /// The servers' data: in the instance's folder, or elsewhere where the user that we drop to
    /// can't get there.
    pub data: PathBuf,
    /// For every account of this instance.
    pub password: String,
    /// What is committed is on the disk, as in production: benchmarks. All else is thrown away.
    #[serde(default)]
    pub durable: bool,
}

impl Instance {
    /// Opens the instance, or makes an empty one.
    pub fn open(workspace: &Workspace, name: &str, access: Access) -> Result<Self> {
        let named_well = !name.is_empty()
            && name.len() <= 40
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !named_well {
            bail!("an instance's name is 1 to 40 of a-z, 0-9 and -, not `{name}`");
        }
        let folder = workspace.target.join("services").join(name);
        create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let user = User::to_drop_to()?;
        let settings = if let Some(settings) = read(&folder.join("instance.json"))? {
            settings
        } else {
            let settings = Settings {
                id: random_word()?,
                access,
                data: place_data(&folder, name, user)?,
                password: random_word()?,
                durable: false,
            };
            write(&folder.join("instance.json"), &settings)?;
            settings
        };
        Ok(Self { name: name.to_owned(), folder, settings, user, workspace: workspace.clone() })
    }

    /// As in production: what is committed survives a power cut. To be said before it starts.
    pub fn durable(mut self) -> Result<Self> {
        self.settings.durable = true;
        write(&self.folder.join("instance.json"), &self.settings)?;
        Ok(self)
    }

    /// Opens the instance if there is one.
    pub fn existing(workspace: &Workspace, name: &str) -> Result<Option<Self>> {
        let known = Self::names(workspace).iter().any(|known| known == name);
        known.then(|| Self::open(workspace, name, Access::Trust)).transpose()
    }

    /// The instances that have a folder, in the order of their names.
    pub fn names(workspace: &Workspace) -> Vec<String> {
        let entries = std::fs::read_dir(workspace.target.join("services")).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .filter(|entry| entry.path().join("instance.json").exists())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    pub fn record(&self, part: Part) -> Result<Option<PartRecord>> {
        read(&self.record_file(part.key()))
    }

    /// Starts what isn't running of `parts`, side by side.
    pub fn up(&self, progress: &Progress, parts: &[(Part, Option<u16>)]) -> Result<()> {
        std::thread::scope(|scope| {
            let starts: Vec<_> = parts
                .iter()
                .map(|&(part, port)| scope.spawn(move || self.start(progress, part, port)))
                .collect();
            starts.into_iter().try_for_each(|start| match start.join() {
                Ok(result) => result.map(drop),
                Err(_) => bail!("starting a service panicked"),
            })
        })
    }

    /// Starts a part where it was before, or on the port `wanted`, or on a free one.
    pub fn start(&self, progress: &Progress, part: Part, wanted: Option<u16>) -> Result<PartRecord> {
        let before = self.record(part)?;
        if let Some(record) = before.as_ref().filter(|record| record.alive()) {
            return Ok(record.clone());
        }
        if let Some(record) = &before {
            // What the server leaned on may have outlived it.
            record.processes.iter().for_each(|process| process.kill());
        }
        let chosen = match wanted.or(before.map(|record| record.port)) {
            Some(known) => known,
            None => free_port()?,
        };
        let step = progress.step(part.title());
        let record = match part {
            Part::Postgres => postgres::start(self, chosen),
            Part::Redis => redis::start(self, chosen),
            Part::Rabbitmq => rabbitmq::start(self, chosen),
        }
        .with_context(|| format!("starting {}", part.title()))?;
        step.done(&format!("127.0.0.1:{chosen}"));
        Ok(record)
    }

    /// Stops a part as its operator would; its data and port are kept.
    pub fn stop(&self, part: Part) -> Result<()> {
        let asking = match part {
            // PostgreSQL's fast shutdown: it doesn't wait for clients to leave.
            Part::Postgres => Signal::INT,
            Part::Redis | Part::Rabbitmq => Signal::TERM,
        };
        if let Some(record) = self.record(part)? {
            record.processes.iter().for_each(|process| process.stop(asking, Duration::from_secs(20)));
        }
        Ok(())
    }

    /// Ends a part as a power cut would.
    pub fn kill(&self, part: Part) -> Result<()> {
        if let Some(record) = self.record(part)? {
            record.processes.iter().for_each(|process| process.kill_whole());
        }
        Ok(())
    }

    /// Writes down another program that belongs to this instance; [`Instance::down`] ends it first.
    pub fn adopt(&self, name: &str, child: &Child) -> Result<()> {
        write(&self.folder.join(format!("{name}.process.json")), &Running::of(child))
    }

    /// Everything of this instance ends with the process `pid`, however that ends.
    pub fn tie_to(&self, pid: u32) -> Result<()> {
        watch::spawn(self, pid)
    }

    /// Ends everything and removes the data. Safe to call again, and from another process.
    pub fn down(&self) -> Result<()> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            if path.to_string_lossy().ends_with(".process.json")
                && let Some(process) = read::<Running>(&path)?
            {
                process.stop(Signal::TERM, Duration::from_secs(15));
            }
        }
        for part in [Part::Rabbitmq, Part::Redis, Part::Postgres] {
            let Some(record) = self.record(part)? else { continue };
            for process in &record.processes {
                // The data goes away, so nothing is flushed; PostgreSQL is asked, to give its
                // shared memory back.
                if part == Part::Postgres {
                    process.stop(Signal::QUIT, Duration::from_secs(5));
                } else {
                    process.kill();
                }
            }
        }
        for folder in [&self.settings.data, &self.folder] {
            match std::fs::remove_dir_all(folder) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("removing {}", folder.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A folder of the server's own, made at need.
    pub fn part_folder(&self, part: Part) -> Result<PathBuf> {
        let folder = self.settings.data.join(part.key());
        if !folder.exists() {
            create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
            std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
            if let Some(user) = self.user {
                user.own(&folder)?;
            }
        }
        Ok(folder)
    }

    pub fn log_file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.log"))
    }

    /// Makes a command run as the servers do: unprivileged, from a folder it may enter.
    pub fn unprivileged(&self, command: &mut Command) {
        command.current_dir("/");
        if let Some(user) = self.user {
            user.apply(command);
        }
    }

    /// Starts a server in a process group of its own, its output in the log.
    pub fn spawn(&self, command: &mut Command, log: &Path) -> Result<Running> {
        self.unprivileged(command);
        let file = File::options().create(true).append(true).open(log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).process_group(0);
        let child = command
            .spawn()
            .with_context(|| format!("starting {}", command.get_program().to_string_lossy()))?;
        Ok(Running::of(&child))
    }

    pub fn save(&self, part: Part, record: &PartRecord) -> Result<()> {
        write(&self.record_file(part.key()), record)
    }

    fn record_file(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{key}.json"))
    }
}

/// A port that nobody listens on at this moment.
pub fn free_port() -> Result<u16> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).context("looking for a free port")?;
    Ok(listener.local_addr()?.port())
}

/// 32 hexadecimal digits from the system's source of randomness.
pub fn random_word() -> Result<String> {
    use std::io::Read;
    let mut bytes = [0_u8; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes).context("reading /dev/urandom")?;
    Ok(bytes.iter().fold(String::new(), |word, byte| format!("{word}{byte:02x}")))
}

fn place_data(folder: &Path, name: &str, user: Option<User>) -> Result<PathBuf> {
    let Some(user) = user.filter(|user| !user.reaches(folder)) else {
        return Ok(folder.join("data"));
    };
    let elsewhere = std::env::temp_dir().join(format!("belfry-{name}-{}", random_word()?));
    create_dir_all(&elsewhere)?;
    if !user::is_ours(&elsewhere) || !user.reaches(&elsewhere) {
        bail!("neither {} nor {} can hold the private services' data", folder.display(), elsewhere.display());
    }
    progress::line(&format!(
        "  the servers' unprivileged user can't enter {}: their data is in {}",
        folder.display(),
        elsewhere.display()
    ));
    Ok(elsewhere)
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Option<T>> {
    match std::fs::read(path) {
        Ok(bytes) => {
            Ok(Some(serde_json::from_slice(&bytes).with_context(|| format!("reading {}", path.display()))?))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
    }
}

/// Whole or not at all: another process may read at any moment. Holds passwords: for us alone.
fn write<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let draft = path.with_extension("draft");
    std::fs::write(&draft, serde_json::to_vec_pretty(value)?)
        .and_then(|()| std::fs::set_permissions(&draft, std::fs::Permissions::from_mode(0o600)))
        .and_then(|()| std::fs::rename(&draft, path))
        .with_context(|| format!("writing {}", path.display()))
}
