//! OAuth 2 for clients: apps, authorisation codes, access tokens, scopes.
//!
//! Invariant: apps, codes and tokens are rows of one tenant; at another host they are nothing.

pub mod app;
pub mod code;
pub mod scopes;
pub mod token;

pub use app::{App, AppError, NewApp, RegisteredApp, app_authenticate, app_create, app_find};
pub use code::{CodeError, CodeGrant, Exchange, ExchangeError, code_exchange, code_issue};
pub use token::{Bearer, IssuedToken, TokenError, token_client, token_create, token_find, token_revoke};
