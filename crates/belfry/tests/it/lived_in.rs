//! A platform that people have used for a while: something to see on every page.

use belfry_test_support::wait::until;
use serde_json::{Value, json};

use crate::running::{Running, Services};

pub const LEAD: &str = "interior";

pub struct LivedIn {
    pub running: Running,
    /// The page of a post.
    pub post: String,
}

impl LivedIn {
    /// A lead agency, two more, posts, followers elsewhere, and a server that does not answer.
    pub async fn start() -> Self {
        let running = Running::start(Services::Embedded).await;
        for (slug, name, phase) in [
            (LEAD, "Ministry of the Interior", "public"),
            ("water", "National Water Authority", "public"),
            ("museum", "Museum of Natural History and of Long Names", "pilot"),
        ] {
            let owner = format!("owner@{slug}.example");
            let words = ["tenant", "create", slug, "--name", name, "--owner-email", &owner, "--phase", phase];
            running.told(&words).await;
        }
        running.told(&["account", "create", "press", "--tenant", "water", "--kind", "team"]).await;
        running.told(&["policy", "publish", "rules", "--template", "--reason", "We begin"]).await;
        let own = ["--tenant", "water", "--agency", "Water & Dikes", "--law", "nl", "--reason", "Our name"];
        running.told(&[&["policy", "publish", "rules"][..], &own[..]].concat()).await;
        let alice = running.remote().actor("alice");
        let water = running.at("water", "").replace("http://", "");
        let water = alice.find(&format!("water@{water}")).await.unwrap();
        alice.follow(&water).await.unwrap();
        until("the follow is accepted", async || running.remote().activities("Accept").len() == 1).await;
        let token = running.token("water", "water").await;
        let first = json!({
            "status": "High water is expected along the coast tonight. #flood https://water.example/levels",
        });
        let first = running.post("water", &token, &first).await;
        let second = json!({
            "status": "The dike road is closed until Friday.",
            "spoiler_text": "Road closed",
            "in_reply_to_id": first["id"],
        });
        running.post("water", &token, &second).await;
        until("it is there", async || running.remote().activities("Create").len() == 2).await;
        let post = format!("/@water/{}", text(&first, "id"));
        Self { post: running.at("water", &post), running }
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}
