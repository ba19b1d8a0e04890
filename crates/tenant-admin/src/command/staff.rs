//! `belfry staff …`

mod demand_factor;
mod grant;
mod import;
mod invite;
mod list;
mod out;
mod reset_factor;
mod sessions;
mod sets;
mod withdraw;

use std::fmt;

use belfry_model::{Role, Tenant};
use belfry_tenancy::EmailAddress;
use belfry_tenancy::staff::{self, Invitation, Staff, manage};
use chrono::{DateTime, Utc};
use clap::Subcommand;
use serde::Serialize;

use super::{CommandError, Context};
use crate::agency_api::staff::StaffEntity;

#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// List a tenant's people and the invitations that are open.
    List(list::List),
    /// Invite somebody to a tenant.
    Invite(invite::Invite),
    /// Invite everybody on a list.
    Import(import::Import),
    /// Take an invitation back.
    Withdraw(withdraw::Withdraw),
    /// Give somebody a role, or a set of permissions of the tenant's own.
    Grant(grant::GrantArgs),
    /// Shut somebody out: sessions and tokens end at once, what they wrote stays.
    Disable(out::Who),
    /// Let somebody in again.
    Enable(out::Who),
    /// Take away the second factor of somebody who has lost it. Their sessions end, and they get a letter.
    ResetFactor(out::Who),
    /// Say of whom a second factor is demanded.
    DemandFactor(demand_factor::DemandFactor),
    /// Where somebody is signed in.
    #[command(subcommand)]
    Sessions(sessions::SessionsCommand),
    /// Sets of permissions of a tenant's own.
    #[command(subcommand)]
    Sets(sets::SetsCommand),
}

pub async fn run(context: &Context, command: &StaffCommand) -> Result<String, CommandError> {
    match command {
        StaffCommand::List(args) => list::run(context, args).await,
        StaffCommand::Invite(args) => invite::run(context, args).await,
        StaffCommand::Import(args) => import::run(context, args).await,
        StaffCommand::Withdraw(args) => withdraw::run(context, args).await,
        StaffCommand::Grant(args) => grant::run(context, args).await,
        StaffCommand::Disable(args) => out::disable(context, args).await,
        StaffCommand::Enable(args) => out::enable(context, args).await,
        StaffCommand::ResetFactor(args) => reset_factor::run(context, args).await,
        StaffCommand::DemandFactor(args) => demand_factor::run(context, args).await,
        StaffCommand::Sessions(command) => sessions::run(context, command).await,
        StaffCommand::Sets(command) => sets::run(context, command).await,
    }
}

/// Somebody of a tenant, by their e-mail address.
async fn person(context: &Context, tenant: &Tenant, email: &EmailAddress) -> Result<Staff, CommandError> {
    let found = staff::find_by_email(&context.tenancy, tenant.scope(), email.as_str()).await?;
    found.ok_or_else(|| CommandError::UnknownPerson { tenant: tenant.slug.clone(), email: email.clone() })
}

/// As `PUT /api/belfry/v1/agency/staff/{id}/grant` answers.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct PersonLine(StaffEntity);

impl PersonLine {
    /// As they are now.
    async fn of(context: &Context, tenant: &Tenant, email: &EmailAddress) -> Result<Self, CommandError> {
        let person = person(context, tenant, email).await?;
        Ok(Self(StaffEntity::of(&person, &manage::sets(&context.tenancy, tenant).await?)))
    }
}

impl fmt::Display for PersonLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let StaffEntity { email, name, role, set, disabled, .. } = &self.0;
        let role = set.as_deref().unwrap_or(role);
        let out = if *disabled { "  shut out" } else { "" };
        write!(f, "{email:<40} {role:<12} {name}{out}")
    }
}

/// `{"invitation_url": "https://moe.social.example/invitation", "email", "role", "code":
/// "K7QX-…", "expires_at": "2026-01-31T12:00:00Z"}`. The code is shown this once.
#[derive(Debug, Serialize)]
pub(in crate::command) struct InvitationLine {
    pub invitation_url: String,
    pub email: String,
    pub role: Role,
    pub code: String,
    pub expires_at: DateTime<Utc>,
}

impl InvitationLine {
    pub(in crate::command) fn of(invitation: &Invitation) -> Self {
        Self {
            invitation_url: invitation.url.clone(),
            email: invitation.email.to_string(),
            role: invitation.role,
            code: invitation.code.expose().to_owned(),
            expires_at: invitation.expires_at,
        }
    }
}

impl fmt::Display for InvitationLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "Pass these on to {} ({}), the code by another way than the address:",
            self.email, self.role
        )?;
        writeln!(f, "  {}", self.invitation_url)?;
        write!(f, "  {}  (until {})", self.code, self.expires_at.format("%Y-%m-%d %H:%M UTC"))
    }
}
