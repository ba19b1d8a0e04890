//! The lead agency's API: every method with tokens that must not open it, and what the methods do.

use actix_web::http::Method;
use belfry_model::{ActorId, Role, Secret, Tenant};
use belfry_tenancy::{By, account, oauth};
use belfry_tenant_admin::api::routes::{Access, table};
use serde_json::{Value, json};

use crate::edge::{Answer, Edge, SHARED};

pub async fn token(edge: &Edge, tenant: &Tenant, scopes: &str) -> Secret {
    let tenancy = &edge.platform.tenancy;
    let accounts = account::list(tenancy, tenant.scope()).await.unwrap();
    let actor = ActorId(accounts[0].id);
    let scopes = scopes.parse().unwrap();
    oauth::token_create(tenancy, tenant.scope(), actor, &scopes, &By::command()).await.unwrap().token
}

async fn call(edge: &Edge, token: Option<&Secret>, method: Method, path: &str, body: &Value) -> Answer {
    edge.browser(SHARED).call(token, method, path, body).await
}

#[actix_web::test]
async fn no_method_opens_to_a_token_that_does_not_govern() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let foreign = token(&edge, &fin, "read write govern").await;
    let ordinary = token(&edge, &moe, "read write follow push admin:read admin:write").await;
    let reader = token(&edge, &moe, "govern:read").await;
    for endpoint in table() {
        let path = endpoint
            .path
            .replace("{slug}", "fin")
            .replace("{id}", "1")
            .replace("{name}", "fin")
            .replace("{number}", "R-1")
            .replace("{pattern}", "police");
        let path = path.replace("{host}", "other.example");
        let what = format!("{} {path}", endpoint.method);
        let ask = async |token: Option<&Secret>| {
            call(&edge, token, endpoint.method.clone(), &path, &json!({})).await.status
        };
        let statuses = [ask(None).await, ask(Some(&foreign)).await, ask(Some(&ordinary)).await];
        match endpoint.needs {
            Access::Public => assert_eq!(statuses, [200, 200, 200], "{what}"),
            Access::Read => assert_eq!(statuses, [401, 401, 403], "{what}"),
            Access::Write => {
                assert_eq!(statuses, [401, 401, 403], "{what}");
                assert_eq!(ask(Some(&reader)).await, 403, "{what}");
            }
        }
    }
}

#[actix_web::test]
async fn every_method_is_described() {
    let document = serde_json::to_value(belfry_tenant_admin::openapi()).unwrap();
    for endpoint in table().iter().filter(|endpoint| endpoint.needs != Access::Public) {
        let method = endpoint.method.as_str().to_lowercase();
        assert!(document["paths"][endpoint.path].get(&method).is_some(), "{method} {}", endpoint.path);
    }
}

#[actix_web::test]
async fn tenants_are_listed_and_their_phase_is_set() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.tenant("fin").await;
    let token = token(&edge, &moe, "govern").await;
    let ask = async |method: Method, path: &str, body: Value| {
        let answer = call(&edge, Some(&token), method, path, &body).await;
        (answer.status, serde_json::from_str::<Value>(&answer.html).unwrap())
    };
    let (status, listed) = ask(Method::GET, "/api/belfry/v1/tenants?q=fin", json!({})).await;
    assert_eq!((status, &listed["total"], &listed["tenants"][0]["slug"]), (200, &json!(1), &json!("fin")));
    let change = json!({ "phase": "pilot", "reason": "A trial" });
    let (status, fin) = ask(Method::PUT, "/api/belfry/v1/tenants/fin/phase", change).await;
    assert_eq!((status, &fin["phase"]), (200, &json!("pilot")));
    let act = edge.admin.governance_list(1).await.unwrap().remove(0);
    assert_eq!((act.origin.as_str(), act.reason.as_str()), ("client", "A trial"));
    assert!(act.client.contains("token"), "{}", act.client);
    let (status, _) = ask(Method::PUT, "/api/belfry/v1/tenants/fin/phase", json!({ "phase": "open" })).await;
    assert_eq!(status, 400);
    let (status, _) = ask(Method::GET, "/api/belfry/v1/tenants/nobody", json!({})).await;
    assert_eq!(status, 404);
}

#[actix_web::test]
async fn a_persons_token_governs_while_the_person_leads() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    for (role, status) in [(Role::Lead, 200), (Role::Owner, 403)] {
        let staff = edge.person(&moe, role).await;
        let token = token(&edge, &moe, "govern").await;
        edge.sql(&format!(
            "UPDATE oauth_token SET staff_id = {staff}, actor_id = NULL WHERE id = (SELECT max(id) FROM oauth_token)"
        ))
        .await;
        let answer = call(&edge, Some(&token), Method::GET, "/api/belfry/v1/tenants", &json!({})).await;
        assert_eq!(answer.status, status, "{role}");
    }
}
