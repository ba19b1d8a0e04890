//! `belfry staff grant`

use belfry_model::{Role, Slug};
use belfry_tenancy::staff::manage::{self, Grant};
use belfry_tenancy::{By, EmailAddress};
use clap::{ArgGroup, Args};

use super::{PersonLine, person};
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["role", "set"])))]
pub struct GrantArgs {
    pub email: EmailAddress,
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// lead (of the lead agency only), owner, admin, editor, author, moderator or records.
    #[arg(long)]
    pub role: Option<Role>,
    /// The name of a set of the tenant's own.
    #[arg(long)]
    pub set: Option<String>,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(context: &Context, args: &GrantArgs) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.tenant)?;
    let grant = match (args.role, &args.set) {
        (Some(role), _) => Grant::Role(role),
        (None, name) => {
            let name = name.as_deref().unwrap_or_default();
            let sets = manage::sets(&context.tenancy, &tenant).await?;
            let found = sets.iter().find(|set| set.name.eq_ignore_ascii_case(name));
            Grant::Set(found.ok_or(manage::ManageError::UnknownSet)?.id)
        }
    };
    let id = person(context, &tenant, &args.email).await?.id;
    let by = By::command().because(&args.reason);
    manage::grant(&context.tenancy, &tenant, id, grant, (&by).into()).await?;
    render(args.json, &PersonLine::of(context, &tenant, &args.email).await?)
}
