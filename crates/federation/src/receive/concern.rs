//! Whom something concerns: the tenants that follow its author, those that it addresses, and
//! those that keep something of its author.

use std::collections::BTreeSet;

use belfry_activitypub::RemoteNote;
use belfry_model::{ActorId, TenantId, TenantScope};

use super::Arrival;
use crate::{Error, Federation, Result};

/// Tenants that are live or suspended and speak with the author's server, each once, in the order
/// of their ids; never the one that it came from.
#[derive(Debug, Default)]
pub(super) struct Concern {
    /// Somebody there follows the author.
    pub interested: BTreeSet<TenantId>,
    /// It names an address there, or answers one.
    pub addressed: BTreeSet<TenantId>,
}

impl Concern {
    pub fn all(&self) -> impl Iterator<Item = TenantScope> {
        self.interested.union(&self.addressed).copied().filter_map(TenantScope::of)
    }

    pub fn is_empty(&self) -> bool {
        self.interested.is_empty() && self.addressed.is_empty()
    }
}

impl Federation {
    pub(super) async fn concern_of_note(&self, arrival: &Arrival, note: &RemoteNote) -> Result<Concern> {
        let named = note.mentions.iter().map(|named| named.href.as_str());
        let addressed =
            note.to.iter().chain(&note.cc).chain(&arrival.activity.to).chain(&arrival.activity.cc);
        let answered = note.in_reply_to.as_deref();
        let addresses = addressed.map(String::as_str).chain(named).chain(answered);
        Ok(Concern { interested: self.interested(arrival).await?, addressed: self.at(arrival, addresses) })
    }

    /// The tenants in which somebody follows the author.
    pub(super) async fn interested(&self, arrival: &Arrival) -> Result<BTreeSet<TenantId>> {
        let tenants = self.worker_db()?.interest_tenants(ActorId(arrival.author.id)).await?;
        Ok(self.receiving(arrival, tenants))
    }

    /// The tenants that follow the author or keep something of it.
    pub(super) async fn touched(&self, arrival: &Arrival) -> Result<BTreeSet<TenantId>> {
        let mut tenants = self.interested(arrival).await?;
        let holding = self.worker_db()?.holding_tenants(ActorId(arrival.author.id)).await?;
        tenants.extend(self.receiving(arrival, holding));
        Ok(tenants)
    }

    /// The tenants at whose hosts these addresses lie.
    pub(super) fn at<'a>(
        &self,
        arrival: &Arrival,
        addresses: impl IntoIterator<Item = &'a str>,
    ) -> BTreeSet<TenantId> {
        let tenants = addresses.into_iter().filter_map(|uri| self.tenant_of(uri)).map(|tenant| tenant.id);
        self.receiving(arrival, tenants)
    }

    fn receiving(
        &self,
        arrival: &Arrival,
        tenants: impl IntoIterator<Item = TenantId>,
    ) -> BTreeSet<TenantId> {
        tenants
            .into_iter()
            .filter(|id| Some(*id) != arrival.origin)
            .filter(|id| {
                let tenant = self.directory.by_id(*id).filter(|tenant| tenant.receives());
                tenant.is_some_and(|tenant| self.may_speak(&tenant, &arrival.author.uri))
            })
            .collect()
    }

    fn worker_db(&self) -> Result<&belfry_storage::WorkerDb> {
        self.worker.as_ref().ok_or(Error::Unusable("what arrives is applied in a worker only"))
    }
}

/// The scope of one tenant; none for the commons.
pub(super) fn scopes(tenants: BTreeSet<TenantId>) -> impl Iterator<Item = TenantScope> {
    tenants.into_iter().filter_map(TenantScope::of)
}
