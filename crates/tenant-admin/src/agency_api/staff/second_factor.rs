//! `PUT /api/belfry/v1/agency/staff/second_factor`

use actix_web::{HttpResponse, web};
use belfry_tenancy::factor::demand::{self, Demand, UnknownDemand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = SecondFactor)]
pub struct SecondFactor {
    /// Of whom it is demanded: `nobody`, `administers` or `everybody`.
    of: String,
}

/// Says of whom a second factor is demanded. It holds from their next request on.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/agency/staff/second_factor",
    tag = "staff",
    security(("token" = ["manage:write"])),
    request_body = SecondFactor,
    responses((status = 200, body = SecondFactor), (status = 422, body = ErrorBody)),
)]
pub async fn handle(
    agent: Agent<ManagesStaff>,
    body: web::Json<SecondFactor>,
) -> Result<HttpResponse, ApiError> {
    let demand: Demand =
        body.of.parse().map_err(|error: UnknownDemand| ApiError::Unprocessable(error.to_string()))?;
    demand::set(agent.tenancy(), &agent.tenant, demand, &agent.because(None)).await?;
    Ok(HttpResponse::Ok().json(SecondFactor { of: demand.as_str().to_owned() }))
}
