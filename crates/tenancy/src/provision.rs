//! Making a tenant, in three steps that each leave something the next run completes.
//!
//! 1. The registry learns of it as `provisioning`: its slug is taken, it is served nothing.
//! 2. Its own rows, in one transaction: settings, keys, actors, rules, the owner's invitation.
//! 3. The registry calls it `live`, which every process hears.
//!
//! Running the same command again after a crash finds out where it stopped and goes on.

mod host;
mod rules;

use belfry_model::{
    AccountKind, ActorId, BodyType, Host, Phase, PlatformNames, Role, Slug, Tenant, TenantState, Username,
};
use belfry_storage::{AdminDb, Registered, TenantTx, row};

use crate::account::{self, AccountError, NewAccount};
use crate::staff::{self, Invitation};
use crate::{By, EmailAddress, Error, Tenancy, error};

pub use host::UnfitHost;

/// What the public calls a body fits on one line of a page.
pub const LONGEST_NAME: usize = 120;

/// A tenant that is to be.
#[derive(Debug, Clone)]
pub struct NewTenant {
    pub slug: Slug,
    pub name: String,
    pub owner_email: EmailAddress,
    pub phase: Phase,
    /// BCP 47.
    pub language: String,
    pub body_type: BodyType,
    /// The request for admission that it is made for.
    pub request: Option<i64>,
    /// One of its own outside the shared domain, for a body whose name must not look official.
    pub host: Option<Host>,
    /// The first tenant becomes the lead agency whether it asks to be or not.
    pub lead: bool,
}

/// A tenant that is live now.
#[derive(Debug)]
pub struct CreatedTenant {
    pub tenant: Tenant,
    /// Its organisation account, named after the slug.
    pub organisation: row::Actor,
    pub invitation: Invitation,
    /// An earlier run had been interrupted, and this one completed it.
    pub resumed: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    #[error(
        "the namespace `{0}` is taken: choose another slug. If it is yours and its owner's invitation was lost, \
         run `belfry staff invite <email> --tenant {0} --role owner`"
    )]
    Taken(Slug),
    #[error("the namespace `{0}` was another body's: a slug is never given a second time, choose another")]
    Gone(Slug),
    #[error(
        "the namespace `{0}` was begun for another owner and is not complete: run it again with the same \
         `--owner-email`, or choose another slug"
    )]
    BegunForAnother(Slug),
    #[error(
        "the namespace `{0}` is kept back by the lead agency: choose another, or release it in the baseline"
    )]
    Reserved(Slug),
    #[error("the lead agency is `{0}` already: a second one can't be made, leave `--lead` out")]
    LeadTaken(String),
    #[error("a tenant needs a name: what the public calls the body, such as `Ministry of Education`")]
    Nameless,
    #[error("the name is longer than {LONGEST_NAME} characters: use what the public calls the body")]
    NameTooLong,
    #[error("`{0}` is no language: use a tag such as `en`, `nl` or `fr-BE`")]
    Language(String),
    #[error(transparent)]
    Host(#[from] UnfitHost),
    #[error("the host `{0}` is or was another namespace's: a host is never given to a second body")]
    HostTaken(Host),
    #[error("the namespace `{0}` was begun at the host `{1}`: run it again with that host")]
    BegunElsewhere(Slug, Host),
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(ProvisionError: Error, belfry_storage::Error);

/// Makes the tenant, or completes one whose making was interrupted.
pub async fn create_tenant(
    tenancy: &Tenancy,
    admin: &AdminDb,
    new: &NewTenant,
    by: &By,
) -> Result<CreatedTenant, ProvisionError> {
    let (row, resumed) = register(tenancy, admin, new, by).await?;
    let tenant = Tenant::try_from(row)?;
    let (organisation, invitation) = furnish(tenancy, &tenant, new, by).await?;
    admin.tenant_state_set(tenant.id, TenantState::Live, by.actor()).await?;
    // Others hear of it by notification; this process need not wait for its own.
    tenancy.directory.refresh().await?;
    let tenant = Tenant { state: TenantState::Live, ..tenant };
    Ok(CreatedTenant { tenant, organisation, invitation, resumed })
}

/// The name and the host that the tenant would have, where it could be made as far as its own
/// words go. Asks no database.
pub fn fit<'a>(names: &PlatformNames, new: &'a NewTenant) -> Result<(&'a str, Host), ProvisionError> {
    let name = new.name.trim();
    if name.is_empty() {
        return Err(ProvisionError::Nameless);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(ProvisionError::NameTooLong);
    }
    if !is_language(&new.language) {
        return Err(ProvisionError::Language(new.language.clone()));
    }
    Ok((name, host::of(names, &new.slug, new.host.as_ref())?))
}

/// Step 1. Says whether an earlier run had done it.
async fn register(
    tenancy: &Tenancy,
    admin: &AdminDb,
    new: &NewTenant,
    by: &By,
) -> Result<(row::Tenant, bool), ProvisionError> {
    let (name, host) = fit(&tenancy.names, new)?;
    let entry = belfry_storage::NewTenant {
        slug: &new.slug,
        host: &host,
        name,
        phase: new.phase,
        language: &new.language,
        owner_email: new.owner_email.as_str(),
        body_type: new.body_type,
        request: new.request,
        lead: new.lead,
    };
    let known_before = tenancy.directory.by_slug(&new.slug).is_some();
    if !known_before && tenancy.directory.policy().reserves(new.slug.as_str()) {
        return Err(ProvisionError::Reserved(new.slug.clone()));
    }
    let known = match admin.tenant_register(&entry, by.actor()).await {
        Ok(Registered::New(row)) => return Ok((row, false)),
        Ok(Registered::Known(row)) => row,
        Err(belfry_storage::Error::Conflict { constraint }) if constraint.contains("tenant_host_key") => {
            return Err(ProvisionError::HostTaken(host));
        }
        Err(error @ belfry_storage::Error::Conflict { .. }) if new.lead => {
            return Err(match admin.tenant_lead_fetch().await? {
                Some(lead) => ProvisionError::LeadTaken(lead.slug),
                None => error.into(),
            });
        }
        Err(error) => return Err(error.into()),
    };
    let begun = Tenant::try_from(known.clone())?;
    match begun.state {
        TenantState::Provisioning if begun.host != host => {
            Err(ProvisionError::BegunElsewhere(new.slug.clone(), begun.host))
        }
        TenantState::Provisioning if known.owner_email.eq_ignore_ascii_case(new.owner_email.as_str()) => {
            Ok((known, true))
        }
        TenantState::Provisioning => Err(ProvisionError::BegunForAnother(new.slug.clone())),
        TenantState::Live | TenantState::Suspended => Err(ProvisionError::Taken(new.slug.clone())),
        TenantState::Deleted => Err(ProvisionError::Gone(new.slug.clone())),
    }
}

/// Step 2. The code of an invitation that an interrupted run issued is lost with it, so
/// there is always a new one.
async fn furnish(
    tenancy: &Tenancy,
    tenant: &Tenant,
    new: &NewTenant,
    by: &By,
) -> Result<(row::Actor, Invitation), ProvisionError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let organisation = if tx.tenant_setting_claim(new.owner_email.as_str()).await? {
        first_rows(tenancy, &tx, tenant, by).await?
    } else {
        let missing =
            || Error::Inconsistent(format!("tenant {} lacks its organisation account", tenant.slug));
        tx.actor_local_by_username(&organisation_handle(tenant)?).await?.ok_or_else(missing)?
    };
    let role = if tenant.is_lead { Role::Lead } else { Role::Owner };
    let actors = [ActorId(organisation.id)];
    let invitation = staff::issue(tenancy, &tx, tenant, &new.owner_email, role, &actors, by).await?;
    tx.commit().await?;
    Ok((organisation, invitation))
}

async fn first_rows(
    tenancy: &Tenancy,
    tx: &TenantTx,
    tenant: &Tenant,
    by: &By,
) -> Result<row::Actor, ProvisionError> {
    tenancy.keys.tenant_key_create(tx).await?;
    account::create_instance_in(tenancy, tx, tenant).await?;
    let organisation = NewAccount {
        username: organisation_handle(tenant)?,
        kind: AccountKind::Organisation,
        display_name: tenant.name.clone(),
    };
    let organisation = account::create_in(tenancy, tx, tenant, &organisation, by).await?;
    rules::write_defaults(tx).await?;
    Ok(organisation)
}

fn organisation_handle(tenant: &Tenant) -> Result<Username, Error> {
    // `Slug` refuses whatever is no handle, so this only fails on a row that was not ours.
    tenant.slug.as_str().parse().map_err(|error| Error::Inconsistent(format!("{error}")))
}

/// The shape of a BCP 47 tag: a language of two or three letters, and what narrows it down.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let narrows =
        |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(|part| (2..=3).contains(&part.len()) && letters(part)) && parts.all(narrows)
}
