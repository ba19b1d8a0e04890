//! What tenants used, by month and by day: for charges, pages and plots.
//!
//! Invariant: a list of all tenants is one query, whatever their number. Of what a tenant has, a
//! month's figure is the most at the end of any of its days: a day without a row is like the one
//! before.

use belfry_model::{Quota, TenantId, TenantState, Usage};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, QueryResult};

use super::quota;
use super::statement;
use super::usage::number;
use crate::{AdminDb, Error, Result, TenantTx};

/// One tenant's month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantUsage {
    pub tenant: TenantId,
    pub slug: String,
    pub name: String,
    pub state: TenantState,
    pub is_lead: bool,
    pub usage: Usage,
    /// The plan as it is now.
    pub quota: Quota,
    /// It is the tenant's own and not the platform's.
    pub own_plan: bool,
}

/// One day on which something was done or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageDay {
    pub day: NaiveDate,
    pub posts: u64,
    pub deliveries: u64,
    /// Accounts, staff and media bytes at its end, where they changed on it.
    pub stock: Option<[u64; 3]>,
}

const MONTH: &str = "
    WITH flow AS (
        SELECT tenant_id, sum(posts)::bigint AS posts, sum(deliveries)::bigint AS deliveries,
            max(accounts) AS accounts, max(staff) AS staff, max(media_bytes) AS media_bytes
        FROM (
            SELECT tenant_id, posts, 0 AS deliveries, accounts, staff, media_bytes
            FROM registry.usage_day WHERE day >= $1 AND day < $2
            UNION ALL
            SELECT tenant_id, 0, deliveries, NULL, NULL, NULL
            FROM registry.usage_delivery WHERE day >= $1 AND day < $2
        ) d GROUP BY tenant_id
    )
    SELECT t.id, t.slug, t.name, t.state, t.is_lead,
        coalesce(f.posts, 0) AS posts, coalesce(f.deliveries, 0) AS deliveries,
        coalesce(greatest(f.accounts, b.accounts), 0) AS has_accounts,
        coalesce(greatest(f.staff, b.staff), 0) AS has_staff,
        coalesce(greatest(f.media_bytes, b.media_bytes), 0) AS has_media_bytes,
        q.accounts, q.staff, q.media_bytes, q.posts_per_day, q.deliveries_per_day, q.tenant_id <> 0 AS own_plan
    FROM registry.tenant t
    LEFT JOIN flow f ON f.tenant_id = t.id
    LEFT JOIN LATERAL (
        SELECT d.accounts, d.staff, d.media_bytes FROM registry.usage_day d
        WHERE d.tenant_id = t.id AND d.day < $1 AND d.accounts IS NOT NULL ORDER BY d.day DESC LIMIT 1
    ) b ON true
    CROSS JOIN LATERAL (
        SELECT * FROM registry.quota q WHERE q.tenant_id IN (0, t.id) ORDER BY q.tenant_id DESC LIMIT 1
    ) q
    WHERE t.created_at < $2 OR f.tenant_id IS NOT NULL
    ORDER BY t.slug";

/// Of one tenant, with its last day before.
const DAYS: &str = "
    SELECT day, sum(posts)::bigint AS posts, sum(deliveries)::bigint AS deliveries, max(accounts) AS accounts,
        max(staff) AS staff, max(media_bytes) AS media_bytes
    FROM (
        SELECT day, posts, 0 AS deliveries, accounts, staff, media_bytes
        FROM registry.usage_day WHERE tenant_id = $1 AND day >= $2 AND day < $3
        UNION ALL
        (SELECT day, 0, 0, accounts, staff, media_bytes
         FROM registry.usage_day WHERE tenant_id = $1 AND day < $2 AND accounts IS NOT NULL
         ORDER BY day DESC LIMIT 1)
        UNION ALL
        SELECT day, 0, deliveries, NULL, NULL, NULL
        FROM registry.usage_delivery WHERE tenant_id = $1 AND day >= $2 AND day < $3
    ) d GROUP BY day ORDER BY day";

const ALL_DAYS: &str = "
    SELECT day, sum(posts)::bigint AS posts, sum(deliveries)::bigint AS deliveries, NULL::bigint AS accounts,
        NULL::bigint AS staff, NULL::bigint AS media_bytes
    FROM (
        SELECT day, posts, 0 AS deliveries FROM registry.usage_day WHERE day >= $1 AND day < $2
        UNION ALL
        SELECT day, 0, deliveries FROM registry.usage_delivery WHERE day >= $1 AND day < $2
    ) d GROUP BY day ORDER BY day";

impl AdminDb {
    /// Every tenant that there was, by slug.
    pub async fn usage_month(&self, first: NaiveDate, end: NaiveDate) -> Result<Vec<TenantUsage>> {
        let rows = self.pool().query_all_raw(statement(MONTH, [first.into(), end.into()])).await?;
        rows.iter().map(tenant_usage).collect()
    }

    /// One tenant's days before `end`, and the last one before `first` that says what it had then.
    pub async fn usage_days(
        &self,
        tenant: TenantId,
        first: NaiveDate,
        end: NaiveDate,
    ) -> Result<Vec<UsageDay>> {
        days(self.pool(), tenant, first, end).await
    }

    /// What all did together, day by day.
    pub async fn usage_days_of_all(&self, first: NaiveDate, end: NaiveDate) -> Result<Vec<UsageDay>> {
        let rows = self.pool().query_all_raw(statement(ALL_DAYS, [first.into(), end.into()])).await?;
        rows.iter().map(usage_day).collect()
    }

    /// What a tenant uses now, and the plan that holds for it.
    pub async fn usage_fetch(&self, tenant: TenantId, day: NaiveDate) -> Result<(Usage, Quota)> {
        super::usage::fetch(self.pool(), tenant, day).await
    }
}

impl TenantTx {
    /// As the lead agency sees them, by the tenant itself.
    pub async fn usage_days(&self, first: NaiveDate, end: NaiveDate) -> Result<Vec<UsageDay>> {
        days(self, self.tenant(), first, end).await
    }
}

async fn days(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    first: NaiveDate,
    end: NaiveDate,
) -> Result<Vec<UsageDay>> {
    let rows = db.query_all_raw(statement(DAYS, [tenant.0.into(), first.into(), end.into()])).await?;
    rows.iter().map(usage_day).collect()
}

fn tenant_usage(row: &QueryResult) -> Result<TenantUsage> {
    let state: String = row.try_get("", "state")?;
    let corrupt = |error| Error::Corrupt { table: "registry.tenant", reason: format!("{error}") };
    Ok(TenantUsage {
        tenant: TenantId(row.try_get("", "id")?),
        slug: row.try_get("", "slug")?,
        name: row.try_get("", "name")?,
        state: state.parse().map_err(corrupt)?,
        is_lead: row.try_get("", "is_lead")?,
        usage: super::usage::read(row)?,
        quota: quota::read(row)?,
        own_plan: row.try_get("", "own_plan")?,
    })
}

fn usage_day(row: &QueryResult) -> Result<UsageDay> {
    let stock = |column: &str| -> Result<Option<u64>> {
        let number: Option<i64> = row.try_get("", column)?;
        Ok(number.map(|number| u64::try_from(number).unwrap_or(0)))
    };
    let stock = match (stock("accounts")?, stock("staff")?, stock("media_bytes")?) {
        (Some(accounts), Some(staff), Some(media_bytes)) => Some([accounts, staff, media_bytes]),
        _ => None,
    };
    Ok(UsageDay {
        day: row.try_get("", "day")?,
        posts: number(row, "posts")?,
        deliveries: number(row, "deliveries")?,
        stock,
    })
}
