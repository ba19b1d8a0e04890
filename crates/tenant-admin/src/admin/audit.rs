//! `GET /admin/audit` and `/admin/audit.csv`: what was done at this agency and about it. For those
//! who administer, and for its records officers.

use actix_web::{HttpResponse, web};
use belfry_edge::view::AgencyAuditView;
use belfry_storage::Act;

use crate::acts::{self, PER_FILE, PER_PAGE, Query};
use crate::member::{Member, ReadsAudit};

pub(super) async fn get(member: Member<ReadsAudit>, query: web::Query<Query>) -> HttpResponse {
    match search(&member, &query, PER_PAGE + 1).await {
        Ok(found) => member.respond(&AgencyAuditView {
            agency: member.tenant.name.clone(),
            found: query.found("/admin/audit", found, member.platform.directory()),
        }),
        Err(error) => member.broken(&error),
    }
}

pub(super) async fn csv(member: Member<ReadsAudit>, query: web::Query<Query>) -> HttpResponse {
    match search(&member, &query, PER_FILE).await {
        Ok(found) => acts::csv(found, member.platform.directory(), member.platform.clock().now())
            .unwrap_or_else(|error| member.broken(&error)),
        Err(error) => member.broken(&error),
    }
}

async fn search(member: &Member<ReadsAudit>, query: &Query, limit: u32) -> belfry_storage::Result<Vec<Act>> {
    let tx = member.platform.app().tenant(member.scope()).await?;
    let found = tx.audit_search(&query.filter(), limit).await?;
    tx.commit().await?;
    Ok(found)
}
