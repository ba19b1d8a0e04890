//! A small JSON interface for those who run the fake server as a program: the demo, scripts, people.
//!
//! `/control/received[?kind=Create]`, `/control/followers?actor=alice`, `/control/following`,
//! `/control/follow?actor=alice&target=moe@host`, `/control/post?actor=…&target=…&text=…`,
//! `/control/like?actor=…&target=…&note=…`, `/control/announce?…`,
//! `/control/behave?path=/inbox&status=500` (`status=0` is as usual again), `/control/reset`.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use belfry_activitypub::Reach;
use serde::Deserialize;
use serde_json::{Value, json};

use super::behaviour::Behaviour;
use super::puppet::Puppet;
use super::state::{ACTORS, State, has_actor};

#[derive(Debug, Deserialize)]
pub struct Parameters {
    #[serde(default = "alice")]
    actor: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    status: u16,
    kind: Option<String>,
}

fn alice() -> String {
    ACTORS.first().copied().unwrap_or_default().to_owned()
}

pub async fn command(
    state: web::Data<State>,
    command: web::Path<String>,
    parameters: web::Query<Parameters>,
) -> HttpResponse {
    match run(&state.into_inner(), &command, &parameters).await {
        Ok(Some(value)) => HttpResponse::Ok().json(value),
        Ok(None) => HttpResponse::NotFound().json(json!({ "error": "no such command or actor" })),
        Err(error) => HttpResponse::BadGateway().json(json!({ "error": format!("{error:#}") })),
    }
}

async fn run(state: &Arc<State>, command: &str, with: &Parameters) -> anyhow::Result<Option<Value>> {
    if !has_actor(&with.actor) {
        return Ok(None);
    }
    let puppet = Puppet::new(Arc::clone(state), &with.actor);
    Ok(Some(match command {
        "received" => received(state, with.kind.as_deref())?,
        "followers" => json!(state.followers(&with.actor)),
        "following" => json!(state.following()),
        "follow" => serde_json::to_value(puppet.follow(&puppet.find(&with.target).await?).await?)?,
        "post" => {
            let peer = puppet.find(&with.target).await?;
            serde_json::to_value(puppet.create(&with.text, Reach::Public, &peer).await?)?
        }
        "like" => serde_json::to_value(puppet.like(&with.note, &puppet.find(&with.target).await?).await?)?,
        "announce" => {
            serde_json::to_value(puppet.announce(&with.note, &puppet.find(&with.target).await?).await?)?
        }
        "behave" => {
            let behaviour = if with.status == 0 { Behaviour::Normal } else { Behaviour::Status(with.status) };
            state.behave(&with.path, behaviour);
            json!({})
        }
        "reset" => {
            state.forget_received();
            json!({})
        }
        _ => return Ok(None),
    }))
}

/// Requests to inboxes, with the body as JSON where it is.
fn received(state: &State, kind: Option<&str>) -> anyhow::Result<Value> {
    let mut found = Vec::new();
    for request in state.received() {
        let activity = request.json();
        let is = activity.as_ref().and_then(|activity| activity.get("type")).and_then(Value::as_str);
        if kind.is_some() && is != kind {
            continue;
        }
        let verified = request.verified();
        let mut value = serde_json::to_value(&request)?;
        if let Some(value) = value.as_object_mut() {
            value.insert("verified".to_owned(), json!(verified));
            value.insert("activity".to_owned(), activity.unwrap_or_default());
        }
        found.push(value);
    }
    Ok(json!(found))
}
