//! Configuration: one file per section; the schema, the reference and the sample are made
//! from the same types, so they can't disagree.
//!
//! Precedence: compiled defaults < the file < environment (`BELFRY__SECTION__KEY`). A secret
//! can also be named by a file (`…_file`). An unknown key is an error that names it.

mod admission;
mod cache;
mod client_api;
mod database;
mod delivery;
mod error;
mod federation;
mod http;
mod keys;
mod load;
mod log;
mod mail;
mod media;
mod platform;
mod queue;
mod reference;
mod secret_file;
mod sign_in;
mod usage;

pub use admission::AdmissionSettings;
pub use cache::CacheSettings;
pub use client_api::ClientApiSettings;
pub use database::DatabaseSettings;
pub use delivery::DeliverySettings;
pub use error::{Error, Result};
pub use federation::FederationSettings;
pub use http::{AdminSettings, HttpSettings, MetricsSettings};
pub use keys::KeySettings;
pub use log::{LogFormat, LogSettings};
pub use mail::MailSettings;
pub use media::MediaSettings;
pub use platform::{PlatformSettings, Scheme};
pub use queue::QueueSettings;
pub use reference::{sample, schema};
pub use sign_in::SignInSettings;
pub use usage::UsageSettings;

use belfry_model::PlatformNames;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything that can be set.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub platform: PlatformSettings,
    #[serde(default)]
    pub http: HttpSettings,
    #[serde(default)]
    pub admin: AdminSettings,
    #[serde(default)]
    pub metrics: MetricsSettings,
    #[serde(default)]
    pub database: DatabaseSettings,
    #[serde(default)]
    pub queue: QueueSettings,
    #[serde(default)]
    pub cache: CacheSettings,
    #[serde(default)]
    pub media: MediaSettings,
    #[serde(default)]
    pub federation: FederationSettings,
    #[serde(default)]
    pub delivery: DeliverySettings,
    #[serde(default)]
    pub client_api: ClientApiSettings,
    #[serde(default)]
    pub sign_in: SignInSettings,
    #[serde(default)]
    pub usage: UsageSettings,
    #[serde(default)]
    pub keys: KeySettings,
    #[serde(default)]
    pub mail: MailSettings,
    #[serde(default)]
    pub admission: AdmissionSettings,
    #[serde(default)]
    pub log: LogSettings,
}

impl Settings {
    /// The platform's own names, from which every local address is built.
    pub fn names(&self) -> PlatformNames {
        self.platform.names()
    }

    /// What is well-formed but makes no sense, each error naming its key.
    pub fn check(&self) -> Result<()> {
        self.queue.check()?;
        self.cache.check()?;
        self.media.check()?;
        self.mail.check()?;
        self.database.check()
    }
}
