//! `belfry tenant resume`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::{By, lifecycle};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Resume {
    pub slug: Slug,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"slug": "moe", "state": "live", "changed": true}`
#[derive(Debug, Serialize)]
struct Report {
    slug: Slug,
    state: &'static str,
    changed: bool,
}

pub(super) async fn run(context: &Context, args: &Resume) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.slug)?;
    let by = By::command().because(&args.reason);
    let changed = lifecycle::resume(&context.tenancy, &context.admin, &tenant, &by).await?;
    render(args.json, &Report { slug: args.slug.clone(), state: "live", changed })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let so = if self.changed { "live again: what waited is sent" } else { "live already" };
        write!(f, "`{}` is {so}.", self.slug)
    }
}
