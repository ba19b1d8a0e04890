//! What a tenant tells anybody about itself: contact, rules, and how much there is.

use std::time::Duration;

use belfry_model::{ActorId, Tenant, TenantId};
use belfry_storage::{TenantTx, row};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::baseline::settings;
use crate::{Error, Result, Tenancy, policies};

/// Every client asks at every start; the numbers may be this old.
const COUNTED_FOR: Duration = Duration::from_mins(5);

#[derive(Debug, Clone)]
pub struct About {
    pub setting: row::TenantSetting,
    /// In their order.
    pub rules: Vec<row::Rule>,
    /// The organisation's own account.
    pub organisation: Option<ActorId>,
    pub counts: Counts,
}

/// How much there is, as of a few minutes ago.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub accounts: u64,
    pub active_month: u64,
    pub statuses: u64,
    pub domains: u64,
}

pub async fn about(tenancy: &Tenancy, tenant: &Tenant) -> Result<About> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let missing = || Error::Inconsistent(format!("tenant {} has no settings", tenant.slug));
    let mut setting = tx.tenant_setting_fetch().await?.ok_or_else(missing)?;
    setting.post_length = settings::of_in(&tx).await?.post_length.value;
    let rules = rules_in(tenancy, &tx, tenant).await?;
    let organisation = match tenant.slug.as_str().parse() {
        Ok(username) => tx.actor_local_by_username(&username).await?.map(|row| ActorId(row.id)),
        Err(_) => None,
    };
    let counts = if let Some(counts) = remembered(tenancy, tenant.id).await? {
        counts
    } else {
        let counts = tx.tenant_counts(tenancy.clock.now() - TimeDelta::days(30)).await?.into();
        remember(tenancy, tenant.id, counts).await?;
        counts
    };
    tx.commit().await?;
    Ok(About { setting, rules, organisation, counts })
}

/// The rules alone, in their order.
pub async fn rules(tenancy: &Tenancy, tenant: &Tenant) -> Result<Vec<row::Rule>> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let rules = rules_in(tenancy, &tx, tenant).await?;
    tx.commit().await?;
    Ok(rules)
}

/// Those of the house rules that are published; before any are, those that every tenant begins with.
async fn rules_in(tenancy: &Tenancy, tx: &TenantTx, tenant: &Tenant) -> Result<Vec<row::Rule>> {
    match policies::rules_in(tenancy, tx, tenant, tenancy.clock.now()).await? {
        Some(rules) => Ok(rules),
        None => Ok(tx.rule_list().await?),
    }
}

fn key(tenant: TenantId) -> String {
    format!("about:{tenant}")
}

async fn remembered(tenancy: &Tenancy, tenant: TenantId) -> Result<Option<Counts>> {
    let text = tenancy.cache.get(&key(tenant)).await?;
    // What another release wrote may be unreadable: then it is counted anew.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

async fn remember(tenancy: &Tenancy, tenant: TenantId, counts: Counts) -> Result<()> {
    if let Ok(text) = serde_json::to_string(&counts) {
        tenancy.cache.put(&key(tenant), &text, COUNTED_FOR).await?;
    }
    Ok(())
}

impl From<row::TenantCounts> for Counts {
    fn from(row: row::TenantCounts) -> Self {
        let count = |number: i64| number.try_into().unwrap_or(0);
        Self {
            accounts: count(row.accounts),
            active_month: count(row.active),
            statuses: count(row.statuses),
            domains: count(row.domains),
        }
    }
}
