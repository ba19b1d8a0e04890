//! Every endpoint of the table, asked with another tenant's token and for another tenant's rows.

use actix_web::http::Method;
use belfry_api_gateway::api::routes::{Access, Endpoint, table};
use belfry_model::PolicyKind;
use serde_json::json;

use crate::edge::{Answer, Edge, Home, Person};

/// One of each thing that has an id.
struct Rows {
    account: String,
    status: String,
    notification: String,
    media: String,
}

impl Rows {
    async fn of(edge: &Edge, home: &Home) -> Self {
        let status = edge.status(home, &home.me, "for all to read").await;
        edge.post(home, &home.other, &format!("/api/v1/statuses/{status}/favourite"), json!({})).await.ok();
        let notifications = edge.get(home, &home.me, "/api/v1/notifications").await.ok();
        Self {
            account: home.other.id.to_string(),
            status,
            notification: notifications[0]["id"].as_str().unwrap().to_owned(),
            media: edge.upload(home, &home.me).await,
        }
    }

    /// The endpoint's path with an id in it that names a row of the kind that it takes.
    fn path(&self, endpoint: &Endpoint) -> String {
        let first_day = belfry_model::Clock::now(&belfry_test_support::MockClock::default()).date_naive();
        let path = endpoint.path.replace("{tag}", "bells").replace("{date}", &first_day.to_string());
        if !path.contains('{') {
            return path;
        }
        let noun = path.trim_start_matches("/api/").trim_start_matches("belfry/").trim_start_matches("v1/");
        let noun = noun.split('/').next().unwrap_or_default();
        let id = match noun {
            "accounts" | "follow_requests" => &self.account,
            "statuses" => &self.status,
            "notifications" => &self.notification,
            "media" => &self.media,
            _ => panic!("{} takes an id of a kind that this walk has none of: add one", endpoint.path),
        };
        let path = path.replace("{id}", id);
        assert!(!path.contains('{'), "{} has a part that this walk doesn't fill", endpoint.path);
        path
    }
}

async fn ask(edge: &Edge, home: &Home, endpoint: &Endpoint, path: &str, person: Option<&Person>) -> Answer {
    let mut request = home.request(endpoint.method.clone(), path);
    if let Some(person) = person {
        request = request.insert_header(person.bearer());
    }
    edge.send(request).await
}

#[actix_web::test]
async fn another_tenants_token_is_no_token_at_any_endpoint() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    let rows = Rows::of(&edge, &moe).await;
    for endpoint in table() {
        let path = rows.path(&endpoint);
        let foreign = ask(&edge, &moe, &endpoint, &path, Some(&fin.me)).await.status;
        let anonymous = ask(&edge, &moe, &endpoint, &path, None).await.status;
        let what = format!("{} {}", endpoint.method, endpoint.path);
        match endpoint.access {
            Access::Public => assert_eq!(foreign, anonymous, "{what} tells tokens apart"),
            Access::Visitor => assert_eq!(foreign, 401, "{what}"),
            Access::App | Access::Account => assert_eq!((foreign, anonymous), (401, 401), "{what}"),
        }
    }
}

#[actix_web::test]
async fn another_tenants_rows_are_not_found_at_any_endpoint() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    let rows = Rows::of(&edge, &fin).await;
    for endpoint in table().iter().filter(|endpoint| endpoint.path.contains("{id}")) {
        let answer = ask(&edge, &moe, endpoint, &rows.path(endpoint), Some(&moe.me)).await;
        assert_eq!(answer.status, 404, "{} {}: {:?}", endpoint.method, endpoint.path, answer.body);
    }
}

#[actix_web::test]
async fn every_endpoint_answers_whom_it_is_for() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.baseline(PolicyKind::Privacy, "We keep little.").await;
    edge.baseline(PolicyKind::SocialMedia, "Think.").await;
    let mut rows = Rows::of(&edge, &moe).await;
    for endpoint in table() {
        let answer = ask(&edge, &moe, &endpoint, &rows.path(&endpoint), Some(&moe.me)).await;
        let what = format!("{} {}: {} {:?}", endpoint.method, endpoint.path, answer.status, answer.body);
        let lacks_what_it_needs = matches!(
            endpoint.path,
            "/oauth/token" | "/oauth/revoke" | "/api/v1/apps" | "/api/v1/accounts/lookup"
        ) || endpoint.path.starts_with("/api/v1/follow_requests/{id}")
            || (endpoint.method == Method::POST
                && matches!(endpoint.path, "/api/v1/statuses" | "/api/v1/media" | "/api/v2/media"));
        if lacks_what_it_needs {
            assert!((400..500).contains(&answer.status), "{what}");
        } else {
            assert_eq!(answer.status, 200, "{what}");
        }
        // Some of the others take away what they were asked about.
        if endpoint.method != Method::GET {
            rows = Rows::of(&edge, &moe).await;
        }
        // Fresh limits: this walk alone asks as often as a busy client.
        edge.clock.advance(chrono::TimeDelta::minutes(5));
    }
}

#[actix_web::test]
async fn the_api_is_at_tenants_hosts_only_and_reads_no_cookie() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let path = "/api/v1/accounts/verify_credentials";
    for host in ["social.example", "media.social.example", "nobody.social.example"] {
        let request = actix_web::test::TestRequest::get().uri(path).insert_header(("host", host));
        assert_eq!(edge.send(request.insert_header(moe.me.bearer())).await.status, 404, "{host}");
    }
    let scope = moe.tenant.scope();
    let session = belfry_tenancy::session::start(edge.tenancy(), scope, moe.owner.id, None).await.unwrap();
    let cookie = format!("__Host-belfry-session={}", session.expose());
    let request = moe.request(Method::GET, path).insert_header(("cookie", cookie));
    assert_eq!(edge.send(request).await.status, 401);
}
