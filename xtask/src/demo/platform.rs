//! The demo's platform: its settings, its commands, its one process.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::Parts;
use crate::http::Request;
use crate::process;
use crate::progress::{Progress, pause};
use crate::services::{Instance, Part, PartRecord, database_url, sql};
use crate::workspace::Workspace;

pub const SHARED_DOMAIN: &str = "social.localhost";
const DATABASE: &str = "belfry";
pub const LOG: &str = "belfry.log";
const SETTINGS: &str = "belfry.toml";
const PLATFORM_KEY: &str = "platform.key";
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Platform {
    pub port: u16,
    /// `target/demo`: settings, key, media, logs, the report.
    folder: PathBuf,
    belfry: PathBuf,
}

impl Platform {
    /// Writes the settings and brings an empty database up to date.
    pub fn prepare(workspace: &Workspace, instance: &Instance, parts: Parts, port: u16) -> Result<Self> {
        let folder = workspace.target.join("demo");
        let platform = Self { port, belfry: workspace.built("belfry"), folder };
        std::fs::create_dir_all(platform.folder.join("media"))?;
        platform.write_secret(PLATFORM_KEY, &random_key()?)?;
        platform.write_secret(SETTINGS, &platform.settings(instance, parts)?)?;
        let database = instance.record(Part::Postgres)?.context("PostgreSQL has just started")?;
        sql(instance, database.port, &format!("CREATE DATABASE {DATABASE} OWNER belfry_owner"))
            .context("making the demo's database")?;
        platform.run(&["migrate"])?;
        Ok(platform)
    }

    /// Runs one of the binary's commands.
    pub fn run(&self, words: &[&str]) -> Result<String> {
        process::output(self.command().args(words))
    }

    /// Runs one of the binary's commands and reads what it prints with `--json`.
    pub fn ask(&self, words: &[&str]) -> Result<Value> {
        let text = self.run(&[words, &["--json"]].concat())?;
        serde_json::from_str(&text).with_context(|| format!("belfry {} printed: {text}", words.join(" ")))
    }

    /// Starts `belfry all` and waits until it says that it is ready.
    pub fn start(&self, instance: &Instance, progress: &Progress) -> Result<Child> {
        let step = progress.step("belfry all");
        let log = self.file(LOG);
        let file = File::create(&log)?;
        let mut command = self.command();
        command.arg("all").stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).process_group(0);
        let mut child = command.spawn().context("starting belfry")?;
        instance.adopt("belfry", &child)?;
        let until = Instant::now() + PATIENCE;
        while !self.is_ready() {
            if child.try_wait()?.is_some() || Instant::now() > until {
                bail!(
                    "belfry didn't get ready; the end of {}:{}",
                    log.display(),
                    PartRecord::last_words(&log)
                );
            }
            pause(Duration::from_millis(50));
        }
        step.done(&format!("http://{SHARED_DOMAIN}:{}", self.port));
        Ok(child)
    }

    /// `target/demo`
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file of this run.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A request to one of the platform's hosts: the shared domain, or a tenant's.
    pub fn request(&self, method: &str, host: &str, path: &str) -> Request {
        Request::new(method, host, self.port, path)
    }

    /// A new tenant is announced to the running process: a moment later its host answers.
    pub fn wait_for_host(&self, host: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        while self.request("GET", host, "/").send()?.status == 404 {
            if Instant::now() > until {
                bail!("{host} doesn't answer; see {}", self.file(LOG).display());
            }
            pause(Duration::from_millis(20));
        }
        Ok(())
    }

    fn is_ready(&self) -> bool {
        let answer = self.request("GET", SHARED_DOMAIN, "/health/ready").send();
        answer.is_ok_and(|answer| answer.status == 200)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.belfry);
        // Somebody's own settings in the environment must not reach into the demo.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BELFRY_") {
                command.env_remove(name);
            }
        }
        command.arg("--config").arg(self.file(SETTINGS)).current_dir(&self.folder);
        command
    }

    fn settings(&self, instance: &Instance, parts: Parts) -> Result<String> {
        let url = |part| -> Result<String> {
            Ok(instance.record(part)?.with_context(|| format!("{} isn't started", part.title()))?.url)
        };
        let (queue, cache) = match parts {
            Parts::Embedded => ("embedded".to_owned(), "embedded".to_owned()),
            Parts::Full => (url(Part::Rabbitmq)?, url(Part::Redis)?),
        };
        let database = |role| database_url(instance, role, DATABASE);
        let settings = json!({
            "platform": { "shared_domain": SHARED_DOMAIN, "scheme": "http", "port": self.port },
            "http": { "bind": format!("127.0.0.1:{}", self.port) },
            // A free one: a second demo may run beside this one.
            "metrics": { "bind": "127.0.0.1:0" },
            "database": {
                "url": database("belfry_app")?,
                "worker_url": database("belfry_worker")?,
                "admin_url": database("belfry_admin")?,
                "owner_url": database("belfry_owner")?,
            },
            "queue": { "url": queue },
            "cache": { "url": cache },
            "media": { "url": format!("file://{}", self.folder.join("media").display()) },
            // The fake remote server is on this machine.
            "federation": { "allowed_private_networks": ["127.0.0.0/8"] },
            "keys": { "platform_key_file": self.folder.join(PLATFORM_KEY) },
        });
        Ok(toml::to_string_pretty(&settings)?)
    }

    fn write_secret(&self, name: &str, text: &str) -> Result<()> {
        let path = self.folder.join(name);
        let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        writeln!(file, "{text}").with_context(|| format!("writing {}", path.display()))
    }
}

/// 32 random bytes in base64.
fn random_key() -> Result<String> {
    let mut bytes = [0_u8; 32];
    File::open("/dev/urandom")?.read_exact(&mut bytes).context("reading /dev/urandom")?;
    Ok(base64(&bytes))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit =
                usize::try_from(bits >> (18 - 6 * place) & 63).ok().and_then(|digit| DIGITS.get(digit));
            text.push(digit.filter(|_| place <= three.len()).map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_pads_what_is_left_over() {
        assert_eq!(base64(b"any"), "YW55");
        assert_eq!(base64(b"anyb"), "YW55Yg==");
        assert_eq!(base64(b"anybo"), "YW55Ym8=");
    }
}
