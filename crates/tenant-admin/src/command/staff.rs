//! `belfry staff …`

mod invite;

use std::fmt;

use belfry_model::Role;
use belfry_tenancy::staff::Invitation;
use chrono::{DateTime, Utc};
use clap::Subcommand;
use serde::Serialize;

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Invite somebody to a tenant.
    Invite(invite::Invite),
}

pub async fn run(context: &Context, command: &StaffCommand) -> Result<String, CommandError> {
    match command {
        StaffCommand::Invite(args) => invite::run(context, args).await,
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
