//! What another server is told when something fails: `{"error": "…"}`, clear and without causes.

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use belfry_edge::closed;
use serde_json::json;

/// Each endpoint maps what its use case can answer to one of these, exhaustively.
#[derive(Debug, thiserror::Error)]
pub enum FederationError {
    #[error("{0}")]
    BadRequest(String),
    /// Also what isn't for everybody: that it exists is already too much.
    #[error("there is nothing at this address")]
    NotFound,
    /// Nothing was stored, so nothing is lost: the sender tries again.
    #[error("what you sent could not be stored just now; send it again later")]
    Busy,
    /// Kept apart from what is gone: followers elsewhere stay.
    #[error("this agency is closed for now; ask again later")]
    Suspended,
    #[error("something went wrong on our side; it was recorded")]
    Internal,
}

impl FederationError {
    /// Logged here, once, with its chain of causes.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a federation request failed");
        Self::Internal
    }
}

impl From<belfry_federation::Error> for FederationError {
    fn from(error: belfry_federation::Error) -> Self {
        match error {
            belfry_federation::Error::Suspended => Self::Suspended,
            error => Self::internal(&error),
        }
    }
}

impl ResponseError for FederationError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Busy | Self::Suspended => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self {
            Self::Busy => drop(response.insert_header((RETRY_AFTER, "30"))),
            Self::Suspended => drop(response.insert_header((RETRY_AFTER, closed::RETRY_AFTER_SECONDS))),
            Self::BadRequest(_) | Self::NotFound | Self::Internal => {}
        }
        response.json(json!({ "error": self.to_string() }))
    }
}
