//! `/metrics` in Prometheus' form, on a port of its own: it is the operator's, not the public's.

use std::io;
use std::net::SocketAddr;

use actix_web::dev::Server;
use actix_web::{App, HttpResponse, HttpServer, web};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use crate::health::{self, Readiness};

/// Seconds: from a cached answer to a request that ran into a time-out.
const BUCKETS: &[f64] = &[0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];

/// Makes every `metrics::counter!` and its like count. Once a process.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), BUCKETS)?
        .install_recorder()
}

/// Listens on `bind`; port 0 takes a free one, which the first part of the answer names.
pub fn serve(
    bind: SocketAddr,
    handle: PrometheusHandle,
    readiness: Readiness,
) -> io::Result<(SocketAddr, Server)> {
    let server = HttpServer::new(move || {
        let handle = handle.clone();
        let readiness = readiness.clone();
        App::new()
            .route(
                "/metrics",
                web::get().to(move || {
                    let text = handle.render();
                    async move { HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text) }
                }),
            )
            .configure(|config| health::configure(config, readiness))
    })
    .workers(1)
    .disable_signals()
    .bind(bind)?;
    let bound = server.addrs().first().copied().unwrap_or(bind);
    Ok((bound, server.run()))
}
