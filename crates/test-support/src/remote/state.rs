//! What the fake server knows and remembers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use belfry_activitypub::{KeyPair, RemoteActor, SigningKey};
use belfry_model::Clock;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use super::behaviour::Behaviour;
use super::web;

/// Who lives here.
pub const ACTORS: &[&str] = &["alice", "bob", "carol"];
/// Approves followers by hand: follows of it stay unanswered.
pub const LOCKED: &str = "carol";

#[derive(Debug)]
pub struct State {
    pub host: String,
    pub clock: Arc<dyn Clock>,
    pub http: reqwest::Client,
    memory: Mutex<Memory>,
    /// Rises with each change of the behaviours.
    told: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Memory {
    received: Vec<Received>,
    behaviours: Vec<(String, Behaviour)>,
    published: BTreeMap<String, Value>,
    followers: BTreeMap<String, BTreeSet<String>>,
    /// Follows of ours that were accepted: actor here, actor there.
    following: BTreeSet<(String, String)>,
    /// Actors elsewhere, by the id of their key.
    peers: BTreeMap<String, RemoteActor>,
    last_id: u64,
}

pub fn has_actor(name: &str) -> bool {
    ACTORS.contains(&name)
}

/// A request to an inbox, exactly as it came.
#[derive(Debug, Clone, Serialize)]
pub struct Received {
    pub method: String,
    /// With the query.
    pub path: String,
    /// Names in lower case; in the order of the names.
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// The id of the actor whose signature was verified.
    pub actor: Option<String>,
    /// Why the signature wasn't believed.
    pub refused: Option<String>,
    /// The status that was answered.
    pub status: u16,
}

impl Received {
    pub fn verified(&self) -> bool {
        self.actor.is_some()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }
}

impl State {
    pub fn new(host: String, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        // Before the first request: on a busy machine a key takes longer than a client waits.
        for name in ACTORS {
            key_pair(name)?;
        }
        Ok(Self {
            host,
            clock,
            http: web::client()?,
            memory: Mutex::default(),
            told: watch::Sender::default(),
        })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    pub fn actor_uri(&self, name: &str) -> String {
        self.at(&format!("/users/{name}"))
    }

    /// The name of the actor here with this id.
    pub fn actor_of(&self, uri: &str) -> Option<&'static str> {
        ACTORS.iter().find(|name| self.actor_uri(name) == uri).copied()
    }

    pub fn signing_key(&self, name: &str) -> anyhow::Result<SigningKey> {
        let id = format!("{}#main-key", self.actor_uri(name));
        Ok(SigningKey::from_pem(id, &key_pair(name)?.private_pem)?)
    }

    /// A number that no other activity or note of this server has.
    pub fn next_id(&self) -> u64 {
        let mut memory = self.memory();
        memory.last_id += 1;
        memory.last_id
    }

    pub fn keep(&self, request: Received) {
        self.memory().received.push(request);
    }

    pub fn received(&self) -> Vec<Received> {
        self.memory().received.clone()
    }

    pub fn forget_received(&self) {
        self.memory().received.clear();
    }

    pub fn behave(&self, path: &str, behaviour: Behaviour) {
        let mut memory = self.memory();
        memory.behaviours.retain(|(found, _)| found != path);
        memory.behaviours.push((path.to_owned(), behaviour));
        drop(memory);
        self.told.send_modify(|times| *times += 1);
    }

    /// How to answer, as soon as that is not to wait for being told.
    pub async fn behaviour_in_time(&self, path: &str) -> Behaviour {
        let mut told = self.told.subscribe();
        loop {
            // Before looking: a change from now on is seen.
            told.mark_unchanged();
            let behaviour = self.behaviour(path);
            if behaviour != Behaviour::Hold || told.changed().await.is_err() {
                return behaviour;
            }
        }
    }

    /// The one that was set last for a beginning of this path.
    pub fn behaviour(&self, path: &str) -> Behaviour {
        let memory = self.memory();
        let found = memory.behaviours.iter().rev().find(|(prefix, _)| path.starts_with(prefix.as_str()));
        found.map_or(Behaviour::Normal, |(_, behaviour)| behaviour.clone())
    }

    pub fn publish(&self, path: &str, document: Value) {
        self.memory().published.insert(path.to_owned(), document);
    }

    pub fn published(&self, path: &str) -> Option<Value> {
        self.memory().published.get(path).cloned()
    }

    pub fn follower_add(&self, name: &str, follower: &str) {
        self.memory().followers.entry(name.to_owned()).or_default().insert(follower.to_owned());
    }

    pub fn follower_remove(&self, name: &str, follower: &str) {
        if let Some(followers) = self.memory().followers.get_mut(name) {
            followers.remove(follower);
        }
    }

    pub fn followers(&self, name: &str) -> Vec<String> {
        self.memory().followers.get(name).into_iter().flatten().cloned().collect()
    }

    pub fn following_add(&self, name: &str, followed: &str) {
        self.memory().following.insert((name.to_owned(), followed.to_owned()));
    }

    pub fn following(&self) -> Vec<(String, String)> {
        self.memory().following.iter().cloned().collect()
    }

    pub fn peer(&self, key_id: &str) -> Option<RemoteActor> {
        self.memory().peers.get(key_id).cloned()
    }

    pub fn peer_keep(&self, key_id: &str, actor: RemoteActor) {
        self.memory().peers.insert(key_id.to_owned(), actor);
    }
}

/// Made once per process: a key takes a fifth of a second. `name` may also be that of nobody
/// here, for forgeries.
pub fn key_pair(name: &str) -> anyhow::Result<KeyPair> {
    static PAIRS: OnceLock<Mutex<BTreeMap<String, KeyPair>>> = OnceLock::new();
    let mut pairs = PAIRS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pair) = pairs.get(name) {
        return Ok(pair.clone());
    }
    let pair = KeyPair::rsa_2048()?;
    pairs.insert(name.to_owned(), pair.clone());
    Ok(pair)
}
