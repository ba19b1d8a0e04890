//! Why an inbox does not take a request, in words that help whoever runs the sender.

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use belfry_activitypub::Malformed;
use belfry_activitypub::digest::DigestError;
use belfry_activitypub::signature::precheck;
use serde_json::json;

#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("unknown host")]
    UnknownHost,
    #[error(
        "send `Content-Type: application/activity+json`, or `application/ld+json` with the profile of ActivityStreams"
    )]
    ContentType,
    #[error("send the body as it is, without a Content-Encoding")]
    Encoded,
    #[error("the body is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the body took too long to come")]
    TooSlow,
    #[error("the body broke off")]
    BrokenOff,
    #[error("the body isn't UTF-8")]
    NotUtf8,
    #[error("the activity can't be read: {0}")]
    Malformed(#[from] Malformed),
    #[error(transparent)]
    Header(#[from] precheck::Refusal),
    #[error("the Signature header can't be used: {0}")]
    Unprepared(String),
    #[error(transparent)]
    Digest(#[from] DigestError),
    #[error("nobody on this platform sends over HTTP")]
    Ours,
    /// Said as Mastodon says it, so that the sender stops trying.
    #[error("this platform accepts nothing from your server")]
    Barred,
    #[error("the signature doesn't fit the request")]
    Forged,
    #[error("the key belongs to another actor than the activity")]
    OtherOwner,
    #[error("the key can't be used: {0}")]
    UnknownKey(String),
    #[error("the actor was deleted, and its key with it")]
    DeletedActor,
    #[error("the key could not be fetched just now; send this again later")]
    KeyLater,
    /// Not refused, only of no use: answered as taken.
    #[error("nobody here knows this actor")]
    Irrelevant,
    #[error("this could not be checked just now; send it again later")]
    Internal,
}

impl From<belfry_federation::Error> for Refused {
    fn from(error: belfry_federation::Error) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "an activity could not be verified");
        Self::Internal
    }
}

impl ResponseError for Refused {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Irrelevant => StatusCode::ACCEPTED,
            Self::BrokenOff | Self::NotUtf8 | Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Header(_)
            | Self::Unprepared(_)
            | Self::Digest(_)
            | Self::Forged
            | Self::OtherOwner
            | Self::UnknownKey(_)
            | Self::DeletedActor => StatusCode::UNAUTHORIZED,
            Self::Ours | Self::Barred => StatusCode::FORBIDDEN,
            Self::UnknownHost => StatusCode::NOT_FOUND,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::ContentType | Self::Encoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::KeyLater | Self::Internal => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self {
            Self::Irrelevant | Self::UnknownHost => return response.finish(),
            Self::KeyLater | Self::Internal => {
                response.insert_header((RETRY_AFTER, "60"));
            }
            _ => tracing::info!(reason = %self, "an activity was refused"),
        }
        response.json(json!({ "error": self.to_string() }))
    }
}
