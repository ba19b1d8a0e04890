//! `/api/belfry/v1/agency/staff/{id}/sessions`: where somebody is signed in.

pub mod end;
pub mod end_all;
pub mod index;

use belfry_tenancy::session::{Held, HeldSession, HeldToken};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A sign-in in a browser.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionEntity {
    /// 64 bits, as text.
    pub id: String,
    /// Where it began; empty where that is not known.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
    #[schema(value_type = String, format = DateTime)]
    pub started_at: DateTime<Utc>,
    /// To within some minutes.
    #[schema(value_type = String, format = DateTime)]
    pub last_seen_at: DateTime<Utc>,
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: DateTime<Utc>,
}

/// An app's access.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenEntity {
    /// 64 bits, as text.
    pub id: String,
    pub app: String,
    pub scopes: Vec<String>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_used_at: Option<DateTime<Utc>>,
}

/// What somebody is signed in with.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sessions)]
pub struct SessionsEntity {
    pub sessions: Vec<SessionEntity>,
    pub tokens: Vec<TokenEntity>,
}

impl From<Held> for SessionsEntity {
    fn from(held: Held) -> Self {
        Self {
            sessions: held.sessions.into_iter().map(SessionEntity::from).collect(),
            tokens: held.tokens.into_iter().map(TokenEntity::from).collect(),
        }
    }
}

impl From<HeldSession> for SessionEntity {
    fn from(held: HeldSession) -> Self {
        let HeldSession { id, address, agent, started_at, last_seen_at, expires_at } = held;
        Self { id: id.to_string(), address, agent, started_at, last_seen_at, expires_at }
    }
}

impl From<HeldToken> for TokenEntity {
    fn from(held: HeldToken) -> Self {
        let HeldToken { id, app, scopes, created_at, last_used_at } = held;
        Self { id: id.to_string(), app, scopes, created_at, last_used_at }
    }
}
