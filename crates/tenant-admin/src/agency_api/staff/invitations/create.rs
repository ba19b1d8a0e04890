//! `POST /api/belfry/v1/agency/staff/invitations`

use actix_web::HttpResponse;
use belfry_model::Role;
use belfry_tenancy::staff::{Invite, InviteError, manage};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::agency_api::AgentCall;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewInvitation {
    /// The invitation is for this address only.
    email: String,
    #[schema(value_type = String)]
    role: Role,
    /// Names of accounts that they may post as.
    #[serde(default)]
    accounts: Vec<String>,
}

/// The code is in this answer and in a letter, and nowhere else.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct IssuedInvitation {
    /// 64 bits, as text.
    id: String,
    email: String,
    role: &'static str,
    url: String,
    code: String,
    #[schema(value_type = String, format = DateTime)]
    expires_at: DateTime<Utc>,
}

/// Invites somebody. An invitation that is still open for the address stops working.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/agency/staff/invitations",
    tag = "staff",
    security(("token" = ["manage:write"])),
    request_body = NewInvitation,
    responses(
        (status = 201, body = IssuedInvitation),
        (status = 409, body = ErrorBody),
        (status = 422, body = ErrorBody),
    ),
)]
pub async fn handle(call: AgentCall<ManagesStaff, NewInvitation>) -> Result<HttpResponse, ApiError> {
    let AgentCall { agent, body } = call;
    let unfit = |error: &dyn std::error::Error| ApiError::Unprocessable(error.to_string());
    let accounts = body.accounts.iter().map(|name| name.parse().map_err(|error| unfit(&error)));
    let invite = Invite {
        email: body.email.parse().map_err(|error| unfit(&error))?,
        role: body.role,
        accounts: accounts.collect::<Result<_, _>>()?,
    };
    let by = agent.because(None);
    let issued = manage::invite(agent.tenancy(), &agent.tenant, &invite, agent.manager(&by)).await?;
    Ok(HttpResponse::Created().json(IssuedInvitation {
        id: issued.id.to_string(),
        email: issued.email.to_string(),
        role: issued.role.as_str(),
        url: issued.url,
        code: issued.code.expose().to_owned(),
        expires_at: issued.expires_at,
    }))
}

impl From<InviteError> for ApiError {
    fn from(error: InviteError) -> Self {
        match error {
            InviteError::Internal(error) => Self::internal(&error),
            InviteError::Beyond | InviteError::UsedUp(_) => Self::Conflict(error.to_string()),
            InviteError::NotLead(_) | InviteError::UnknownAccount { .. } => {
                Self::Unprocessable(error.to_string())
            }
        }
    }
}
