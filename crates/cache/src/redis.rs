//! Over Redis or Valkey, through one multiplexed connection that reconnects by itself.

use std::fmt;
use std::time::Duration;

use belfry_model::Secret;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{AsyncCommands, ExistenceCheck, SetExpiry, SetOptions};

use crate::{Error, Result};

/// A command waits no longer than this: a limit that can't be checked must not hang a request.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(2);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

#[derive(Clone)]
pub(crate) struct RedisCache {
    connection: ConnectionManager,
    prefix: String,
}

impl fmt::Debug for RedisCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisCache").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl RedisCache {
    pub(crate) async fn connect(url: &Secret, prefix: String) -> Result<Self> {
        let client = redis::Client::open(url.expose()).map_err(Error::Unreachable)?;
        let config = ConnectionManagerConfig::new()
            .set_response_timeout(Some(RESPONSE_TIMEOUT))
            .set_connection_timeout(Some(CONNECT_TIMEOUT))
            .set_number_of_retries(2);
        let connection =
            client.get_connection_manager_with_config(config).await.map_err(Error::Unreachable)?;
        Ok(Self { connection, prefix })
    }

    pub(crate) async fn get(&self, key: &str) -> Result<Option<String>> {
        self.connection.clone().get(self.full(key)).await.map_err(Error::Command)
    }

    pub(crate) async fn put(&self, key: &str, value: &str, ttl: Duration) -> Result<()> {
        let options = SetOptions::default().with_expiration(SetExpiry::PX(milliseconds(ttl)));
        self.connection.clone().set_options(self.full(key), value, options).await.map_err(Error::Command)
    }

    pub(crate) async fn put_if_absent(&self, key: &str, value: &str, ttl: Duration) -> Result<bool> {
        let options = SetOptions::default()
            .conditional_set(ExistenceCheck::NX)
            .with_expiration(SetExpiry::PX(milliseconds(ttl)));
        // `SET … NX` answers OK, or nil when the key was there.
        let answer: Option<String> = self
            .connection
            .clone()
            .set_options(self.full(key), value, options)
            .await
            .map_err(Error::Command)?;
        Ok(answer.is_some())
    }

    pub(crate) async fn remove(&self, key: &str) -> Result<()> {
        self.connection.clone().del(self.full(key)).await.map_err(Error::Command)
    }

    /// Both commands in one transaction: a counter without an expiry would stay for ever.
    pub(crate) async fn count(&self, key: &str, ttl: Duration) -> Result<u64> {
        let key = self.full(key);
        let expiry = i64::try_from(milliseconds(ttl)).unwrap_or(i64::MAX);
        let (count,): (u64,) = redis::pipe()
            .atomic()
            .incr(&key, 1)
            .pexpire(&key, expiry)
            .ignore()
            .query_async(&mut self.connection.clone())
            .await
            .map_err(Error::Command)?;
        Ok(count)
    }

    pub(crate) async fn ping(&self) -> Result<()> {
        self.connection.clone().ping().await.map_err(Error::Unreachable)
    }

    fn full(&self, key: &str) -> String {
        format!("{}:{key}", self.prefix)
    }
}

fn milliseconds(ttl: Duration) -> u64 {
    u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX).max(1)
}
