//! A month's figures as a table for charging back: RFC 4180, one row a tenant.
//!
//! Invariant: no field is a formula. A spreadsheet runs what begins with one of four signs, and an
//! agency chooses its own name.

use std::fmt::Write;

use belfry_model::Month;
use belfry_storage::TenantUsage;

use crate::spreadsheet::harmless;

/// Columns are added at the end, never renamed, moved or taken away.
const COLUMNS: &str = "from,to,tenant_id,slug,name,state,accounts,staff,media_bytes,posts,deliveries,\
    quota_accounts,quota_staff,quota_media_bytes,quota_posts_per_day,quota_deliveries_per_day";

/// With a first row that names the columns. A limit that there isn't is empty.
pub fn charges(month: Month, tenants: &[TenantUsage]) -> String {
    let mut table = format!("{COLUMNS}\r\n");
    for one in tenants {
        let limit = |limit: Option<u64>| limit.map(|limit| limit.to_string()).unwrap_or_default();
        let (usage, quota) = (&one.usage, &one.quota);
        let fields = [
            month.first().to_string(),
            month.last().to_string(),
            one.tenant.to_string(),
            text(&one.slug),
            text(&one.name),
            one.state.to_string(),
            usage.accounts.to_string(),
            usage.staff.to_string(),
            usage.media_bytes.to_string(),
            usage.posts.to_string(),
            usage.deliveries.to_string(),
            limit(quota.accounts),
            limit(quota.staff),
            limit(quota.media_bytes),
            limit(quota.posts_per_day),
            limit(quota.deliveries_per_day),
        ];
        // Writing to a String can't fail.
        let _ = write!(table, "{}\r\n", fields.join(","));
    }
    table
}

/// A text of somebody's, quoted, and with an apostrophe where a spreadsheet would run it.
fn text(text: &str) -> String {
    format!("\"{}\"", harmless(text).replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use belfry_model::{Quota, TenantId, TenantState, Usage};

    use super::*;

    fn named(name: &str) -> TenantUsage {
        TenantUsage {
            tenant: TenantId(7),
            slug: "moe".into(),
            name: name.into(),
            state: TenantState::Live,
            is_lead: false,
            usage: Usage { accounts: 1, staff: 2, media_bytes: 3, posts: 4, deliveries: 5 },
            quota: Quota { staff: Some(9), ..Quota::default() },
            own_plan: true,
        }
    }

    #[test]
    fn a_row_says_the_month_the_tenant_its_figures_and_its_limits() {
        let table = charges("2026-11".parse().unwrap(), &[named("Ministry")]);
        let lines: Vec<_> = table.split("\r\n").collect();
        assert_eq!(
            lines[0],
            "from,to,tenant_id,slug,name,state,accounts,staff,media_bytes,posts,deliveries,quota_accounts,\
             quota_staff,quota_media_bytes,quota_posts_per_day,quota_deliveries_per_day"
        );
        assert_eq!(lines[1], "2026-11-01,2026-11-30,7,\"moe\",\"Ministry\",live,1,2,3,4,5,,9,,,");
        assert_eq!(lines[0].split(',').count(), lines[1].split(',').count());
        assert_eq!(lines[2..], [""]);
    }

    #[test]
    fn no_name_is_a_formula_or_breaks_its_row() {
        for name in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0"] {
            let table = charges("2026-11".parse().unwrap(), &[named(name)]);
            assert!(table.contains(&format!("\"'{name}\"")), "{table:?}");
        }
        let table = charges("2026-11".parse().unwrap(), &[named("a \"b\", c\nd")]);
        assert!(table.contains("\"a \"\"b\"\", c\nd\""), "{table:?}");
    }
}
