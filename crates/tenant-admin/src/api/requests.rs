//! `/api/belfry/v1/requests`: what bodies asked for, and deciding on it.

pub mod approve;
pub mod ask;
pub mod check;
pub mod complete;
pub mod index;
pub mod refuse;
pub mod show;

use belfry_storage::row;
use belfry_tenancy::admission::{self, Case, DecideError};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::auth::Governs;
use super::tenants::create::refusal;
use super::{ApiError, auth};

/// A body that asks for a namespace.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Request)]
pub struct RequestEntity {
    #[schema(example = "R-K7QX-2M9A")]
    pub number: String,
    /// `waiting`, `asked`, `refused`, `approving` (approved, and not complete) or `approved`.
    pub state: String,
    pub body_name: String,
    pub body_type: String,
    /// The short name that it wants.
    pub slug: String,
    /// Its own, of which `proof` tells.
    pub domain: String,
    /// Whether it has shown that the domain is its own: `unproven`, `proven` or `lapsed`.
    pub proof: String,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: DateTime<Utc>,
}

/// A request with everything that was said about it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RequestCase)]
pub struct CaseEntity {
    #[serde(flatten)]
    pub request: RequestEntity,
    /// Who asks.
    pub name: String,
    pub email: String,
    pub contact: String,
    pub purpose: String,
    /// Why it was refused; empty otherwise.
    pub reason: String,
    /// What the last look at the domain found amiss; empty otherwise.
    pub proof_problem: String,
    pub messages: Vec<MessageEntity>,
    pub agreement: Option<AgreementEntity>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RequestMessage)]
pub struct MessageEntity {
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// The lead agency's; the applicant's otherwise.
    pub from_lead: bool,
    pub text: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Agreement)]
pub struct AgreementEntity {
    pub text: String,
    pub signatory: String,
    #[schema(value_type = String, format = Date)]
    pub signed_on: NaiveDate,
    #[schema(value_type = String, format = Date)]
    pub review_on: NaiveDate,
}

impl RequestEntity {
    pub(crate) fn of(row: &row::Request) -> Self {
        Self {
            number: row.number.clone(),
            state: row.state.clone(),
            body_name: row.body_name.clone(),
            body_type: row.body_type.clone(),
            slug: row.slug.clone(),
            domain: row.domain.clone(),
            proof: row.proof.clone(),
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl CaseEntity {
    pub(crate) fn of(case: &Case) -> Self {
        let row = &case.request;
        let message = |message: &row::RequestMessage| MessageEntity {
            at: message.at,
            from_lead: message.from_lead,
            text: message.text.clone(),
        };
        let agreement = |agreement: &row::Agreement| AgreementEntity {
            text: agreement.text.clone(),
            signatory: agreement.signatory.clone(),
            signed_on: agreement.signed_on,
            review_on: agreement.review_on,
        };
        Self {
            request: RequestEntity::of(row),
            name: row.name.clone(),
            email: row.email.clone(),
            contact: row.contact.clone(),
            purpose: row.purpose.clone(),
            reason: row.reason.clone(),
            proof_problem: row.problem.clone(),
            messages: case.messages.iter().map(message).collect(),
            agreement: case.agreement.as_ref().map(agreement),
        }
    }
}

/// The request that a path names.
async fn find<S: auth::Scope>(governs: &Governs<S>, number: &str) -> Result<Case, ApiError> {
    admission::find(governs.tenancy(), governs.admin(), number).await?.ok_or(ApiError::NotFound)
}

/// As it is after a decision.
async fn shown<S: auth::Scope>(governs: &Governs<S>, case: &Case) -> Result<CaseEntity, ApiError> {
    find(governs, &case.request.number).await.map(|case| CaseEntity::of(&case))
}

impl From<DecideError> for ApiError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::Internal(error) => Self::internal(&error),
            DecideError::Provision(error) => refusal(error),
            DecideError::Decided | DecideError::NothingToComplete => Self::Conflict(error.to_string()),
            DecideError::Text(_) | DecideError::Signatory | DecideError::Review | DecideError::Quota(_) => {
                Self::Unprocessable(error.to_string())
            }
        }
    }
}
