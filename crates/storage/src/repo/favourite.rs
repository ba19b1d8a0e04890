//! Favourites.

use belfry_model::{ActorId, Ref, StatusId};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::favourite::{ActiveModel, Column, Entity};
use crate::{Page, Result, TenantTx, row};

/// One actor's favourite of one post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFavourite {
    /// The Like activity's id.
    pub uri: String,
    pub actor: Ref<ActorId>,
    pub status: Ref<StatusId>,
    pub created_at: DateTime<Utc>,
}

impl TenantTx {
    /// `None` if it is one already.
    pub async fn favourite_insert(&self, new: NewFavourite) -> Result<Option<row::Favourite>> {
        let mut inserted = Entity::insert(ActiveModel {
            tenant_id: Set(self.tenant().0),
            uri: Set(new.uri),
            actor_tenant: Set(new.actor.tenant.0),
            actor_id: Set(new.actor.id.0),
            status_tenant: Set(new.status.tenant.0),
            status_id: Set(new.status.id.0),
            created_at: Set(new.created_at),
            ..Default::default()
        })
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_with_returning_many(self)
        .await?;
        Ok(inserted.pop())
    }

    pub async fn favourite_find(&self, actor: ActorId, status: StatusId) -> Result<Option<row::Favourite>> {
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::ActorId.eq(actor.0))
            .filter(Column::StatusId.eq(status.0))
            .one(self)
            .await?)
    }

    /// By the id of its Like activity.
    pub async fn favourite_by_uri(&self, uri: &str) -> Result<Option<row::Favourite>> {
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Uri.eq(uri))
            .one(self)
            .await?)
    }

    /// Who favourited a post; the page's bounds are favourite ids.
    pub async fn favourite_list(&self, status: StatusId, page: Page) -> Result<Vec<row::Favourite>> {
        let select =
            Entity::find().filter(Column::TenantId.eq(self.tenant().0)).filter(Column::StatusId.eq(status.0));
        let rows = page.apply(select, (Entity, Column::Id)).all(self).await?;
        Ok(page.newest_first(rows))
    }

    /// What an account favourited; the page's bounds are favourite ids.
    pub async fn favourite_of_actor(&self, actor: ActorId, page: Page) -> Result<Vec<row::Favourite>> {
        let select =
            Entity::find().filter(Column::TenantId.eq(self.tenant().0)).filter(Column::ActorId.eq(actor.0));
        let rows = page.apply(select, (Entity, Column::Id)).all(self).await?;
        Ok(page.newest_first(rows))
    }

    pub async fn favourite_delete(&self, id: i64) -> Result<bool> {
        let done = Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.eq(id))
            .exec(self)
            .await?;
        Ok(done.rows_affected > 0)
    }

    /// A deleted post is nobody's favourite.
    pub async fn favourite_delete_of_status(&self, status: StatusId) -> Result<()> {
        Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::StatusId.eq(status.0))
            .exec(self)
            .await?;
        Ok(())
    }
}
