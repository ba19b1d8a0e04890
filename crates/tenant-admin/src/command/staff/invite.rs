//! `belfry staff invite`

use belfry_model::{Role, Slug, Username};
use belfry_tenancy::{By, EmailAddress, staff};
use clap::Args;

use super::InvitationLine;
use crate::command::{CommandError, Context, render};

/// An invitation that is still open for the address stops working.
#[derive(Debug, Args)]
pub struct Invite {
    pub email: EmailAddress,
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// lead (of the lead agency only), owner, admin, editor, author, moderator or records.
    #[arg(long)]
    pub role: Role,
    /// An account to post as; may be given more than once.
    #[arg(long = "account", value_name = "HANDLE")]
    pub accounts: Vec<Username>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(context: &Context, args: &Invite) -> Result<String, CommandError> {
    let tenant = context.tenant(&args.tenant)?;
    let invite =
        staff::Invite { email: args.email.clone(), role: args.role, accounts: args.accounts.clone() };
    let invitation = staff::invite(&context.tenancy, &tenant, &invite, &By::command()).await?;
    render(args.json, &InvitationLine::of(&invitation))
}
