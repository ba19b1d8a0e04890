//! The tenant's own actors: its accounts, and the instance actor that fetches on its behalf.

use belfry_model::{ActorId, Username};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement,
};

use crate::entity::actor;
use crate::{Result, TenantTx};

/// `actor.kind` of the actor that fetches on the tenant's behalf.
pub const INSTANCE: &str = "instance";

/// A local actor that is to be made; its addresses are built by `model::Origin`.
#[derive(Debug)]
pub struct NewLocalActor<'a> {
    /// An account kind, or [`INSTANCE`].
    pub kind: &'a str,
    pub username: &'a str,
    pub domain: &'a str,
    pub uri: &'a str,
    pub url: Option<&'a str>,
    pub actor_type: &'a str,
    pub inbox_url: &'a str,
    pub shared_inbox_url: &'a str,
    pub outbox_url: Option<&'a str>,
    pub followers_url: Option<&'a str>,
    pub following_url: Option<&'a str>,
    pub featured_url: Option<&'a str>,
    pub display_name: &'a str,
    pub public_key_id: &'a str,
    pub public_key_pem: &'a str,
}

impl TenantTx {
    /// `None` if the handle is taken in this tenant.
    pub async fn actor_local_insert(&self, new: &NewLocalActor<'_>) -> Result<Option<actor::Model>> {
        let inserted = self
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                // Any unique index may say that the handle is taken: the handle's, or the address's,
                // which a deleted actor keeps for ever.
                "INSERT INTO actor (tenant_id, kind, username, domain, uri, url, actor_type, inbox_url,
                     shared_inbox_url, outbox_url, followers_url, following_url, featured_url, display_name,
                     public_key_id, public_key_pem)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
                 ON CONFLICT DO NOTHING RETURNING *",
                [
                    self.tenant().0.into(),
                    new.kind.into(),
                    new.username.into(),
                    new.domain.into(),
                    new.uri.into(),
                    new.url.into(),
                    new.actor_type.into(),
                    new.inbox_url.into(),
                    new.shared_inbox_url.into(),
                    new.outbox_url.into(),
                    new.followers_url.into(),
                    new.following_url.into(),
                    new.featured_url.into(),
                    new.display_name.into(),
                    new.public_key_id.into(),
                    new.public_key_pem.into(),
                ],
            ))
            .await?;
        Ok(inserted.map(|row| actor::Model::from_query_result(&row, "")).transpose()?)
    }

    /// The instance actor's row.
    pub async fn actor_instance_fetch(&self) -> Result<Option<actor::Model>> {
        Ok(actor::Entity::find()
            .filter(actor::Column::TenantId.eq(self.tenant().0))
            .filter(actor::Column::Kind.eq(INSTANCE))
            .one(self)
            .await?)
    }

    /// A living local account by its handle.
    pub async fn actor_local_by_username(&self, username: &Username) -> Result<Option<actor::Model>> {
        Ok(self.local_accounts().filter(actor::Column::Username.eq(username.as_str())).one(self).await?)
    }

    /// Every living local account, by handle.
    pub async fn actor_local_list(&self) -> Result<Vec<actor::Model>> {
        Ok(self.local_accounts().order_by_asc(actor::Column::Username).all(self).await?)
    }

    /// The accounts with these ids; others', deleted and remote ones are left out.
    pub async fn actor_local_by_ids(&self, ids: &[ActorId]) -> Result<Vec<actor::Model>> {
        let ids = ids.iter().map(|id| id.0);
        Ok(self
            .local_accounts()
            .filter(actor::Column::Id.is_in(ids))
            .order_by_asc(actor::Column::Id)
            .all(self)
            .await?)
    }

    /// The local part that the lead agency gave on the shared domain.
    /// `None` where it was taken again.
    pub async fn actor_official_set(&self, actor: ActorId, handle: Option<&Username>) -> Result<()> {
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "UPDATE actor SET official_handle = $3, updated_at = now() WHERE tenant_id = $1 AND id = $2",
            [self.tenant().0.into(), actor.0.into(), handle.map(Username::as_str).into()],
        ))
        .await?;
        Ok(())
    }

    fn local_accounts(&self) -> sea_orm::Select<actor::Entity> {
        actor::Entity::find()
            .filter(actor::Column::TenantId.eq(self.tenant().0))
            .filter(actor::Column::Kind.ne(INSTANCE))
            .filter(actor::Column::DeletedAt.is_null())
    }
}
