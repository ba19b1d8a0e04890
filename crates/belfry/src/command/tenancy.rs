//! `belfry tenant | account | staff | token`: wired here, done in `tenant-admin`.

use belfry_settings::Settings;
use belfry_storage::AdminDb;
use belfry_tenant_admin::command::{self, Context};

use crate::cli::Command;
use crate::output::print_text;
use crate::parts::{pool_options, tenancy};

pub async fn run(command: &Command, settings: &Settings) -> anyhow::Result<()> {
    let admin = AdminDb::connect(settings.database.admin_url()?, pool_options(&settings.database)).await?;
    let context = Context { tenancy: tenancy(settings).await?, admin };
    let text = match command {
        Command::Tenant(command) => command::tenant::run(&context, command).await?,
        Command::Account(command) => command::account::run(&context, command).await?,
        Command::Staff(command) => command::staff::run(&context, command).await?,
        Command::Token(command) => command::token::run(&context, command).await?,
        Command::All
        | Command::Gateway
        | Command::Worker(_)
        | Command::Admin
        | Command::Migrate(_)
        | Command::Doctor(_)
        | Command::Settings(_) => return Ok(()),
    };
    print_text(&text)
}
