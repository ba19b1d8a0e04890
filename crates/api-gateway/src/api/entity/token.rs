//! `Token`: the answer of `/oauth/token`.

use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Token {
    pub access_token: String,
    pub token_type: &'static str,
    /// Separated by spaces.
    pub scope: String,
    /// Unix seconds.
    pub created_at: i64,
}
