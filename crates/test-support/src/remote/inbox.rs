//! The fake server's inboxes: keep everything, verify, and react as a server would.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_activitypub::document::Activity;
use belfry_activitypub::{Incoming, Kind, Object, RemoteActor};

use super::behaviour::Behaviour;
use super::puppet::Puppet;
use super::state::{LOCKED, Received, State};
use super::verify::Delivery;

/// Takes a request to an inbox. `forced` is what the behaviour at this path answers.
pub async fn deliver(
    state: &Arc<State>,
    path: &str,
    headers: Vec<(String, String)>,
    body: &[u8],
    behaviour: &Behaviour,
) -> HttpResponse {
    let delivery = Delivery { path, headers: &headers, body };
    let verdict = state.verify(&delivery).await;
    let old_form = delivery.header("signature-input").is_none();
    let status = match (&verdict, behaviour.status()) {
        (_, Some(status)) => status,
        (Err(_), None) => 401,
        (Ok(_), None) if old_form && *behaviour == Behaviour::OnlyRfc9421 => 401,
        (Ok(_), None) => 202,
    };
    let actor = verdict.as_ref().ok().cloned();
    let refused = verdict.err().map(|error| format!("{error:#}"));
    let text = refused.clone().unwrap_or_default();
    state.keep(Received {
        method: "POST".to_owned(),
        path: path.to_owned(),
        body: String::from_utf8_lossy(body).into_owned(),
        actor: actor.as_ref().map(|actor| actor.id.clone()),
        refused,
        status,
        headers,
    });
    if status == 202
        && let (Some(actor), Ok(activity)) = (actor, Incoming::parse(body))
    {
        react(state, &actor, &activity);
    }
    HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)).body(text)
}

fn react(state: &Arc<State>, actor: &RemoteActor, activity: &Incoming) {
    match (&activity.kind, &activity.object) {
        (Kind::Follow, Object::Uri(target)) => {
            if let Some(name) = state.actor_of(target).filter(|name| *name != LOCKED) {
                state.follower_add(name, &actor.id);
                accept(state, name, actor, activity);
            }
        }
        (Kind::Undo, Object::Activity(undone)) if undone.kind == Kind::Follow => {
            if let Some(name) = undone.object.id().and_then(|target| state.actor_of(target)) {
                state.follower_remove(name, &actor.id);
            }
        }
        (Kind::Accept, object) => {
            // The follow comes back whole, or as its id, which begins with our actor's.
            let follower = match object {
                Object::Activity(follow) => Some(follow.actor.as_str()),
                other => other.id().and_then(|id| id.split_once("#follows/")).map(|(actor, _)| actor),
            };
            if let Some(name) = follower.and_then(|uri| state.actor_of(uri)) {
                state.following_add(name, &actor.id);
            }
        }
        _ => {}
    }
}

/// Answered apart from the request, as every server does.
fn accept(state: &Arc<State>, name: &'static str, follower: &RemoteActor, follow: &Incoming) {
    let puppet = Puppet::new(Arc::clone(state), name);
    let id = format!("{}#accepts/{}", state.actor_uri(name), state.next_id());
    let accept = Activity::accept(id, state.actor_uri(name), follow.raw.clone());
    let inbox = follower.inbox.clone();
    tokio::spawn(async move {
        if let Err(error) = puppet.send(&accept, &inbox).await {
            tracing::warn!(%error, "the fake remote server could not answer a follow");
        }
    });
}
