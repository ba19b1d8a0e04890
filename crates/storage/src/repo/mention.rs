//! Who a post names.

use belfry_model::{ActorId, COMMONS, Ref, StatusId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::mention::{ActiveModel, Column, Entity};
use crate::{Result, TenantTx, row};

/// One name in a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMention {
    pub actor_uri: String,
    /// Where this tenant knows the actor.
    pub actor: Option<Ref<ActorId>>,
    pub username: String,
    /// `user` for an account of the same tenant, else `user@host`.
    pub acct: String,
    pub url: String,
}

impl TenantTx {
    /// Names that the post has already are left as they are.
    pub async fn mention_insert(&self, status: StatusId, mentions: &[NewMention]) -> Result<()> {
        if mentions.is_empty() {
            return Ok(());
        }
        let models = mentions.iter().map(|mention| ActiveModel {
            tenant_id: Set(self.tenant().0),
            status_id: Set(status.0),
            actor_uri: Set(mention.actor_uri.clone()),
            actor_tenant: Set(mention.actor.map(|actor| actor.tenant.0)),
            actor_id: Set(mention.actor.map(|actor| actor.id.0)),
            username: Set(mention.username.clone()),
            acct: Set(mention.acct.clone()),
            url: Set(mention.url.clone()),
        });
        Entity::insert_many(models)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(self)
            .await?;
        Ok(())
    }

    /// All names of a page of posts.
    pub async fn mention_list(&self, statuses: &[StatusId]) -> Result<Vec<row::Mention>> {
        if statuses.is_empty() {
            return Ok(Vec::new());
        }
        Ok(Entity::find()
            .filter(Column::TenantId.is_in([COMMONS.0, self.tenant().0]))
            .filter(Column::StatusId.is_in(statuses.iter().map(|id| id.0)))
            .order_by_asc(Column::Acct)
            .all(self)
            .await?)
    }

    /// Takes all names of a post away, before an edit writes them again.
    pub async fn mention_delete(&self, status: StatusId) -> Result<()> {
        Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::StatusId.eq(status.0))
            .exec(self)
            .await?;
        Ok(())
    }
}
