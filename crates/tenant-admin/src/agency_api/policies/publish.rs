//! `POST /api/belfry/v1/agency/policies/{policy}/versions`

use actix_web::{HttpResponse, web};
use belfry_tenancy::policies;

use super::policy;
use crate::agency_api::AgentCall;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesPolicies;
use crate::policy_entity::{NewPolicyVersion, Published};

/// Publishes a version of what the agency adds to the lead agency's text. What is published never changes.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/agency/policies/{policy}/versions",
    tag = "policies",
    security(("token" = ["manage:write"])),
    params(("policy" = String, Path, description = "A word such as `rules`")),
    request_body = NewPolicyVersion,
    responses(
        (status = 200, body = Published, description = "The number of the agency's own version"),
        (status = 409, body = ErrorBody, description = "The latest version says just this"),
        (status = 422, body = ErrorBody, description = "An unknown variable, or one without a value; no text, no reason, a day that is over"),
    ),
)]
pub async fn handle(
    path: web::Path<String>,
    call: AgentCall<ManagesPolicies, NewPolicyVersion>,
) -> Result<HttpResponse, ApiError> {
    let AgentCall { agent, body } = call;
    let by = agent.because(Some(&body.reason));
    let publication = body.publication(policy(&path)?);
    let version = policies::publish(agent.tenancy(), &agent.tenant, &publication, &by).await?;
    Ok(HttpResponse::Ok().json(Published { version }))
}
