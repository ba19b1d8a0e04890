//! `belfry staff import`

use std::fmt;
use std::path::PathBuf;

use belfry_model::Slug;
use belfry_tenancy::By;
use belfry_tenancy::staff::bulk;
use clap::Args;
use serde::Serialize;

use crate::agency_api::staff::import::Report;
use crate::command::{CommandError, Context, render};

/// Run again, it changes nothing.
#[derive(Debug, Args)]
pub struct Import {
    /// Comma-separated values with the columns `email`, `role` and perhaps `accounts` (names, separated by spaces).
    pub file: PathBuf,
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// Send nothing and say what would be.
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// As `POST /api/belfry/v1/agency/staff/import` answers.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Lines(Report);

pub(super) async fn run(context: &Context, args: &Import) -> Result<String, CommandError> {
    let tenant = context.tenant(&args.tenant)?;
    let text = std::fs::read_to_string(&args.file)
        .map_err(|source| CommandError::File { path: args.file.clone(), source })?;
    let by = By::command();
    let rows = bulk::invite_all(&context.tenancy, &tenant, &text, args.dry_run, (&by).into()).await?;
    render(args.json, &Lines(Report::of(rows, args.dry_run)))
}

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.rows().iter().try_for_each(|row| writeln!(f, "{row}"))
    }
}
