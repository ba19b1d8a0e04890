//! `belfry tenant delete` and `belfry tenant keep`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::By;
use belfry_tenancy::lifecycle::{self, Grace};
use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Delete {
    pub slug: Slug,
    /// Why: for the record, and for the people of the agency.
    #[arg(long)]
    pub reason: String,
    /// Without the days of grace that `platform.deletion_grace_days` gives.
    #[arg(long)]
    pub now: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Keep {
    pub slug: Slug,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"slug": "moe", "delete_at": "2026-12-25T12:00:00Z"}`
#[derive(Debug, Serialize)]
struct Deleting {
    slug: Slug,
    delete_at: DateTime<Utc>,
}

/// `{"slug": "moe", "changed": true}`
#[derive(Debug, Serialize)]
struct Kept {
    slug: Slug,
    changed: bool,
}

pub(super) async fn delete(context: &Context, args: &Delete) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.slug)?;
    let by = By::command().because(&args.reason);
    let grace = if args.now { Grace::none() } else { Grace::days(context.deletion_grace_days) };
    let delete_at = lifecycle::delete(&context.tenancy, &context.admin, &tenant, grace, &by).await?;
    render(args.json, &Deleting { slug: args.slug.clone(), delete_at })
}

pub(super) async fn keep(context: &Context, args: &Keep) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.slug)?;
    let by = By::command().because(&args.reason);
    let changed = lifecycle::keep(&context.tenancy, &context.admin, &tenant, &by).await?;
    render(args.json, &Kept { slug: args.slug.clone(), changed })
}

impl fmt::Display for Deleting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { slug, delete_at } = self;
        write!(
            f,
            "`{slug}` is suspended and will be deleted at {delete_at}; `belfry tenant keep {slug}` keeps it."
        )
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let so =
            if self.changed { "is kept, and suspended until it is resumed" } else { "was not to be deleted" };
        write!(f, "`{}` {so}.", self.slug)
    }
}
