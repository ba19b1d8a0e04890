//! Settings that hold for every agency, and what an agency sets for itself beside them.
//!
//! Invariant: what is effective is the stricter of both. An agency's own value is refused where it
//! is looser than the baseline, and counts for nothing where the baseline has become stricter since.

use belfry_model::TenantScope;
use belfry_storage::{AdminDb, Baseline, OwnSettings, TenantTx};
use serde::Serialize;
use serde_json::json;

use crate::factor::demand::{self, Demand};
use crate::{By, Error, Result, Tenancy, audit, error};

/// What a post may be long where nobody has said anything.
const POST_LENGTH: i32 = 500;
/// The longest that can be set.
pub const LONGEST_POST: i32 = 100_000;
/// A hundred years.
pub const LONGEST_RETENTION: i32 = 36_500;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    Default,
    Baseline,
    Tenant,
}

/// A value that holds, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Effective<T> {
    pub value: T,
    pub source: Source,
}

/// All that holds for one agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    pub second_factor: Effective<bool>,
    pub alt_text: Effective<bool>,
    pub retention_days: Effective<i32>,
    pub post_length: Effective<i32>,
}

/// Why an agency can't have it so. Said with the bound.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    #[error(
        "the lead agency requires descriptions of pictures of every agency: it can't be switched off here"
    )]
    AltText,
    #[error(
        "the lead agency requires records to be kept for at least {0} days: a shorter time can't be set here"
    )]
    Retention(i32),
    #[error("the lead agency allows posts of at most {0} characters: longer ones can't be allowed here")]
    PostLength(i32),
    #[error(
        "a number is out of range: posts have 1 to {LONGEST_POST} characters, records 0 to {LONGEST_RETENTION} days"
    )]
    Range,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(SettingError: Error, belfry_storage::Error);

/// What holds for an agency.
pub async fn of(tenancy: &Tenancy, scope: TenantScope) -> Result<Settings> {
    let tx = tenancy.app.tenant(scope).await?;
    let holds = of_in(&tx).await?;
    tx.commit().await?;
    Ok(holds)
}

/// The same in the caller's transaction. An agency that is only being made has set nothing.
pub async fn of_in(tx: &TenantTx) -> Result<Settings> {
    let own = tx.tenant_setting_fetch().await?;
    let baseline = tx.baseline_fetch().await?;
    let demand = own.as_ref().map_or(Ok(Demand::Nobody), |own| demand::read(&own.second_factor))?;
    let own = own.map_or(
        OwnSettings { require_alt_text: false, retention_days: 0, post_length: POST_LENGTH },
        |own| OwnSettings {
            require_alt_text: own.require_alt_text,
            retention_days: own.retention_days,
            post_length: own.post_length,
        },
    );
    Ok(resolve(&baseline, &own, demand))
}

fn resolve(baseline: &Baseline, own: &OwnSettings, demand: Demand) -> Settings {
    let required = |by_all: bool, by_own: bool| Effective {
        value: by_all || by_own,
        source: match (by_all, by_own) {
            (true, _) => Source::Baseline,
            (false, true) => Source::Tenant,
            (false, false) => Source::Default,
        },
    };
    let retention = own.retention_days.max(baseline.retention_days);
    let length = baseline.post_length.map_or(own.post_length, |most| most.min(own.post_length));
    Settings {
        second_factor: required(baseline.require_second_factor, demand == Demand::Everybody),
        alt_text: required(baseline.require_alt_text, own.require_alt_text),
        retention_days: Effective {
            value: retention,
            source: match retention {
                0 => Source::Default,
                days if days > baseline.retention_days => Source::Tenant,
                _ => Source::Baseline,
            },
        },
        post_length: Effective {
            value: length,
            source: match baseline.post_length {
                Some(most) if most == length => Source::Baseline,
                _ if length == POST_LENGTH => Source::Default,
                _ => Source::Tenant,
            },
        },
    }
}

/// Sets what an agency asks of itself; all of it at least as strict as the baseline.
pub async fn tighten(
    tenancy: &Tenancy,
    scope: TenantScope,
    wanted: OwnSettings,
    by: &By,
) -> Result<(), SettingError> {
    in_range(wanted.retention_days, Some(wanted.post_length))?;
    let tx = tenancy.app.tenant(scope).await?;
    let baseline = tx.baseline_fetch().await?;
    if baseline.require_alt_text && !wanted.require_alt_text {
        return Err(SettingError::AltText);
    }
    if wanted.retention_days < baseline.retention_days {
        return Err(SettingError::Retention(baseline.retention_days));
    }
    if let Some(most) = baseline.post_length.filter(|most| wanted.post_length > *most) {
        return Err(SettingError::PostLength(most));
    }
    tx.tenant_setting_update(wanted).await?;
    let detail = json!({
        "require_alt_text": wanted.require_alt_text, "retention_days": wanted.retention_days,
        "post_length": wanted.post_length,
    });
    audit::record(&tx, &*tenancy.clock, by, "setting.change", detail).await?;
    Ok(tx.commit().await?)
}

/// Sets what holds for every agency.
pub async fn set(admin: &AdminDb, new: &Baseline, by: &By) -> Result<(), SettingError> {
    in_range(new.retention_days, new.post_length)?;
    Ok(admin.baseline_set(new, by.actor()).await?)
}

fn in_range(retention_days: i32, post_length: Option<i32>) -> Result<(), SettingError> {
    let fits = (0..=LONGEST_RETENTION).contains(&retention_days)
        && post_length.is_none_or(|length| (1..=LONGEST_POST).contains(&length));
    if fits { Ok(()) } else { Err(SettingError::Range) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stricter_value_holds_and_says_whose_it_is() {
        let own = OwnSettings { require_alt_text: true, retention_days: 30, post_length: 500 };
        let alone = resolve(&Baseline::default(), &own, Demand::Administers);
        assert_eq!(alone.second_factor, Effective { value: false, source: Source::Default });
        assert_eq!(alone.alt_text, Effective { value: true, source: Source::Tenant });
        assert_eq!(alone.retention_days, Effective { value: 30, source: Source::Tenant });
        assert_eq!(alone.post_length, Effective { value: 500, source: Source::Default });
        let baseline = Baseline {
            require_second_factor: true,
            require_alt_text: true,
            retention_days: 365,
            post_length: Some(280),
        };
        let under = resolve(&baseline, &own, Demand::Nobody);
        assert_eq!(under.second_factor, Effective { value: true, source: Source::Baseline });
        assert_eq!(under.alt_text, Effective { value: true, source: Source::Baseline });
        assert_eq!(under.retention_days, Effective { value: 365, source: Source::Baseline });
        assert_eq!(under.post_length, Effective { value: 280, source: Source::Baseline });
    }
}
