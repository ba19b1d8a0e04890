//! `belfry staff withdraw`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::By;
use belfry_tenancy::staff::manage;
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Withdraw {
    /// The invitation's id, as `belfry staff list` shows it.
    pub invitation: i64,
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"withdrawn": true}`; `false` where it was not open any more.
#[derive(Debug, Serialize)]
struct Report {
    withdrawn: bool,
}

pub(super) async fn run(context: &Context, args: &Withdraw) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.tenant)?;
    let withdrawn = manage::withdraw(&context.tenancy, &tenant, args.invitation, &By::command()).await?;
    render(args.json, &Report { withdrawn })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.withdrawn { "Withdrawn." } else { "No such invitation is open." })
    }
}
