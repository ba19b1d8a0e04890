//! What the receivers of an activity are told of our followers at their hosts (FEP-8fcf).
//!
//! Invariant: a batch costs one query at most, whatever the number of its inboxes and followers.
//! What is told may be a minute old: a receiver that sees it differently asks for the present.

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use belfry_activitypub::synchronisation::{FollowerDigest, Synchronisation};
use belfry_activitypub::uri;
use belfry_model::{ActorId, TenantId, TenantScope};
use belfry_storage::{TenantTx, row};
use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;

use super::Rendered;
use crate::{Federation, Result};

const REMEMBERED: NonZeroUsize = NonZeroUsize::MIN.saturating_add(9_999);
const REMEMBERED_FOR: TimeDelta = TimeDelta::seconds(60);

/// The followers collection of an account, and where a server finds its own part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followers {
    pub collection: String,
    pub url: String,
}

impl Followers {
    pub(crate) fn of(author: &row::Actor) -> Option<Self> {
        let collection = author.followers_url.clone()?;
        Some(Self { collection, url: format!("{}/followers_synchronization", author.uri) })
    }
}

type Place = (TenantId, ActorId, String);

/// Digests by tenant, account and host, and when they were read; `None` where nobody follows.
#[derive(Debug, Clone)]
pub(crate) struct Digests(Arc<Mutex<Known>>);

/// With the time at which it was read.
type Known = LruCache<Place, (DateTime<Utc>, Option<FollowerDigest>)>;

impl Default for Digests {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(LruCache::new(REMEMBERED))))
    }
}

impl Digests {
    /// No code panics while it holds the lock, so what a poisoned one guards is whole.
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Federation {
    /// The header for each of the inboxes, in their order. `None` where nobody at the inbox's
    /// host follows the account; for all of them if the activity isn't for its followers.
    pub async fn synchronise(
        &self,
        scope: TenantScope,
        rendered: &Rendered,
        inboxes: &[&str],
    ) -> Result<Vec<Option<String>>> {
        let Some(followers) = &rendered.followers else { return Ok(vec![None; inboxes.len()]) };
        let hosts = hosts_of(inboxes);
        let digests = self.digests_of(scope, rendered.actor, hosts.iter().flatten()).await?;
        let header = |digest: &FollowerDigest| {
            let Followers { collection, url } = followers.clone();
            Synchronisation { collection, url, digest: *digest }.header()
        };
        Ok(hosts.iter().map(|host| digests.get(host.as_ref()?).map(header)).collect())
    }

    /// From memory where it is known, the rest by one query.
    async fn digests_of(
        &self,
        scope: TenantScope,
        actor: ActorId,
        hosts: impl Iterator<Item = &String>,
    ) -> Result<HashMap<String, FollowerDigest>> {
        let (mut known, missing) = self.digests_known(scope.tenant(), actor, hosts);
        if missing.is_empty() {
            return Ok(known);
        }
        let tx = self.app.tenant(scope).await?;
        known.extend(self.digests_read(&tx, actor, missing).await?);
        tx.commit().await?;
        Ok(known)
    }

    /// Reads, in a transaction that is open anyhow, what these inboxes' hosts will be told.
    pub(super) async fn digests_prepare(
        &self,
        tx: &TenantTx,
        actor: ActorId,
        inboxes: &[&str],
    ) -> Result<()> {
        let hosts = hosts_of(inboxes);
        let (_, missing) = self.digests_known(tx.tenant(), actor, hosts.iter().flatten());
        if !missing.is_empty() {
            self.digests_read(tx, actor, missing).await?;
        }
        Ok(())
    }

    /// What is remembered, and the hosts of which nothing is.
    fn digests_known<'a>(
        &self,
        tenant: TenantId,
        actor: ActorId,
        hosts: impl Iterator<Item = &'a String>,
    ) -> (HashMap<String, FollowerDigest>, Vec<String>) {
        let now = self.clock.now();
        let (mut known, mut missing) = (HashMap::new(), Vec::new());
        let hosts: BTreeSet<&String> = hosts.collect();
        let mut remembered = self.digests.lock();
        for host in hosts {
            match remembered.get(&(tenant, actor, host.clone())) {
                Some((at, digest)) if now - *at < REMEMBERED_FOR => {
                    known.extend(digest.map(|digest| (host.clone(), digest)));
                }
                _ => missing.push(host.clone()),
            }
        }
        (known, missing)
    }

    async fn digests_read(
        &self,
        tx: &TenantTx,
        actor: ActorId,
        missing: Vec<String>,
    ) -> Result<HashMap<String, FollowerDigest>> {
        let mut found = tx.follower_digests(actor, &missing).await?;
        let now = self.clock.now();
        let mut known = HashMap::new();
        let mut remembered = self.digests.lock();
        for host in missing {
            let digest = found.remove(&host).and_then(|bytes| FollowerDigest::from_bytes(&bytes));
            known.extend(digest.map(|digest| (host.clone(), digest)));
            remembered.put((tx.tenant(), actor, host), (now, digest));
        }
        Ok(known)
    }
}

fn hosts_of(inboxes: &[&str]) -> Vec<Option<String>> {
    inboxes.iter().map(|inbox| uri::parse(inbox).as_ref().map(uri::host)).collect()
}
