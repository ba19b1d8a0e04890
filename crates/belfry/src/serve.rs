//! Running as a service: which parts a role needs, what listens, and how all of it stops.
//!
//! Invariant: a role stops taking new work first, then finishes or returns what it holds,
//! within its grace; whoever is still at work after that is cut off, and the queue hands its
//! jobs to another.

mod http;
mod shutdown;

use anyhow::{Context, bail};
use belfry_delivery_worker::{Duty, Worker};
use belfry_edge::health::Readiness;
use belfry_settings::Settings;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::parts::Parts;
use http::Edges;

/// Everything in one process: the default of a small installation and of the demo.
pub async fn all(settings: Settings) -> anyhow::Result<()> {
    let parts = Parts::connect(settings).await?;
    let stop = shutdown::on_signal();
    let worker = start(parts.worker()?, Duty::ALL.to_vec(), stop.clone());
    let governance = parts.governance().await?;
    parts.work_lists(&governance);
    let edges = Edges { gateway: true, admin: Some(governance) };
    serve(&parts, edges, parts.settings.http.bind, stop.clone()).await?;
    finish(worker).await
}

/// The public edge alone.
pub async fn gateway(settings: Settings) -> anyhow::Result<()> {
    refuse_private_cache(&settings)?;
    let parts = Parts::connect(settings).await?;
    let edges = Edges { gateway: true, admin: None };
    serve(&parts, edges, parts.settings.http.bind, shutdown::on_signal()).await
}

/// The console and the admin pages alone.
pub async fn admin(settings: Settings) -> anyhow::Result<()> {
    refuse_private_cache(&settings)?;
    let parts = Parts::connect(settings).await?;
    let governance = parts.governance().await?;
    parts.work_lists(&governance);
    let edges = Edges { gateway: false, admin: Some(governance) };
    serve(&parts, edges, parts.settings.admin.bind, shutdown::on_signal()).await
}

/// The worker's roles alone; all of them where none is named.
pub async fn worker(settings: Settings, duties: &[Duty]) -> anyhow::Result<()> {
    refuse_private_cache(&settings)?;
    let parts = Parts::connect(settings).await?;
    let stop = shutdown::on_signal();
    let metrics = http::metrics(&parts, parts.readiness())?;
    let metrics_handle = metrics.as_ref().map(actix_web::dev::Server::handle);
    if let Some(server) = metrics {
        actix_web::rt::spawn(server);
    }
    let duties = if duties.is_empty() { Duty::ALL.to_vec() } else { duties.to_vec() };
    let ended = finish(start(parts.worker()?, duties, stop)).await;
    if let Some(handle) = metrics_handle {
        handle.stop(false).await;
    }
    ended
}

async fn serve(
    parts: &Parts,
    edges: Edges,
    bind: std::net::SocketAddr,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let readiness: Readiness = parts.readiness();
    let metrics = http::metrics(parts, readiness.clone())?;
    let server = http::edges(parts, edges, bind, readiness)?;
    let handles: Vec<_> =
        std::iter::once(&server).chain(&metrics).map(actix_web::dev::Server::handle).collect();
    if let Some(metrics) = metrics {
        actix_web::rt::spawn(metrics);
    }
    let asked = stop.clone();
    actix_web::rt::spawn(async move {
        asked.cancelled().await;
        for handle in handles {
            handle.stop(true).await;
        }
    });
    let served = server.await;
    // A server that ended by itself takes the other roles of the process with it.
    stop.cancel();
    served.context("the HTTP server failed")
}

type Running = JoinHandle<Result<(), belfry_delivery_worker::Error>>;

/// A worker whose duty ended unasked stops the process: its supervisor starts it anew.
fn start(worker: Worker, duties: Vec<Duty>, stop: CancellationToken) -> Running {
    tokio::spawn(async move {
        let _stops_the_rest = stop.clone().drop_guard();
        worker.run(&duties, stop).await
    })
}

async fn finish(worker: Running) -> anyhow::Result<()> {
    Ok(worker.await.context("the worker panicked")??)
}

/// Rate limits and host states in one process's memory would be a different truth in each.
fn refuse_private_cache(settings: &Settings) -> anyhow::Result<()> {
    if settings.cache.is_embedded() {
        bail!(
            "`cache.url` is `embedded`, which one process keeps to itself: set it to `redis://…` to run roles \
             apart, or run `belfry all`"
        );
    }
    Ok(())
}
