//! Liveness and readiness: is the process well, and can it serve.

use std::sync::Arc;
use std::time::Duration;

use actix_web::{HttpResponse, web};
use futures::future::{BoxFuture, join_all};
use serde_json::{Map, Value, json};

/// A part that is slower than this to answer can't serve either.
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);

type Probe = Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// The parts that must answer before this process takes requests.
#[derive(Clone, Default)]
pub struct Readiness {
    probes: Vec<(&'static str, Probe)>,
}

impl Readiness {
    /// Adds a part; `probe` answers `Err` with what to tell the operator.
    #[must_use]
    pub fn with<F, Fut>(mut self, part: &'static str, probe: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), String>> + Send + 'static,
    {
        self.probes.push((part, Arc::new(move || Box::pin(probe()))));
        self
    }

    /// Asks all parts at once: name and error of each that does not answer well.
    pub async fn failures(&self) -> Vec<(&'static str, String)> {
        let asked = self.probes.iter().map(|(part, probe)| async move {
            match tokio::time::timeout(PROBE_TIMEOUT, probe()).await {
                Ok(Ok(())) => None,
                Ok(Err(error)) => Some((*part, error)),
                Err(_) => Some((*part, "no answer in time".to_owned())),
            }
        });
        join_all(asked).await.into_iter().flatten().collect()
    }
}

/// `GET /health/live` and `GET /health/ready`, on any host.
pub fn configure(config: &mut web::ServiceConfig, readiness: Readiness) {
    config
        .route("/health/live", web::get().to(async || HttpResponse::Ok().json(json!({"status": "live"}))))
        .route("/health/ready", web::get().to(move || ready(readiness.clone())));
}

/// Details go to the log: an outsider learns which part, not why.
async fn ready(readiness: Readiness) -> HttpResponse {
    let failures = readiness.failures().await;
    if failures.is_empty() {
        return HttpResponse::Ok().json(json!({"status": "ready"}));
    }
    let mut parts = Map::new();
    for (part, error) in failures {
        tracing::warn!(part, error, "not ready");
        parts.insert(part.to_owned(), Value::from("unavailable"));
    }
    HttpResponse::ServiceUnavailable().json(json!({"status": "unavailable", "parts": parts}))
}

#[cfg(test)]
mod tests {
    use actix_web::{App, test};

    use super::*;

    #[actix_web::test]
    async fn a_part_that_is_away_makes_the_process_unready_but_not_dead() {
        let readiness = Readiness::default()
            .with("database", async || Ok(()))
            .with("queue", async || Err("connection refused by amqp://user:hunter2@broker".to_owned()));
        let app = test::init_service(App::new().configure(|config| configure(config, readiness))).await;
        let live = test::call_service(&app, test::TestRequest::get().uri("/health/live").to_request()).await;
        assert_eq!(live.status(), 200);
        let ready =
            test::call_service(&app, test::TestRequest::get().uri("/health/ready").to_request()).await;
        assert_eq!(ready.status(), 503);
        let body: Value = test::read_body_json(ready).await;
        assert_eq!(body, json!({"status": "unavailable", "parts": {"queue": "unavailable"}}));
    }
}
