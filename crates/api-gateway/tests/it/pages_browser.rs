//! The pages in a real browser. Without one (see `BELFRY_TEST_CHROMIUM`) there is nothing to
//! look with, and the test says so and passes.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::cookie::Cookie;
use actix_web::dev::{ServerHandle, Service as _};
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, HttpServer, web};
use serde_json::json;
use tokio::process::Command;

use crate::edge::Edge;

/// Nothing that a browser does by itself may reach the network or a person's own profile.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
];

#[expect(clippy::disallowed_methods, reason = "tests are told of their parts this way")]
fn browser() -> Option<PathBuf> {
    let path = std::env::var("BELFRY_TEST_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    Some(PathBuf::from(path)).filter(|path| path.exists())
}

/// The page as the browser understood it.
async fn dom(browser: &Path, profile: &Path, url: &str, flags: &[&str]) -> String {
    let output = Command::new(browser)
        .args(FLAGS)
        .args(flags)
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg("--dump-dom")
        .arg(url)
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(std::time::Duration::from_mins(1), output).await;
    let output = output.expect("the browser takes too long").expect("the browser starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// An edge whose addresses a browser can ask, and where to listen for it.
async fn reachable() -> (Edge, TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // Browsers resolve `*.localhost` by themselves (RFC 6761).
    let edge = Edge::with(&format!(
        "[platform]\nshared_domain = 'social.localhost'\nscheme = 'http'\nport = {port}"
    ))
    .await;
    (edge, listener, port)
}

#[actix_web::test]
async fn a_browser_shows_the_pages_that_people_see() {
    let Some(browser) = browser() else {
        println!("no browser at BELFRY_TEST_CHROMIUM or /usr/bin/chromium: not looked at");
        return;
    };
    let (edge, listener, port) = reachable().await;
    let moe = edge.tenant("moe").await;
    let body = json!({ "status": "School starts on Monday. #school", "spoiler_text": "" });
    let post = edge.post(&moe, &moe.me, "/api/v1/statuses", body).await.ok();
    let post = post["id"].as_str().unwrap();
    let gateway = edge.gateway.clone();
    let server = HttpServer::new(move || {
        let gateway = gateway.clone();
        belfry_api_gateway::app()
            .configure(move |config| belfry_api_gateway::configure(config, gateway.clone()))
    })
    .workers(1)
    .listen(listener)
    .unwrap()
    .run();
    let handle = server.handle();
    actix_web::rt::spawn(server);

    let host = format!("http://moe.social.localhost:{port}");
    let looked = [
        (format!("http://social.localhost:{port}/"), "Ministry of moe"),
        (format!("{host}/"), "School starts on Monday"),
        (format!("{host}/@moe"), "School starts on Monday"),
        (format!("{host}/@moe/{post}"), "School starts on Monday"),
        (format!("{host}/auth/sign_in"), "autocomplete=\"current-password\""),
        (format!("{host}/nothing"), "isn’t here"),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (url, expected) in &looked {
        let html = dom(&browser, folder.path(), url, &[]).await;
        assert!(html.contains(expected), "{url}: {html}");
    }
    handle.stop(true).await;
}

/// How often the browser asked for the page, and for how far the post has come.
#[derive(Debug, Default)]
struct Asked {
    page: AtomicUsize,
    live: AtomicUsize,
}

/// `/enter` signs the browser in and leads to the post's page.
fn serve_signed_in(
    edge: &Edge,
    listener: TcpListener,
    session: String,
    page: String,
    asked: Arc<Asked>,
) -> ServerHandle {
    let gateway = edge.gateway.clone();
    let server = HttpServer::new(move || {
        let (gateway, session, asked) = (gateway.clone(), session.clone(), Arc::clone(&asked));
        let (path, target) = (page.clone(), page.clone());
        let enter = move || {
            let cookie = Cookie::build("belfry-session", session.clone()).path("/").http_only(true).finish();
            let answer =
                HttpResponse::SeeOther().insert_header((LOCATION, target.clone())).cookie(cookie).finish();
            std::future::ready(answer)
        };
        belfry_api_gateway::app()
            .wrap_fn(move |request, service| {
                if request.path() == path {
                    asked.page.fetch_add(1, Ordering::SeqCst);
                } else if request.path().ends_with("/delivery.json") {
                    asked.live.fetch_add(1, Ordering::SeqCst);
                }
                service.call(request)
            })
            .route("/enter", web::get().to(enter))
            .configure(move |config| belfry_api_gateway::configure(config, gateway.clone()))
    })
    .workers(1)
    .listen(listener)
    .unwrap()
    .run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    handle
}

#[actix_web::test]
async fn the_bar_moves_without_a_reload_until_everybody_has_the_post() {
    let Some(browser) = browser() else {
        println!("no browser at BELFRY_TEST_CHROMIUM or /usr/bin/chromium: not looked at");
        return;
    };
    let (edge, listener, port) = reachable().await;
    let moe = edge.tenant("moe").await;
    let post = edge.status(&moe, &moe.me, "School starts on Monday.").await;
    edge.engine("UPDATE machinery.outbox SET published = 3, settled = 1, taken = 1, finished_at = now()")
        .await;
    let session =
        belfry_tenancy::session::start(edge.tenancy(), moe.tenant.scope(), moe.owner.id, None).await.unwrap();
    let asked = Arc::new(Asked::default());
    let page = format!("/@moe/{post}");
    let handle = serve_signed_in(&edge, listener, session.expose().to_owned(), page, Arc::clone(&asked));

    let folder = tempfile::tempdir().unwrap();
    let url = format!("http://moe.social.localhost:{port}/enter");
    // The browser's own time runs ahead whenever nothing is being loaded: no test waits for it.
    let flags = ["--virtual-time-budget=60000"];
    let looking = dom(&browser, folder.path(), &url, &flags);
    let delivering = async {
        belfry_test_support::until("the page has asked once", async || asked.live.load(Ordering::SeqCst) > 0)
            .await;
        edge.engine("UPDATE machinery.outbox SET settled = 3, taken = 3").await;
    };
    let (html, ()) = tokio::join!(looking, delivering);
    assert!(html.contains("3 of 3 servers have it"), "{html}");
    assert!(html.contains("aria-valuenow=\"3\""), "{html}");
    let spoken = html.split("data-delivery-live=\"\">").nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(spoken.trim(), "3 of 3 servers have it");
    assert_eq!(asked.page.load(Ordering::SeqCst), 1, "the page was loaded once");
    handle.stop(true).await;
}
