//! What an applicant does: ask, look, answer, have the domain looked at.

use std::net::IpAddr;

use belfry_model::{COMMONS, ProofState, RequestState, Secret};
use belfry_settings::AdmissionSettings;
use belfry_storage::{Filed, NewRequest, RequestSeen};
use chrono::{DateTime, Utc};
use serde_json::json;

use super::application::text;
use super::{Application, Unfit, too_often};
use crate::mail::{self, Message};
use crate::staff::{code, code_hash};
use crate::token::Fresh;
use crate::{Error, Result, Tenancy, error};

/// What opens a request: both, or nothing.
#[derive(Debug, Clone)]
pub struct Key {
    pub number: String,
    pub code: Secret,
}

/// A request as its applicant sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub number: String,
    pub state: RequestState,
    pub body_name: String,
    pub slug: String,
    /// Why it was refused.
    pub reason: String,
    pub created_at: DateTime<Utc>,
    pub domain: String,
    /// What the domain is to show.
    pub token: Secret,
    pub proof: ProofState,
    /// Somebody asked for a look that has not been taken yet.
    pub looking: bool,
    pub checked_at: Option<DateTime<Utc>>,
    pub problem: String,
    pub messages: Vec<SeenMessage>,
}

#[derive(Debug, Clone)]
pub struct SeenMessage {
    pub at: DateTime<Utc>,
    pub from_lead: bool,
    pub text: String,
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Wrong number or wrong code: never said which.
    #[error("this number and this code don't belong together")]
    Wrong,
    #[error("too many attempts: try again in a quarter of an hour")]
    TooMany,
    /// Empty, or longer than it may be.
    #[error("an answer is needed, and it may not be longer than the form says")]
    Answer,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(OpenError: Error, belfry_storage::Error);

/// Files a request and mails its code. The number.
///
/// # Errors
/// The inner one is the applicant's to mend.
pub async fn file(
    tenancy: &Tenancy,
    settings: &AdmissionSettings,
    asked: &Application,
    language: &str,
    address: IpAddr,
) -> Result<Result<String, Unfit>> {
    if too_often(tenancy, "file", address, settings.requests_per_fifteen_minutes).await? {
        return Ok(Err(Unfit::TooMany));
    }
    let (code, number) = (code()?, number()?);
    let url = format!("{}://{}/join/status", tenancy.names.scheme, tenancy.names.shared_domain);
    let letter = Message::new("mail-request")
        .with("body", asked.body_name.as_str())
        .with("number", number.as_str())
        .with("code", code.expose())
        .with("url", url);
    let mail = mail::write(tenancy, COMMONS, &asked.email, language, &letter)?;
    let new = NewRequest {
        fields: json!({
            "number": number,
            "name": asked.name,
            "email": asked.email,
            "language": language,
            "body_name": asked.body_name,
            "body_type": asked.body_type,
            "purpose": asked.purpose,
            "slug": asked.slug,
            "domain": asked.domain,
            "contact": asked.contact,
            "token": format!("belfry-{}", Fresh::token()?.secret.expose()),
        }),
        code_hash: code_hash(code.expose()),
        at: tenancy.clock.now(),
        per_address: settings.open_per_address,
        in_all: settings.open_in_all,
    };
    Ok(match tenancy.app.request_file(&new, &mail).await? {
        Filed::Filed => Ok(number),
        Filed::Taken => Err(Unfit::SlugTaken),
        Filed::Full => Err(Unfit::Full),
    })
}

pub async fn open(
    tenancy: &Tenancy,
    settings: &AdmissionSettings,
    key: &Key,
    address: IpAddr,
) -> Result<Seen, OpenError> {
    if too_often(tenancy, "open", address, settings.openings_per_fifteen_minutes).await? {
        return Err(OpenError::TooMany);
    }
    let (number, hash) = key.lookup();
    let seen = tenancy.app.request_read(&number, &hash).await?.ok_or(OpenError::Wrong)?;
    Ok(Seen::of(seen, tenancy.clock.now())?)
}

/// Answers what the lead agency asked, and shows the request as it is then.
pub async fn answer(
    tenancy: &Tenancy,
    settings: &AdmissionSettings,
    key: &Key,
    said: &str,
    address: IpAddr,
) -> Result<Seen, OpenError> {
    open(tenancy, settings, key, address).await?;
    let said = text(said, settings.text_length).ok_or(OpenError::Answer)?;
    let (number, hash) = key.lookup();
    // Nothing asked is nothing to answer: the page then shows how it stands.
    tenancy.app.request_answer(&number, &hash, &said, tenancy.clock.now()).await?;
    let seen = tenancy.app.request_read(&number, &hash).await?.ok_or(OpenError::Wrong)?;
    Ok(Seen::of(seen, tenancy.clock.now())?)
}

/// Has the domain looked at, within moments and by a worker.
pub async fn check(
    tenancy: &Tenancy,
    settings: &AdmissionSettings,
    key: &Key,
    address: IpAddr,
) -> Result<Seen, OpenError> {
    open(tenancy, settings, key, address).await?;
    let (number, hash) = key.lookup();
    tenancy.app.request_check(&number, &hash, tenancy.clock.now()).await?;
    let seen = tenancy.app.request_read(&number, &hash).await?.ok_or(OpenError::Wrong)?;
    Ok(Seen::of(seen, tenancy.clock.now())?)
}

impl Key {
    fn lookup(&self) -> (String, Vec<u8>) {
        (self.number.trim().to_ascii_uppercase(), code_hash(self.code.expose()))
    }
}

impl Seen {
    fn of(row: RequestSeen, now: DateTime<Utc>) -> Result<Self> {
        let wrong = |error| Error::Inconsistent(format!("request {}: {error}", row.number));
        let (state, proof): (RequestState, ProofState) =
            (row.state.parse().map_err(wrong)?, row.proof.parse().map_err(wrong)?);
        let of = |message: belfry_storage::MessageSeen| SeenMessage {
            at: message.at,
            from_lead: message.from_lead,
            text: message.text,
        };
        Ok(Self {
            state,
            proof,
            looking: looking(row.due_at, now),
            number: row.number,
            body_name: row.body_name,
            slug: row.slug,
            reason: row.reason,
            created_at: row.created_at,
            domain: row.domain,
            token: Secret::new(row.token),
            checked_at: row.checked_at,
            problem: row.problem,
            messages: row.messages.into_iter().map(of).collect(),
        })
    }
}

/// A look is due within moments, and not on a day to come.
pub(super) fn looking(due_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    due_at.is_some_and(|due| due <= now + chrono::TimeDelta::minutes(5))
}

/// `R-K7QX-2M9A`: 40 random bits, so that a number says nothing of how many there are.
fn number() -> Result<String> {
    let code = code()?;
    let letters: String = code.expose().chars().take(9).collect();
    Ok(format!("R-{letters}"))
}
