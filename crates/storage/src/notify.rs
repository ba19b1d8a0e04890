//! Postgres notifications: what wakes a process up. A lost one only delays, so every listener
//! also looks by itself from time to time.

use belfry_model::Secret;
use sqlx::postgres::PgListener;

use crate::{Error, Result};

/// Channels that the schema's triggers announce on.
pub const REGISTRY: &str = "belfry_registry";
pub const OUTBOX: &str = "belfry_outbox";
/// With the host as its payload.
pub const HOST: &str = "belfry_host";

/// One connection that waits for notifications; it reconnects by itself.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    pub async fn connect(url: &Secret, channels: &[&str]) -> Result<Self> {
        let mut listener = PgListener::connect(url.expose()).await.map_err(Error::Listen)?;
        listener.listen_all(channels.iter().copied()).await.map_err(Error::Listen)?;
        Ok(Self(listener))
    }

    /// Waits for the next notification and answers what it carries. After a lost connection it
    /// also returns, with nothing, since something may have been missed.
    pub async fn wait(&mut self) -> Result<Option<String>> {
        let heard = self.0.try_recv().await.map_err(Error::Listen)?;
        Ok(heard.map(|notification| notification.payload().to_owned()))
    }
}
