//! What held when: follows from the versions and their dates.

use belfry_model::{Edition, PolicyKind, TenantScope};
use belfry_storage::PolicyHead;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::{Result, Tenancy};

/// From a moment on, until the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub edition: Edition,
    pub since: DateTime<Utc>,
    pub effective_on: NaiveDate,
    /// People accept it before they post: the lead agency or the agency itself says so.
    pub demands: bool,
    /// Whether the agency changed its additions, and not the lead agency the baseline.
    pub own: bool,
    pub published_at: DateTime<Utc>,
    pub published_by: String,
    pub reason: String,
}

/// All editions of one policy, the first to hold first; those to come are last. The highest
/// version holds whose day has come, so that one which an earlier day overtook never holds.
pub(super) fn entries(heads: &[PolicyHead]) -> Vec<Entry> {
    let since =
        |head: &PolicyHead| head.effective_on.and_time(NaiveTime::MIN).and_utc().max(head.published_at);
    let mut heads: Vec<&PolicyHead> = heads.iter().collect();
    heads.sort_by_key(|head| (since(head), head.own, head.version));
    let mut edition = Edition::default();
    let (mut baseline_demands, mut own_demands) = (false, false);
    let mut entries = Vec::new();
    for head in heads {
        let (version, demands) = if head.own {
            (&mut edition.addition, &mut own_demands)
        } else {
            (&mut edition.baseline, &mut baseline_demands)
        };
        if head.version <= *version {
            continue;
        }
        (*version, *demands) = (head.version, head.demands);
        entries.push(Entry {
            edition,
            since: since(head),
            effective_on: head.effective_on,
            demands: baseline_demands || own_demands,
            own: head.own,
            published_at: head.published_at,
            published_by: head.published_by.clone(),
            reason: head.reason.clone(),
        });
    }
    entries
}

/// What holds at a moment.
pub(super) fn holding(entries: &[Entry], at: DateTime<Utc>) -> Option<&Entry> {
    entries.iter().rev().find(|entry| entry.since <= at)
}

/// Every edition of a tenant's policy, the first to hold first.
pub async fn history(tenancy: &Tenancy, scope: TenantScope, policy: PolicyKind) -> Result<Vec<Entry>> {
    let tx = tenancy.app.tenant(scope).await?;
    let heads = tx.policy_heads(Some(policy)).await?;
    tx.commit().await?;
    Ok(entries(&heads))
}

/// Every policy with what holds of it now, or nothing; and whether something is announced.
pub async fn heads(
    tenancy: &Tenancy,
    scope: TenantScope,
) -> Result<Vec<(PolicyKind, Option<Entry>, Option<Entry>)>> {
    let tx = tenancy.app.tenant(scope).await?;
    let heads = tx.policy_heads(None).await?;
    tx.commit().await?;
    let now = tenancy.clock.now();
    let of = |policy: PolicyKind| {
        let own: Vec<PolicyHead> =
            heads.iter().filter(|head| head.policy == policy.as_str()).cloned().collect();
        let entries = entries(&own);
        let coming = entries.iter().find(|entry| entry.since > now).cloned();
        (policy, holding(&entries, now).cloned(), coming)
    };
    Ok(PolicyKind::ALL.iter().copied().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(own: bool, version: i32, published: &str, effective: &str, demands: bool) -> PolicyHead {
        PolicyHead {
            policy: "rules".into(),
            own,
            version,
            demands,
            effective_on: effective.parse().unwrap(),
            published_at: format!("{published}T12:00:00Z").parse().unwrap(),
            published_by: String::new(),
            reason: String::new(),
        }
    }

    #[test]
    fn what_holds_follows_from_the_dates() {
        let heads = [
            head(false, 1, "2026-01-01", "2026-01-01", true),
            head(false, 2, "2026-01-02", "2026-03-01", false),
            head(true, 1, "2026-01-03", "2026-02-01", false),
        ];
        let entries = entries(&heads);
        let shown: Vec<_> = entries.iter().map(|entry| (entry.edition.to_string(), entry.demands)).collect();
        assert_eq!(shown, [("1.0".into(), true), ("1.1".into(), true), ("2.1".into(), false)]);
        let on = |day: &str| {
            let at = format!("{day}T12:00:00Z").parse().unwrap();
            holding(&entries, at).map(|entry| entry.edition.to_string())
        };
        assert_eq!(on("2025-12-31"), None);
        assert_eq!(on("2026-01-31").as_deref(), Some("1.0"));
        assert_eq!(on("2026-02-01").as_deref(), Some("1.1"));
        assert_eq!(on("2026-04-01").as_deref(), Some("2.1"));
    }

    #[test]
    fn a_version_that_an_earlier_day_overtook_never_holds() {
        let heads = [
            head(false, 1, "2026-01-01", "2026-01-01", true),
            head(false, 2, "2026-01-02", "2026-06-01", true),
            head(false, 3, "2026-01-03", "2026-05-01", true),
        ];
        let shown: Vec<_> = entries(&heads).iter().map(|entry| entry.edition.baseline).collect();
        assert_eq!(shown, [1, 3]);
    }
}
