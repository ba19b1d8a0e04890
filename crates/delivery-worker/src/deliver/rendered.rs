//! What is being sent right now, rendered once for all its batches.
//!
//! Invariant: nothing in here is older than a moment. A fan-out's thousands of batches share
//! one reading of the rows; a later attempt reads them again.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use belfry_federation::{Federation, Rendered};
use belfry_model::{ActivityId, TenantId, TenantScope};
use lru::LruCache;
use tokio::sync::OnceCell;
use tokio::time::Instant;

const MOMENT: Duration = Duration::from_secs(1);
/// Activities that are fanned out at once, at some kilobytes each.
const ENTRIES: NonZeroUsize = NonZeroUsize::MIN.saturating_add(255);

#[derive(Debug)]
struct Entry {
    since: Instant,
    /// Filled by whoever comes first; the others wait for that.
    rendered: OnceCell<Option<Arc<Rendered>>>,
}

#[derive(Debug)]
pub(super) struct RenderedCache(Mutex<LruCache<(TenantId, ActivityId), Arc<Entry>>>);

impl Default for RenderedCache {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(ENTRIES)))
    }
}

impl RenderedCache {
    /// The activity as its rows are now, give or take a moment. `None`: it is withdrawn.
    pub(super) async fn of(
        &self,
        federation: &Federation,
        scope: TenantScope,
        activity: ActivityId,
        inboxes: &[&str],
    ) -> belfry_federation::Result<Option<Arc<Rendered>>> {
        let entry = self.entry((scope.tenant(), activity));
        let render = || async { Ok(federation.render(scope, activity, inboxes).await?.map(Arc::new)) };
        entry.rendered.get_or_try_init(render).await.cloned()
    }

    fn entry(&self, key: (TenantId, ActivityId)) -> Arc<Entry> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.get(&key)
            && entry.since.elapsed() < MOMENT
        {
            return Arc::clone(entry);
        }
        let entry = Arc::new(Entry { since: Instant::now(), rendered: OnceCell::new() });
        entries.put(key, Arc::clone(&entry));
        entry
    }
}
