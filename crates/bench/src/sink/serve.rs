//! One connection after the other of each host, answered as that host behaves.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;

use super::protocol::{Ask, Behaviour};
use super::record::Record;
use super::request::{self, Inbox};
use crate::clock::now_us;

const TAKEN: &[u8] = b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";
const STRANGE: &[u8] = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
/// Far more than an activity of a benchmark; a sender that sends more is left.
const LARGEST: usize = 1024 * 1024;

#[derive(Debug)]
pub struct Hosts {
    state: Mutex<State>,
    release: Notify,
}

#[derive(Debug)]
struct State {
    record: Record,
    usual: Behaviour,
    unusual: HashMap<u32, Behaviour>,
}

impl Default for Hosts {
    fn default() -> Self {
        let state = State { record: Record::default(), usual: Behaviour::AtOnce, unusual: HashMap::new() };
        Self { state: Mutex::new(state), release: Notify::new() }
    }
}

impl Hosts {
    pub fn obey(&self, ask: Ask) -> Result<String> {
        let mut state = self.state();
        match ask {
            Ask::Everywhere { behaviour } => {
                state.usual = behaviour;
                state.unusual.clear();
                json(&())
            }
            Ask::At { hosts, behaviour } => {
                state.unusual.extend(hosts.into_iter().map(|host| (host, behaviour)));
                json(&())
            }
            Ask::Release => {
                self.release.notify_waiters();
                json(&())
            }
            Ask::Count { activity } => json(&state.record.count(&activity)),
            Ask::Arrivals { activity } => json(&state.record.arrivals(&activity)),
            Ask::Totals => json(&state.record.totals()),
        }
    }

    /// Never held over an await; on one thread nobody ever waits for it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the request and says how the host behaves.
    fn arrived(&self, activity: &str, inbox: Inbox, bytes: usize) -> Behaviour {
        let now = now_us();
        let mut state = self.state();
        let behaviour = state.unusual.get(&inbox.host).copied().unwrap_or(state.usual);
        state.record.arrived(activity, inbox, bytes, behaviour == Behaviour::Hang, now);
        behaviour
    }
}

/// Serves until the other side leaves; what breaks is the sender's to notice.
pub async fn connection(stream: TcpStream, host: u32, hosts: Arc<Hosts>) {
    drop(serve(stream, host, &hosts).await);
}

async fn serve(mut stream: TcpStream, host: u32, hosts: &Hosts) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut bytes = Vec::with_capacity(8 * 1024);
    loop {
        let Some(head) = request::head(&bytes) else {
            if bytes.len() > LARGEST || stream.read_buf(&mut bytes).await? == 0 {
                return Ok(());
            }
            continue;
        };
        let length = head.length.saturating_add(head.body_length);
        while bytes.len() < length {
            if length > LARGEST || stream.read_buf(&mut bytes).await? == 0 {
                return Ok(());
            }
        }
        let body = bytes.get(head.length..length).unwrap_or_default();
        if let (Some(user), Some(activity)) = (head.user, request::activity(body)) {
            let inbox = Inbox { host, user };
            // Made before the request is noted: a release that comes after it is for us.
            let released = hosts.release.notified();
            match hosts.arrived(activity, inbox, body.len()) {
                Behaviour::AtOnce => {}
                Behaviour::After(milliseconds) => {
                    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                }
                Behaviour::Hang => {
                    let mut rest = [0; 64];
                    tokio::select! {
                        () = released => {}
                        // The sender gave up.
                        _ = stream.read(&mut rest) => {}
                    }
                    return Ok(());
                }
            }
            stream.write_all(TAKEN).await?;
            hosts.state().record.answered(activity, inbox, now_us());
        } else {
            hosts.state().record.strange();
            stream.write_all(STRANGE).await?;
        }
        bytes.drain(..length);
    }
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    Ok(serde_json::to_string(value)?)
}
