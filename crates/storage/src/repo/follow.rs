//! Who follows whom, as far as one end is this tenant's own.

use belfry_model::{ActorId, Ref};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QuerySelect, Statement,
};

use crate::entity::follow::{ActiveModel, Column, Entity};
use crate::{Page, Result, TenantTx, row};

/// A follow that is asked for or, where nobody has to be asked, made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFollow {
    /// The Follow activity's id.
    pub uri: String,
    pub follower: Ref<ActorId>,
    pub followee: Ref<ActorId>,
    pub accepted: bool,
    pub reblogs: bool,
    pub notify: bool,
    pub created_at: chrono::DateTime<chrono::Utc>,
}

impl TenantTx {
    /// `None` if there is one between the two already.
    pub async fn follow_insert(&self, new: NewFollow) -> Result<Option<row::Follow>> {
        let state = if new.accepted { "accepted" } else { "requested" };
        let mut inserted = Entity::insert(ActiveModel {
            tenant_id: Set(self.tenant().0),
            uri: Set(new.uri),
            follower_tenant: Set(new.follower.tenant.0),
            follower_id: Set(new.follower.id.0),
            followee_tenant: Set(new.followee.tenant.0),
            followee_id: Set(new.followee.id.0),
            state: Set(state.to_owned()),
            reblogs: Set(new.reblogs),
            notify: Set(new.notify),
            created_at: Set(new.created_at),
            ..Default::default()
        })
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_with_returning_many(self)
        .await?;
        Ok(inserted.pop())
    }

    pub async fn follow_find(&self, follower: ActorId, followee: ActorId) -> Result<Option<row::Follow>> {
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::FollowerId.eq(follower.0))
            .filter(Column::FolloweeId.eq(followee.0))
            .one(self)
            .await?)
    }

    /// By the id of its Follow activity.
    pub async fn follow_by_uri(&self, uri: &str) -> Result<Option<row::Follow>> {
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Uri.eq(uri))
            .one(self)
            .await?)
    }

    /// Answers true once: a repeated Accept changes nothing.
    pub async fn follow_accept(&self, id: i64) -> Result<bool> {
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value("accepted"))
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.eq(id))
            .filter(Column::State.eq("requested"))
            .exec(self)
            .await?;
        Ok(done.rows_affected > 0)
    }

    /// What the follower wants of it. `None` leaves a wish as it is.
    pub async fn follow_wish(&self, id: i64, reblogs: Option<bool>, notify: Option<bool>) -> Result<()> {
        let mut model = ActiveModel { tenant_id: Set(self.tenant().0), ..Default::default() };
        if let Some(reblogs) = reblogs {
            model.reblogs = Set(reblogs);
        }
        if let Some(notify) = notify {
            model.notify = Set(notify);
        }
        Entity::update_many()
            .set(model)
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.eq(id))
            .exec(self)
            .await?;
        Ok(())
    }

    pub async fn follow_delete(&self, id: i64) -> Result<bool> {
        let done = Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.eq(id))
            .exec(self)
            .await?;
        Ok(done.rows_affected > 0)
    }

    /// A deleted actor follows nobody and nobody follows it.
    pub async fn follow_delete_of_actor(&self, actor: ActorId) -> Result<()> {
        Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::FollowerId.eq(actor.0).or(Column::FolloweeId.eq(actor.0)))
            .exec(self)
            .await?;
        Ok(())
    }

    /// Every follow, either way, between one account and a page of others.
    pub async fn follow_between(&self, one: ActorId, others: &[ActorId]) -> Result<Vec<row::Follow>> {
        if others.is_empty() {
            return Ok(Vec::new());
        }
        let others = || others.iter().map(|id| id.0);
        let either = Condition::any()
            .add(Column::FollowerId.eq(one.0).and(Column::FolloweeId.is_in(others())))
            .add(Column::FolloweeId.eq(one.0).and(Column::FollowerId.is_in(others())));
        Ok(Entity::find().filter(Column::TenantId.eq(self.tenant().0)).filter(either).all(self).await?)
    }

    /// Accepted followers of an account; the page's bounds are follow ids.
    pub async fn follow_followers(&self, of: ActorId, page: Page) -> Result<Vec<row::Follow>> {
        self.follow_page(Column::FolloweeId.eq(of.0).and(Column::State.eq("accepted")), page).await
    }

    /// Whom an account follows and was accepted by; the page's bounds are follow ids.
    pub async fn follow_following(&self, of: ActorId, page: Page) -> Result<Vec<row::Follow>> {
        self.follow_page(Column::FollowerId.eq(of.0).and(Column::State.eq("accepted")), page).await
    }

    /// Who waits for an account's answer; the page's bounds are follow ids.
    pub async fn follow_requests(&self, of: ActorId, page: Page) -> Result<Vec<row::Follow>> {
        self.follow_page(Column::FolloweeId.eq(of.0).and(Column::State.eq("requested")), page).await
    }

    /// This tenant's own accounts that follow an actor, with what they want of it.
    pub async fn follow_local_followers(&self, of: ActorId) -> Result<Vec<row::Follow>> {
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::FolloweeId.eq(of.0))
            .filter(Column::FollowerTenant.eq(self.tenant().0))
            .filter(Column::State.eq("accepted"))
            .all(self)
            .await?)
    }

    /// Those of `followers` that follow `of`: whose home a reply to it belongs in.
    pub async fn follow_which_follow(&self, followers: &[ActorId], of: ActorId) -> Result<Vec<ActorId>> {
        if followers.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<i64> = Entity::find()
            .select_only()
            .column(Column::FollowerId)
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::FolloweeId.eq(of.0))
            .filter(Column::FollowerId.is_in(followers.iter().map(|id| id.0)))
            .filter(Column::State.eq("accepted"))
            .into_tuple()
            .all(self)
            .await?;
        Ok(ids.into_iter().map(ActorId).collect())
    }

    /// How many of this tenant's accounts follow somebody at one of these domains or below, and
    /// by how many there they are followed.
    pub async fn follow_count_at(&self, domains: &[String]) -> Result<(u64, u64)> {
        const COUNT: &str = "
            SELECT count(*) FILTER (WHERE f.follower_tenant = $1), count(*) FILTER (WHERE f.followee_tenant = $1)
            FROM follow f JOIN actor a ON a.tenant_id = 0
              AND a.id = CASE WHEN f.follower_tenant = $1 THEN f.followee_id ELSE f.follower_id END
            WHERE f.tenant_id = $1 AND registry.actor_lineage(a.domain, a.uri) && $2::text[]";
        let values = [self.tenant().0.into(), domains.to_vec().into()];
        let row =
            self.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, COUNT, values)).await?;
        let Some(row) = row else { return Ok((0, 0)) };
        let (follows, followers): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        Ok((follows.unsigned_abs(), followers.unsigned_abs()))
    }

    async fn follow_page(&self, which: Expr, page: Page) -> Result<Vec<row::Follow>> {
        let select = Entity::find().filter(Column::TenantId.eq(self.tenant().0)).filter(which);
        let rows = page.apply(select, (Entity, Column::Id)).all(self).await?;
        Ok(page.newest_first(rows))
    }
}
