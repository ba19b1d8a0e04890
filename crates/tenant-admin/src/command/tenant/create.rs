//! `belfry tenant create`

use std::fmt;

use belfry_model::{BodyType, Host, Phase, Slug};
use belfry_tenancy::provision::{self, NewTenant};
use belfry_tenancy::{By, EmailAddress};
use clap::Args;
use serde::Serialize;

use super::list::TenantLine;
use crate::command::account::AccountLine;
use crate::command::staff::InvitationLine;
use crate::command::{CommandError, Context, render};

/// Interrupted, the same command run again completes it.
#[derive(Debug, Args)]
pub struct Create {
    /// The first label of the tenant's host, and its organisation account's handle.
    pub slug: Slug,
    /// What the public calls the body, such as "Ministry of Education".
    #[arg(long)]
    pub name: String,
    /// Who gets the invitation to own the tenant.
    #[arg(long)]
    pub owner_email: EmailAddress,
    /// How far the tenant opens: pilot (speaks with listed servers only), invited (with everybody) or
    /// public (and stands in the register).
    #[arg(long, default_value_t = Phase::Invited)]
    pub phase: Phase,
    /// The language of its pages for people who ask for none that we have.
    #[arg(long, default_value = "en")]
    pub language: String,
    /// What kind of body it is: ministry, agency, municipality, region, parliament, court, education,
    /// health or other. The register is filtered by it.
    #[arg(long = "type", default_value_t = BodyType::Other)]
    pub body_type: BodyType,
    /// A host of its own outside the shared domain, for a body whose name must not look official.
    /// Its DNS has to point here. It is never given to a second body.
    #[arg(long)]
    pub host: Option<Host>,
    /// Make it the lead agency; the first tenant is that in any case.
    #[arg(long)]
    pub lead: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"tenant": {…}, "organisation": {…}, "invitation": {…}, "resumed": false}`, with the
/// shapes of [`TenantLine`], [`AccountLine`] and [`InvitationLine`].
#[derive(Debug, Serialize)]
struct Report {
    tenant: TenantLine,
    organisation: AccountLine,
    invitation: InvitationLine,
    resumed: bool,
}

pub(super) async fn run(context: &Context, args: &Create) -> Result<String, CommandError> {
    let new = NewTenant {
        slug: args.slug.clone(),
        name: args.name.clone(),
        owner_email: args.owner_email.clone(),
        phase: args.phase,
        language: args.language.clone(),
        body_type: args.body_type,
        request: None,
        host: args.host.clone(),
        lead: args.lead,
    };
    let created = provision::create_tenant(&context.tenancy, &context.admin, &new, &By::command()).await?;
    let report = Report {
        tenant: TenantLine::of(&created.tenant),
        organisation: AccountLine::of(&created.organisation, &context.tenancy.names),
        invitation: InvitationLine::of(&created.invitation),
        resumed: created.resumed,
    };
    render(args.json, &report)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.resumed {
            writeln!(f, "An earlier run had been interrupted; it is complete now.")?;
        }
        writeln!(f, "{} is live at {}.", self.tenant.name, self.tenant.host)?;
        writeln!(f, "Its account is {}.", self.organisation.handle)?;
        if self.tenant.lead {
            writeln!(f, "It is the lead agency.")?;
        }
        self.invitation.fmt(f)
    }
}
