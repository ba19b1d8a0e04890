//! `belfry staff sets …`

use std::fmt;

use belfry_model::{Permission, Slug};
use belfry_tenancy::By;
use belfry_tenancy::staff::manage::{self, ManageError};
use clap::{Args, Subcommand};
use serde::Serialize;

use crate::agency_api::staff::sets::SetEntity;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Subcommand)]
pub enum SetsCommand {
    /// List a tenant's sets.
    List(Of),
    /// Make a set, or change the one of this name for everybody who has it.
    Save(Save),
    /// Take a set away that nobody has.
    Remove(Remove),
}

#[derive(Debug, Args)]
pub struct Of {
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Save {
    pub name: String,
    /// What it allows, such as `post,moderate`.
    #[arg(long, value_delimiter = ',', required = true)]
    pub permissions: Vec<Permission>,
    #[command(flatten)]
    pub of: Of,
}

#[derive(Debug, Args)]
pub struct Remove {
    pub name: String,
    #[command(flatten)]
    pub of: Of,
}

/// `{"sets": [{"id", "name", "permissions", "people"}]}`
#[derive(Debug, Serialize)]
struct Report {
    sets: Vec<SetEntity>,
}

pub(super) async fn run(context: &Context, command: &SetsCommand) -> Result<String, CommandError> {
    let by = By::command();
    let tenancy = &context.tenancy;
    let of = match command {
        SetsCommand::List(of)
        | SetsCommand::Save(Save { of, .. })
        | SetsCommand::Remove(Remove { of, .. }) => of,
    };
    let tenant = context.tenant_in_any_state(&of.tenant)?;
    match command {
        SetsCommand::List(_) => {}
        SetsCommand::Save(args) => {
            let permissions = args.permissions.iter().copied().collect();
            manage::set_save(tenancy, &tenant, &args.name, permissions, (&by).into()).await?;
        }
        SetsCommand::Remove(args) => {
            let sets = manage::sets(tenancy, &tenant).await?;
            let set = sets.iter().find(|set| set.name.eq_ignore_ascii_case(&args.name));
            manage::set_remove(tenancy, &tenant, set.ok_or(ManageError::UnknownSet)?.id, (&by).into())
                .await?;
        }
    }
    let sets = manage::sets(tenancy, &tenant).await?;
    render(of.json, &Report { sets: sets.into_iter().map(SetEntity::of).collect() })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sets.is_empty() {
            return f.write_str("There are no sets: everybody may do what their role says.");
        }
        self.sets.iter().try_for_each(|set| {
            writeln!(f, "{:<30} {} people: {}", set.name, set.people, set.permissions.join(", "))
        })
    }
}
