//! Tenants, staff, roles, sign-in, keys in custody and audit.
//!
//! Invariant: a credential (session, token, invitation, app) is looked up in the rows of one
//! tenant, the one whose host was asked; at any other it is nothing. What is kept of it is
//! its SHA-256.

pub mod about;
pub mod account;
pub mod admission;
pub mod audit;
pub mod baseline;
pub mod confirm;
pub mod directory;
pub mod email;
mod error;
pub mod factor;
pub mod import;
pub mod keys;
pub mod lifecycle;
pub mod mail;
pub mod notice;
pub mod oauth;
pub mod official;
pub mod operate;
pub mod overview;
pub mod password;
pub mod policies;
pub mod policy;
pub mod provision;
pub mod session;
pub mod sign_in;
pub mod spreadsheet;
pub mod staff;
mod texts;
pub mod token;
pub mod usage;

use std::sync::Arc;

use belfry_cache::Cache;
use belfry_model::{Clock, PlatformNames};
use belfry_settings::SignInSettings;
use belfry_storage::AppDb;

pub use audit::By;
pub use directory::Directory;
pub use email::EmailAddress;
pub use error::{Error, Result};
pub use keys::Keys;
pub use oauth::scopes::Scopes;
pub use policy::Policy;

use crate::password::Passwords;

/// What the use cases of this crate need; cheap to clone.
#[derive(Debug, Clone)]
pub struct Tenancy {
    pub app: AppDb,
    pub cache: Cache,
    pub clock: Arc<dyn Clock>,
    pub names: PlatformNames,
    pub directory: Arc<Directory>,
    pub keys: Arc<Keys>,
    pub settings: SignInSettings,
    passwords: Passwords,
}

impl Tenancy {
    pub fn new(
        app: AppDb,
        cache: Cache,
        clock: Arc<dyn Clock>,
        names: PlatformNames,
        directory: Arc<Directory>,
        keys: Arc<Keys>,
        settings: SignInSettings,
    ) -> Self {
        let passwords = Passwords::new(settings.password_min_length);
        Self { app, cache, clock, names, directory, keys, settings, passwords }
    }
}
