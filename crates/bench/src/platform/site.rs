//! Where platforms are made: settings, the empty one with its accounts, copies of it.
//!
//! Settings are production's defaults, but for addresses, for http instead of https, and for
//! what [`SETTINGS_OF_OURS`] says.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::{Services, free_port};
use crate::process;

pub const SHARED_DOMAIN: &str = "social.localhost";
pub const EMPTY: &str = "belfry_bench_empty";

/// What deviates from the defaults, as it is printed beside the figures.
pub const SETTINGS_OF_OURS: [&str; 4] = [
    "platform.scheme = \"http\"",
    "federation.allowed_private_networks = [\"127.0.0.0/8\"]",
    "log.filter = \"warn\"",
    // The worker would fill the pool up while it is measured: a fifth of a second a key.
    "keys.pool_size = 0",
];

#[derive(Debug)]
pub struct Site {
    pub services: Services,
    /// Of every gateway: accounts' addresses hold it.
    pub port: u16,
}

impl Site {
    /// Brings an empty platform up to date; [`Site::copy`] copies what is made in it after that.
    pub async fn prepare(services: Services) -> Result<Self> {
        let site = Self { port: free_port()?, services };
        let mut key = [0; 32];
        openssl::rand::rand_bytes(&mut key)?;
        site.write_secret("platform.key", &openssl::base64::encode_block(&key))?;
        site.write_settings(EMPTY)?;
        site.sql("postgres", &format!("CREATE DATABASE {EMPTY} OWNER belfry_owner;")).await?;
        site.belfry(EMPTY, &["migrate"]).await?;
        Ok(site)
    }

    /// A platform of its own with everything that the empty one has: database, queues, cache.
    pub async fn copy(&self, name: &str) -> Result<String> {
        let database = format!("belfry_bench_{name}");
        let copy = format!("CREATE DATABASE {database} TEMPLATE {EMPTY} OWNER belfry_owner;");
        self.sql("postgres", &copy).await?;
        self.write_settings(&database)?;
        Ok(database)
    }

    /// A command for the empty platform, and what it prints with `--json`.
    pub async fn ask(&self, words: &[&str]) -> Result<Value> {
        let text = self.belfry(EMPTY, &[words, &["--json"]].concat()).await?;
        serde_json::from_str(&text).with_context(|| format!("belfry {} printed: {text}", words.join(" ")))
    }

    /// Runs statements as the superuser, who is above row-level security.
    pub async fn sql(&self, database: &str, script: &str) -> Result<()> {
        self.psql(database, script).await.map(drop)
    }

    /// The same, and what `psql` prints: bare values, a row a line.
    pub async fn psql(&self, database: &str, script: &str) -> Result<String> {
        let mut psql = Command::new(&self.services.psql);
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"])
            .args(["-d", &format!("{}/{database}", self.services.postgres)])
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let mut psql = psql.spawn().context("starting psql")?;
        if let Some(mut stdin) = psql.stdin.take() {
            stdin.write_all(script.as_bytes()).await.context("telling psql")?;
        }
        let output = psql.wait_with_output().await?;
        if !output.status.success() {
            bail!("psql on {database}: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The program on one of the platforms.
    pub fn command(&self, database: &str) -> Command {
        let mut command = Command::new(&self.services.belfry);
        // Somebody's own settings in the environment must not reach into the benchmark.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BELFRY_") {
                command.env_remove(name);
            }
        }
        command.arg("--config").arg(self.settings_file(database)).current_dir(&self.services.folder);
        command
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.services.folder.join(name)
    }

    async fn belfry(&self, database: &str, words: &[&str]) -> Result<String> {
        let title = format!("belfry {}", words.join(" "));
        process::output(self.command(database).args(words), &title).await
    }

    fn settings_file(&self, database: &str) -> PathBuf {
        self.file(&format!("{database}.toml"))
    }

    fn write_settings(&self, database: &str) -> Result<()> {
        let url = |role: &str| {
            let server = self.services.postgres.replacen("//postgres", &format!("//{role}"), 1);
            format!("{server}/{database}")
        };
        let settings = json!({
            "platform": { "shared_domain": SHARED_DOMAIN, "scheme": "http", "port": self.port },
            "http": { "bind": format!("127.0.0.1:{}", self.port) },
            "metrics": { "bind": "127.0.0.1:0" },
            "database": {
                "url": url("belfry_app"),
                "worker_url": url("belfry_worker"),
                "admin_url": url("belfry_admin"),
                "owner_url": url("belfry_owner"),
            },
            "queue": { "url": self.services.rabbitmq, "prefix": database },
            "cache": { "url": self.services.redis, "prefix": database },
            "media": { "url": format!("file://{}", self.file("media").display()) },
            "federation": { "allowed_private_networks": ["127.0.0.0/8"] },
            "keys": { "platform_key_file": self.file("platform.key"), "pool_size": 0 },
            "log": { "filter": "warn" },
        });
        self.write_secret(&format!("{database}.toml"), &toml::to_string_pretty(&settings)?)
    }

    fn write_secret(&self, name: &str, text: &str) -> Result<()> {
        let path = self.file(name);
        // A file of an earlier run may have been made with other rights.
        drop(std::fs::remove_file(&path));
        let mut file = File::options().write(true).create_new(true).mode(0o600).open(&path)?;
        writeln!(file, "{text}").with_context(|| format!("writing {}", path.display()))
    }
}
