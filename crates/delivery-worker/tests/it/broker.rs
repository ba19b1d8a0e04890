//! A RabbitMQ of the test's own, which it may kill.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use belfry_test_support::until;

/// Its data stay when it is killed; everything goes with this value.
pub struct Broker {
    folder: tempfile::TempDir,
    port: u16,
    mapper_port: u16,
    mapper: Child,
    server: Option<Child>,
}

impl Broker {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("plugins"), "[].\n").unwrap();
        std::fs::write(folder.path().join("environment"), "").unwrap();
        let configuration = "vm_memory_high_watermark.absolute = 1GB\ndisk_free_limit.absolute = 50MB\n";
        std::fs::write(folder.path().join("rabbitmq.conf"), configuration).unwrap();
        let mapper_port = free_port();
        // Left to itself the broker starts one that outlives it.
        let mapper = Command::new("epmd")
            .args(["-address", "127.0.0.1", "-port", &mapper_port.to_string()])
            .env("HOME", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Erlang's epmd is installed");
        let mut broker = Self { folder, port: free_port(), mapper_port, mapper, server: None };
        broker.run().await;
        broker
    }

    pub fn url(&self) -> String {
        format!("amqp://guest:guest@127.0.0.1:{}/%2f", self.port)
    }

    /// As when the machine loses its power.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            // The script's Erlang machine is a process of its own, in the same group.
            let group = format!("-{}", server.id());
            Command::new("kill").args(["-9", "--", &group]).status().unwrap();
            server.wait().unwrap();
        }
    }

    /// From now on its disk counts as full, or not: it takes nothing from those that publish.
    pub async fn disk_is_full(&self, full: bool) {
        let mut control = self.command("rabbitmqctl");
        control.args(["set_disk_free_limit", if full { "900000GB" } else { "1MB" }]);
        let done = tokio::task::spawn_blocking(move || control.output()).await.unwrap().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// One of the broker's own scripts, which finds this broker.
    fn command(&self, name: &str) -> Command {
        let folder = self.folder.path();
        let mut command = Command::new(script(name));
        command
            .env("HOME", folder)
            .env("ERL_EPMD_ADDRESS", "127.0.0.1")
            .env("ERL_EPMD_PORT", self.mapper_port.to_string())
            .env("ERL_AFLAGS", "-kernel inet_dist_use_interface {127,0,0,1}")
            .env("RABBITMQ_NODENAME", format!("belfry-test-{}@localhost", self.port))
            .env("RABBITMQ_CONF_ENV_FILE", folder.join("environment"))
            .stdin(Stdio::null());
        command
    }

    /// With the data of before.
    pub async fn run(&mut self) {
        let folder = self.folder.path();
        let log = std::fs::File::create(folder.join("broker.log")).unwrap();
        let server = self
            .command("rabbitmq-server")
            .env("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1")
            .env("RABBITMQ_NODE_PORT", self.port.to_string())
            .env("RABBITMQ_DIST_PORT", free_port().to_string())
            .env("RABBITMQ_MNESIA_BASE", folder.join("mnesia"))
            .env("RABBITMQ_LOG_BASE", folder.join("log"))
            .env("RABBITMQ_LOGS", "-")
            .env("RABBITMQ_CONFIG_FILE", folder.join("rabbitmq"))
            .env("RABBITMQ_ENABLED_PLUGINS_FILE", folder.join("plugins"))
            .stdout(log)
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap();
        self.server = Some(server);
        let url = self.url();
        // Erlang's start crawls when the cores are busy: several bounds in a row.
        for _ in 0..8 {
            let greets = async || {
                let properties = lapin::ConnectionProperties::default();
                lapin::Connection::connect(&url, properties).await.is_ok()
            };
            if waits(greets).await {
                return;
            }
        }
        panic!("the broker does not answer; its log: {}", log_of(self.folder.path()));
    }
}

async fn waits(greets: impl AsyncFn() -> bool) -> bool {
    let bound = std::time::Duration::from_secs(20);
    tokio::time::timeout(bound, until("the broker answers", async || greets().await)).await.is_ok()
}

fn log_of(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("broker.log")).unwrap_or_default()
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.kill();
        drop(self.mapper.kill());
        drop(self.mapper.wait());
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// RabbitMQ's own scripts: the one in the path is a wrapper that wants to be root.
fn script(name: &str) -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib/rabbitmq/lib").expect("RabbitMQ is installed");
    let mut scripts: Vec<_> = folders.flatten().map(|folder| folder.path().join("sbin").join(name)).collect();
    scripts.sort();
    scripts.pop().expect("RabbitMQ is installed")
}
