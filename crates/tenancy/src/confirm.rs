//! Acts that two people confirm: handing the lead role on, and break-glass.
//!
//! Invariant: the second person is another one, by whatever door either came: a token's person is
//! that person, and all commands are one. A token that is nobody's can do neither.
//!
//! What was confirmed and then cut off is completed by confirming it once more, by anybody who leads.

mod act;

use belfry_model::{Role, StaffId, Tenant, TenantId, TenantScope};
use belfry_storage::{AdminDb, NewProposal, row};
use chrono::TimeDelta;

use crate::lifecycle::{LifecycleError, reasoned};
use crate::staff::{self, Invitation};
use crate::{By, EmailAddress, Error, Tenancy, error};

/// A proposal that nobody has confirmed by then has to be made anew.
const DAYS: i64 = 7;

/// What is proposed.
#[derive(Debug, Clone)]
pub enum Act {
    /// Makes another agency the lead.
    TransferLead,
    /// Invites a new owner to an agency that has lost its own.
    BreakGlass { email: EmailAddress },
}

impl Act {
    fn kind(&self) -> &'static str {
        match self {
            Self::TransferLead => TRANSFER_LEAD,
            Self::BreakGlass { .. } => BREAK_GLASS,
        }
    }
}

pub const TRANSFER_LEAD: &str = "transfer-lead";
pub const BREAK_GLASS: &str = "break-glass";

#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    #[error(transparent)]
    Refused(#[from] LifecycleError),
    #[error("this needs a person: use a token that belongs to somebody with the role `lead`")]
    Nobody,
    #[error("the same waits for its second person already")]
    Waits,
    #[error("whoever proposed this can't confirm it: a second person has to")]
    SamePerson,
    #[error("whoever proposed this doesn't lead any more: propose it anew")]
    ProposerGone,
    #[error("this doesn't wait any more: it was confirmed or withdrawn, or its time has run out")]
    Over,
    #[error("`{0}` leads already")]
    LeadsAlready(String),
    #[error("`{0}` has nobody with the role `owner`, who could lead: restore an owner first")]
    Ownerless(String),
    #[error("`{0}` has an owner who can sign in: ask them")]
    HasOwner(String),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(ConfirmError: Error, belfry_storage::Error);

/// What came of a confirmation.
#[derive(Debug)]
pub enum Done {
    Transferred,
    /// The code is shown once, to whoever confirmed.
    Invited(Box<Invitation>),
}

/// The first person's word. It waits for the second.
pub async fn propose(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    act: &Act,
    by: &By,
) -> Result<row::Proposal, ConfirmError> {
    reasoned(by)?;
    let proposer = by.identity().ok_or(ConfirmError::Nobody)?;
    act::possible(tenancy, tenant, act).await?;
    let now = tenancy.clock.now();
    let email = match act {
        Act::BreakGlass { email } => email.as_str(),
        Act::TransferLead => "",
    };
    let new = NewProposal {
        kind: act.kind(),
        about: tenant.id,
        email,
        proposer: &proposer,
        at: now,
        expires_at: now + TimeDelta::days(DAYS),
    };
    match admin.proposal_insert(&new, by.actor()).await {
        Err(belfry_storage::Error::Conflict { .. }) => Err(ConfirmError::Waits),
        made => Ok(made?),
    }
}

/// What waits, the newest first.
pub async fn waiting(tenancy: &Tenancy, admin: &AdminDb) -> Result<Vec<row::Proposal>, ConfirmError> {
    Ok(admin.proposal_list_waiting(tenancy.clock.now()).await?)
}

/// Takes a proposal back: whoever leads may, also who proposed it. `false` if it doesn't wait.
pub async fn withdraw(admin: &AdminDb, id: i64, by: &By) -> Result<bool, ConfirmError> {
    Ok(admin.proposal_withdraw(id, by.actor()).await?)
}

/// The second person's word, and with it the act; or the rest of an act that was cut off.
/// `None` if there is no such proposal.
pub async fn confirm(
    tenancy: &Tenancy,
    admin: &AdminDb,
    id: i64,
    by: &By,
) -> Result<Option<Done>, ConfirmError> {
    let Some(found) = admin.proposal_fetch(id).await? else { return Ok(None) };
    let by = by.clone().because(&found.reason);
    let person = by.identity().ok_or(ConfirmError::Nobody)?;
    // A deleted tenant's row is in no directory; then the act can't be done any more either.
    let tenant = tenancy.directory.by_id(TenantId(found.about_tenant)).ok_or(ConfirmError::Over)?;
    if found.state == "open" {
        if found.proposer == person {
            return Err(ConfirmError::SamePerson);
        }
        still_leads(tenancy, &found.proposer).await?;
        let act = act_of(&found)?;
        act::possible(tenancy, &tenant, &act).await?;
        act::prepare(tenancy, &tenant, &act, &by).await?;
        if !admin.proposal_confirm(id, &person, tenancy.clock.now(), by.actor()).await? {
            return Err(ConfirmError::Over);
        }
        tenancy.directory.refresh().await?;
    } else if found.state != "confirmed" || found.done_at.is_some() {
        return Err(ConfirmError::Over);
    }
    let confirmed = admin.proposal_fetch(id).await?.ok_or(ConfirmError::Over)?;
    let done = act::finish(tenancy, &tenant, &confirmed, &by).await?;
    admin.proposal_done(id, tenancy.clock.now()).await?;
    Ok(Some(done))
}

/// Both people must lead when it is done, not only when they speak.
async fn still_leads(tenancy: &Tenancy, proposer: &str) -> Result<(), ConfirmError> {
    let Some(named) = proposer.strip_prefix("staff:") else { return Ok(()) };
    let parsed = named.split_once(':').and_then(|(tenant, id)| {
        let tenant = tenant.parse().ok().map(TenantId)?;
        Some((TenantScope::of(tenant)?, StaffId(id.parse().ok()?)))
    });
    let lead = tenancy.directory.lead().map(|lead| lead.scope());
    let Some((scope, id)) = parsed.filter(|(scope, _)| Some(*scope) == lead) else {
        return Err(ConfirmError::ProposerGone);
    };
    let person = staff::find(tenancy, scope, id).await?;
    match person.filter(|person| person.role == Role::Lead && !person.disabled) {
        Some(_) => Ok(()),
        None => Err(ConfirmError::ProposerGone),
    }
}

fn act_of(found: &row::Proposal) -> Result<Act, ConfirmError> {
    if found.kind == TRANSFER_LEAD {
        return Ok(Act::TransferLead);
    }
    let wrong = |error| Error::Inconsistent(format!("proposal {}: {error}", found.id));
    Ok(Act::BreakGlass { email: found.email.parse().map_err(|error| wrong(format!("{error}")))? })
}
