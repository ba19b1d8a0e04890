//! Closing an agency and opening it again, at the console, by the API and by commands.

use actix_web::http::Method;
use belfry_model::{Role, TenantState};
use belfry_tenancy::{By, oauth};
use serde_json::{Value, json};

use crate::command::Shell;
use crate::edge::{Edge, SHARED};

#[actix_web::test]
async fn an_agency_is_suspended_with_a_reason_that_its_people_read_and_is_resumed() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let owner = edge.signed_in(&fin, Role::Owner).await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let page = browser.get("/console/agencies/fin/lifecycle").await;
    assert!(page.html.contains("Suspend this agency"), "{}", page.html);

    let without = browser.post("/console/agencies/fin/suspend", &[("reason", "  ")]).await;
    assert_eq!(without.status, 422);
    assert!(without.html.contains("Give a reason"), "{}", without.html);
    let long = "x".repeat(501);
    let too_long = browser.post("/console/agencies/fin/suspend", &[("reason", &long)]).await;
    assert!(too_long.status == 422 && too_long.html.contains(&long), "what was typed is gone");

    let reason = [("reason", "The agreement <ended>")];
    let answer = browser.post("/console/agencies/fin/suspend", &reason).await;
    assert_eq!(answer.location(), Some("/console/agencies/fin/lifecycle"));
    let page = browser.get("/console/agencies/fin/lifecycle").await;
    assert!(page.html.contains("The agreement &lt;ended&gt;"), "{}", page.html);
    let mut staff = edge.browser(fin.host.as_str()).with_session(&owner);
    let why = staff.get("/admin").await;
    assert_eq!(why.status, 200);
    assert!(why.html.contains("The agreement &lt;ended&gt;"), "{}", why.html);
    assert_eq!(staff.get("/invitation").await.status, 503);

    let answer = browser.post("/console/agencies/fin/resume", &[("reason", "")]).await;
    assert_eq!(answer.location(), Some("/console/agencies/fin/lifecycle"));
    assert_eq!(staff.get("/invitation").await.status, 200);
    let acts: Vec<String> =
        edge.admin.governance_list(2).await.unwrap().into_iter().map(|act| act.action).collect();
    assert_eq!(acts, ["tenant.resume", "tenant.suspend"]);
}

#[actix_web::test]
async fn the_lead_agency_is_never_suspended() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    assert!(!browser.get("/console/agencies/moe/lifecycle").await.html.contains("Suspend this agency"));
    let answer = browser.post("/console/agencies/moe/suspend", &[("reason", "By mistake")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.html.contains("Transfer the lead role first"), "{}", answer.html);
    assert!(edge.platform.directory().by_host(moe.host.as_str()).is_some());
}

#[actix_web::test]
async fn programs_suspend_and_resume() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.tenant("fin").await;
    let tenancy = &edge.platform.tenancy;
    let accounts = belfry_tenancy::account::list(tenancy, moe.scope()).await.unwrap();
    let actor = belfry_model::ActorId(accounts[0].id);
    let scopes = "govern".parse().unwrap();
    let token =
        oauth::token_create(tenancy, moe.scope(), actor, &scopes, &By::command()).await.unwrap().token;
    let ask = async |path: &str, body: Value| {
        let path = format!("/api/belfry/v1/tenants/{path}");
        let answer = edge.browser(SHARED).call(Some(&token), Method::POST, &path, &body).await;
        (answer.status, serde_json::from_str::<Value>(&answer.html).unwrap())
    };
    assert_eq!(ask("fin/suspend", json!({ "reason": "" })).await.0, 422);
    assert_eq!(ask("moe/suspend", json!({ "reason": "By mistake" })).await.0, 409);
    assert_eq!(ask("nobody/suspend", json!({ "reason": "By mistake" })).await.0, 404);
    let (status, fin) = ask("fin/suspend", json!({ "reason": "A trial" })).await;
    assert_eq!((status, &fin["state"]), (200, &json!("suspended")));
    let (status, fin) = ask("fin/resume", json!({})).await;
    assert_eq!((status, &fin["state"]), (200, &json!("live")));
}

#[tokio::test]
async fn commands_suspend_and_resume() {
    let shell = Shell::new().await;
    for slug in ["moe", "fin"] {
        shell.json(&["tenant", "create", slug, "--name", slug, "--owner-email", "a@b.example"]).await;
    }
    let suspend = ["tenant", "suspend", "fin", "--reason", "The agreement ended"];
    let expected = json!({ "slug": "fin", "state": "suspended", "changed": true });
    assert_eq!(shell.json(&suspend).await, expected);
    assert_eq!(shell.json(&suspend).await["changed"], json!(false));
    let state = shell.context.tenancy.directory.by_slug(&"fin".parse().unwrap()).unwrap().state;
    assert_eq!(state, TenantState::Suspended);
    let refused = shell.run(&["tenant", "suspend", "moe", "--reason", "x"]).await.unwrap_err().to_string();
    assert!(refused.contains("transfer the lead role first"), "{refused}");
    assert!(shell.run(&["tenant", "suspend", "fin", "--reason", " "]).await.is_err());
    let expected = json!({ "slug": "fin", "state": "live", "changed": true });
    assert_eq!(shell.json(&["tenant", "resume", "fin"]).await, expected);
}

#[actix_web::test]
async fn an_agency_that_is_to_be_deleted_can_be_kept_and_otherwise_its_names_are_nobodys() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let owner = edge.signed_in(&fin, Role::Owner).await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let page = "/console/agencies/fin/lifecycle";
    browser.get(page).await;
    assert_eq!(browser.post("/console/agencies/moe/delete", &[("reason", "By mistake")]).await.status, 422);
    assert_eq!(browser.post("/console/agencies/fin/delete", &[("reason", " ")]).await.status, 422);
    let reason = [("reason", "Merged into another")];
    assert_eq!(browser.post("/console/agencies/fin/delete", &reason).await.location(), Some(page));
    let mut staff = edge.browser(fin.host.as_str()).with_session(&owner);
    assert!(staff.get("/admin").await.html.contains("Merged into another"), "its people read why");
    assert_eq!(staff.get("/invitation").await.status, 503, "closed, and not gone");
    let resumed = browser.post("/console/agencies/fin/resume", &[("reason", "")]).await;
    assert_eq!(resumed.status, 422, "kept first");
    browser.get(page).await;
    assert_eq!(browser.post("/console/agencies/fin/keep", &[("reason", "")]).await.location(), Some(page));
    browser.get(page).await;
    assert_eq!(browser.post("/console/agencies/fin/resume", &[("reason", "")]).await.location(), Some(page));
    assert_eq!(staff.get("/invitation").await.status, 200);

    let token = crate::api::token(&edge, &moe, "govern").await;
    let call = async |path: &str, body: Value| {
        let path = format!("/api/belfry/v1/tenants/fin/{path}");
        edge.browser(SHARED).call(Some(&token), Method::POST, &path, &body).await
    };
    assert_eq!(call("delete", json!({ "reason": "" })).await.status, 422);
    assert_eq!(call("delete", json!({ "reason": "Merged" })).await.status, 202);
    assert_eq!(call("keep", json!({})).await.status, 200);
    assert_eq!(call("delete", json!({ "reason": "Merged" })).await.status, 202);
    // As the worker does when the grace is over.
    edge.sql("UPDATE registry.tenant SET state = 'deleted', deleted_at = now() WHERE slug = 'fin'").await;
    edge.platform.directory().refresh().await.unwrap();
    for path in ["/", "/admin", "/users/fin", "/@fin"] {
        assert_eq!(staff.get(path).await.status, 410, "{path}");
    }
    let new = json!({ "slug": "fin", "name": "Another", "owner_email": "owner@another.example" });
    let again = edge.browser(SHARED).call(Some(&token), Method::POST, "/api/belfry/v1/tenants", &new).await;
    assert_eq!(again.status, 409, "{}", again.html);
    assert!(!browser.get("/console/agencies").await.html.contains("Ministry of fin"));
}

#[tokio::test]
async fn commands_delete_and_keep() {
    let shell = Shell::new().await;
    shell.moe().await;
    let words = ["tenant", "create", "fin", "--name", "Finance", "--owner-email", "o@fin.example"];
    shell.json(&words).await;
    let deleting = shell.json(&["tenant", "delete", "fin", "--reason", "Merged"]).await;
    assert!(deleting["delete_at"].is_string(), "{deleting}");
    assert_eq!(shell.json(&["tenant", "keep", "fin"]).await["changed"], true);
    assert_eq!(shell.json(&["tenant", "keep", "fin"]).await["changed"], false);
    let lead = shell.run(&["tenant", "delete", "moe", "--reason", "Merged"]).await.unwrap_err();
    assert!(lead.to_string().contains("transfer the lead role"), "{lead}");
}
