//! `POST /api/belfry/v1/agency/staff/sets`

use actix_web::HttpResponse;
use belfry_model::Permission;
use belfry_tenancy::staff::manage;
use serde::{Deserialize, Serialize};

use crate::agency_api::AgentCall;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewSet {
    /// A set of the same name is changed.
    name: String,
    #[schema(value_type = Vec<String>)]
    permissions: Vec<Permission>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SavedSet {
    /// 64 bits, as text.
    id: String,
}

/// Makes a set, or changes the one of this name for everybody who has it, at once.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/agency/staff/sets",
    tag = "staff",
    security(("token" = ["manage:write"])),
    request_body = NewSet,
    responses((status = 200, body = SavedSet), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)),
)]
pub async fn handle(call: AgentCall<ManagesStaff, NewSet>) -> Result<HttpResponse, ApiError> {
    let AgentCall { agent, body } = call;
    let permissions = body.permissions.into_iter().collect();
    let by = agent.because(None);
    let manager = agent.manager(&by);
    let id = manage::set_save(agent.tenancy(), &agent.tenant, &body.name, permissions, manager).await?;
    Ok(HttpResponse::Ok().json(SavedSet { id: id.to_string() }))
}
