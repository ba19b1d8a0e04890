//! `belfry tenant list`

use std::fmt;

use belfry_model::{BodyType, Phase, Tenant, TenantState};
use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct List {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"id": "…", "slug", "host", "name", "phase", "state", "lead": false, "urgent": false,
/// "body_type": "ministry"}`
#[derive(Debug, Serialize)]
pub(in crate::command) struct TenantLine {
    pub id: String,
    pub slug: String,
    pub host: String,
    pub name: String,
    pub phase: Phase,
    pub state: TenantState,
    pub lead: bool,
    /// May send urgent posts.
    pub urgent: bool,
    /// When this sandbox is to be wiped.
    pub wipe_on: Option<NaiveDate>,
    pub body_type: BodyType,
}

/// `{"tenants": [{…}]}`
#[derive(Debug, Serialize)]
struct Report {
    tenants: Vec<TenantLine>,
}

pub(super) fn run(context: &Context, args: &List) -> Result<String, CommandError> {
    let tenants = context.tenancy.directory.list();
    render(args.json, &Report { tenants: tenants.iter().map(|tenant| TenantLine::of(tenant)).collect() })
}

impl TenantLine {
    pub(in crate::command) fn of(tenant: &Tenant) -> Self {
        Self {
            id: tenant.id.to_string(),
            slug: tenant.slug.to_string(),
            host: tenant.host.to_string(),
            name: tenant.name.clone(),
            phase: tenant.phase,
            state: tenant.state,
            lead: tenant.is_lead,
            urgent: tenant.urgent,
            wipe_on: tenant.wipe_on,
            body_type: tenant.body_type,
        }
    }
}

impl fmt::Display for TenantLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lead = if self.lead { " (lead)" } else { "" };
        write!(f, "{:<20} {:<12} {:<8} {}  {}{lead}", self.slug, self.state, self.phase, self.host, self.name)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tenants.is_empty() {
            return f.write_str("There is no tenant yet: make the first with `belfry tenant create`.");
        }
        self.tenants.iter().try_for_each(|tenant| writeln!(f, "{tenant}"))
    }
}
