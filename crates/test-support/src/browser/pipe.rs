//! The protocol: JSON messages that each end with a zero byte. Calls have numbers, answers repeat
//! them, and what has no number is an event.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::{broadcast, oneshot};

/// Generous, because machines are busy.
pub(super) const BOUND: Duration = Duration::from_mins(1);
/// A page with its assets makes some tens.
const EVENTS: usize = 10_000;

/// Something that happened in the session of a tab.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub session: String,
    pub method: String,
    pub params: Value,
}

#[derive(Debug)]
pub(super) struct Pipe {
    to: tokio::sync::Mutex<ChildStdin>,
    next: AtomicU64,
    waiting: Mutex<HashMap<u64, oneshot::Sender<Value>>>,
    events: broadcast::Sender<Event>,
}

impl Pipe {
    pub fn over(to: ChildStdin, from: ChildStdout) -> Arc<Self> {
        let pipe = Arc::new(Self {
            to: tokio::sync::Mutex::new(to),
            next: AtomicU64::new(1),
            waiting: Mutex::default(),
            events: broadcast::channel(EVENTS).0,
        });
        // Weak: the pipe's end is what ends the browser.
        let reader = Arc::downgrade(&pipe);
        tokio::spawn(async move {
            let mut from = BufReader::new(from);
            let mut message = Vec::new();
            while from.read_until(0, &mut message).await.is_ok_and(|read| read > 0) {
                let Some(pipe) = reader.upgrade() else { return };
                message.pop();
                pipe.heard(serde_json::from_slice(&message).unwrap_or_default());
                message.clear();
            }
            // Whoever waits for an answer is told that there will be none.
            if let Some(pipe) = reader.upgrade() {
                pipe.waiting.lock().unwrap_or_else(PoisonError::into_inner).clear();
            }
        });
        pipe
    }

    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// A method of the browser itself.
    pub async fn browser(&self, method: &str, params: Value) -> Value {
        self.send(json!({ "method": method, "params": params })).await
    }

    /// A method of a tab's session.
    pub async fn session(&self, session: &str, method: &str, params: Value) -> Value {
        self.send(json!({ "sessionId": session, "method": method, "params": params })).await
    }

    /// What the method answers.
    async fn send(&self, mut call: Value) -> Value {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let method = call.get("method").cloned().unwrap_or_default();
        if let Some(call) = call.as_object_mut() {
            call.insert("id".to_owned(), number.into());
        }
        let (answer, answered) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(number, answer);
        let mut message = call.to_string().into_bytes();
        message.push(0);
        self.to.lock().await.write_all(&message).await.expect("the browser listens");
        let answer = tokio::time::timeout(BOUND, answered).await;
        let answer = answer.unwrap_or_else(|_| panic!("the browser does not answer {method}"));
        let answer = answer.unwrap_or_else(|_| panic!("the browser has ended, and was asked {method}"));
        match answer.get("result") {
            Some(result) => result.clone(),
            None => panic!("the browser refuses {method}: {answer}"),
        }
    }

    fn heard(&self, message: Value) {
        if let Some(number) = message.get("id").and_then(Value::as_u64) {
            let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
            if let Some(waiting) = waiting {
                // Whoever asked may have given up.
                drop(waiting.send(message));
            }
            return;
        }
        let text = |key| message.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let params = message.get("params").cloned().unwrap_or_default();
        // Nobody may be listening.
        drop(self.events.send(Event { session: text("sessionId"), method: text("method"), params }));
    }
}
