//! `belfry tenant suspend`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::{By, lifecycle};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Suspend {
    pub slug: Slug,
    /// Why: for the record, and for the people of the agency.
    #[arg(long)]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"slug": "moe", "state": "suspended", "changed": true}`
#[derive(Debug, Serialize)]
struct Report {
    slug: Slug,
    state: &'static str,
    changed: bool,
}

pub(super) async fn run(context: &Context, args: &Suspend) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.slug)?;
    let by = By::command().because(&args.reason);
    let changed = lifecycle::suspend(&context.tenancy, &context.admin, &tenant, &by).await?;
    render(args.json, &Report { slug: args.slug.clone(), state: "suspended", changed })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let so = if self.changed {
            "suspended: nothing of it is sent, and what others send it is kept"
        } else {
            "suspended already"
        };
        write!(f, "`{}` is {so}.", self.slug)
    }
}
