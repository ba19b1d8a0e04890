//! Agencies admitted by hand: by form and by method.

use actix_web::http::Method;
use belfry_model::{Role, TenantState};
use serde_json::json;

use crate::edge::{Edge, SHARED};

const FIELDS: [(&str, &str); 8] = [
    ("name", "Ministry <of> Finance"),
    ("slug", "fin"),
    ("owner_email", "owner@fin.example"),
    ("phase", "public"),
    ("language", "nl"),
    ("body_type", "ministry"),
    ("host", ""),
    ("official_handle", ""),
];

fn with<'a>(name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    FIELDS.iter().map(|(field, usual)| (*field, if *field == name { value } else { *usual })).collect()
}

#[actix_web::test]
async fn an_agency_is_made_by_form_and_its_owners_code_is_shown_once() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let form = browser.get("/console/agencies/new").await;
    assert!(form.html.contains("Owner’s e-mail address"), "{}", form.html);
    let made = browser.post("/console/agencies", &FIELDS).await;
    assert_eq!(made.status, 201, "{}", made.html);
    for part in
        ["https://fin.social.example/invitation", "Ministry &lt;of&gt; Finance", "@fin@fin.social.example"]
    {
        assert!(made.html.contains(part), "{part} is missing in {}", made.html);
    }
    let fin = edge.platform.directory().by_slug(&"fin".parse().unwrap()).unwrap();
    assert_eq!((fin.state, fin.language.as_str()), (TenantState::Live, "nl"));
    let act =
        edge.admin.governance_list(10).await.unwrap().into_iter().find(|act| act.action == "tenant.register");
    assert_eq!(act.unwrap().who, "The lead <lead@work.example>");

    let again = browser.post("/console/agencies", &FIELDS).await;
    assert_eq!(again.status, 422);
    assert!(again.html.contains("belongs to an agency"), "{}", again.html);
}

#[actix_web::test]
async fn what_was_typed_comes_back_with_the_problem_beside_its_field() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    browser.get("/console/agencies/new").await;
    for (field, value, problem) in [
        ("slug", "Fin Ministry", "2 to 30 letters"),
        ("slug", "console", "reserved for the platform"),
        ("slug", "moe", "belongs to an agency"),
        ("name", " ", "what the public calls the body"),
        ("owner_email", "nobody", "no e-mail address"),
        ("phase", "open", "how far"),
        ("language", "<b>", "Choose a language"),
        ("host", "127.0.0.1", "no public host name"),
        ("host", "moe.social.example", "This host is at social.example"),
        ("host", "a b", "no public host name"),
    ] {
        let answer = browser.post("/console/agencies", &with(field, value)).await;
        assert_eq!(answer.status, 422, "{field}={value}");
        assert!(answer.html.contains(problem), "{field}={value}: {}", answer.html);
        if field != "phase" && field != "language" {
            assert!(
                answer.html.contains(&format!("value=\"{}\"", value.trim_matches('\u{0}'))),
                "{field}={value}"
            );
        }
        assert!(
            answer.html.contains("aria-invalid=\"true\"") || matches!(field, "phase" | "language"),
            "{field}"
        );
    }
    assert!(edge.platform.directory().by_slug(&"fin".parse().unwrap()).is_none());
}

#[actix_web::test]
async fn an_official_handle_is_given_and_released_on_the_accounts_page() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    browser.get("/console/agencies/new").await;
    let taken = browser.post("/console/agencies", &with("official_handle", "moe")).await;
    assert_eq!(taken.status, 422);
    assert!(taken.html.contains("kept for somebody else"), "{}", taken.html);
    let made = browser.post("/console/agencies", &with("official_handle", "@finance")).await;
    assert_eq!(made.status, 201, "{}", made.html);
    assert!(made.html.contains("@finance@social.example"), "{}", made.html);

    let page = "/console/agencies/fin/accounts";
    let shown = browser.get(page).await;
    assert!(shown.html.contains("renames the account"), "{}", shown.html);
    let release = [("account", "fin"), ("reason", "A mistake")];
    assert_eq!(browser.post(&format!("{page}/release"), &release).await.location(), Some(page));
    assert!(browser.get(page).await.html.contains("Kept for this agency"));
    for (handle, problem) in [("a b", "can’t be a handle"), ("moe", "another agency’s short name")] {
        let again = browser.post(&format!("{page}/give"), &[("account", "fin"), ("handle", handle)]).await;
        assert_eq!(again.status, 422, "{handle}");
        assert!(again.html.contains(problem), "{}", again.html);
        assert!(again.html.contains(&format!("value=\"{handle}\"")), "{}", again.html);
    }
    let give = [("account", "fin"), ("handle", "finance"), ("reason", "")];
    assert_eq!(browser.post(&format!("{page}/give"), &give).await.location(), Some(page));
    let unknown = [("account", "nobody"), ("handle", "x")];
    assert_eq!(browser.post(&format!("{page}/give"), &unknown).await.status, 404);
    let acts = edge.admin.governance_list(10).await.unwrap();
    let release = acts.iter().find(|act| act.action == "official_handle.release").unwrap();
    assert_eq!((release.reason.as_str(), &release.detail["handle"]), ("A mistake", &json!("finance")));
}

#[actix_web::test]
async fn an_official_handle_is_given_and_released_by_calls() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.tenant("fin").await;
    let token = crate::api::token(&edge, &moe, "govern").await;
    let mut browser = edge.browser(SHARED);
    let path = "/api/belfry/v1/tenants/fin/accounts/fin/official";
    let mut ask = async |method: Method, path: &str, body: serde_json::Value| {
        let answer = browser.call(Some(&token), method, path, &body).await;
        let body = serde_json::from_str(&answer.html).unwrap_or(serde_json::Value::Null);
        (answer.status, body)
    };
    let (status, given) = ask(Method::PUT, path, json!({ "handle": "finance" })).await;
    assert_eq!((status, &given["official_handle"]), (200, &json!("@finance@social.example")));
    let (_, listed) = ask(Method::GET, "/api/belfry/v1/tenants/fin/accounts", json!({})).await;
    assert_eq!(listed["accounts"][0]["official_handle"], "@finance@social.example");
    let (status, _) = ask(Method::PUT, path, json!({ "handle": "money" })).await;
    assert_eq!(status, 409);
    let (status, released) = ask(Method::DELETE, path, json!({})).await;
    assert_eq!((status, &released["changed"]), (200, &json!(true)));
    let moes = "/api/belfry/v1/tenants/moe/accounts/moe/official";
    assert_eq!(ask(Method::PUT, moes, json!({ "handle": "finance" })).await.0, 409);
    assert_eq!(ask(Method::PUT, moes, json!({ "handle": "A B" })).await.0, 422);
    let nobody = "/api/belfry/v1/tenants/fin/accounts/nobody/official";
    assert_eq!(ask(Method::PUT, nobody, json!({})).await.0, 404);
}

#[actix_web::test]
async fn a_namespace_is_made_by_a_call_and_a_repeat_changes_nothing() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let token = crate::api::token(&edge, &moe, "govern").await;
    let path = "/api/belfry/v1/tenants";
    let body = json!({ "slug": "talk", "name": "A community", "owner_email": "o@talk.example", "host": "talk.example" });
    let mut browser = edge.browser(SHARED);
    let made = browser.call(Some(&token), Method::POST, path, &body).await;
    assert_eq!(made.status, 201, "{}", made.html);
    let made: serde_json::Value = serde_json::from_str(&made.html).unwrap();
    assert_eq!(made["tenant"]["host"], "talk.example");
    assert_eq!((&made["handle"], &made["resumed"]), (&json!("@talk@talk.example"), &json!(false)));
    assert_eq!(browser.call(Some(&token), Method::POST, path, &body).await.status, 409);

    edge.sql("UPDATE registry.tenant SET state = 'provisioning' WHERE slug = 'talk'").await;
    let completed = browser.call(Some(&token), Method::POST, path, &body).await;
    assert_eq!(completed.status, 201, "{}", completed.html);
    assert!(completed.html.contains("\"resumed\":true"), "{}", completed.html);
    for bad in [json!({ "slug": "A B" }), json!({ "host": "social.example" }), json!({ "owner_email": "x" })]
    {
        let mut sent = json!({ "slug": "fin", "name": "Finance", "owner_email": "o@fin.example" });
        sent.as_object_mut().unwrap().extend(bad.as_object().unwrap().clone());
        assert_eq!(browser.call(Some(&token), Method::POST, path, &sent).await.status, 422, "{bad}");
    }
}
