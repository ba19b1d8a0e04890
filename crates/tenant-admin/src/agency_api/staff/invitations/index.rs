//! `GET /api/belfry/v1/agency/staff/invitations`

use actix_web::HttpResponse;
use belfry_tenancy::staff;
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationEntity {
    /// 64 bits, as text.
    id: String,
    email: String,
    role: &'static str,
    #[schema(value_type = String, format = DateTime)]
    expires_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Invitations {
    invitations: Vec<InvitationEntity>,
}

/// Invitations that can still be accepted, the next to expire first.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/agency/staff/invitations",
    tag = "staff",
    security(("token" = ["manage:read"])),
    responses((status = 200, body = Invitations), (status = 403, body = ErrorBody)),
)]
pub async fn handle(agent: Agent<ManagesStaff>) -> Result<HttpResponse, ApiError> {
    let open = staff::invitations(agent.tenancy(), agent.scope()).await?;
    let entity = |open: staff::OpenInvitation| InvitationEntity {
        id: open.id.to_string(),
        email: open.email,
        role: open.role.as_str(),
        expires_at: open.expires_at,
    };
    Ok(HttpResponse::Ok().json(Invitations { invitations: open.into_iter().map(entity).collect() }))
}
