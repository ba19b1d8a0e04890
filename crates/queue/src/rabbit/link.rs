//! The connection and its supervisor: it connects, declares, watches, and connects again.

use std::sync::Arc;
use std::time::Duration;

use belfry_model::Secret;
use futures::StreamExt;
use lapin::options::ConfirmSelectOptions;
use lapin::uri::AMQPUri;
use lapin::{Channel, Connection, ConnectionProperties, Event};
use tokio::sync::watch;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::rabbit::topology::Topology;
use crate::{Error, Result};

/// Connecting and declaring together: a quorum queue's first declaration elects a leader.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Seconds. Half-open connections are noticed within two of these.
const HEARTBEAT: u16 = 10;

/// A way to the connection that is alive now, if one is. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    live: watch::Receiver<Option<Arc<Live>>>,
    /// Ends the supervisor with the last clone.
    _stop: Arc<DropGuard>,
}

/// One connection from its beginning to its end.
#[derive(Debug)]
pub(crate) struct Live {
    connection: Connection,
    publisher: Channel,
    inspector: Channel,
    /// Cancelled when the connection is of no use any more.
    ended: CancellationToken,
}

impl Live {
    async fn connect(address: &AMQPUri, topology: &Topology) -> Result<Arc<Self>> {
        let connecting = async {
            let properties = ConnectionProperties::default().with_connection_name("belfry".into());
            let connection = Connection::connect_uri(address.clone(), properties).await?;
            let inspector = connection.create_channel().await?;
            topology.declare(&inspector).await?;
            let publisher = connection.create_channel().await?;
            publisher.confirm_select(ConfirmSelectOptions::default()).await?;
            Ok(Arc::new(Self { connection, publisher, inspector, ended: CancellationToken::new() }))
        };
        match timeout(CONNECT_TIMEOUT, connecting).await {
            Ok(result) => result.map_err(|error: lapin::Error| Error::Unreachable(Some(error))),
            Err(_) => Err(Error::Unreachable(None)),
        }
    }

    pub(crate) fn publisher(&self) -> &Channel {
        &self.publisher
    }

    pub(crate) fn inspector(&self) -> &Channel {
        &self.inspector
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Whoever finds it unusable says so; the supervisor makes a new one.
    pub(crate) fn broken(&self) {
        self.ended.cancel();
    }

    /// Until the supervisor has heard that this one is of no use.
    pub(crate) async fn ended(&self) {
        self.ended.cancelled().await;
    }
}

impl Link {
    /// The first connection is made here, so that a wrong address is an error at start.
    pub(crate) async fn connect(url: &Secret, topology: Topology) -> Result<Self> {
        let mut address: AMQPUri = url.expose().parse().map_err(Error::Address)?;
        address.query.heartbeat.get_or_insert(HEARTBEAT);
        let first = Live::connect(&address, &topology).await?;
        let (sender, live) = watch::channel(Some(Arc::clone(&first)));
        let stop = CancellationToken::new();
        tokio::spawn(supervise(first, sender, address, topology, stop.clone()));
        Ok(Self { live, _stop: Arc::new(stop.drop_guard()) })
    }

    /// The connection that is alive now or comes alive before the deadline.
    pub(crate) async fn live_until(&self, deadline: Instant) -> Result<Arc<Live>> {
        timeout_at(deadline, self.live()).await.ok().flatten().ok_or(Error::Unreachable(None))
    }

    /// `None` when the supervisor is gone, which only happens at the end of the process.
    pub(crate) async fn live(&self) -> Option<Arc<Live>> {
        let mut live = self.live.clone();
        let usable = |live: &Option<Arc<Live>>| live.as_ref().is_some_and(|live| !live.ended.is_cancelled());
        live.wait_for(usable).await.ok()?.clone()
    }
}

async fn supervise(
    first: Arc<Live>,
    sender: watch::Sender<Option<Arc<Live>>>,
    address: AMQPUri,
    topology: Topology,
    stop: CancellationToken,
) {
    let mut live = first;
    loop {
        tokio::select! {
            () = stop.cancelled() => {
                close(&live).await;
                return;
            }
            reason = trouble(&live) => {
                tracing::warn!(reason, "the connection to the broker is lost");
            }
        }
        live.broken();
        sender.send_replace(None);
        close(&live).await;
        let connected = tokio::select! {
            () = stop.cancelled() => return,
            connected = reconnect(&address, &topology) => connected,
        };
        tracing::info!("connected to the broker again");
        live = connected;
        sender.send_replace(Some(Arc::clone(&live)));
    }
}

/// Waits until the connection is of no use any more.
async fn trouble(live: &Live) -> String {
    let mut events = Box::pin(live.connection.events_listener());
    // An event may have come before we listened.
    let mut look = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            () = live.ended() => return "it was found unusable".into(),
            event = events.next() => match event {
                Some(Event::Error(error)) => return error.to_string(),
                Some(Event::ConnectionBlocked(reason)) => {
                    tracing::warn!(reason, "the broker takes no jobs for now");
                }
                Some(_) => {}
                None => return "it was closed".into(),
            },
            _ = look.tick() => if !live.connection.status().connected() {
                return "it is not connected".into();
            },
        }
    }
}

async fn reconnect(address: &AMQPUri, topology: &Topology) -> Arc<Live> {
    let mut pause = FIRST_PAUSE;
    loop {
        match Live::connect(address, topology).await {
            Ok(live) => return live,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the broker is still away");
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Politely if the broker still answers; what is not acked goes back to its queues either way.
async fn close(live: &Live) {
    if live.connection.status().connected() {
        let closing = live.connection.close(200, "belfry is done".into());
        if let Ok(Err(error)) = timeout(CLOSE_TIMEOUT, closing).await {
            tracing::debug!(%error, "the connection was closed impolitely");
        }
    }
}
