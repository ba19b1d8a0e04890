//! A stream of jobs. A task of its own takes them from the server, so that a caller may stop
//! waiting at any moment without losing sight of a job that has just been taken.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::Delivery;

/// Reconnects by itself for as long as it lives.
#[derive(Debug)]
pub struct Consumer {
    deliveries: mpsc::Receiver<Delivery>,
    stop: CancellationToken,
    pump: JoinHandle<()>,
}

impl Consumer {
    /// `pump` takes jobs until the token is cancelled; it never drops one that it has taken.
    pub(crate) fn start<F>(
        prefetch: u16,
        pump: impl FnOnce(mpsc::Sender<Delivery>, CancellationToken) -> F,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (sender, deliveries) = mpsc::channel(usize::from(prefetch));
        let stop = CancellationToken::new();
        let pump = tokio::spawn(pump(sender, stop.clone()));
        Self { deliveries, stop, pump }
    }

    /// The next job. Waits for as long as there is none, also while the server is away.
    /// Dropping the future loses nothing. `None` only if the consumer's task died.
    pub async fn next(&mut self) -> Option<Delivery> {
        self.deliveries.recv().await
    }

    /// Stops taking, and gives back what was taken and not yet handed to the caller.
    /// What the caller holds stays with the caller.
    pub async fn close(mut self) {
        self.stop.cancel();
        let mut unused = Vec::new();
        while let Some(delivery) = self.deliveries.recv().await {
            unused.push(delivery);
        }
        if let Err(error) = (&mut self.pump).await {
            tracing::error!(%error, "a queue consumer's task failed");
        }
        // Only now that the server sends no more: it would send us the same ones again, and
        // count each time.
        for delivery in unused {
            if let Err(error) = delivery.retry(Duration::ZERO).await {
                tracing::debug!(%error, "a job could not be given back and comes back by itself");
            }
        }
    }
}

impl Drop for Consumer {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
