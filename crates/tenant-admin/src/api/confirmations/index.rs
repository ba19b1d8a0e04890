//! `GET /api/belfry/v1/confirmations`

use actix_web::HttpResponse;
use belfry_tenancy::confirm;
use serde::Serialize;

use super::ProposalEntity;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Proposals {
    proposals: Vec<ProposalEntity>,
}

/// What waits for a second person, the newest first.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/confirmations",
    tag = "confirmations",
    security(("token" = ["govern:read"])),
    responses((status = 200, body = Proposals), (status = 401, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>) -> Result<HttpResponse, ApiError> {
    let waiting = confirm::waiting(governs.tenancy(), governs.admin()).await?;
    let proposals = waiting.into_iter().map(ProposalEntity::of).collect();
    Ok(HttpResponse::Ok().json(Proposals { proposals }))
}
