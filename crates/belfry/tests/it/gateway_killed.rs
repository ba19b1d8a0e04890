//! What the gateway has answered with 200 is committed, and arrives: `kill -9` changes nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use belfry_model::StatusId;
use belfry_storage::{AppDb, Ledger, PoolOptions};
use belfry_tenancy::Directory;
use belfry_test_support::wait::until;
use serde_json::{Value, json};

use crate::running::{Running, Services};

#[derive(Debug, Clone)]
struct Post {
    id: StatusId,
    uri: String,
}

/// A tenant that alice follows from elsewhere, and a token to post with.
struct Platform {
    running: Running,
    host: String,
    token: String,
}

impl Platform {
    async fn start() -> (Self, tokio::process::Child) {
        let running = Running::prepared(Services::Full).await;
        let made = running.tenant("moe").await;
        let host = made["host"].as_str().unwrap().to_owned();
        let words = ["token", "create", "--tenant", "moe", "--account", "moe", "--scopes", "read write"];
        let token = running.told(&words).await["access_token"].as_str().unwrap().to_owned();
        let gateway = running.gateway().await;
        let mut worker = running.process(&["worker"]);
        let alice = running.remote().actor("alice");
        let moe = alice.find(&format!("moe@{host}")).await.unwrap();
        alice.follow(&moe).await.unwrap();
        until("the follow is accepted", async || running.remote().activities("Accept").len() == 1).await;
        worker.kill().await.unwrap();
        (Self { running, host, token }, gateway)
    }

    /// The post, if it was answered that it is one.
    async fn post(&self, text: &str) -> Option<Post> {
        let body = json!({ "status": text }).to_string();
        let request = format!(
            "POST /api/v1/statuses HTTP/1.0\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            self.token,
            body.len()
        );
        let answer = self.running.ask(&request).await.ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        assert!(head.starts_with("HTTP/1.0 200 "), "{answer}");
        let status: Value = serde_json::from_str(body).ok()?;
        let uri = status["uri"].as_str().unwrap().to_owned();
        Some(Post { uri, id: StatusId(status["id"].as_str().unwrap().parse().unwrap()) })
    }

    /// What the author reads of it.
    async fn ledger(&self, app: &AppDb, post: &Post) -> Ledger {
        let tenants = Directory::load(app.clone()).await.unwrap().list();
        let tx = app.tenant(tenants[0].scope()).await.unwrap();
        let ledgers = tx.ledger_of_status(post.id).await.unwrap();
        tx.commit().await.unwrap();
        ledgers[0].ledger
    }

    /// Waits until each of these posts has gone its way to the one server, and is counted so.
    async fn adds_up(&self, posts: &[Post]) {
        let app = AppDb::connect(&self.running.database().app_url(), PoolOptions::default()).await.unwrap();
        for post in posts {
            until("it is complete", async || self.ledger(&app, post).await.is_complete()).await;
            let ledger = self.ledger(&app, post).await;
            assert_eq!((ledger.published, ledger.settled, ledger.taken), (1, 1, 1), "{ledger:?}");
        }
    }

    /// How often each post has arrived, by its id.
    fn arrived(&self) -> BTreeMap<String, usize> {
        let mut arrived = BTreeMap::new();
        for create in self.running.remote().activities("Create") {
            let id = create["object"]["id"].as_str().unwrap().to_owned();
            *arrived.entry(id).or_insert(0) += 1;
        }
        arrived
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_arrives_whose_gateway_is_killed_once_it_has_answered() {
    let (platform, mut gateway) = Platform::start().await;
    let post = platform.post("the last words of a gateway").await.unwrap();
    gateway.kill().await.unwrap();
    assert!(platform.arrived().is_empty(), "nobody lives who could have sent it");
    // Its key is asked for where the post comes from.
    let _gateway = platform.running.gateway().await;
    let _worker = platform.running.process(&["worker"]);
    until("it is there", async || platform.arrived() == BTreeMap::from([(post.uri.clone(), 1)])).await;
    platform.adds_up(&[post]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_post_arrives_that_was_answered_before_the_gateway_was_killed() {
    const PEOPLE: usize = 8;
    let (platform, mut gateway) = Platform::start().await;
    let platform = Arc::new(platform);
    let answered = Arc::new(tokio::sync::Mutex::new(Vec::new()));
    // Each posts again and again, until nobody answers any more.
    let people: Vec<_> = (0..PEOPLE)
        .map(|person| {
            let (platform, answered) = (Arc::clone(&platform), Arc::clone(&answered));
            tokio::spawn(async move {
                let mut count = 0;
                while let Some(post) = platform.post(&format!("{person} says {count}")).await {
                    answered.lock().await.push(post);
                    count += 1;
                }
            })
        })
        .collect();
    until("posts come in", async || answered.lock().await.len() >= 3 * PEOPLE).await;
    gateway.kill().await.unwrap();
    for person in people {
        person.await.unwrap();
    }
    let answered = answered.lock().await.clone();
    let _gateway = platform.running.gateway().await;
    let _worker = platform.running.process(&["worker"]);
    until("all are there", async || {
        let arrived = platform.arrived();
        answered.iter().all(|post| arrived.contains_key(&post.uri))
    })
    .await;
    platform.adds_up(&answered).await;
    let arrived = platform.arrived();
    assert!(arrived.values().all(|times| *times == 1), "{arrived:?}");
    // Committed when it was killed, and not answered yet: at most one of each.
    assert!(arrived.len() <= answered.len() + PEOPLE, "{} of {}", arrived.len(), answered.len());
}
