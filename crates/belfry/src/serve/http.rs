//! The HTTP servers of this process: the edges on one socket, metrics on another.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::{HttpServer, web};
use anyhow::Context;
use belfry_edge::health::Readiness;
use belfry_tenant_admin::Governance;

use crate::parts::Parts;

/// Which edges share the socket.
#[derive(Debug, Clone)]
pub(super) struct Edges {
    pub gateway: bool,
    pub admin: Option<Governance>,
}

pub(super) fn edges(
    parts: &Parts,
    edges: Edges,
    bind: SocketAddr,
    readiness: Readiness,
) -> anyhow::Result<Server> {
    let http = &parts.settings.http;
    let (platform, gateway) = (parts.platform.clone(), parts.gateway());
    let mut server = HttpServer::new(move || {
        belfry_api_gateway::app().configure(|config| {
            config.app_data(web::Data::new(platform.clone()));
            belfry_edge::health::configure(config, readiness.clone());
            if let Some(governance) = &edges.admin {
                belfry_tenant_admin::configure(config, governance.clone());
            }
            // Last: it also answers what nobody else does.
            if edges.gateway {
                belfry_api_gateway::configure(config, gateway.clone());
            }
        })
    })
    .disable_signals()
    .shutdown_timeout(http.shutdown_grace_seconds)
    .client_request_timeout(Duration::from_secs(10));
    if http.threads > 0 {
        server = server.workers(http.threads);
    }
    let server = server.bind(bind).with_context(|| {
        format!("{bind} can't be listened on; another program may hold the port (settings `http.bind`, `admin.bind`)")
    })?;
    tracing::info!(%bind, shared_domain = %parts.platform.names().shared_domain, "listening");
    Ok(server.run())
}

/// `None` where the settings turn it off.
pub(super) fn metrics(parts: &Parts, readiness: Readiness) -> anyhow::Result<Option<Server>> {
    let settings = &parts.settings.metrics;
    if !settings.enabled {
        return Ok(None);
    }
    let handle = belfry_edge::metrics::install().context("metrics can't be recorded")?;
    let (bound, server) = belfry_edge::metrics::serve(settings.bind, handle, readiness)
        .with_context(|| format!("{} can't be listened on (setting `metrics.bind`)", settings.bind))?;
    tracing::info!(bind = %bound, "metrics");
    Ok(Some(server))
}
