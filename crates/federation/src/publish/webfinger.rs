//! WebFinger: whom a handle or an address stands for. The canonical handle of an official
//! account is the one on the shared domain, and both hosts say so.

use std::str::FromStr;
use std::sync::Arc;

use belfry_activitypub::document::webfinger::{Acct, Jrd};
use belfry_activitypub::uri;
use belfry_model::{Tenant, TenantId, Username};
use belfry_storage::row;

use crate::{Error, Federation, Result};

/// Which host was asked.
#[derive(Debug, Clone)]
pub enum Asked {
    Tenant(Arc<Tenant>),
    SharedDomain,
}

/// What was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resource {
    Handle(Acct),
    Address(String),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`resource` must be like `acct:name@host` or the address of an account")]
pub struct UnreadableResource;

impl FromStr for Resource {
    type Err = UnreadableResource;

    fn from_str(text: &str) -> Result<Self, UnreadableResource> {
        if uri::parse(text).is_some() {
            return Ok(Self::Address(text.to_owned()));
        }
        // Some leave the scheme out.
        Acct::parse(text).map(Self::Handle).ok_or(UnreadableResource)
    }
}

impl Federation {
    /// `None` for whoever isn't of the host that was asked.
    pub async fn webfinger(&self, asked: &Asked, resource: &Resource) -> Result<Option<Jrd>> {
        let Some((tenant, name)) = self.meant(asked, resource).await? else { return Ok(None) };
        if !self.shows(&tenant) {
            return Ok(None);
        }
        let tx = self.app.tenant(tenant.scope()).await?;
        let origin = self.names.origin(&tenant);
        let authorize = origin.at("/authorize_interaction");
        let found = match &name {
            Name::Instance => tx.actor_instance_fetch().await?.map(|row| {
                let handle = format!("{host}@{host}", host = tenant.host);
                Jrd::new(&handle, &row.uri, &origin.at("/"), &authorize)
            }),
            Name::Account(username) => tx.actor_local_by_username(username).await?.map(|row| {
                let handle = self.renderer(&tenant).handle(&row);
                let jrd = Jrd::new(&handle, &row.uri, &page(&row), &authorize);
                match &row.official_handle {
                    Some(official) => {
                        jrd.vouched_by(&format!("{}.json", self.names.register_entry(official)))
                    }
                    None => jrd,
                }
            }),
        };
        tx.commit().await?;
        Ok(found)
    }

    async fn meant(&self, asked: &Asked, resource: &Resource) -> Result<Option<(Arc<Tenant>, Name)>> {
        match (resource, asked) {
            (Resource::Address(address), Asked::Tenant(tenant)) => {
                let own = self.tenant_of(address).is_some_and(|of| of.id == tenant.id);
                Ok(if own { named_by(address).map(|name| (Arc::clone(tenant), name)) } else { None })
            }
            (Resource::Handle(acct), Asked::Tenant(tenant)) if acct.host == tenant.host.as_str() => {
                if acct.user == tenant.host.as_str() || acct.user == tenant.host.name() {
                    return Ok(Some((Arc::clone(tenant), Name::Instance)));
                }
                let Ok(username) = acct.user.parse::<Username>() else { return Ok(None) };
                // Servers ask the actor's host for `preferredUsername`, which is the official one.
                let official = self.official(&username).await?.filter(|(of, _)| of.id == tenant.id);
                Ok(Some(official.unwrap_or((Arc::clone(tenant), Name::Account(username)))))
            }
            (Resource::Handle(acct), _) if acct.host == self.names.shared_domain.as_str() => {
                let Ok(username) = acct.user.parse::<Username>() else { return Ok(None) };
                let found = self.official(&username).await?;
                Ok(found.filter(|(of, _)| match asked {
                    Asked::Tenant(tenant) => of.id == tenant.id,
                    Asked::SharedDomain => true,
                }))
            }
            (Resource::Address(_) | Resource::Handle(_), _) => Ok(None),
        }
    }

    /// Whose `@handle@<shared domain>` it is.
    async fn official(&self, handle: &Username) -> Result<Option<(Arc<Tenant>, Name)>> {
        let Some(account) = self.app.public_account_by_official(handle).await? else { return Ok(None) };
        let tenant = self.directory.by_id(TenantId(account.tenant_id)).filter(|tenant| tenant.receives());
        // Not a word of there being nobody: followers elsewhere must not be dropped.
        if tenant.as_ref().is_some_and(|tenant| !tenant.is_live()) {
            return Err(Error::Suspended);
        }
        Ok(tenant.zip(account.username.parse().ok().map(Name::Account)))
    }
}

#[derive(Debug, Clone)]
enum Name {
    Instance,
    Account(Username),
}

/// `/users/name`, its page `/@name`, or the tenant's own actor.
fn named_by(address: &str) -> Option<Name> {
    let url = uri::parse(address)?;
    let path = url.path().trim_end_matches('/');
    if matches!(path, "" | "/actor") {
        return Some(Name::Instance);
    }
    let name = path.strip_prefix("/users/").or_else(|| path.strip_prefix("/@"))?;
    name.parse().ok().map(Name::Account)
}

fn page(row: &row::Actor) -> String {
    row.url.clone().unwrap_or_else(|| row.uri.clone())
}
