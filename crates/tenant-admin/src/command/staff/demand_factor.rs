//! `belfry staff demand-factor`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::By;
use belfry_tenancy::factor::demand::{self, Demand};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct DemandFactor {
    /// nobody, administers (who looks after people, accounts or settings) or everybody.
    pub of: Demand,
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"of": "everybody"}`
#[derive(Debug, Serialize)]
struct DemandLine {
    of: Demand,
}

impl fmt::Display for DemandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A second factor is demanded of: {}", self.of.as_str())
    }
}

pub(super) async fn run(context: &Context, args: &DemandFactor) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.tenant)?;
    let by = By::command().because(&args.reason);
    demand::set(&context.tenancy, &tenant, args.of, &by).await?;
    render(args.json, &DemandLine { of: args.of })
}
