//! Hashtags of posts, in lower case and without the `#`.

use belfry_model::{COMMONS, StatusId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::status_tag::{ActiveModel, Column, Entity};
use crate::{Result, TenantTx, row};

impl TenantTx {
    pub async fn tag_insert(&self, status: StatusId, tags: &[String]) -> Result<()> {
        if tags.is_empty() {
            return Ok(());
        }
        let models = tags.iter().map(|tag| ActiveModel {
            tenant_id: Set(self.tenant().0),
            status_id: Set(status.0),
            tag: Set(tag.clone()),
        });
        Entity::insert_many(models)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(self)
            .await?;
        Ok(())
    }

    /// All tags of a page of posts.
    pub async fn tag_list(&self, statuses: &[StatusId]) -> Result<Vec<row::StatusTag>> {
        if statuses.is_empty() {
            return Ok(Vec::new());
        }
        Ok(Entity::find()
            .filter(Column::TenantId.is_in([COMMONS.0, self.tenant().0]))
            .filter(Column::StatusId.is_in(statuses.iter().map(|id| id.0)))
            .order_by_asc(Column::Tag)
            .all(self)
            .await?)
    }

    /// Tags in use that begin with `prefix`.
    pub async fn tag_search(&self, prefix: &str, offset: u64, limit: u64) -> Result<Vec<String>> {
        Ok(Entity::find()
            .select_only()
            .column(Column::Tag)
            .distinct()
            .filter(Column::TenantId.is_in([COMMONS.0, self.tenant().0]))
            .filter(Column::Tag.starts_with(prefix.to_lowercase().replace(['%', '_', '\\'], "")))
            .order_by_asc(Column::Tag)
            .offset(offset)
            .limit(limit)
            .into_tuple()
            .all(self)
            .await?)
    }

    /// Takes all tags of a post away, before an edit writes them again.
    pub async fn tag_delete(&self, status: StatusId) -> Result<()> {
        Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::StatusId.eq(status.0))
            .exec(self)
            .await?;
        Ok(())
    }
}
