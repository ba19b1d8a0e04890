//! `belfry tenant | baseline | account | staff | token | audit | delivery | host | usage | quota | request | policy`: each parses, makes one use-case call and answers.
//!
//! Invariant: `run` gives back the text to print; only the binary prints. With `--json` the
//! text is one JSON object whose shape the command's report documents.

pub mod account;
pub mod audit;
pub mod baseline;
pub mod delivery;
mod error;
pub mod host;
pub mod policy;
pub mod quota;
pub mod request;
pub mod staff;
pub mod tenant;
pub mod token;
pub mod usage;

use std::fmt::Display;
use std::sync::Arc;

use belfry_model::{Slug, Tenant, TenantState};
use belfry_storage::{AdminDb, WorkerDb};
use belfry_tenancy::operate::Desk;
use belfry_tenancy::{By, Tenancy};
use serde::Serialize;

pub use error::CommandError;

/// What commands work on.
#[derive(Debug, Clone)]
pub struct Context {
    pub tenancy: Tenancy,
    /// Admits tenants and gives official handles.
    pub admin: AdminDb,
    /// `platform.deletion_grace_days`.
    pub deletion_grace_days: u32,
    /// The machinery; only the commands about deliveries and hosts need it.
    pub worker: Option<WorkerDb>,
    /// Hears how far a long command has come: so many of so many.
    pub progress: fn(done: usize, of: usize),
}

impl Context {
    /// The tenant that a command names, complete and not suspended.
    fn tenant(&self, slug: &Slug) -> Result<Arc<Tenant>, CommandError> {
        let tenant = self.tenant_in_any_state(slug)?;
        match tenant.state {
            TenantState::Live => Ok(tenant),
            TenantState::Provisioning => Err(CommandError::Unfinished(slug.clone())),
            TenantState::Suspended | TenantState::Deleted => {
                Err(CommandError::NotLive(slug.clone(), tenant.state))
            }
        }
    }

    /// The tenant that a command names, complete or not, suspended or not.
    fn tenant_in_any_state(&self, slug: &Slug) -> Result<Arc<Tenant>, CommandError> {
        self.tenancy.directory.by_slug(slug).ok_or_else(|| CommandError::UnknownTenant(slug.clone()))
    }

    fn worker(&self) -> Result<&WorkerDb, CommandError> {
        self.worker.as_ref().ok_or(CommandError::NoMachinery)
    }

    /// For acts across tenants, each recorded as one of governance.
    fn desk(&self, by: By) -> Result<Desk<'_>, CommandError> {
        Ok(Desk { worker: self.worker()?, admin: &self.admin, now: self.tenancy.clock.now(), by })
    }
}

/// JSON for programs, sentences for people.
fn render<T: Serialize + Display>(json: bool, report: &T) -> Result<String, CommandError> {
    if json { Ok(serde_json::to_string_pretty(report)?) } else { Ok(report.to_string()) }
}
