//! `belfry staff list`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::staff::{self, manage};
use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use super::PersonLine;
use crate::agency_api::staff::StaffEntity;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct List {
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"staff": [{"id", "email", "name", "role", "set", "permissions", "disabled"}],
/// "invitations": [{"id", "email", "role", "expires_at"}]}`
#[derive(Debug, Serialize)]
struct Report {
    staff: Vec<PersonLine>,
    invitations: Vec<Open>,
}

#[derive(Debug, Serialize)]
struct Open {
    id: String,
    email: String,
    role: &'static str,
    expires_at: DateTime<Utc>,
}

pub(super) async fn run(context: &Context, args: &List) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.tenant)?;
    let sets = manage::sets(&context.tenancy, &tenant).await?;
    let people = staff::list(&context.tenancy, tenant.scope()).await?;
    let open = |open: staff::OpenInvitation| Open {
        id: open.id.to_string(),
        email: open.email,
        role: open.role.as_str(),
        expires_at: open.expires_at,
    };
    let invitations = staff::invitations(&context.tenancy, tenant.scope()).await?;
    let staff = people.iter().map(|person| PersonLine(StaffEntity::of(person, &sets))).collect();
    render(args.json, &Report { staff, invitations: invitations.into_iter().map(open).collect() })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.staff.iter().try_for_each(|person| writeln!(f, "{person}"))?;
        self.invitations.iter().try_for_each(|open| {
            let until = open.expires_at.format("%Y-%m-%d");
            writeln!(f, "{:<40} {:<12} invited until {until}, invitation {}", open.email, open.role, open.id)
        })
    }
}
