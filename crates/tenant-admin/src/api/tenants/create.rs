//! `POST /api/belfry/v1/tenants`

use actix_web::HttpResponse;
use belfry_model::{BodyType, Host, Phase, Slug};
use belfry_tenancy::EmailAddress;
use belfry_tenancy::provision::{self, CreatedTenant, NewTenant, ProvisionError};
use serde::{Deserialize, Serialize};

use super::TenantEntity;
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewTenantBody {
    /// 2 to 30 letters a-z, digits and hyphens. Never given to a second body.
    #[schema(example = "moe")]
    slug: String,
    /// What the public calls the body.
    #[schema(example = "Ministry of Education")]
    name: String,
    /// Who gets the invitation to own the namespace.
    owner_email: String,
    /// `pilot`, `invited` or `public`; `invited` if left out.
    #[schema(value_type = Option<String>)]
    phase: Option<Phase>,
    /// BCP 47; `en` if left out.
    language: Option<String>,
    /// `ministry`, `agency`, `municipality`, `region`, `parliament`, `court`, `education`, `health` or
    /// `other`, which it is if left out.
    #[schema(value_type = Option<String>)]
    body_type: Option<BodyType>,
    /// One of its own outside the shared domain.
    #[schema(example = "community.example")]
    host: Option<String>,
    /// For the record.
    reason: Option<String>,
}

/// The owner's invitation. The code is in this answer and nowhere else.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvitationEntity {
    url: String,
    email: String,
    code: String,
    #[schema(value_type = String, format = DateTime)]
    expires_at: chrono::DateTime<chrono::Utc>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Created {
    tenant: TenantEntity,
    /// The organisation account's handle.
    #[schema(example = "@moe@moe.social.example")]
    handle: String,
    invitation: InvitationEntity,
    /// An earlier call had been interrupted, and this one completed it.
    resumed: bool,
}

/// Makes a namespace, its organisation account and its owner's invitation. Interrupted, the same
/// call again completes it; of one that is complete it is a conflict and changes nothing.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/tenants",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    request_body = NewTenantBody,
    responses(
        (status = 201, body = Created),
        (status = 409, body = error::Body, description = "The slug or the host is taken"),
        (status = 422, body = error::Body),
    ),
)]
pub async fn handle(call: Call<Write, NewTenantBody>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let by = governs.because(body.reason.as_deref());
    let new = parse(body)?;
    let created =
        provision::create_tenant(governs.tenancy(), governs.admin(), &new, &by).await.map_err(refusal)?;
    let CreatedTenant { tenant, organisation, invitation, resumed } = created;
    Ok(HttpResponse::Created().json(Created {
        tenant: TenantEntity::of(&tenant, &governs.tenancy().names),
        handle: format!("@{}@{}", organisation.username, organisation.domain),
        invitation: InvitationEntity {
            url: invitation.url,
            email: invitation.email.to_string(),
            code: invitation.code.expose().to_owned(),
            expires_at: invitation.expires_at,
        },
        resumed,
    }))
}

fn parse(body: NewTenantBody) -> Result<NewTenant, ApiError> {
    let unfit = |error: &dyn std::error::Error| ApiError::Unprocessable(error.to_string());
    Ok(NewTenant {
        slug: body.slug.parse::<Slug>().map_err(|error| unfit(&error))?,
        name: body.name,
        owner_email: body.owner_email.parse::<EmailAddress>().map_err(|error| unfit(&error))?,
        phase: body.phase.unwrap_or(Phase::Invited),
        language: body.language.unwrap_or_else(|| "en".to_owned()),
        body_type: body.body_type.unwrap_or(BodyType::Other),
        request: None,
        host: body.host.map(|host| host.parse::<Host>()).transpose().map_err(|error| unfit(&error))?,
        lead: false,
    })
}

pub(in crate::api) fn refusal(error: ProvisionError) -> ApiError {
    match error {
        ProvisionError::Taken(_)
        | ProvisionError::Reserved(_)
        | ProvisionError::Gone(_)
        | ProvisionError::BegunForAnother(_)
        | ProvisionError::BegunElsewhere(..)
        | ProvisionError::LeadTaken(_)
        | ProvisionError::HostTaken(_)
        | ProvisionError::Account(_) => ApiError::Conflict(error.to_string()),
        ProvisionError::Nameless
        | ProvisionError::NameTooLong
        | ProvisionError::Language(_)
        | ProvisionError::Host(_) => ApiError::Unprocessable(error.to_string()),
        ProvisionError::Internal(error) => ApiError::internal(&error),
    }
}
