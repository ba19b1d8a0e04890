//! `[database]`: one address for each of the four roles.

use std::path::PathBuf;

use belfry_model::Secret;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::secret_file::fill;
use crate::{Error, Result};

/// Addresses look like `postgres://role:password@host:5432/belfry`. Each can instead stand in
/// a file that `…_file` names.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSettings {
    /// As `belfry_app`: everything that touches tenants' rows.
    #[schemars(with = "Option<String>")]
    pub url: Option<Secret>,
    pub url_file: Option<PathBuf>,
    /// As `belfry_worker`: the machinery; needed by `all` and `worker`.
    #[schemars(with = "Option<String>")]
    pub worker_url: Option<Secret>,
    pub worker_url_file: Option<PathBuf>,
    /// As `belfry_admin`: the registry of tenants; needed by `all`, `admin` and the tenant commands.
    #[schemars(with = "Option<String>")]
    pub admin_url: Option<Secret>,
    pub admin_url_file: Option<PathBuf>,
    /// As `belfry_owner`: needed by `migrate` alone.
    #[schemars(with = "Option<String>")]
    pub owner_url: Option<Secret>,
    pub owner_url_file: Option<PathBuf>,
    /// Connections of one process to each role it uses.
    pub max_connections: u32,
    /// Seconds to wait for a connection before giving up with an error.
    pub acquire_timeout_seconds: u64,
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self {
            url: None,
            url_file: None,
            worker_url: None,
            worker_url_file: None,
            admin_url: None,
            admin_url_file: None,
            owner_url: None,
            owner_url_file: None,
            max_connections: 16,
            acquire_timeout_seconds: 5,
        }
    }
}

impl DatabaseSettings {
    pub(crate) fn read_secret_files(&mut self) -> Result<()> {
        fill("database.url", &mut self.url, self.url_file.as_ref())?;
        fill("database.worker_url", &mut self.worker_url, self.worker_url_file.as_ref())?;
        fill("database.admin_url", &mut self.admin_url, self.admin_url_file.as_ref())?;
        fill("database.owner_url", &mut self.owner_url, self.owner_url_file.as_ref())
    }

    pub(crate) fn check(&self) -> Result<()> {
        if self.max_connections == 0 {
            return Err(Error::Invalid {
                key: "database.max_connections",
                reason: "at least one is needed".into(),
            });
        }
        Ok(())
    }

    pub fn app_url(&self) -> Result<&Secret> {
        need(self.url.as_ref(), "database.url", "the address as role belfry_app")
    }

    pub fn worker_url(&self) -> Result<&Secret> {
        need(self.worker_url.as_ref(), "database.worker_url", "the address as role belfry_worker")
    }

    pub fn admin_url(&self) -> Result<&Secret> {
        need(self.admin_url.as_ref(), "database.admin_url", "the address as role belfry_admin")
    }

    pub fn owner_url(&self) -> Result<&Secret> {
        need(self.owner_url.as_ref(), "database.owner_url", "the address as role belfry_owner")
    }
}

fn need<'a>(value: Option<&'a Secret>, key: &'static str, hint: &'static str) -> Result<&'a Secret> {
    value.ok_or(Error::Missing { key, hint })
}
