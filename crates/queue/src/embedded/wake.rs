//! One listening connection a process, shared by its consumers, started by the first.

use std::sync::Once;
use std::time::Duration;

use belfry_model::Secret;
use sqlx::postgres::PgListener;
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};

const CHANNEL: &str = "belfry_job";
/// While the database is away, consumers look by themselves.
const RECONNECT: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(crate) struct Waker {
    database: Secret,
    rings: watch::Sender<u64>,
    started: Once,
    stop: CancellationToken,
    _stop_with_the_queue: DropGuard,
}

impl Waker {
    pub(crate) fn new(database: Secret) -> Self {
        let stop = CancellationToken::new();
        Self {
            database,
            rings: watch::Sender::new(0),
            started: Once::new(),
            _stop_with_the_queue: stop.clone().drop_guard(),
            stop,
        }
    }

    /// Rings whenever a job may have come. It rings for every queue: a consumer that looks in
    /// vain costs one indexed query.
    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        let rings = self.rings.subscribe();
        self.started.call_once(|| {
            tokio::spawn(listen(self.database.clone(), self.rings.clone(), self.stop.clone()));
        });
        rings
    }
}

async fn listen(database: Secret, rings: watch::Sender<u64>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            error = listen_once(&database, &rings) => {
                tracing::warn!(%error, "the embedded queue's notifications are interrupted");
                tokio::time::sleep(RECONNECT).await;
            }
        }
    }
}

async fn listen_once(database: &Secret, rings: &watch::Sender<u64>) -> sqlx::Error {
    let connected = async {
        let mut listener = PgListener::connect(database.expose()).await?;
        listener.listen(CHANNEL).await?;
        Ok::<_, sqlx::Error>(listener)
    };
    let mut listener = match connected.await {
        Ok(listener) => listener,
        Err(error) => return error,
    };
    loop {
        // Also when just connected: something may have come in between.
        rings.send_modify(|ring| *ring = ring.wrapping_add(1));
        if let Err(error) = listener.try_recv().await {
            return error;
        }
    }
}
