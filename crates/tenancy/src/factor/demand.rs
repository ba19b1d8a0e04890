//! Of whom a tenant demands a second factor: who has none gets no further than to setting one up.

use belfry_model::{Permission, Tenant, TenantScope};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::staff::Staff;
use crate::{By, Error, Result, Tenancy, audit};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Demand {
    Nobody,
    /// Who looks after people, accounts or settings.
    Administers,
    Everybody,
}

impl Demand {
    pub const ALL: &[Self] = &[Self::Nobody, Self::Administers, Self::Everybody];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Administers => "administers",
            Self::Everybody => "everybody",
        }
    }

    pub(crate) fn is_for(self, staff: &Staff) -> bool {
        use Permission::{ManageAccounts, ManageSettings, ManageStaff};
        match self {
            Self::Nobody => false,
            Self::Administers => {
                [ManageStaff, ManageAccounts, ManageSettings].into_iter().any(|what| staff.may(what))
            }
            Self::Everybody => true,
        }
    }
}

impl std::str::FromStr for Demand {
    type Err = UnknownDemand;

    fn from_str(text: &str) -> Result<Self, UnknownDemand> {
        Self::ALL.iter().copied().find(|demand| demand.as_str() == text).ok_or(UnknownDemand)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("say nobody, administers or everybody")]
pub struct UnknownDemand;

pub(crate) fn read(text: &str) -> Result<Demand> {
    text.parse().map_err(|_| Error::Inconsistent(format!("a second factor is demanded of `{text}`")))
}

/// Of whom this tenant demands one.
pub async fn of(tenancy: &Tenancy, scope: TenantScope) -> Result<Demand> {
    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.tenant_setting_fetch().await?;
    tx.commit().await?;
    row.map_or(Ok(Demand::Nobody), |row| read(&row.second_factor))
}

/// Holds from everybody's next request on. `false` if it was so already.
pub async fn set(tenancy: &Tenancy, tenant: &Tenant, demand: Demand, by: &By) -> Result<bool> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    if !tx.factor_demand_set(demand.as_str()).await? {
        return Ok(false);
    }
    audit::record(&tx, &*tenancy.clock, by, "factor.demand", json!({ "of": demand })).await?;
    tx.commit().await?;
    Ok(true)
}
