//! `[sign_in]`: people's ways in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SignInSettings {
    /// Days after which an invitation expires.
    pub invitation_days: u32,
    /// Most people on a list of invitations.
    pub invitations_per_list: usize,
    /// Hours after which a session ends.
    pub session_hours: u32,
    /// Fewest characters of a password.
    pub password_min_length: usize,
    /// Failed sign-ins for one e-mail address from one network address in fifteen minutes
    /// before it has to wait; others are not locked out by it.
    pub attempts_per_fifteen_minutes: u64,
    /// Minutes that somebody has for the second step of signing in.
    pub second_step_minutes: u32,
    /// Minutes after a proof of who somebody is in which they may change how they sign in.
    pub proof_minutes: u32,
    /// Seconds for which an authorisation code can be exchanged.
    pub code_seconds: u64,
}

impl Default for SignInSettings {
    fn default() -> Self {
        Self {
            invitation_days: 7,
            invitations_per_list: 500,
            session_hours: 24 * 7,
            password_min_length: 12,
            attempts_per_fifteen_minutes: 10,
            second_step_minutes: 10,
            proof_minutes: 10,
            code_seconds: 600,
        }
    }
}
