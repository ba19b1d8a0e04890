//! One handler for all paths, so that nothing reaches the fake server unrecorded.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::http::Method;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::json;

use super::behaviour::Behaviour;
use super::state::State;
use super::{control, inbox};

pub fn run(listener: TcpListener, state: Arc<State>) -> std::io::Result<actix_web::dev::Server> {
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::from(Arc::clone(&state)))
            .app_data(web::PayloadConfig::new(4 * 1024 * 1024))
            .route("/control/{command}", web::to(control::command))
            .default_service(web::to(any))
    })
    .workers(1)
    .disable_signals()
    .listen(listener)?
    .run();
    Ok(server)
}

async fn any(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let behaviour = state.behaviour_in_time(request.path()).await;
    if request.method() == Method::POST && request.path().ends_with("/inbox") {
        if behaviour.status().is_none()
            && let Some(answer) = behaviour.answer().await
        {
            return answer;
        }
        // Recorded and verified even where the answer is already decided.
        let answer =
            inbox::deliver(&state.clone().into_inner(), path, headers(&request), &body, &behaviour).await;
        return match behaviour {
            Behaviour::Status(_) => answer,
            behaviour if behaviour.status().is_some() => behaviour.answer().await.unwrap_or(answer),
            _ => answer,
        };
    }
    match behaviour.answer().await {
        Some(answer) => answer,
        None => get(&state, &request),
    }
}

fn get(state: &State, request: &HttpRequest) -> HttpResponse {
    match request.path() {
        "/.well-known/webfinger" => {
            let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
            let resource = query.ok().and_then(|query| {
                query.into_inner().into_iter().find(|(name, _)| name == "resource").map(|(_, value)| value)
            });
            match resource.and_then(|resource| state.jrd(&resource)) {
                Some(jrd) => HttpResponse::Ok()
                    .content_type(belfry_activitypub::document::webfinger::CONTENT_TYPE)
                    .body(serde_json::to_string(&jrd).unwrap_or_default()),
                None => HttpResponse::NotFound().finish(),
            }
        }
        "/.well-known/nodeinfo" => HttpResponse::Ok().json(state.nodeinfo_links()),
        "/nodeinfo/2.0" => HttpResponse::Ok().json(json!({
            "version": "2.0",
            "software": { "name": "fake-remote", "version": env!("CARGO_PKG_VERSION") },
            "protocols": ["activitypub"],
            "services": { "inbound": [], "outbound": [] },
            "openRegistrations": false,
            "usage": { "users": {} },
            "metadata": {},
        })),
        path => match state.document(path) {
            Some(document) => {
                HttpResponse::Ok().content_type(belfry_activitypub::CONTENT_TYPE).body(document.to_string())
            }
            None => HttpResponse::NotFound().finish(),
        },
    }
}

fn headers(request: &HttpRequest) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = request
        .headers()
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_ascii_lowercase(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    headers.sort();
    headers
}
