//! `belfry usage`

use std::fmt;

use belfry_model::{Month, usage::Bytes};
use belfry_storage::TenantUsage;
use belfry_tenancy::usage;
use clap::Args;

use super::{CommandError, Context};
use crate::api::usage::MonthReport;

#[derive(Debug, Args)]
pub struct UsageCommand {
    /// Such as 2026-11; the present one if left out. Days are UTC days.
    #[arg(long)]
    pub month: Option<Month>,
    /// Print CSV for charging back: one row for each tenant, with columns that stay.
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Print JSON: what `GET /api/belfry/v1/usage` answers.
    #[arg(long)]
    pub json: bool,
}

struct Table<'a> {
    month: Month,
    tenants: &'a [TenantUsage],
}

pub async fn run(context: &Context, args: &UsageCommand) -> Result<String, CommandError> {
    let month = args.month.unwrap_or_else(|| Month::of(context.tenancy.clock.now()));
    let tenants = usage::month(&context.admin, month).await?;
    if args.csv {
        return Ok(usage::charges(month, &tenants));
    }
    if args.json {
        return Ok(serde_json::to_string_pretty(&MonthReport::of(month, &tenants))?);
    }
    Ok(Table { month, tenants: &tenants }.to_string())
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tenants.is_empty() {
            return write!(f, "No tenant used anything in {}.", self.month);
        }
        let mut line = |cells: [String; 6]| {
            let [name, accounts, staff, media, posts, deliveries] = cells;
            writeln!(f, "{name:<20} {accounts:>9} {staff:>7} {media:>10} {posts:>9} {deliveries:>12}")
        };
        line(["tenant", "accounts", "staff", "media", "posts", "deliveries"].map(str::to_owned))?;
        let total = usage::total(self.tenants);
        let rows = self.tenants.iter().map(|one| (one.slug.as_str(), one.usage));
        for (name, usage) in rows.chain([("total", total)]) {
            line([
                name.to_owned(),
                usage.accounts.to_string(),
                usage.staff.to_string(),
                Bytes(usage.media_bytes).to_string(),
                usage.posts.to_string(),
                usage.deliveries.to_string(),
            ])?;
        }
        Ok(())
    }
}
