//! `GET /console/audit/check`: whether the platform's record is whole.

use actix_web::HttpResponse;
use belfry_edge::view::{AuditCheckView, Room};
use belfry_tenancy::audit::{Chain, verify};

use crate::lead::Lead;

pub(crate) async fn get(lead: Lead) -> HttpResponse {
    match verify(Chain::Platform(lead.admin())).await {
        Ok(verdict) => lead.respond(&AuditCheckView {
            room: Room::Audit,
            acts: verdict.acts,
            head: hex::encode(&verdict.head),
            broken_at: verdict.broken.map(|broken| broken.seq),
        }),
        Err(error) => lead.broken(&error),
    }
}
