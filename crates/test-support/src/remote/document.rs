//! What the fake server publishes.

use belfry_activitypub::document::actor::{Actor, ActorKey};
use belfry_activitypub::document::collection::Collection;
use belfry_activitypub::document::webfinger::{Acct, Jrd};
use serde_json::{Value, json};

use super::state::{LOCKED, State, has_actor, key_pair};

impl State {
    /// The document at a path, if there is one.
    pub fn document(&self, path: &str) -> Option<Value> {
        if let Some(published) = self.published(path) {
            return Some(published);
        }
        let rest = path.strip_prefix("/users/")?;
        let (name, part) = rest.split_once('/').unwrap_or((rest, ""));
        if !has_actor(name) {
            return None;
        }
        match part {
            "" => serde_json::to_value(self.actor_document(name)?).ok(),
            "followers" => {
                let items = self.followers(name).into_iter().map(Value::from).collect();
                serde_json::to_value(Collection::whole(self.at(path), items)).ok()
            }
            "following" | "outbox" => serde_json::to_value(Collection::count_only(self.at(path), 0)).ok(),
            _ => None,
        }
    }

    fn actor_document(&self, name: &str) -> Option<Actor> {
        let id = self.actor_uri(name);
        let key = ActorKey {
            id: format!("{id}#main-key"),
            owner: id.clone(),
            public_key_pem: key_pair(name).ok()?.public_pem,
        };
        let mut actor = Actor::new(id.as_str(), "Person", name, self.at("/inbox"), key);
        actor.followers = Some(format!("{id}/followers"));
        actor.following = Some(format!("{id}/following"));
        actor.manually_approves_followers = name == LOCKED;
        actor.discoverable = true;
        Some(actor)
    }

    /// WebFinger's answer.
    pub fn jrd(&self, resource: &str) -> Option<Jrd> {
        let acct = Acct::parse(resource)?;
        if acct.host != self.host || !has_actor(&acct.user) {
            return None;
        }
        let actor = self.actor_uri(&acct.user);
        Some(Jrd::new(&acct.to_string(), &actor, &actor, &self.at("/authorize_interaction")))
    }

    pub fn nodeinfo_links(&self) -> Value {
        json!({ "links": [{
            "rel": "http://nodeinfo.diaspora.software/ns/schema/2.0",
            "href": self.at("/nodeinfo/2.0"),
        }] })
    }
}
