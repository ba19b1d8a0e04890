//! Acts of two people at the console and by the API, and a new name.

use actix_web::http::Method;
use belfry_model::{ActorId, Role, Secret, StaffId, Tenant};
use belfry_tenancy::{By, account, oauth, session, staff};
use serde_json::{Value, json};

use crate::edge::{Edge, SHARED};

async fn leader(edge: &Edge, tenant: &Tenant, email: &str) -> StaffId {
    let invite = staff::Invite { email: email.parse().unwrap(), role: Role::Lead, accounts: vec![] };
    let tenancy = &edge.platform.tenancy;
    let invitation = staff::invite(tenancy, tenant, &invite, &By::command()).await.unwrap();
    let brought = staff::Acceptance {
        email: invitation.email.to_string(),
        code: invitation.code,
        password: Secret::new(crate::edge::PASSWORD),
        display_name: String::new(),
    };
    staff::accept(tenancy, tenant, &brought).await.unwrap().id
}

fn proposal(html: &str) -> String {
    let part = html.split("/console/confirmations/").nth(1).unwrap();
    part.split('/').next().unwrap().to_owned()
}

#[actix_web::test]
async fn one_proposes_another_confirms_and_the_code_is_shown_once() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let tenancy = &edge.platform.tenancy;
    let ann = leader(&edge, &moe, "ann@moe.example").await;
    let bob = leader(&edge, &moe, "bob@moe.example").await;
    let ann = session::start(tenancy, moe.scope(), ann, None).await.unwrap();
    let bob = session::start(tenancy, moe.scope(), bob, None).await.unwrap();
    let mut ann = edge.browser(SHARED).with_session(&ann);
    let mut bob = edge.browser(SHARED).with_session(&bob);
    let empty = ann.get("/console/confirmations").await;
    assert!(empty.html.contains("Nothing waits for a second person"), "{}", empty.html);

    ann.get("/console/agencies/fin/lifecycle").await;
    let wrong = [("email", "nobody"), ("reason", "The owner <left>")];
    let answer = ann.post("/console/agencies/fin/break-glass", &wrong).await;
    assert!(answer.status == 422 && answer.html.contains("The owner &lt;left&gt;"), "{}", answer.html);
    let right = [("email", "new@fin.example"), ("reason", "The owner <left>")];
    let answer = ann.post("/console/agencies/fin/break-glass", &right).await;
    assert_eq!(answer.location(), Some("/console/confirmations"));
    let waiting = ann.get("/console/confirmations").await;
    assert!(waiting.html.contains("The owner &lt;left&gt;"), "{}", waiting.html);
    assert!(waiting.html.contains("You proposed this"), "{}", waiting.html);
    let id = proposal(&waiting.html);
    let confirm = format!("/console/confirmations/{id}/confirm");
    assert_eq!(ann.post(&confirm, &[]).await.status, 422, "the same person");

    bob.get("/console/confirmations").await;
    let confirmed = bob.post(&confirm, &[]).await;
    assert!(confirmed.status == 200 && confirmed.html.contains("new@fin.example"), "{}", confirmed.html);
    let code = confirmed.html.split("<code>").nth(2).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(code.len(), 19);
    assert!(!bob.get("/console/confirmations").await.html.contains(&code));
    assert_eq!(bob.post(&confirm, &[]).await.status, 422, "it is done");

    let somebody = edge.signed_in(&fin, Role::Author).await;
    let told = edge.browser(fin.host.as_str()).with_session(&somebody).get("/admin").await;
    assert!(told.html.contains("invited a new owner"), "{}", told.html);
}

#[actix_web::test]
async fn whoever_led_loses_the_console_with_the_role() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let tenancy = &edge.platform.tenancy;
    let ann = leader(&edge, &moe, "ann@moe.example").await;
    let bob = leader(&edge, &moe, "bob@moe.example").await;
    let owner = edge.signed_in(&fin, Role::Owner).await;
    let ann = session::start(tenancy, moe.scope(), ann, None).await.unwrap();
    let bob = session::start(tenancy, moe.scope(), bob, None).await.unwrap();
    let mut ann = edge.browser(SHARED).with_session(&ann);
    let mut bob = edge.browser(SHARED).with_session(&bob);
    ann.get("/console/agencies/fin/lifecycle").await;
    ann.post("/console/agencies/fin/transfer-lead", &[("reason", "A new government")]).await;
    let id = proposal(&bob.get("/console/confirmations").await.html);
    let answer = bob.post(&format!("/console/confirmations/{id}/confirm"), &[]).await;
    assert_eq!(answer.location(), Some("/console"));
    for browser in [&mut ann, &mut bob] {
        assert_eq!(browser.get("/console").await.status, 303, "who led is still inside");
    }
    let mut new = edge.browser(SHARED).with_session(&owner);
    assert_eq!(new.get("/console").await.status, 200);
}

#[actix_web::test]
async fn the_tokens_of_two_people_do_the_same() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.tenant("fin").await;
    let tenancy = &edge.platform.tenancy;
    let actor = ActorId(account::list(tenancy, moe.scope()).await.unwrap()[0].id);
    let mut tokens = Vec::new();
    for email in ["ann@moe.example", "bob@moe.example"] {
        let person = leader(&edge, &moe, email).await;
        let scopes = "govern".parse().unwrap();
        let issued = oauth::token_create(tenancy, moe.scope(), actor, &scopes, &By::command()).await.unwrap();
        edge.sql(&format!(
            "UPDATE oauth_token SET staff_id = {person}, actor_id = NULL WHERE id = (SELECT max(id) FROM oauth_token)"
        ))
        .await;
        tokens.push(issued.token);
    }
    let ask = async |token: &Secret, method: Method, path: &str, body: Value| {
        let path = format!("/api/belfry/v1/{path}");
        let answer = edge.browser(SHARED).call(Some(token), method, &path, &body).await;
        (answer.status, serde_json::from_str::<Value>(&answer.html).unwrap_or_default())
    };
    let propose = json!({ "email": "new@fin.example", "reason": "The owner left" });
    let (status, made) = ask(&tokens[0], Method::POST, "tenants/fin/break-glass", propose.clone()).await;
    assert_eq!((status, &made["kind"]), (202, &json!("break-glass")));
    assert_eq!(ask(&tokens[0], Method::POST, "tenants/fin/break-glass", propose).await.0, 409);
    let (_, waiting) = ask(&tokens[1], Method::GET, "confirmations", json!({})).await;
    assert_eq!(waiting["proposals"][0]["id"], made["id"]);
    let path = format!("confirmations/{}/confirm", made["id"].as_str().unwrap());
    assert_eq!(ask(&tokens[0], Method::POST, &path, json!({})).await.0, 409);
    let (status, done) = ask(&tokens[1], Method::POST, &path, json!({})).await;
    assert_eq!((status, &done["done"]), (200, &json!("invited")));
    assert_eq!(ask(&tokens[1], Method::POST, "confirmations/1/confirm", json!({})).await.0, 404);
}

#[actix_web::test]
async fn a_new_name_reaches_the_accounts_that_were_called_the_same() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    browser.get("/console/agencies/fin/lifecycle").await;
    let long = "x".repeat(201);
    for name in ["  ", long.as_str()] {
        let answer = browser.post("/console/agencies/fin/name", &[("name", name), ("reason", "")]).await;
        assert_eq!(answer.status, 422);
    }
    let name = [("name", " Ministry of Money "), ("reason", "Reorganised")];
    let answer = browser.post("/console/agencies/fin/name", &name).await;
    assert_eq!(answer.location(), Some("/console/agencies/fin/lifecycle"));
    let tenancy = &edge.platform.tenancy;
    assert_eq!(tenancy.directory.by_slug(&fin.slug).unwrap().name, "Ministry of Money");
    let accounts = account::list(tenancy, fin.scope()).await.unwrap();
    assert_eq!(accounts[0].display_name, "Ministry of Money");
    edge.sql(&format!(
        "DO $$ BEGIN ASSERT (SELECT count(*) FROM activity a JOIN machinery.outbox o ON o.activity_id = a.id
             WHERE a.kind = 'Update' AND a.to_followers AND a.tenant_id = {0}) = 1; END $$",
        fin.id
    ))
    .await;
    let act = edge.admin.governance_list(1).await.unwrap().remove(0);
    assert_eq!((act.action.as_str(), &act.detail["to"]), ("tenant.rename", &json!("Ministry of Money")));
    // Called otherwise by its own people, it keeps that.
    edge.sql("UPDATE actor SET display_name = 'Money!' WHERE username = 'fin'").await;
    let token = {
        let actor = ActorId(account::list(tenancy, moe.scope()).await.unwrap()[0].id);
        let scopes = "govern".parse().unwrap();
        oauth::token_create(tenancy, moe.scope(), actor, &scopes, &By::command()).await.unwrap().token
    };
    let path = "/api/belfry/v1/tenants/fin/name";
    let body = json!({ "name": "Treasury" });
    let answer = edge.browser(SHARED).call(Some(&token), Method::PUT, path, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.html);
    assert_eq!(account::list(tenancy, fin.scope()).await.unwrap()[0].display_name, "Money!");
}
