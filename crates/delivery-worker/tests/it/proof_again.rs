//! A domain that was proven is looked at again after some months, and a proof that has lapsed shows.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use belfry_test_support::{MockClock, until};
use chrono::TimeDelta;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};

use crate::stage::{Setting, Stage};

const TOKEN: &str = "belfry-0123456789";

/// Knows no name at all (RFC 1035 §4.1.1).
async fn dns_server() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut asked = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut asked).await {
            let end = asked[12..length].iter().position(|byte| *byte == 0).unwrap() + 12 + 5;
            let mut answer = asked[..2].to_vec();
            answer.extend([0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0]);
            answer.extend(&asked[12..end]);
            socket.send_to(&answer, from).await.unwrap();
        }
    });
    at
}

/// The body's web server, with what its file says now; `None` is no file.
async fn web_server(file: Arc<Mutex<Option<&'static str>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = [0; 4096];
            assert!(stream.read(&mut asked).await.unwrap() > 0);
            let file = *file.lock().unwrap();
            let (status, body) = file.map_or(("404 Not Found", ""), |file| ("200 OK", file));
            let length = body.len();
            let head =
                format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
            stream.write_all(head.as_bytes()).await.unwrap();
        }
    });
    format!("education.localhost:{port}")
}

/// What is known of the only domain: its proof, what is amiss, and the days until the next look.
async fn known(stage: &Stage, clock: &MockClock) -> (String, String, Option<i64>) {
    let request = stage.admin().await.request_fetch("R-1").await.unwrap().unwrap();
    let days = request.due_at.map(|due| (due - belfry_model::Clock::now(clock)).num_days());
    (request.proof, request.problem, days)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_is_looked_at_again_lapses_and_comes_back() {
    let clock = Arc::new(MockClock::default());
    let stage = Stage::new(Setting::embedded().clock(clock.clone()).dns(dns_server().await)).await;
    let file = Arc::new(Mutex::new(Some(TOKEN)));
    let domain = web_server(file.clone()).await;
    stage
        .sql(&format!(
            "WITH made AS (INSERT INTO registry.request (number, code_hash, state, name, email, language, body_name,
                 body_type, purpose, slug, domain, contact, created_at, updated_at, made_tenant)
                 SELECT 'R-1', '', 'approved', 'Ann', 'ann@education.example', 'en', 'Education', 'ministry', 'p', slug,
                     '{domain}', 'c', '2026-01-01', '2026-01-01', id FROM registry.tenant LIMIT 1 RETURNING id)
             INSERT INTO registry.domain_proof (request_id, domain, token, due_at)
                 SELECT id, '{domain}', '{TOKEN}', '2026-01-01' FROM made"
        ))
        .await;
    let worker = stage.start().await;
    let is = async |state: &str, problem: &str, days: i64| {
        until(&format!("it is {state}"), async || {
            known(&stage, &clock).await == (state.to_owned(), problem.to_owned(), Some(days))
        })
        .await;
    };
    is("proven", "", 90).await;
    let today = belfry_model::Clock::now(&*clock).date_naive();
    assert!(stage.admin().await.admission_due(today, 10).await.unwrap().is_empty());

    *file.lock().unwrap() = None;
    clock.advance(TimeDelta::days(90));
    is("lapsed", "absent", 1).await;
    let due = stage.admin().await.admission_due(today, 10).await.unwrap();
    assert_eq!(due.iter().map(|(_, _, what)| what.as_str()).collect::<Vec<_>>(), ["proof"]);

    // Looked at once a day until it is there again; nothing was switched off meanwhile.
    clock.advance(TimeDelta::days(1));
    *file.lock().unwrap() = Some("something else");
    clock.advance(TimeDelta::days(1));
    is("lapsed", "other", 1).await;
    *file.lock().unwrap() = Some(TOKEN);
    clock.advance(TimeDelta::days(1));
    is("proven", "", 90).await;
    worker.stop().await;
}
