//! `belfry tenant rename`

use std::fmt;

use belfry_model::Slug;
use belfry_social::account::agency_rename;
use belfry_tenancy::By;
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Rename {
    pub slug: Slug,
    /// What the public calls the body from now on.
    #[arg(long)]
    pub name: String,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"slug": "moe", "name": "Ministry of Education", "changed": true}`
#[derive(Debug, Serialize)]
struct Report {
    slug: Slug,
    name: String,
    changed: bool,
}

pub(super) async fn run(context: &Context, args: &Rename) -> Result<String, CommandError> {
    let tenant = context.tenant(&args.slug)?;
    let by = By::command().because(&args.reason);
    let changed = agency_rename(&context.tenancy, &context.admin, &tenant, &args.name, &by).await?;
    render(args.json, &Report { slug: args.slug.clone(), name: args.name.trim().to_owned(), changed })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = if self.changed { "from now on" } else { "already" };
        write!(f, "`{}` is called {}, {since}.", self.slug, self.name)
    }
}
