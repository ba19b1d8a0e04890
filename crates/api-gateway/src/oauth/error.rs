//! OAuth's own errors: the words of RFC 6749 §5.2 with a sentence for people.

use std::error::Error as StdError;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use serde::Serialize;

use crate::api::ApiError;

#[derive(Debug, thiserror::Error)]
pub enum OauthError {
    #[error("The request misses a parameter or has one that can't be read")]
    InvalidRequest,
    #[error("Client authentication failed: the client id or the client secret is wrong")]
    InvalidClient,
    #[error("The code is unknown, used, expired, or was issued for another request")]
    InvalidGrant,
    #[error("The requested scope is unknown or exceeds what the app registered for")]
    InvalidScope,
    #[error(
        "Use the grant authorization_code or client_credentials: tokens don't expire and need no refresh"
    )]
    UnsupportedGrantType,
    #[error("Something went wrong on our side; it was recorded")]
    Internal,
}

impl OauthError {
    /// Logged here, once, with its chain.
    pub fn internal(error: &(dyn StdError + 'static)) -> Self {
        ApiError::internal(error);
        Self::Internal
    }

    fn word(&self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidScope => "invalid_scope",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::Internal => "server_error",
        }
    }
}

#[derive(Serialize)]
struct Body {
    error: &'static str,
    error_description: String,
}

impl ResponseError for OauthError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::InvalidRequest | Self::InvalidGrant | Self::InvalidScope | Self::UnsupportedGrantType => {
                StatusCode::BAD_REQUEST
            }
            Self::InvalidClient => StatusCode::UNAUTHORIZED,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponseBuilder::new(self.status_code());
        response.insert_header((CACHE_CONTROL, "no-store"));
        if matches!(self, Self::InvalidClient) {
            response.insert_header((WWW_AUTHENTICATE, r#"Basic realm="Belfry", error="invalid_client""#));
        }
        response.json(Body { error: self.word(), error_description: self.to_string() })
    }
}
