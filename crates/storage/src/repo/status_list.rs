//! Pages of posts, newest first, of what one reader may see.

use belfry_model::{ActorId, COMMONS, StatusId, TenantId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};

use super::domain_shown::by_nobody_limited;
use super::status_visible::visible_to;
use crate::entity::status::{Column, Entity};
use crate::{Page, Result, TenantTx, row};

/// Where the posts of a public or tag timeline come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// This tenant's own, and public posts elsewhere that it has a relation with.
    #[default]
    All,
    Local,
    Remote,
}

/// Which posts of one account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    pub exclude_replies: bool,
    pub exclude_reblogs: bool,
    pub only_media: bool,
    /// Lower case, without `#`.
    pub tagged: Option<String>,
}

/// Which posts of a tag timeline: `tag` or any of `any`, all of `all`, none of `none`.
/// All in lower case, without `#`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagFilter {
    pub tag: String,
    pub any: Vec<String>,
    pub all: Vec<String>,
    pub none: Vec<String>,
}

impl TenantTx {
    /// Public posts, without boosts and without replies to others.
    pub async fn status_public(
        &self,
        reach: Reach,
        only_media: bool,
        viewer: Option<ActorId>,
        page: Page,
    ) -> Result<Vec<row::Status>> {
        let mut select =
            self.listed(reach, viewer).filter(Column::ReblogOfId.is_null()).filter(no_reply_to_others());
        if only_media {
            select = select.filter(with_media());
        }
        self.merged(select, Column::TenantId, &self.rooms(reach), page).await
    }

    /// Public posts under a hashtag.
    pub async fn status_tagged(
        &self,
        filter: &TagFilter,
        reach: Reach,
        only_media: bool,
        viewer: Option<ActorId>,
        page: Page,
    ) -> Result<Vec<row::Status>> {
        let mut any = filter.any.clone();
        any.push(filter.tag.clone());
        let mut select = self.listed(reach, viewer).filter(tagged(any));
        for tag in &filter.all {
            select = select.filter(tagged(vec![tag.clone()]));
        }
        if !filter.none.is_empty() {
            select = select.filter(tagged(filter.none.clone()).not());
        }
        if only_media {
            select = select.filter(with_media());
        }
        self.merged(select, Column::TenantId, &self.rooms(reach), page).await
    }

    /// What one account posted and boosted. Direct posts are in no list of an account.
    pub async fn status_of_actor(
        &self,
        actor: ActorId,
        filter: &AccountFilter,
        viewer: Option<ActorId>,
        page: Page,
    ) -> Result<Vec<row::Status>> {
        let mut select = Entity::find()
            .filter(self.seen_statuses())
            .filter(Column::ActorId.eq(actor.0))
            .filter(Column::Visibility.ne("direct"))
            .filter(visible_to(self.tenant(), viewer));
        if filter.exclude_reblogs {
            select = select.filter(Column::ReblogOfId.is_null());
        }
        if filter.exclude_replies {
            select = select.filter(no_reply_to_others());
        }
        if filter.only_media {
            select = select.filter(with_media());
        }
        if let Some(tag) = &filter.tagged {
            select = select.filter(tagged(vec![tag.clone()]));
        }
        self.merged(select, Column::ActorTenant, &[self.tenant(), COMMONS], page).await
    }

    /// An account's public posts and boosts of such, for its outbox and feed.
    pub async fn status_of_actor_open(&self, actor: ActorId, page: Page) -> Result<Vec<row::Status>> {
        let select = Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::ActorTenant.eq(self.tenant().0))
            .filter(Column::ActorId.eq(actor.0))
            .filter(visible_to(self.tenant(), None));
        self.page(select, page).await
    }

    /// A home timeline: what was put there when it was applied, less what is gone since or
    /// may no longer be read.
    pub async fn status_home(&self, actor: ActorId, page: Page) -> Result<Vec<row::Status>> {
        let there = Expr::cust_with_values(
            "EXISTS (SELECT FROM home_timeline h WHERE h.tenant_id = $1 AND h.actor_id = $2
                AND h.status_tenant = status.tenant_id AND h.status_id = status.id)",
            [self.tenant().0, actor.0],
        );
        let select = Entity::find()
            .filter(self.seen_statuses())
            .filter(there)
            .filter(visible_to(self.tenant(), Some(actor)));
        self.page(select, page).await
    }

    /// The tenant's own posts, and public ones it knows, that contain `words`.
    pub async fn status_search(
        &self,
        words: &str,
        viewer: Option<ActorId>,
        page: Page,
    ) -> Result<Vec<row::Status>> {
        let pattern = super::actor::like_pattern(words);
        // By Unicode's rules, whatever locale the database was made with: in "C" an Ü has no lower case.
        let select = Entity::find()
            .filter(self.seen_statuses())
            .filter(Column::ReblogOfId.is_null())
            .filter(
                Expr::cust_with_values(
                    r#"lower(status.content_html COLLATE "und-x-icu") LIKE $1"#,
                    [pattern.clone()],
                )
                .or(Expr::cust_with_values(
                    r#"lower(status.spoiler_text COLLATE "und-x-icu") LIKE $1"#,
                    [pattern],
                )),
            )
            .filter(visible_to(self.tenant(), viewer))
            .filter(by_nobody_limited(self.tenant(), viewer));
        self.page(select, page).await
    }

    /// How many posts there are of this tenant's own accounts.
    pub async fn status_local_count(&self) -> Result<u64> {
        use sea_orm::PaginatorTrait;
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Local.eq(true))
            .filter(Column::DeletedAt.is_null())
            .filter(Column::ReblogOfId.is_null())
            .count(self)
            .await?)
    }

    /// Boosts of a post that this reader may see, newest first: whose they are says `actor_id`.
    pub async fn status_reblogs(
        &self,
        of: StatusId,
        viewer: Option<ActorId>,
        page: Page,
    ) -> Result<Vec<row::Status>> {
        let select = Entity::find()
            .filter(self.seen_statuses())
            .filter(Column::ReblogOfTenant.is_in([COMMONS.0, self.tenant().0]))
            .filter(Column::ReblogOfId.eq(of.0))
            .filter(visible_to(self.tenant(), viewer));
        self.page(select, page).await
    }

    fn listed(&self, reach: Reach, viewer: Option<ActorId>) -> Select<Entity> {
        let select = Entity::find()
            .filter(Column::Visibility.eq("public"))
            .filter(visible_to(self.tenant(), viewer))
            .filter(by_nobody_limited(self.tenant(), viewer));
        match reach {
            Reach::All => select,
            Reach::Local => select.filter(Column::Local.eq(true)),
            Reach::Remote => select.filter(Column::Local.eq(false)),
        }
    }

    /// Local posts are never in the commons. Remote ones are in both rooms: what concerns the
    /// tenant is among its own rows.
    fn rooms(&self, reach: Reach) -> Vec<TenantId> {
        match reach {
            Reach::Local => vec![self.tenant()],
            Reach::All | Reach::Remote => vec![self.tenant(), COMMONS],
        }
    }

    /// A page out of each room by itself, since only within one room does an index give posts
    /// in order; then the newest of both.
    async fn merged(
        &self,
        select: Select<Entity>,
        room_of: Column,
        rooms: &[TenantId],
        page: Page,
    ) -> Result<Vec<row::Status>> {
        let mut rows = Vec::new();
        for room in rooms {
            let select = select.clone().filter(room_of.eq(room.0));
            rows.extend(page.apply(select, (Entity, Column::Id)).all(self).await?);
        }
        rows.sort_by_key(|row| row.id);
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        if page.min.is_some() {
            rows.truncate(limit);
            rows.reverse();
        } else {
            rows.reverse();
            rows.truncate(limit);
        }
        Ok(rows)
    }

    async fn page(&self, select: Select<Entity>, page: Page) -> Result<Vec<row::Status>> {
        let rows = page.apply(select, (Entity, Column::Id)).all(self).await?;
        Ok(page.newest_first(rows))
    }
}

/// A thread of an account's own posts counts as posts, not as replies.
fn no_reply_to_others() -> Condition {
    Condition::any()
        .add(Column::InReplyToUri.is_null())
        .add(Expr::col((Entity, Column::InReplyToActorId)).eq(Expr::col((Entity, Column::ActorId))))
}

fn with_media() -> Expr {
    Expr::cust(
        "EXISTS (SELECT FROM media_attachment m WHERE m.tenant_id = status.tenant_id
            AND m.status_id = status.id)",
    )
}

fn tagged(any: Vec<String>) -> Expr {
    Expr::cust_with_values(
        "EXISTS (SELECT FROM status_tag t WHERE t.tenant_id = status.tenant_id
            AND t.status_id = status.id AND t.tag = ANY($1))",
        [any],
    )
}
