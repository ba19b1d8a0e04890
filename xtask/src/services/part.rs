//! The three parts that an instance may have.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::record::Running;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Postgres,
    Redis,
    Rabbitmq,
}

impl Part {
    pub const ALL: [Self; 3] = [Self::Postgres, Self::Redis, Self::Rabbitmq];

    /// As in file names and in `--only`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Redis => "redis",
            Self::Rabbitmq => "rabbitmq",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::Redis => "Redis",
            Self::Rabbitmq => "RabbitMQ",
        }
    }
}

/// A part as it was last started, kept while it is stopped: it starts again where it was.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PartRecord {
    pub port: u16,
    /// With credentials; for PostgreSQL the superuser's, without a database.
    pub url: String,
    /// The server first, then what it leans on.
    pub processes: Vec<Running>,
    pub log: PathBuf,
}

impl PartRecord {
    /// Of the server itself.
    pub fn pid(&self) -> Option<i32> {
        self.processes.first().map(|server| server.pid)
    }

    pub fn alive(&self) -> bool {
        self.processes.first().is_some_and(|server| server.alive())
    }

    /// The end of the log, for an error.
    pub fn last_words(log: &Path) -> String {
        let text = std::fs::read(log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        lines
            .iter()
            .skip(lines.len().saturating_sub(15))
            .fold(String::new(), |all, line| all + "\n    " + line)
    }
}
