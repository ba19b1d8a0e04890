//! `belfry tenant set-urgent`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::{By, operate};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct SetUrgent {
    pub slug: Slug,
    pub urgent: Switch,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

/// `{"slug": "moe", "urgent": true, "changed": true}`
#[derive(Debug, Serialize)]
struct Report {
    slug: Slug,
    urgent: bool,
    changed: bool,
}

pub(super) async fn run(context: &Context, args: &SetUrgent) -> Result<String, CommandError> {
    let tenant = context.tenant(&args.slug)?;
    let urgent = args.urgent == Switch::On;
    let changed =
        operate::urgent_set(&context.tenancy, &context.admin, &tenant, urgent, &By::command()).await?;
    render(args.json, &Report { slug: args.slug.clone(), urgent, changed })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let may = if self.urgent { "may" } else { "may not" };
        let since = if self.changed { "from now on" } else { "already" };
        write!(f, "`{}` {may} send urgent posts, {since}.", self.slug)
    }
}
