//! What a tenant uses, counted in the transaction that does it.
//!
//! Invariant: what a tenant has (accounts, staff, media) is counted and refused by the database
//! itself, whoever writes the row. A post is counted by whoever posts, last of all: until the
//! transaction ends, no other post of the tenant is counted.

use belfry_model::{Measure, Quota, TenantId, Usage, UsedUp};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, QueryResult};

use super::quota;
use super::statement;
use crate::{Result, TenantTx};

/// What one more post found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostCount {
    /// Of the day, this one included.
    pub posts: u64,
    /// Of the day so far.
    pub deliveries: u64,
    pub quota: Quota,
}

impl PostCount {
    /// What the plan says to this post. What was accepted before is delivered whatever it costs;
    /// it is the next post that finds the day's deliveries used up.
    pub fn check(&self) -> Result<(), UsedUp> {
        let Quota { posts_per_day, deliveries_per_day, .. } = self.quota;
        if let Some(limit) = posts_per_day.filter(|&limit| self.posts > limit) {
            return Err(UsedUp { measure: Measure::Posts, limit });
        }
        match deliveries_per_day.filter(|&limit| self.deliveries >= limit) {
            Some(limit) => Err(UsedUp { measure: Measure::Deliveries, limit }),
            None => Ok(()),
        }
    }
}

const COUNT_POST: &str = "
    WITH counted AS (
        INSERT INTO registry.usage_day AS u (tenant_id, day, posts) VALUES ($1, $2, 1)
        ON CONFLICT (tenant_id, day) DO UPDATE SET posts = u.posts + 1 RETURNING u.posts
    )
    SELECT c.posts, coalesce(d.deliveries, 0) AS deliveries, q.*
    FROM counted c
    LEFT JOIN registry.usage_delivery d ON d.tenant_id = $1 AND d.day = $2
    CROSS JOIN LATERAL (
        SELECT accounts, staff, media_bytes, posts_per_day, deliveries_per_day FROM registry.quota
        WHERE tenant_id IN (0, $1) ORDER BY tenant_id DESC LIMIT 1
    ) q";

const OWN: &str = "
    SELECT coalesce(s.accounts, 0) AS has_accounts, coalesce(s.staff, 0) AS has_staff,
        coalesce(s.media_bytes, 0) AS has_media_bytes, coalesce(p.posts, 0) AS posts,
        coalesce(d.deliveries, 0) AS deliveries, q.*
    FROM (
        SELECT accounts, staff, media_bytes, posts_per_day, deliveries_per_day FROM registry.quota
        WHERE tenant_id IN (0, $1) ORDER BY tenant_id DESC LIMIT 1
    ) q
    LEFT JOIN registry.usage_stock s ON s.tenant_id = $1
    LEFT JOIN registry.usage_day p ON p.tenant_id = $1 AND p.day = $2
    LEFT JOIN registry.usage_delivery d ON d.tenant_id = $1 AND d.day = $2";

/// Makes the row where there is none, and holds it.
const LOCK: &str = "
    INSERT INTO registry.usage_stock AS u (tenant_id) VALUES ($1)
    ON CONFLICT (tenant_id) DO UPDATE SET staff = u.staff RETURNING u.staff";

/// Invitations of people who have no place yet, another one for the same address apart: that one
/// is withdrawn.
const INVITED: &str = "
    SELECT count(DISTINCT lower(i.email)) FROM invitation i
    WHERE i.tenant_id = $1 AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > $2
      AND lower(i.email) <> lower($3)
      AND NOT EXISTS (SELECT FROM staff s WHERE s.tenant_id = i.tenant_id
                      AND lower(s.email) = lower(i.email) AND s.disabled_at IS NULL)";

impl TenantTx {
    /// Counts one post of `day`, and says how many there are now. Do it last: see above.
    pub async fn usage_count_post(&self, day: NaiveDate) -> Result<PostCount> {
        let values = [self.tenant().0.into(), day.into()];
        let row = self.query_one_raw(statement(COUNT_POST, values)).await?;
        let row = row.ok_or(sea_orm::DbErr::RecordNotInserted)?;
        Ok(PostCount {
            posts: number(&row, "posts")?,
            deliveries: number(&row, "deliveries")?,
            quota: quota::read(&row)?,
        })
    }

    /// What this tenant uses, and its plan.
    pub async fn usage_fetch(&self, day: NaiveDate) -> Result<(Usage, Quota)> {
        fetch(self, self.tenant(), day).await
    }

    /// Whether there is a place for one more person, invited people's places counted as taken.
    /// Nobody else of the tenant is answered, and nobody admitted, until the transaction ends:
    /// ask before anything is recorded.
    pub async fn usage_staff_room(&self, email: &str, at: DateTime<Utc>) -> Result<(), crate::Error> {
        let tenant = self.tenant().0;
        let row = self.query_one_raw(statement(LOCK, [tenant.into()])).await?;
        let staff: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        if self.staff_by_email(email).await?.is_some_and(|person| person.disabled_at.is_none()) {
            return Ok(());
        }
        let values = [tenant.into(), at.into(), email.into()];
        let row = self.query_one_raw(statement(INVITED, values)).await?;
        let invited: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        let (_, quota) = self.usage_fetch(at.date_naive()).await?;
        match quota.staff {
            Some(limit) if (staff + invited).unsigned_abs() >= limit => {
                Err(UsedUp { measure: Measure::Staff, limit }.into())
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// Of any tenant that the connection may see.
pub(super) async fn fetch(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    day: NaiveDate,
) -> Result<(Usage, Quota)> {
    let row = db.query_one_raw(statement(OWN, [tenant.0.into(), day.into()])).await?;
    row.map_or_else(|| Ok(Default::default()), |row| Ok((read(&row)?, quota::read(&row)?)))
}

/// The five figures in any row; what a tenant has stands beside its plan's limit of the same name.
pub(super) fn read(row: &QueryResult) -> Result<Usage> {
    Ok(Usage {
        accounts: number(row, "has_accounts")?,
        staff: number(row, "has_staff")?,
        media_bytes: number(row, "has_media_bytes")?,
        posts: number(row, "posts")?,
        deliveries: number(row, "deliveries")?,
    })
}

pub(super) fn number(row: &QueryResult, column: &str) -> Result<u64> {
    let number: i64 = row.try_get("", column)?;
    Ok(u64::try_from(number).unwrap_or(0))
}
