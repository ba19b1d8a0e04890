//! SIGTERM and ctrl-C: the first asks to finish, the second means it.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Cancelled by the first signal; a second one ends the process at once.
pub(super) fn on_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let asked = stop.clone();
    tokio::spawn(async move {
        let (mut terminate, mut interrupt) =
            match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
                (Ok(terminate), Ok(interrupt)) => (terminate, interrupt),
                (Err(error), _) | (_, Err(error)) => {
                    return tracing::error!(%error, "signals can't be watched: stop with SIGKILL");
                }
            };
        let mut either = async || {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        either().await;
        tracing::info!("stopping: finishing what is under way");
        asked.cancel();
        either().await;
        tracing::warn!("stopping at once");
        std::process::exit(1);
    });
    stop
}
