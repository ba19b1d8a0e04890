//! Journey 10: somebody wonders whether an account is real, and so does a program.

use belfry_test_support::Browser;
use serde_json::{Value, json};

use crate::people::{onboard_finance, somebody};
use crate::running::{Running, Services};

/// What WebFinger says of a handle: status and the actor that it leads to.
async fn web_finger(running: &Running, handle: &str) -> (u16, Option<String>) {
    let url = running.shared(&format!("/.well-known/webfinger?resource=acct:{handle}"));
    let (status, body) = running.read(&url, "application/jrd+json").await;
    let document: Value = serde_json::from_str(&body).unwrap_or_default();
    let links = document["links"].as_array().cloned().unwrap_or_default();
    let own = links.iter().find(|link| link["rel"] == "self").and_then(|link| link["href"].as_str());
    (status, own.map(str::to_owned))
}

/// Everything of the register that a program is told.
async fn register(running: &Running) -> Value {
    let (status, body) = running.read(&running.shared("/register.json"), "application/json").await;
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn journey_10_is_this_account_real() {
    let Some(browser) = Browser::start().await else { return };
    let running = Running::start(Services::Embedded).await;
    running.tenant("interior").await;
    let lead = browser.tab().await;
    somebody(&running, &lead, "interior", "lead", "Lea").await;
    onboard_finance(&running, &lead).await;
    let domain = running.shared("").replace("http://", "");
    let official = format!("ministry@{domain}");

    // A person: the profile says so, and the register at the shared domain says so too.
    let citizen = browser.tab().await;
    citizen.goto(&running.at("finance", "/@finance")).await;
    let profile = citizen.text().await;
    assert!(profile.contains("Official account") && profile.contains(&format!("@{official}")), "{profile}");
    let checked = citizen.follow("Check it in the register").await;
    assert!(checked.url.starts_with(&running.shared("/")), "{checked:?}");
    let text = citizen.text().await;
    assert!(text.contains("Ministry of Finance") && text.contains(&official), "{text}");

    // Whoever has only a handle types it in.
    let asked = format!("/register/check?handle={official}");
    citizen.goto(&running.shared(&asked)).await;
    let text = citizen.text().await;
    assert!(text.contains("Ministry of Finance"), "{text}");
    let proof = running.shared("/register/@ministry.json");
    let (status, proof) = running.read(&proof, "application/json").await;
    let proof: Value = serde_json::from_str(&proof).unwrap_or_default();
    assert_eq!(status, 200);
    assert!(proof.to_string().contains(&running.at("finance", "/users/finance")), "{proof}");

    // A program: the register, WebFinger and the actor name each other.
    let listed = register(&running).await;
    assert!(listed.to_string().contains(&official), "{listed}");
    let (status, actor) = web_finger(&running, &official).await;
    assert_eq!(status, 200);
    let actor = actor.unwrap();
    assert!(actor.starts_with(&running.at("finance", "/")), "{actor}");
    let (status, document) = running.read(&actor, "application/activity+json").await;
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!((status, &document["id"]), (200, &json!(actor)));

    // A look-alike elsewhere has the name, the picture and the words, and no proof of any of it.
    let remote = running.remote();
    let alike = remote.at("/users/ministry");
    let mut copy = document.clone();
    copy["id"] = json!(alike);
    copy["url"] = json!(running.at("finance", "/@finance"));
    remote.publish("/users/ministry", copy);
    let claimed = format!("ministry@{}", remote.host());
    citizen.goto(&running.shared(&format!("/?q={claimed}"))).await;
    let text = citizen.text().await;
    assert!(!text.contains("Ministry of Finance"), "{text}");
    assert!(text.contains("does not speak for an agency here"), "{text}");
    citizen.goto(&running.shared(&format!("/register/check?handle={claimed}"))).await;
    let text = citizen.text().await;
    assert!(text.contains("No.") && text.contains("Did you mean one of these?"), "{text}");
    let listed = register(&running).await.to_string();
    assert!(!listed.contains(&alike) && !listed.contains(remote.host()), "{listed}");
    assert_eq!(web_finger(&running, &claimed).await.0, 404);
}
