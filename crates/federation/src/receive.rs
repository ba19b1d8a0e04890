//! Receiving: what has arrived is authorised and applied, one file per kind.
//!
//! Invariant: applying is idempotent. One transaction writes the commons and one each tenant
//! concerned, and each records the activity as received; a retry completes what a crash left.

mod accept;
mod announce;
mod authorise;
mod concern;
pub(crate) mod create;
mod delete;
mod follow;
mod like;
mod reject;
mod synchronise;
mod undo;
mod update;

use std::sync::Arc;

use belfry_activitypub::Incoming;
use belfry_activitypub::incoming::Kind;
use belfry_model::{ActivityId, ActorId, COMMONS, InboundV1, Ref, Tenant, TenantId, TenantScope};
use belfry_storage::row;
use chrono::{DateTime, Utc};

use crate::{Error, Federation};

/// What to do with a job that was not applied.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// Keep the job: it may go better later.
    #[error("not applied yet")]
    Retry(#[source] Error),
    /// Give the job up: it would never go better.
    #[error("not applied: {reason}")]
    Drop { reason: String },
}

impl ApplyError {
    /// Whether the job is to be kept.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Retry(_) => true,
            Self::Drop { .. } => false,
        }
    }
}

impl From<Error> for ApplyError {
    fn from(error: Error) -> Self {
        if error.is_transient() {
            return Self::Retry(error);
        }
        let mut reason = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            reason = format!("{reason}: {cause}");
            source = cause.source();
        }
        Self::Drop { reason }
    }
}

/// An activity that has arrived and may be believed as far as its actor speaks.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub id: String,
    pub activity: Incoming,
    /// The commons row of whoever did it.
    pub author: row::Actor,
    /// The neighbour that it came from without HTTP.
    pub origin: Option<TenantId>,
    /// On whose behalf something is fetched that is needed to apply it.
    pub behalf: TenantScope,
    pub at: DateTime<Utc>,
}

impl Arrival {
    pub fn author(&self) -> Ref<ActorId> {
        Ref::new(COMMONS, ActorId(self.author.id))
    }
}

impl Federation {
    /// Applies one inbound job. May be called again with the same job: what is done is not
    /// done twice.
    pub async fn apply(&self, job: InboundV1) -> Result<(), ApplyError> {
        match job {
            InboundV1::Remote { actor, body, .. } => self.apply_remote(&actor, &body).await,
            InboundV1::Neighbour { tenant, activity } => self.apply_neighbour(tenant, activity).await,
        }
    }

    async fn apply_remote(&self, actor: &str, body: &str) -> Result<(), ApplyError> {
        let activity = Incoming::parse(body.as_bytes())
            .map_err(|malformed| ApplyError::Drop { reason: malformed.to_string() })?;
        if activity.actor != actor || self.is_ours(actor) {
            return Err(Error::Unusable("its actor is not the one that signed it").into());
        }
        // Before anything is fetched.
        let Some(behalf) = self.behalf(&activity) else { return Err(Error::Barred.into()) };
        let author = self.obtain_actor(behalf.scope(), actor).await?;
        self.dispatch(activity, author, None, behalf.scope()).await
    }

    async fn apply_neighbour(&self, tenant: TenantId, activity: ActivityId) -> Result<(), ApplyError> {
        let Some(scope) = TenantScope::of(tenant) else {
            return Err(Error::Unusable("the commons sends nothing").into());
        };
        // Withdrawn meanwhile: nothing to hand over, as nothing would be sent.
        if !self.has_neighbours(tenant) {
            return Ok(());
        }
        let Some((_, document)) = self.activity_document(scope, activity).await? else { return Ok(()) };
        let activity = Incoming::from_value(&document)
            .map_err(|malformed| ApplyError::Drop { reason: malformed.to_string() })?;
        let author = self.obtain_actor(scope, &activity.actor).await?;
        self.dispatch(activity, author, Some(tenant), scope).await
    }

    async fn dispatch(
        &self,
        activity: Incoming,
        author: row::Actor,
        origin: Option<TenantId>,
        behalf: TenantScope,
    ) -> Result<(), ApplyError> {
        let Some(id) = activity.id.clone() else {
            return Err(Error::Unusable("it has no id").into());
        };
        let arrival = Arrival { id, activity, author, origin, behalf, at: self.clock.now() };
        authorise::activity(&arrival)?;
        match arrival.activity.kind {
            Kind::Follow => follow::apply(self, &arrival).await?,
            Kind::Accept => accept::apply(self, &arrival).await?,
            Kind::Reject => reject::apply(self, &arrival).await?,
            Kind::Undo => undo::apply(self, &arrival).await?,
            Kind::Create => create::apply(self, &arrival).await?,
            Kind::Update => update::apply(self, &arrival).await?,
            Kind::Delete => delete::apply(self, &arrival).await?,
            Kind::Like => like::apply(self, &arrival).await?,
            Kind::Announce => announce::apply(self, &arrival).await?,
            // Understood one day; until then their senders lose nothing by our silence.
            Kind::Block | Kind::Flag | Kind::Move | Kind::Add | Kind::Remove | Kind::Other(_) => {
                return Err(Error::Unusable("this kind of activity is not handled").into());
            }
        }
        Ok(())
    }

    /// The tenant on whose behalf something is fetched: a live one that the activity names (others
    /// can't read the key of a suspended one), else the lead agency, else any; of those that speak
    /// with the actor's server.
    fn behalf(&self, activity: &Incoming) -> Option<Arc<Tenant>> {
        activity
            .to
            .iter()
            .chain(&activity.cc)
            .map(String::as_str)
            .chain(activity.object.id())
            .filter_map(|uri| self.hearer(uri, &activity.actor))
            .find(|tenant| tenant.is_live())
            .or_else(|| self.any_hearer(&activity.actor))
    }
}
