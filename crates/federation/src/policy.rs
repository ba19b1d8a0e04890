//! With whom the platform and its agencies speak, asked before anything is fetched, believed or
//! sent. The answers are look-ups in memory ([`belfry_tenancy::Policy`]).

use std::sync::Arc;

use belfry_activitypub::uri;
use belfry_model::{Tenant, TenantId, TenantScope};

use crate::{Error, Federation, Result};

impl Federation {
    /// Whether anybody here speaks with the server at this address: not where the platform bars it.
    pub fn hears(&self, address: &str) -> bool {
        uri::parse(address).is_some_and(|url| !self.directory.policy().bars(&uri::host(&url)))
    }

    /// Whether an agency and the server at this address speak with each other. With itself it does;
    /// a neighbour has to let it, too.
    pub fn may_speak(&self, tenant: &Tenant, address: &str) -> bool {
        let Some(host) = uri::parse(address).as_ref().map(uri::host) else { return false };
        self.may_speak_with_host(tenant, &host)
    }

    pub(crate) fn may_speak_with_host(&self, tenant: &Tenant, host: &str) -> bool {
        let policy = self.directory.policy();
        match self.directory.by_host(host) {
            Some(other) => other.id == tenant.id || policy.allows_neighbours(tenant, &other),
            None => policy.allows(tenant, host),
        }
    }

    /// Before anything is fetched from there on its behalf.
    pub(crate) fn check(&self, scope: TenantScope, address: &str) -> Result<()> {
        let tenant = self.tenant(scope.tenant())?;
        if self.may_speak(&tenant, address) { Ok(()) } else { Err(Error::Barred) }
    }

    /// Those of `hosts` that a tenant sends nothing to, by their places.
    pub fn barred(&self, tenant: TenantId, hosts: &[impl AsRef<str>]) -> Vec<bool> {
        let policy = self.directory.policy();
        match self.directory.by_id(tenant) {
            Some(tenant) => hosts.iter().map(|host| !policy.allows(&tenant, host.as_ref())).collect(),
            // Deleted a moment ago, its farewell is still to be sent; or so new that it is not known here.
            None => hosts.iter().map(|host| policy.bars(host.as_ref())).collect(),
        }
    }

    /// Whether it speaks with any other agency of this platform.
    pub fn has_neighbours(&self, tenant: TenantId) -> bool {
        let policy = self.directory.policy();
        let Some(tenant) = self.directory.by_id(tenant) else { return true };
        let other = |other: &Arc<Tenant>| {
            other.id != tenant.id && other.is_live() && policy.allows_neighbours(&tenant, other)
        };
        self.directory.list().iter().any(other)
    }

    /// Whether a tenant's documents are shown: one that speaks with nobody is to servers elsewhere
    /// as if it were not there.
    pub(crate) fn shows(&self, tenant: &Tenant) -> bool {
        self.directory.policy().is_open(tenant)
    }

    /// The live tenant at whose host an address lies, if it speaks with the author's server.
    pub(crate) fn hearer(&self, address: &str, author: &str) -> Option<Arc<Tenant>> {
        self.tenant_of(address).filter(|tenant| self.may_speak(tenant, author))
    }
}
