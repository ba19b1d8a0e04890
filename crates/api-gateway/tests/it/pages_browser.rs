//! The pages in a real browser. Without one (see `BELFRY_TEST_CHROMIUM`) there is nothing to
//! look with, and the test says so and passes.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use actix_web::HttpServer;
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
async fn dom(browser: &Path, profile: &Path, url: &str) -> String {
    let output = Command::new(browser)
        .args(FLAGS)
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg("--dump-dom")
        .arg(url)
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(std::time::Duration::from_mins(1), output).await;
    let output = output.expect("the browser takes too long").expect("the browser starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[actix_web::test]
async fn a_browser_shows_the_pages_that_people_see() {
    let Some(browser) = browser() else {
        println!("no browser at BELFRY_TEST_CHROMIUM or /usr/bin/chromium: not looked at");
        return;
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // Browsers resolve `*.localhost` by themselves (RFC 6761).
    let edge = Edge::with(&format!(
        "[platform]\nshared_domain = 'social.localhost'\nscheme = 'http'\nport = {port}"
    ))
    .await;
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
        let html = dom(&browser, folder.path(), url).await;
        assert!(html.contains(expected), "{url}: {html}");
    }
    handle.stop(true).await;
}
