//! Earlier versions of posts, the original first.

use belfry_model::{COMMONS, StatusId};
use sea_orm::{ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value as Json;

use crate::entity::status_edit::{ActiveModel, Column, Entity};
use crate::{Result, TenantTx, row};

impl TenantTx {
    /// Keeps `version` as it is before it is changed; `media` is what was attached to it.
    pub async fn status_edit_insert(&self, version: &row::Status, media: Json) -> Result<()> {
        Entity::insert(ActiveModel {
            tenant_id: Set(self.tenant().0),
            id: NotSet,
            status_id: Set(version.id),
            text: Set(version.text.clone()),
            content_html: Set(version.content_html.clone()),
            spoiler_text: Set(version.spoiler_text.clone()),
            sensitive: Set(version.sensitive),
            media: Set(media),
            created_at: Set(version.edited_at.unwrap_or(version.created_at)),
        })
        .exec_without_returning(self)
        .await?;
        Ok(())
    }

    pub async fn status_edit_list(&self, status: StatusId) -> Result<Vec<row::StatusEdit>> {
        Ok(Entity::find()
            .filter(Column::TenantId.is_in([COMMONS.0, self.tenant().0]))
            .filter(Column::StatusId.eq(status.0))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .all(self)
            .await?)
    }

    /// A deleted post keeps no earlier words either.
    pub async fn status_edit_delete(&self, status: StatusId) -> Result<()> {
        Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::StatusId.eq(status.0))
            .exec(self)
            .await?;
        Ok(())
    }
}
