//! `belfry migrate`: the one command that connects as the owner.

use anyhow::{Context, bail};
use belfry_settings::Settings;
use belfry_storage::OwnerDb;
use clap::Args;
use serde_json::json;

use crate::output::print;
use crate::parts::pool_options;

#[derive(Debug, Args)]
pub struct Migrate {
    /// Change nothing; fail if a migration is still to be applied.
    #[arg(long)]
    check: bool,
    #[arg(long)]
    json: bool,
}

pub async fn run(args: &Migrate, settings: &Settings) -> anyhow::Result<()> {
    let owner = OwnerDb::connect(settings.database.owner_url()?, pool_options(&settings.database)).await?;
    let applied = owner.migrations_applied().await?;
    let pending: Vec<&str> = belfry_migrations::names()
        .into_iter()
        .filter(|name| !applied.iter().any(|done| done == name))
        .collect();
    if args.check {
        if !pending.is_empty() {
            bail!("still to be applied: {}; run `belfry migrate`", pending.join(", "));
        }
        return print(args.json, &json!({"pending": pending}), || "The schema is up to date.".to_owned());
    }
    belfry_migrations::apply(&owner.into_migration_connection()).await.context(
        "the migration failed and was rolled back; if roles are missing, a superuser creates them first with \
         migrations/sql/roles.sql",
    )?;
    print(args.json, &json!({"applied": pending}), || match pending.as_slice() {
        [] => "The schema was up to date.".to_owned(),
        names => format!("Applied {}.", names.join(", ")),
    })
}
