//! A running `belfry all` with two agencies, and a server elsewhere.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::Stdio;

use belfry_tenancy::Keys;
use belfry_test_support::{FakeRemote, TestDatabase, service, wait};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

const SHARED_DOMAIN: &str = "social.localhost";

/// Which services stand behind the platform.
#[derive(Debug, Clone, Copy)]
pub enum Services {
    /// Queue and cache in the process itself.
    Embedded,
    /// RabbitMQ and Redis.
    Full,
}

pub struct Running {
    port: u16,
    folder: tempfile::TempDir,
    remote: FakeRemote,
    database: TestDatabase,
    /// Killed when dropped.
    process: Option<Child>,
}

impl Running {
    pub async fn start(services: Services) -> Self {
        let mut running = Self::prepared(services).await;
        running.process = Some(running.process(&["all"]));
        wait::until("belfry is ready", async || running.is_ready().await).await;
        running
    }

    /// Everything but a process.
    pub async fn prepared(services: Services) -> Self {
        let running = Self {
            port: free_port(),
            folder: tempfile::tempdir().unwrap(),
            remote: FakeRemote::start().await,
            database: TestDatabase::new().await,
            process: None,
        };
        Keys::create_platform_key_file(&running.file("platform.key")).unwrap();
        let settings = toml_of(&running.settings(services));
        std::fs::write(running.file("belfry.toml"), settings).unwrap();
        running
    }

    /// One of the platform's processes; killed when dropped.
    pub fn process(&self, words: &[&str]) -> Child {
        let log = std::fs::File::options().create(true).append(true).open(self.file("belfry.log")).unwrap();
        let mut process = self.belfry(words);
        process.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).kill_on_drop(true);
        process.spawn().unwrap()
    }

    /// `gateway`, and it answers.
    pub async fn gateway(&self) -> Child {
        let gateway = self.process(&["gateway"]);
        wait::until("the gateway is ready", async || self.is_ready().await).await;
        gateway
    }

    /// What a command prints as JSON.
    pub async fn told(&self, words: &[&str]) -> Value {
        let done = self.belfry(words).arg("--json").output().await.unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_slice(&done.stdout).unwrap()
    }

    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    pub fn remote(&self) -> &FakeRemote {
        &self.remote
    }

    /// A tenant with its owner's invitation not yet accepted, as the client scripts take it.
    pub async fn tenant(&self, slug: &str) -> Value {
        let owner = format!("owner@{slug}.example");
        let name = format!("Ministry of {slug}");
        let words = ["tenant", "create", slug, "--name", &name, "--owner-email", &owner, "--phase", "public"];
        let made = self.told(&words).await;
        let host = format!("{slug}.{SHARED_DOMAIN}:{}", self.port);
        json!({
            "slug": slug, "host": host, "base_url": format!("http://{host}"), "invitation": made["invitation"],
        })
    }

    /// `http://social.localhost:41234/…`; `path` begins with a slash.
    pub fn shared(&self, path: &str) -> String {
        format!("http://{SHARED_DOMAIN}:{}{path}", self.port)
    }

    /// The same on an agency's host.
    pub fn at(&self, slug: &str, path: &str) -> String {
        format!("http://{slug}.{SHARED_DOMAIN}:{}{path}", self.port)
    }

    /// A token for scripts, with which the account posts.
    pub async fn token(&self, slug: &str, account: &str) -> String {
        let words = ["token", "create", "--tenant", slug, "--account", account, "--scopes", "read write"];
        self.told(&words).await["access_token"].as_str().unwrap().to_owned()
    }

    /// A post by the client API, as the API answers it.
    pub async fn post(&self, slug: &str, token: &str, status: &Value) -> Value {
        let body = status.to_string();
        let request = format!(
            "POST /api/v1/statuses HTTP/1.0\r\nHost: {slug}.{SHARED_DOMAIN}:{}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        );
        let answer = self.ask(&request).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.0 200 "), "{answer}");
        serde_json::from_str(body).unwrap()
    }

    /// Status and body of what a program reads at an address of the platform's.
    pub async fn read(&self, url: &str, accept: &str) -> (u16, String) {
        let (host, path) = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).unwrap();
        let request = format!("GET /{path} HTTP/1.0\r\nHost: {host}\r\nAccept: {accept}\r\n\r\n");
        let answer = self.ask(&request).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    /// Runs one of the scripts beside this folder in the tests' own Python.
    pub async fn script(&self, name: &str) {
        let scripts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
        let made = json!({
            "tenants": [self.tenant("moe").await, self.tenant("fin").await],
            "remote": { "host": self.remote.host(), "handle": self.remote.handle("alice") },
        });
        let done = Command::new(service("BELFRY_TEST_PYTHON"))
            .arg(scripts.join(name))
            .env("PYTHONPATH", &scripts)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.file("config"))
            .env("BELFRY_MADE", made.to_string())
            .kill_on_drop(true)
            .output()
            .await
            .unwrap();
        assert!(
            done.status.success(),
            "{name} failed:\n{}{}\nthe platform said:\n{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr),
            self.complaints(),
        );
    }

    /// The warnings and errors of the platform's log.
    fn complaints(&self) -> String {
        let log = std::fs::read_to_string(self.file("belfry.log")).unwrap_or_default();
        log.lines()
            .filter(|line| line.contains("\"WARN\"") || line.contains("\"ERROR\""))
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn belfry(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
        command.args(words).arg("--config").arg(self.file("belfry.toml")).current_dir(self.folder.path());
        command
    }

    fn settings(&self, services: Services) -> Value {
        let (queue, cache) = match services {
            Services::Embedded => ("embedded".to_owned(), "embedded".to_owned()),
            Services::Full => (service("BELFRY_TEST_AMQP"), service("BELFRY_TEST_REDIS")),
        };
        // Tests share the servers, so each has names of its own there.
        let prefix = format!("belfry-clients-{}", self.port);
        json!({
            "platform": { "shared_domain": SHARED_DOMAIN, "scheme": "http", "port": self.port },
            "http": { "bind": format!("127.0.0.1:{}", self.port), "threads": 2 },
            "metrics": { "enabled": false },
            "database": {
                "url": self.database.app_url().expose(),
                "worker_url": self.database.worker_url().expose(),
                "admin_url": self.database.admin_url().expose(),
                "owner_url": self.database.owner_url().expose(),
            },
            "queue": { "url": queue, "prefix": prefix },
            "cache": { "url": cache, "prefix": prefix },
            "media": { "url": format!("file://{}", self.file("media").display()) },
            // The fake remote server is on this machine.
            "federation": { "allowed_private_networks": ["127.0.0.0/8"] },
            "keys": { "platform_key_file": self.file("platform.key") },
        })
    }

    async fn is_ready(&self) -> bool {
        let asked = self.ask("GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n").await;
        asked.is_ok_and(|answer| answer.starts_with("HTTP/1.0 200 "))
    }

    /// One request over a connection of its own, as it goes over the wire.
    pub async fn ask(&self, request: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], self.port))).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }
}

/// Free a moment ago; the process takes it at once.
fn free_port() -> u16 {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    listener.local_addr().unwrap().port()
}

fn toml_of(settings: &Value) -> String {
    toml::to_string(settings).unwrap()
}
