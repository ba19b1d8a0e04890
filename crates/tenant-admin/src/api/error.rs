//! What a program is told when something fails: `{"error": "…"}` and nothing of the cause.

use std::error::Error as StdError;

use actix_web::error::JsonPayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::WWW_AUTHENTICATE;
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use belfry_model::Permission;
use belfry_tenancy::confirm::ConfirmError;
use belfry_tenancy::lifecycle::LifecycleError;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No token, an unknown one, a revoked one, or one of an agency that doesn't lead.
    #[error("The access token is invalid")]
    InvalidToken,
    #[error("This action needs the scope `govern:read` or `govern:write`, and a person's role `lead`")]
    OutsideScope,
    #[error("This action needs the scope `manage:read` or `manage:write`")]
    OutsideManagement,
    #[error("This action needs the permission `{0}`, which you don't have at this agency")]
    NotPermitted(Permission),
    #[error("There is no such thing")]
    NotFound,
    #[error("{0}")]
    Malformed(String),
    /// Understood, and not possible as things are.
    #[error("{0}")]
    Conflict(String),
    #[error("{0}")]
    Unprocessable(String),
    #[error("Something went wrong on our side; it was recorded")]
    Internal,
}

impl ApiError {
    /// For a failure that no client can do anything about. Logged here, once, with its chain.
    pub fn internal(error: &(dyn StdError + 'static)) -> Self {
        tracing::error!(error, "a request failed");
        Self::Internal
    }

    /// For bodies that are no JSON, or not of the shape that a method takes.
    pub(super) fn body(error: &JsonPayloadError) -> Self {
        Self::Malformed(error.to_string())
    }
}

/// What a program is told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub struct Body {
    /// For people.
    pub error: String,
}

impl From<belfry_tenancy::Error> for ApiError {
    fn from(error: belfry_tenancy::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<LifecycleError> for ApiError {
    fn from(error: LifecycleError) -> Self {
        match error {
            LifecycleError::Internal(error) => Self::internal(&error),
            LifecycleError::Lead(_) | LifecycleError::Leaving(_) | LifecycleError::State(..) => {
                Self::Conflict(error.to_string())
            }
            LifecycleError::Reasonless
            | LifecycleError::ReasonTooLong
            | LifecycleError::Nameless
            | LifecycleError::NameTooLong => Self::Unprocessable(error.to_string()),
        }
    }
}

impl From<ConfirmError> for ApiError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Internal(error) => Self::internal(&error),
            ConfirmError::Refused(error) => error.into(),
            ConfirmError::Nobody
            | ConfirmError::Waits
            | ConfirmError::SamePerson
            | ConfirmError::ProposerGone
            | ConfirmError::Over
            | ConfirmError::LeadsAlready(_)
            | ConfirmError::Ownerless(_)
            | ConfirmError::HasOwner(_) => Self::Conflict(error.to_string()),
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::InvalidToken => StatusCode::UNAUTHORIZED,
            Self::OutsideScope | Self::OutsideManagement | Self::NotPermitted(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponseBuilder::new(self.status_code());
        if matches!(self, Self::InvalidToken) {
            response.insert_header((WWW_AUTHENTICATE, r#"Bearer realm="Belfry", error="invalid_token""#));
        }
        response.json(Body { error: self.to_string() })
    }
}
