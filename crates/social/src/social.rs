//! What the use cases work with.

use std::sync::Arc;

use belfry_model::{ActorId, Clock, Host, Origin, Permission, PlatformNames};
use belfry_storage::{AppDb, NewAuditEvent, TenantTx, row};
use belfry_tenancy::policies;
use belfry_tenancy::staff::Staff;

use crate::media::MediaStore;
use crate::{Error, Forbidden, Poster, Result};

/// Where people accept what their agency demands before they post.
const ACCEPT: &str = "/account/policies";

/// Bounds that the settings give; the length of a post is each tenant's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub attachments: usize,
    pub home_timeline_posts: u32,
    pub upload_bytes: usize,
    pub upload_pixels: u64,
    /// Longest side of a preview.
    pub preview_pixels: u32,
    /// Of one tenant.
    pub urgent_per_hour: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            attachments: 4,
            home_timeline_posts: crate::distribute::HOME_TIMELINE_POSTS,
            upload_bytes: 16 * 1024 * 1024,
            upload_pixels: 33_177_600,
            preview_pixels: 640,
            urgent_per_hour: 10,
        }
    }
}

/// What a [`Social`] is made of.
#[derive(Debug, Clone)]
pub struct Parts {
    pub app: AppDb,
    pub clock: Arc<dyn Clock>,
    pub names: PlatformNames,
    pub media: MediaStore,
    pub limits: Limits,
}

/// The use cases. Cheap to clone: it holds handles only.
#[derive(Debug, Clone)]
pub struct Social {
    pub(crate) app: AppDb,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) names: PlatformNames,
    pub(crate) media: MediaStore,
    pub(crate) limits: Limits,
}

/// The account that speaks, and the person who has it speak.
pub(crate) struct Speaker {
    pub actor: row::Actor,
    pub staff: Option<Staff>,
}

impl Social {
    pub fn new(parts: Parts) -> Self {
        let Parts { app, clock, names, media, limits } = parts;
        Self { app, clock, names, media, limits }
    }

    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The account that is posted as. It may have been deleted since its token was made.
    pub(crate) async fn poster(&self, tx: &TenantTx, poster: &Poster) -> Result<row::Actor> {
        self.local(tx, poster.actor).await?.ok_or(Error::NotFound)
    }

    /// Who a post, an edit or a boost speaks through. A person may post, and has accepted what their
    /// agency demands; a token that a command made is nobody's, and asks nobody.
    pub(crate) async fn speaker(&self, tx: &TenantTx, poster: &Poster) -> Result<Speaker> {
        let actor = self.poster(tx, poster).await?;
        let Some(id) = poster.staff() else { return Ok(Speaker { actor, staff: None }) };
        let staff: Staff = tx.staff_fetch(id).await?.ok_or(Error::NotFound)?.try_into()?;
        if !staff.may(Permission::Post) {
            return Err(Forbidden::Post.into());
        }
        let due = policies::due_in(tx, id, self.clock.now()).await?;
        if due.is_empty() {
            return Ok(Speaker { actor, staff: Some(staff) });
        }
        // Clients show it as it is, and the error texts of the client API are English.
        let titles: Vec<String> =
            due.iter().map(|(policy, _)| policies::title(*policy, "en")).collect::<Result<_, _>>()?;
        let at = self.origin(&actor)?.at(ACCEPT);
        Err(Forbidden::Policies { policies: titles.join(", "), at }.into())
    }

    /// Records what a poster did; the last thing in its transaction.
    pub(crate) async fn act(
        &self,
        tx: &TenantTx,
        poster: &Poster,
        action: &str,
        detail: serde_json::Value,
    ) -> Result<()> {
        let event = NewAuditEvent { at: self.clock.now(), by: poster.by.actor(), action, detail };
        Ok(tx.audit_insert(event).await?)
    }

    /// A living account of the transaction's tenant.
    pub(crate) async fn local(&self, tx: &TenantTx, actor: ActorId) -> Result<Option<row::Actor>> {
        let found = tx.actor_fetch(actor).await?;
        Ok(found.filter(|row| row.tenant_id == tx.tenant().0 && row.deleted_at.is_none()))
    }

    /// Where a local actor's addresses begin. Its handle's host is its tenant's host.
    pub(crate) fn origin(&self, actor: &row::Actor) -> Result<Origin> {
        let host: Host = actor.domain.parse().map_err(|_| Error::Corrupt("the host of a local account"))?;
        Ok(Origin { scheme: self.names.scheme.clone(), host })
    }
}
