//! One page at a time: going somewhere, and asking the page.

use std::sync::{Arc, Mutex, PoisonError};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

use super::Look;
use super::pipe::{BOUND, Event, Pipe};

/// A page that was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub url: String,
    pub status: u16,
    /// `text/html`
    pub kind: String,
}

#[derive(Debug)]
pub struct Tab {
    pipe: Arc<Pipe>,
    session: String,
    frame: String,
    /// Of the page that is shown: another one is another page.
    loader: Mutex<String>,
    pub(super) look: Mutex<Look>,
}

impl Tab {
    pub(super) async fn open(pipe: Arc<Pipe>, session: &Value, target: &Value) -> Self {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let tab = Self {
            session: text(session.get("sessionId")),
            frame: text(Some(target)),
            loader: Mutex::default(),
            look: Mutex::default(),
            pipe,
        };
        for domain in ["Page.enable", "Network.enable", "Runtime.enable", "DOM.enable"] {
            tab.call(domain, json!({})).await;
        }
        let frames = tab.call("Page.getFrameTree", json!({})).await;
        tab.shown(&text(frames.pointer("/frameTree/frame/loaderId")));
        tab.call("Page.setLifecycleEventsEnabled", json!({ "enabled": true })).await;
        // A question that nobody answers would hold the page for ever.
        tab.call("Page.setInterceptFileChooserDialog", json!({ "enabled": false })).await;
        tab.look(Look::default()).await;
        tab
    }

    /// Loads a page, whatever its status.
    ///
    /// # Panics
    /// When nobody answers there.
    pub async fn goto(&self, url: &str) -> Visit {
        let visit = self.try_goto(url).await;
        visit.unwrap_or_else(|| panic!("{url} is no page: it does not answer, or is a file to keep"))
    }

    /// `None` where the answer is no page but a file to keep, or there is none.
    pub async fn try_goto(&self, url: &str) -> Option<Visit> {
        let events = self.pipe.events();
        let answer = self.call("Page.navigate", json!({ "url": url })).await;
        if answer.get("errorText").is_some() {
            return None;
        }
        Some(self.loaded(events, url).await)
    }

    /// The page that `act` leads to.
    ///
    /// # Panics
    /// When it leads nowhere.
    pub async fn leads_on(&self, what: &str, act: impl AsyncFnOnce()) -> Visit {
        let events = self.pipe.events();
        act().await;
        self.loaded(events, what).await
    }

    /// What an expression is worth in the page; a promise is waited for.
    ///
    /// # Panics
    /// When it throws, or isn't what is expected.
    pub async fn evaluate<T: DeserializeOwned>(&self, expression: &str) -> T {
        let how = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let answer = self.call("Runtime.evaluate", how).await;
        if let Some(thrown) = answer.get("exceptionDetails") {
            let said = thrown.pointer("/exception/description").and_then(Value::as_str);
            panic!("{}", said.map_or_else(|| format!("{expression} throws {thrown}"), str::to_owned));
        }
        let value = answer.pointer("/result/value").cloned().unwrap_or_default();
        serde_json::from_value(value)
            .unwrap_or_else(|error| panic!("{expression} is something else: {error}"))
    }

    /// The words that a person sees, the hidden ones left out.
    pub async fn text(&self) -> String {
        self.evaluate("document.body.innerText").await
    }

    pub async fn html(&self) -> String {
        self.evaluate("document.documentElement.outerHTML").await
    }

    pub async fn url(&self) -> String {
        self.evaluate("location.href").await
    }

    /// A method of the protocol, on this page.
    pub(super) async fn call(&self, method: &str, params: Value) -> Value {
        self.pipe.session(&self.session, method, params).await
    }

    async fn loaded(&self, mut events: Receiver<Event>, what: &str) -> Visit {
        let loading = async {
            let mut answers: Vec<(String, Value)> = Vec::new();
            loop {
                let event = events.recv().await.expect("the browser tells what happens");
                let text = |path| event.params.pointer(path).and_then(Value::as_str).unwrap_or_default();
                if event.session != self.session || text("/frameId") != self.frame {
                    continue;
                }
                let loader = text("/loaderId");
                if event.method == "Network.responseReceived" && text("/type") == "Document" {
                    let answer = event.params.get("response").cloned().unwrap_or_default();
                    answers.push((loader.to_owned(), answer));
                }
                let is_loaded = event.method == "Page.lifecycleEvent" && text("/name") == "load";
                if is_loaded && self.shown(loader) {
                    let answer = answers.into_iter().rfind(|(of, _)| of == loader);
                    return answer.map(|(_, answer)| answer).unwrap_or_default();
                }
            }
        };
        let answer = tokio::time::timeout(BOUND, loading).await;
        let answer = answer.unwrap_or_else(|_| panic!("waited in vain for a page after {what}"));
        let text = |key| answer.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let status = answer.get("status").and_then(Value::as_u64).unwrap_or_default();
        Visit { url: text("url"), status: u16::try_from(status).unwrap_or_default(), kind: text("mimeType") }
    }

    /// Whether this is another page than before.
    fn shown(&self, loader: &str) -> bool {
        let mut shown = self.loader.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = *shown != loader;
        loader.clone_into(&mut shown);
        is_new
    }
}
