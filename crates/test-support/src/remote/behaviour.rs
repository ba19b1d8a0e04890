//! How the fake server misbehaves when it is told to.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use futures::StreamExt as _;
use futures::stream;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behaviour {
    Normal,
    /// Answers with this status, whatever it is asked.
    Status(u16),
    /// The same, with `Retry-After` in seconds.
    RetryAfter(u16, u32),
    /// Takes the request and never answers.
    Hang,
    /// Takes the request, and answers it as it is told to once it is told something else.
    Hold,
    /// Answers as usual, but after this time.
    Slow(Duration),
    /// Begins a document and never ends it.
    SlowBody,
    /// Sends a document of so many bytes without saying its length.
    HugeBody(usize),
    /// Answers with this JSON, whatever it is asked.
    Json(String),
    /// Redirects there.
    Redirect(String),
    /// Refuses draft-cavage signatures with 401, so that the sender has to try RFC 9421.
    OnlyRfc9421,
}

impl Behaviour {
    /// The status that it answers, whatever it is asked; `None` where that depends.
    pub(super) fn status(&self) -> Option<u16> {
        match self {
            Self::Status(status) | Self::RetryAfter(status, _) => Some(*status),
            Self::SlowBody | Self::HugeBody(_) | Self::Json(_) => Some(200),
            Self::Redirect(_) => Some(302),
            Self::Normal | Self::Hang | Self::Hold | Self::Slow(_) | Self::OnlyRfc9421 => None,
        }
    }

    /// The answer that this behaviour gives instead of the usual one, if it does.
    pub(super) async fn answer(&self) -> Option<HttpResponse> {
        match self {
            Self::Normal | Self::Hold | Self::OnlyRfc9421 => None,
            Self::Status(status) => Some(HttpResponse::new(code(*status))),
            Self::RetryAfter(status, seconds) => Some(
                HttpResponse::build(code(*status))
                    .insert_header(("retry-after", seconds.to_string()))
                    .finish(),
            ),
            Self::Json(json) => {
                Some(HttpResponse::Ok().content_type("application/jrd+json").body(json.clone()))
            }
            Self::Hang => std::future::pending().await,
            Self::Slow(time) => {
                tokio::time::sleep(*time).await;
                None
            }
            Self::SlowBody => {
                Some(document().streaming(stream::iter([chunk(b"{".to_vec())]).chain(stream::pending())))
            }
            Self::HugeBody(size) => {
                let chunks = size.div_ceil(CHUNK);
                Some(document().streaming(stream::iter((0..chunks).map(|_| chunk(vec![b' '; CHUNK])))))
            }
            Self::Redirect(target) => {
                Some(HttpResponse::Found().insert_header(("location", target.as_str())).finish())
            }
        }
    }
}

const CHUNK: usize = 64 * 1024;

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn document() -> actix_web::HttpResponseBuilder {
    let mut builder = HttpResponse::Ok();
    builder.content_type(belfry_activitypub::CONTENT_TYPE);
    builder
}

#[expect(clippy::unnecessary_wraps, reason = "a stream of chunks that may fail is what actix takes")]
fn chunk(bytes: Vec<u8>) -> Result<Bytes, actix_web::Error> {
    Ok(Bytes::from(bytes))
}
