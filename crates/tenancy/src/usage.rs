//! What tenants use, and their plans.
//!
//! Invariant: a plan is changed by the lead agency's role, recorded as an act of governance, and
//! holds from the next thing on that anybody does: nothing here is kept in memory.

mod csv;

use belfry_model::{Measure, Month, Quota, Tenant, TenantScope, Usage};
use belfry_storage::{AdminDb, TenantUsage, UsageDay};
use chrono::{DateTime, Days, NaiveDate, Utc};

pub use self::csv::charges;
use crate::{By, Error, Result, Tenancy, error};

#[derive(Debug, thiserror::Error)]
pub enum QuotaError {
    #[error(transparent)]
    Unfit(#[from] belfry_model::usage::UnfitQuota),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(QuotaError: Error, belfry_storage::Error);

/// One day of a plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub day: NaiveDate,
    pub usage: Usage,
}

/// How near a figure is to its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Fine,
    /// From here on it is said aloud (`usage.warning_percent`).
    Near,
    UsedUp,
}

impl Level {
    pub fn of(used: u64, limit: Option<u64>, warning_percent: u8) -> Self {
        match limit {
            Some(limit) if used >= limit => Self::UsedUp,
            Some(limit) if u128::from(used) * 100 >= u128::from(limit) * u128::from(warning_percent) => {
                Self::Near
            }
            Some(_) | None => Self::Fine,
        }
    }
}

/// Every tenant's month, by slug. One that is gone is left out where it used nothing any more.
pub async fn month(admin: &AdminDb, month: Month) -> Result<Vec<TenantUsage>> {
    let mut tenants = admin.usage_month(month.first(), month.end()).await?;
    tenants.retain(|one| one.state != belfry_model::TenantState::Deleted || one.usage != Usage::default());
    Ok(tenants)
}

/// All together.
pub fn total<'a>(tenants: impl IntoIterator<Item = &'a TenantUsage>) -> Usage {
    tenants.into_iter().fold(Usage::default(), |sum, one| Usage {
        accounts: sum.accounts + one.usage.accounts,
        staff: sum.staff + one.usage.staff,
        media_bytes: sum.media_bytes + one.usage.media_bytes,
        posts: sum.posts + one.usage.posts,
        deliveries: sum.deliveries + one.usage.deliveries,
    })
}

/// A tenant's use now, and the plan that holds for it.
pub async fn now(admin: &AdminDb, tenant: &Tenant, at: DateTime<Utc>) -> Result<(Usage, Quota)> {
    Ok(admin.usage_fetch(tenant.id, at.date_naive()).await?)
}

/// Of one's own, without the lead agency's role.
pub async fn own(tenancy: &Tenancy, scope: TenantScope) -> Result<(Usage, Quota)> {
    let tx = tenancy.app.tenant(scope).await?;
    let own = tx.usage_fetch(tenancy.clock.now().date_naive()).await?;
    tx.commit().await?;
    Ok(own)
}

/// The days up to today, the oldest first.
pub async fn days(admin: &AdminDb, tenant: &Tenant, at: DateTime<Utc>, count: u32) -> Result<Vec<Day>> {
    let (first, end) = last_days(at, count);
    Ok(fill(first, end, &admin.usage_days(tenant.id, first, end).await?))
}

/// Of one's own, without the lead agency's role.
pub async fn own_days(tenancy: &Tenancy, scope: TenantScope, count: u32) -> Result<Vec<Day>> {
    let (first, end) = last_days(tenancy.clock.now(), count);
    let tx = tenancy.app.tenant(scope).await?;
    let known = tx.usage_days(first, end).await?;
    tx.commit().await?;
    Ok(fill(first, end, &known))
}

/// What all tenants did together on each day from `first` to before `end`; of what they have, nothing.
pub async fn days_of_all(admin: &AdminDb, first: NaiveDate, end: NaiveDate) -> Result<Vec<Day>> {
    Ok(fill(first, end, &admin.usage_days_of_all(first, end).await?))
}

/// From the first of so many days to tomorrow.
pub fn last_days(at: DateTime<Utc>, count: u32) -> (NaiveDate, NaiveDate) {
    let today = at.date_naive();
    let first = today.checked_sub_days(Days::new(u64::from(count.max(1)) - 1)).unwrap_or(today);
    (first, today.succ_opt().unwrap_or(today))
}

/// Every day has a figure: one on which nothing changed is like the one before.
fn fill(first: NaiveDate, end: NaiveDate, known: &[UsageDay]) -> Vec<Day> {
    let mut stock = known.iter().rfind(|known| known.day < first).and_then(|known| known.stock);
    let mut known = known.iter().skip_while(|known| known.day < first).peekable();
    let days = first.iter_days().take_while(|day| *day < end);
    days.map(|day| {
        let found = known.next_if(|known| known.day == day);
        stock = found.and_then(|found| found.stock).or(stock);
        let [accounts, staff, media_bytes] = stock.unwrap_or_default();
        let (posts, deliveries) = found.map_or((0, 0), |found| (found.posts, found.deliveries));
        Day { day, usage: Usage { accounts, staff, media_bytes, posts, deliveries } }
    })
    .collect()
}

/// Gives a tenant a plan of its own, or with `None` the platform's again. `false` if it was so
/// already.
pub async fn quota_set(
    admin: &AdminDb,
    tenant: &Tenant,
    quota: Option<Quota>,
    by: &By,
) -> Result<bool, QuotaError> {
    if let Some(quota) = &quota {
        quota.check()?;
    }
    Ok(admin.quota_set(tenant.id, quota, by.actor()).await?)
}

/// Changes the plan of every tenant that has none of its own. `false` if it was so already.
pub async fn quota_default_set(admin: &AdminDb, quota: Quota, by: &By) -> Result<bool, QuotaError> {
    quota.check()?;
    Ok(admin.quota_default_set(quota, by.actor()).await?)
}

/// The figures that are near their limit or have reached it.
pub fn warnings(usage: &Usage, quota: &Quota, warning_percent: u8) -> Vec<(Measure, Level)> {
    let level = |measure: Measure| Level::of(usage.of(measure), quota.of(measure), warning_percent);
    Measure::ALL
        .iter()
        .map(|&measure| (measure, level(measure)))
        .filter(|(_, level)| *level > Level::Fine)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_without_a_row_is_like_the_one_before() {
        let row = |day, posts, stock| UsageDay { day: date(day), posts, deliveries: posts * 10, stock };
        let known = [
            row("2026-10-02", 0, Some([1, 2, 3])),
            row("2026-11-02", 4, None),
            row("2026-11-03", 5, Some([2, 2, 9])),
        ];
        let days = fill(date("2026-11-01"), date("2026-11-05"), &known);
        let shown: Vec<_> =
            days.iter().map(|day| (day.usage.accounts, day.usage.media_bytes, day.usage.posts)).collect();
        assert_eq!(shown, [(1, 3, 0), (1, 3, 4), (2, 9, 5), (2, 9, 0)]);
        assert_eq!(days[2].usage.deliveries, 50);
    }

    #[test]
    fn a_warning_comes_before_the_limit() {
        let level = |used, limit| Level::of(used, limit, 80);
        assert_eq!(level(u64::MAX, None), Level::Fine);
        assert_eq!(level(79, Some(100)), Level::Fine);
        assert_eq!(level(80, Some(100)), Level::Near);
        assert_eq!(level(100, Some(100)), Level::UsedUp);
        assert_eq!(level(u64::MAX - 1, Some(u64::MAX)), Level::Near);
        assert_eq!(level(0, Some(0)), Level::UsedUp);
    }
}
