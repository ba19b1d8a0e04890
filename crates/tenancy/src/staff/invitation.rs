//! Invitations. The link holds no secret: the code is typed, so that no log, history or
//! referrer ever has it.

use belfry_model::{ActorId, Role, Secret, StaffId, Tenant, UsedUp, Username};
use belfry_storage::{NewInvitation, TenantTx};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::Staff;
use crate::mail::Message;
use crate::password::UnfitPassword;
use crate::token::{self, Fresh};
use crate::{By, EmailAddress, Error, Result, Tenancy, audit, error, mail};

/// Crockford's base 32: no letter is taken for a digit when it is read from paper.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Whom to invite, as what.
#[derive(Debug, Clone)]
pub struct Invite {
    pub email: EmailAddress,
    pub role: Role,
    /// Accounts that they will be able to post as.
    pub accounts: Vec<Username>,
}

/// An invitation that was issued. The code is shown once and kept nowhere.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: i64,
    /// Where the code is typed in.
    pub url: String,
    pub email: EmailAddress,
    pub role: Role,
    pub code: Secret,
    pub expires_at: DateTime<Utc>,
}

#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    #[error("only the lead agency has the role `lead`; `{0}` is not the lead agency")]
    NotLead(String),
    #[error(
        "`{tenant}` has no account `{handle}`; make it with `belfry account create {handle} --tenant {tenant}`"
    )]
    UnknownAccount { tenant: String, handle: Username },
    #[error("this role may do more than you may yourself: ask an owner to invite them")]
    Beyond,
    #[error(transparent)]
    UsedUp(UsedUp),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(InviteError: Error);
error::used_up!(InviteError);

/// What an invited person brings.
#[derive(Debug, Clone)]
pub struct Acceptance {
    pub email: String,
    /// As typed: case, spaces and hyphens don't matter.
    pub code: Secret,
    pub password: Secret,
    /// May be empty.
    pub display_name: String,
}

#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// Wrong, used, withdrawn, expired or for another address: never said which.
    #[error(
        "this invitation doesn't work: check the e-mail address and the code, or ask for a new invitation"
    )]
    Invalid,
    #[error(transparent)]
    Password(#[from] UnfitPassword),
    /// The place was taken since, or the plan was made smaller; the invitation stays open.
    #[error(transparent)]
    UsedUp(UsedUp),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(AcceptError: Error);
error::used_up!(AcceptError);

/// Invites somebody. An invitation that is still open for the address stops working.
pub async fn invite(
    tenancy: &Tenancy,
    tenant: &Tenant,
    invite: &Invite,
    by: &By,
) -> Result<Invitation, InviteError> {
    if invite.role == Role::Lead && !tenant.is_lead {
        return Err(InviteError::NotLead(tenant.slug.to_string()));
    }
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let mut actors = Vec::with_capacity(invite.accounts.len());
    for handle in &invite.accounts {
        let row = tx.actor_local_by_username(handle).await?.ok_or_else(|| InviteError::UnknownAccount {
            tenant: tenant.slug.to_string(),
            handle: handle.clone(),
        })?;
        actors.push(ActorId(row.id));
    }
    tx.usage_staff_room(invite.email.as_str(), tenancy.clock.now()).await?;
    let invitation = issue(tenancy, &tx, tenant, &invite.email, invite.role, &actors, by).await?;
    tx.commit().await?;
    Ok(invitation)
}

/// In the caller's transaction; the letter with the code is queued in it.
pub(crate) async fn issue(
    tenancy: &Tenancy,
    tx: &TenantTx,
    tenant: &Tenant,
    email: &EmailAddress,
    role: Role,
    actors: &[ActorId],
    by: &By,
) -> Result<Invitation> {
    let now = tenancy.clock.now();
    let expires_at = now + TimeDelta::days(tenancy.settings.invitation_days.into());
    let code = code()?;
    tx.invitation_withdraw_open(email.as_str(), now).await?;
    let row = tx
        .invitation_insert(NewInvitation {
            email: email.as_str(),
            role,
            actors,
            code_hash: hash(code.expose()),
            created_at: now,
            expires_at,
        })
        .await?;
    let url = tenancy.names.origin(tenant).at("/invitation");
    let host = tenancy.names.shared_domain.to_string();
    let letter = Message::new("mail-invitation")
        .with("agency", tenant.name.as_str())
        .with("by", by.person().unwrap_or(&host))
        .with("role", role.as_str())
        .with("url", url.as_str())
        .with("code", code.expose())
        .with("until", expires_at.format("%Y-%m-%d %H:%M").to_string());
    mail::queue(tenancy, tx, email, &tenant.language, &letter).await?;
    let detail = json!({ "invitation": row.id.to_string(), "email": email, "role": role });
    audit::record(tx, &*tenancy.clock, by, "staff.invite", detail).await?;
    Ok(Invitation { id: row.id, url, email: email.clone(), role, code, expires_at })
}

/// Uses an invitation up: the person exists afterwards, with that password, role and access.
pub async fn accept(tenancy: &Tenancy, tenant: &Tenant, brought: &Acceptance) -> Result<Staff, AcceptError> {
    tenancy.passwords.check(&brought.password)?;
    let now = tenancy.clock.now();
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    // 80 random bits with an expiry: guessing needs no limit by rate, and costs us one look-up a guess.
    let row = tx
        .invitation_by_code(&hash(brought.code.expose()))
        .await?
        .filter(|row| row.email.eq_ignore_ascii_case(brought.email.trim()))
        .filter(|row| row.accepted_at.is_none() && row.withdrawn_at.is_none() && now < row.expires_at)
        .ok_or(AcceptError::Invalid)?;
    let role: Role =
        row.role.parse().map_err(|e| Error::Inconsistent(format!("invitation {}: {e}", row.id)))?;
    let password_hash = tenancy.passwords.hash(brought.password.clone()).await?;
    if !tx.invitation_accept(row.id, now).await? {
        return Err(AcceptError::Invalid);
    }
    let staff = tx.staff_admit(&row.email, brought.display_name.trim(), role, &password_hash).await?;
    let id = StaffId(staff.id);
    // A password set anew ends what was signed in with the old one.
    tx.session_delete_of(id).await?;
    let actors: Vec<ActorId> = row.actor_ids.iter().copied().map(ActorId).collect();
    tx.access_grant(id, &actors).await?;
    let staff = Staff::try_from(staff)?;
    let detail = json!({ "invitation": row.id.to_string(), "role": role });
    audit::record(&tx, &*tenancy.clock, &By::staff(tenant.id, &staff), "staff.accept", detail).await?;
    tx.commit().await?;
    Ok(staff)
}

/// `K7QX-2M9A-…`: 80 bits in four groups, short enough to type.
pub(crate) fn code() -> Result<Secret> {
    let bytes = token::random::<16>()?;
    let mut text = String::with_capacity(19);
    for (position, byte) in bytes.iter().enumerate() {
        if position > 0 && position % 4 == 0 {
            text.push('-');
        }
        // 256 is a whole multiple of 32: no character is likelier than another.
        if let Some(&letter) = ALPHABET.get(usize::from(byte % 32)) {
            text.push(char::from(letter));
        }
    }
    Ok(Secret::new(text))
}

/// Of the code as it was meant, however it was typed.
pub(crate) fn hash(code: &str) -> Vec<u8> {
    let meant: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    Fresh::of(meant).hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_recognised_however_it_is_typed() {
        let code = code().unwrap();
        let text = code.expose();
        assert_eq!(text.len(), 19);
        for typed in
            [text.to_lowercase(), text.replace('-', " "), text.replace('-', ""), text.replace('0', "o")]
        {
            assert_eq!(hash(&typed), hash(text), "{typed}");
        }
        assert_ne!(hash("K7QX"), hash(text));
    }
}
