//! Every page and method of a department: by every role, by other agencies' people and tokens, and
//! with forms from elsewhere. The tables say what each needs.

use actix_web::http::Method;
use belfry_model::{Role, Secret, StaffId, Tenant};
use belfry_tenant_admin::{admin, agency_api};
use serde_json::json;

use crate::api::token;
use crate::edge::Edge;

fn path(pattern: &str) -> String {
    pattern
        .replace("{id}", "1")
        .replace("{session}", "1")
        .replace("{name}", "nobody")
        .replace("{host}", "other.example")
}

/// A token of this person.
pub async fn token_of(edge: &Edge, tenant: &Tenant, staff: StaffId, scopes: &str) -> Secret {
    let token = token(edge, tenant, scopes).await;
    edge.sql(&format!(
        "UPDATE oauth_token SET staff_id = {staff}, actor_id = NULL WHERE id = (SELECT max(id) FROM oauth_token)"
    ))
    .await;
    token
}

#[actix_web::test]
async fn every_page_opens_to_the_roles_that_may_and_to_nobody_else() {
    let edge = Edge::new().await;
    let (_, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    for &role in Role::ALL.iter().filter(|role| **role != Role::Lead) {
        let session = edge.signed_in(&fin, role).await;
        let mut browser = edge.browser(fin.host.as_str()).with_session(&session);
        browser.get("/admin").await;
        for endpoint in admin::routes::table() {
            let may = endpoint.needs.is_none_or(|needed| role.permissions().has(needed));
            let path = path(endpoint.path);
            let answer = browser.ask(endpoint.method.clone(), &path).await;
            assert_eq!(answer.status != 403, may, "{} {path} for {role}: {}", endpoint.method, answer.status);
            assert!(answer.status < 500, "{} {path} for {role}: {}", endpoint.method, answer.status);
            let to = answer.location().unwrap_or_default();
            assert!(!to.starts_with("/auth/sign_in"), "{} {path} for {role}", endpoint.method);
        }
    }
}

#[actix_web::test]
async fn nobody_elses_session_opens_a_page_and_no_form_comes_from_elsewhere() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let foreign = edge.signed_in(&moe, Role::Lead).await;
    let own = edge.signed_in(&fin, Role::Owner).await;
    let mut browser = edge.browser(fin.host.as_str()).with_session(&own);
    browser.get("/admin").await;
    let token = browser.token.clone();
    for endpoint in admin::routes::table() {
        let path = path(endpoint.path);
        let mut strangers =
            [edge.browser(fin.host.as_str()), edge.browser(fin.host.as_str()).with_session(&foreign)];
        for stranger in &mut strangers {
            let answer = stranger.ask(endpoint.method.clone(), &path).await;
            let to = answer.location().unwrap_or_default();
            assert!(to.starts_with("/auth/sign_in"), "{} {path}: {}", endpoint.method, answer.status);
        }
        if endpoint.method == Method::POST {
            browser.token.clone_from(&token);
            let sibling = format!("https://{}", moe.host);
            assert_eq!(browser.post_from(&sibling, &path, &[]).await.status, 403, "{path}");
            browser.token = "guessed".to_owned();
            assert_eq!(browser.post(&path, &[]).await.status, 403, "{path}");
        }
    }
}

#[actix_web::test]
async fn every_method_opens_to_tokens_that_may_and_to_no_others() {
    use agency_api::routes::Access;
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let foreign = token(&edge, &moe, "manage govern read write").await;
    let ordinary = token(&edge, &fin, "read write follow push admin:read admin:write").await;
    let reader = token(&edge, &fin, "manage:read").await;
    let mut people = Vec::new();
    for &role in Role::ALL.iter().filter(|role| **role != Role::Lead) {
        let staff = edge.person(&fin, role).await;
        people.push((role, token_of(&edge, &fin, staff, "manage").await));
    }
    let document = serde_json::to_value(belfry_tenant_admin::agency_openapi()).unwrap();
    for endpoint in agency_api::routes::table() {
        let path = path(endpoint.path);
        let what = format!("{} {path}", endpoint.method);
        let ask = async |token: Option<&Secret>| {
            let mut browser = edge.browser(fin.host.as_str());
            browser.call(token, endpoint.method.clone(), &path, &json!({})).await.status
        };
        let needed = match endpoint.needs {
            Access::Public => {
                assert_eq!(ask(None).await, 200, "{what}");
                continue;
            }
            Access::Anybody => None,
            Access::Needs(permission) => Some(permission),
        };
        assert_eq!(
            [ask(None).await, ask(Some(&foreign)).await, ask(Some(&ordinary)).await],
            [401, 401, 403],
            "{what}"
        );
        assert_eq!(ask(Some(&reader)).await == 403, endpoint.method != Method::GET, "{what}");
        for (role, token) in &people {
            let may = needed.is_none_or(|needed| role.permissions().has(needed));
            assert_eq!(ask(Some(token)).await != 403, may, "{what} for {role}");
        }
        let method = endpoint.method.as_str().to_lowercase();
        assert!(document["paths"][endpoint.path].get(&method).is_some(), "{what} is not described");
    }
}
