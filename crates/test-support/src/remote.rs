//! A fake remote server that stands for the rest of the fediverse.
//!
//! It publishes actors and notes, verifies what is posted to it as Mastodon would, keeps every
//! request exactly as it came, accepts follows, and can be told to misbehave. Its own actors
//! can send signed activities, and forged ones.

pub mod behaviour;
mod control;
mod document;
mod inbox;
pub mod puppet;
mod rude;
mod server;
mod state;
mod verify;
mod web;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use belfry_model::{Clock, SystemClock};
use serde_json::Value;

pub use behaviour::Behaviour;
pub use puppet::{Forgery, Peer, Puppet, Sent, SignedRequest};
pub use rude::{RudeRemote, Rudeness};
pub use state::Received;
use state::State;

/// Runs until dropped. `*.localhost` names are its own: Belfry resolves them to loopback.
#[derive(Debug)]
pub struct FakeRemote {
    state: Arc<State>,
    server: ServerHandle,
}

impl FakeRemote {
    /// At `remote.localhost` on a free port, by the machine's clock.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn start() -> Self {
        Self::start_named("remote.localhost", SystemClock::shared()).await
    }

    /// For tests that set the time, or need a second server.
    ///
    /// # Panics
    /// When no port can be had.
    #[expect(clippy::unused_async, reason = "it needs a running runtime, which an async function says")]
    pub async fn start_named(name: &str, clock: Arc<dyn Clock>) -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        Self::serve(listener, format!("{name}:{port}"), clock).expect("the fake remote server starts")
    }

    /// On a given socket, under a given host.
    pub fn serve(listener: TcpListener, host: String, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let state = Arc::new(State::new(host, clock)?);
        let server = server::run(listener, Arc::clone(&state))?;
        let handle = server.handle();
        tokio::spawn(server);
        Ok(Self { state, server: handle })
    }

    /// `remote.localhost:41234`
    pub fn host(&self) -> &str {
        &self.state.host
    }

    /// `http://remote.localhost:41234/…`; `path` begins with a slash.
    pub fn at(&self, path: &str) -> String {
        self.state.at(path)
    }

    /// One of `alice`, `bob` and `carol`. Carol approves her followers by hand.
    ///
    /// # Panics
    /// When there is no such actor.
    pub fn actor(&self, name: &str) -> Puppet {
        assert!(state::has_actor(name), "the fake remote server has no actor {name}");
        Puppet::new(Arc::clone(&self.state), name)
    }

    /// `alice@remote.localhost:41234`
    pub fn handle(&self, name: &str) -> String {
        format!("{name}@{}", self.state.host)
    }

    /// Every request to an inbox, in order.
    pub fn received(&self) -> Vec<Received> {
        self.state.received()
    }

    /// The activities of this kind that were posted and verified, in order.
    pub fn activities(&self, kind: &str) -> Vec<Value> {
        self.received()
            .into_iter()
            .filter(Received::verified)
            .filter_map(|request| request.json())
            .filter(|activity| activity.get("type").and_then(Value::as_str) == Some(kind))
            .collect()
    }

    /// How to answer requests whose path begins with `path`, from now on.
    pub fn behave(&self, path: &str, behaviour: Behaviour) {
        self.state.behave(path, behaviour);
    }

    /// Serves `document` at `path` as an ActivityPub document.
    pub fn publish(&self, path: &str, document: Value) {
        self.state.publish(path, document);
    }

    /// Actors elsewhere that follow the named one here.
    pub fn followers(&self, name: &str) -> Vec<String> {
        self.state.followers(name)
    }

    /// Waits until the server has ended, for the program.
    pub async fn stop(&self) {
        self.server.stop(true).await;
    }
}

impl Drop for FakeRemote {
    fn drop(&mut self) {
        // The stop command is sent by the call itself; nobody has to wait for the answer.
        drop(self.server.stop(false));
    }
}

#[cfg(test)]
mod tests;
