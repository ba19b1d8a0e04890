//! What a client is told when something fails: `{"error": "…"}` and nothing of the cause.

use std::error::Error as StdError;

use actix_web::http::StatusCode;
use actix_web::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

/// Each endpoint maps what its use case can answer to one of these, exhaustively.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("The request body could not be read")]
    MalformedBody,
    /// No token, an unknown one, a revoked one, or another tenant's.
    #[error("The access token is invalid")]
    InvalidToken,
    #[error("This method requires an authenticated user")]
    UserRequired,
    #[error("This action is outside the authorized scopes")]
    OutsideScope,
    #[error("{0}")]
    Forbidden(String),
    /// Another tenant's rows are this too, never a 403: existence is not told.
    #[error("Record not found")]
    NotFound,
    #[error("This method is not allowed here")]
    MethodNotAllowed,
    #[error("{0}")]
    Conflict(&'static str),
    #[error("The request is too large")]
    TooLarge,
    #[error("Send parameters as a form, as multipart or as JSON")]
    UnsupportedMediaType,
    #[error("{0}")]
    Unprocessable(String),
    /// With the seconds after which it is worth trying again.
    #[error("Too many requests")]
    TooManyRequests { retry_after: u64 },
    /// The agency's plan has no room for it, today or at all.
    #[error("{words}")]
    UsedUp { words: String, retry_after: Option<u64> },
    #[error("Something went wrong on our side; it was recorded")]
    Internal,
}

impl ApiError {
    /// For a failure that no client can do anything about. Logged here, once, with its chain.
    pub fn internal(error: &(dyn StdError + 'static)) -> Self {
        tracing::error!(error = chain(error), "a request failed");
        Self::Internal
    }
}

/// An error and its causes, outermost first.
fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// What a client is told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub struct Body {
    /// For people.
    pub error: String,
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::MalformedBody => StatusCode::BAD_REQUEST,
            Self::InvalidToken => StatusCode::UNAUTHORIZED,
            Self::OutsideScope | Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::UserRequired | Self::Unprocessable(_) | Self::UsedUp { retry_after: None, .. } => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::TooManyRequests { .. } | Self::UsedUp { retry_after: Some(_), .. } => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponseBuilder::new(self.status_code());
        match self {
            Self::InvalidToken => {
                response.insert_header((WWW_AUTHENTICATE, r#"Bearer realm="Belfry", error="invalid_token""#));
            }
            Self::TooManyRequests { retry_after } | Self::UsedUp { retry_after: Some(retry_after), .. } => {
                response.insert_header((RETRY_AFTER, *retry_after));
            }
            _ => {}
        }
        response.json(Body { error: self.to_string() })
    }
}

impl From<belfry_social::Error> for ApiError {
    fn from(error: belfry_social::Error) -> Self {
        use belfry_social::Error;
        match error {
            Error::NotFound => Self::NotFound,
            Error::Invalid(invalid) => Self::Unprocessable(invalid.to_string()),
            Error::Forbidden(forbidden) => Self::Forbidden(forbidden.to_string()),
            Error::TooManyUrgent { retry_after } => {
                Self::TooManyRequests { retry_after: retry_after.num_seconds().max(1).unsigned_abs() }
            }
            Error::UsedUp { used_up, opens_in: None } => {
                Self::UsedUp { words: used_up.to_string(), retry_after: None }
            }
            Error::UsedUp { used_up, opens_in: Some(opens_in) } => {
                let words = format!("{used_up} Posting opens again at 00:00 UTC.");
                let retry_after = Some(opens_in.num_seconds().max(1).unsigned_abs());
                Self::UsedUp { words, retry_after }
            }
            Error::Storage(_) | Error::Tenancy(_) | Error::Store(_) | Error::Task(_) | Error::Corrupt(_) => {
                Self::internal(&error)
            }
        }
    }
}
