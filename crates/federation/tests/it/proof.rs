//! Whether a body controls its domain, asked of a DNS server and a web server of the test's own.

use std::net::SocketAddr;
use std::time::Duration;

use belfry_federation::client::GuardedClient;
use belfry_federation::proof::{Method, Missing, Prover};
use belfry_model::SystemClock;
use belfry_settings::Settings;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};

const TOKEN: &str = "belfry-0123456789";

/// Answers every TXT question about `_belfry.education.example` with this text, and any other with
/// "no such name" (RFC 1035 §4.1).
async fn dns_server(text: Option<&'static str>) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut asked = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut asked).await {
            let end = asked[12..length].iter().position(|byte| *byte == 0).unwrap() + 12 + 5;
            let known = asked[12..end].starts_with(b"\x07_belfry\x09education\x07example\x00\x00\x10");
            let text = text.filter(|_| known);
            let mut answer = asked[..2].to_vec();
            answer.extend([
                0x81,
                if known { 0x80 } else { 0x83 },
                0,
                1,
                0,
                u8::from(text.is_some()),
                0,
                0,
                0,
                0,
            ]);
            answer.extend(&asked[12..end]);
            if let Some(text) = text {
                let length = u8::try_from(text.len()).unwrap();
                answer.extend([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 0, 0, length + 1, length]);
                answer.extend(text.as_bytes());
            }
            socket.send_to(&answer, from).await.unwrap();
        }
    });
    at
}

/// Answers every request with this file. Where it is.
async fn web_server(status: &'static str, file: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = [0; 4096];
            let length = stream.read(&mut asked).await.unwrap();
            assert!(asked[..length].starts_with(b"GET /.well-known/belfry-domain-proof HTTP/1.1"));
            let length = file.len();
            let answer =
                format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{file}");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    format!("education.localhost:{port}")
}

fn prover(dns: SocketAddr) -> Prover {
    let settings = "[platform]\nshared_domain = 'social.localhost'\nscheme = 'http'\n\
        [federation]\nallowed_private_networks = ['127.0.0.0/8', '::1/128']";
    let settings = Settings::from_toml(settings).unwrap();
    let client = GuardedClient::new(&settings, SystemClock::shared()).unwrap();
    Prover::new(client, Some(dns), Duration::from_secs(5)).unwrap()
}

#[tokio::test]
async fn a_token_in_the_dns_proves_a_domain() {
    let prover = prover(dns_server(Some(TOKEN)).await);
    assert_eq!(prover.prove("education.example", TOKEN).await, Ok(Method::Dns));
    assert_eq!(prover.prove("education.example", "belfry-other").await, Err(Missing::Other));
}

#[tokio::test]
async fn a_token_in_a_file_proves_a_domain() {
    let dns = dns_server(None).await;
    let domain = web_server("200 OK", "belfry-0123456789\r\n").await;
    assert_eq!(prover(dns).prove(&domain, TOKEN).await, Ok(Method::File));
    let domain = web_server("200 OK", "<html>").await;
    assert_eq!(prover(dns).prove(&domain, TOKEN).await, Err(Missing::Other));
    let domain = web_server("404 Not Found", TOKEN).await;
    assert_eq!(prover(dns).prove(&domain, TOKEN).await, Err(Missing::Absent));
}

#[tokio::test]
async fn a_name_that_leads_into_our_own_network_is_not_looked_at() {
    let settings = Settings::from_toml("[platform]\nshared_domain = 'social.example'").unwrap();
    let client = GuardedClient::new(&settings, SystemClock::shared()).unwrap();
    let prover = Prover::new(client, Some(dns_server(None).await), Duration::from_secs(5)).unwrap();
    let domain = web_server("200 OK", TOKEN).await;
    assert!(prover.prove(&domain, TOKEN).await.is_err());
}
