//! `belfry tenant set-phase`

use std::fmt;

use belfry_model::{Phase, Slug};
use belfry_tenancy::{By, operate};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct SetPhase {
    pub slug: Slug,
    pub phase: Phase,
    /// Why, for the record; the tenant sees it.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"slug": "moe", "phase": "public", "changed": true}`
#[derive(Debug, Serialize)]
struct Report {
    slug: Slug,
    phase: Phase,
    changed: bool,
}

pub(super) async fn run(context: &Context, args: &SetPhase) -> Result<String, CommandError> {
    let tenant = context.tenant(&args.slug)?;
    let by = By::command().because(&args.reason);
    let changed = operate::phase_set(&context.tenancy, &context.admin, &tenant, args.phase, &by).await?;
    render(args.json, &Report { slug: args.slug.clone(), phase: args.phase, changed })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = if self.changed { "from now on" } else { "already" };
        write!(f, "`{}` is {}, {since}.", self.slug, self.phase)
    }
}
