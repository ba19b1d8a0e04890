//! Policies for readers and for apps, and what whoever posts has to accept first.

use actix_web::http::Method;
use belfry_model::{Edition, PolicyKind, Role, StaffId};
use belfry_storage::PolicyText;
use belfry_tenancy::By;
use belfry_tenancy::policies::{self, Publication};
use chrono::TimeDelta;
use serde_json::json;

use crate::edge::{Edge, Home};

impl Edge {
    /// Publishes a text for all, an hour before what comes next.
    pub async fn baseline(&self, policy: PolicyKind, text: &str) {
        let text = PolicyText {
            text_en: text.into(),
            text_nl: format!("{text}\n\nIn het Nederlands."),
            demands: policy.demands_by_default(),
            ..PolicyText::default()
        };
        let new = Publication { policy, text, effective_on: None, draft: None };
        let by = By::command().because("It was time");
        policies::publish_baseline(self.tenancy(), &self.admin, &new, &by).await.unwrap();
        self.clock.advance(TimeDelta::hours(1));
    }

    async fn page(&self, home: &Home, path: &str, language: &str) -> (u16, String) {
        let request = home.request(Method::GET, path).insert_header(("accept-language", language));
        let answer = self.send(request).await;
        (answer.status, String::from_utf8(answer.body.to_vec()).unwrap())
    }
}

#[actix_web::test]
async fn readers_see_what_holds_in_their_language_and_every_version_before_it() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    assert_eq!(edge.page(&moe, "/about/privacy", "en").await.0, 404);
    assert_eq!(edge.page(&moe, "/about", "en").await.0, 200);
    edge.baseline(PolicyKind::Privacy, "We keep logs for two days, and no longer.").await;
    edge.baseline(PolicyKind::Privacy, "We keep logs for five days, and no longer.").await;
    let (status, html) = edge.page(&moe, "/about/privacy", "en").await;
    assert_eq!(status, 200);
    assert!(html.contains("five days") && html.contains("Version 2.0") && html.contains("lang=nl"), "{html}");
    let (_, html) = edge.page(&moe, "/about/privacy", "nl").await;
    assert!(html.contains("In het Nederlands.") && html.contains("Versie 2.0"), "{html}");
    let (_, html) = edge.page(&moe, "/about/privacy/1.0", "en").await;
    assert!(html.contains("two days") && html.contains("does not hold any more"), "{html}");
    let (_, html) = edge.page(&moe, "/about/privacy/versions", "en").await;
    assert!(html.contains("It was time") && html.contains("/about/privacy/1.0/changes"), "{html}");
    let (_, html) = edge.page(&moe, "/about/privacy/2.0/changes", "en").await;
    for part in ["<del><span class=\"visually-hidden\">[removed: </span>two", "five<span"] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let (_, html) = edge.page(&moe, "/about", "en").await;
    assert!(html.contains("/about/privacy\"") && !html.contains("/about/imprint\""), "{html}");
    for nothing in [
        "/about/privacy/3.0",
        "/about/privacy/1.1",
        "/about/nonsense",
        "/about/privacy/01.0",
        "/about/imprint/versions",
    ] {
        assert_eq!(edge.page(&moe, nothing, "en").await.0, 404, "{nothing}");
    }
    // What one agency adds is not at another's.
    let text = PolicyText { text_en: "Only ours".into(), ..PolicyText::default() };
    let new = Publication { policy: PolicyKind::Privacy, text, effective_on: None, draft: None };
    policies::publish(edge.tenancy(), &moe.tenant, &new, &By::command().because("x")).await.unwrap();
    assert!(edge.page(&moe, "/about/privacy/2.1", "en").await.1.contains("Only ours"));
    assert_eq!(edge.page(&fin, "/about/privacy/2.1", "en").await.0, 404);
}

#[actix_web::test]
async fn apps_get_the_rules_the_terms_and_the_privacy_policy_as_mastodon_gives_them() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let get = async |path: &str| edge.send(moe.request(Method::GET, path)).await;
    assert_eq!(get("/api/v1/instance/privacy_policy").await.status, 404);
    assert_eq!(get("/api/v1/instance/terms_of_service").await.status, 404);
    let urls = get("/api/v2/instance").await.ok()["configuration"]["urls"].clone();
    assert!(urls["privacy_policy"].is_null() && urls["terms_of_service"].is_null());
    edge.baseline(PolicyKind::Rules, "1. **Be kind.** Always.").await;
    edge.baseline(PolicyKind::Privacy, "We keep *little*.").await;
    edge.baseline(PolicyKind::Imprint, "By {{agency}}.").await;
    edge.baseline(PolicyKind::SocialMedia, "Think.").await;
    edge.clock.advance(TimeDelta::days(1));
    edge.baseline(PolicyKind::SocialMedia, "Think twice.").await;
    let rules = get("/api/v1/instance/rules").await.ok();
    assert_eq!((&rules[0]["text"], &rules[0]["hint"]), (&json!("Be kind"), &json!("Always.")));
    assert_eq!(rules[0]["translations"]["nl"]["text"], "Be kind");
    let privacy = get("/api/v1/instance/privacy_policy").await.ok();
    assert_eq!(privacy["content"], "<p>We keep <em>little</em>.</p>\n");
    assert!(privacy["updated_at"].as_str().unwrap().ends_with('Z'));
    let terms = get("/api/v1/instance/terms_of_service").await.ok();
    assert_eq!(
        (&terms["content"], &terms["effective"], &terms["succeeded_by"]),
        (&json!("<p>Think twice.</p>\n"), &json!(true), &json!(null))
    );
    let day = terms["effective_date"].as_str().unwrap();
    assert_eq!(day.len(), 10);
    let before = belfry_model::Clock::now(&*edge.clock).date_naive().pred_opt().unwrap();
    let old = get(&format!("/api/v1/instance/terms_of_service/{before}")).await.ok();
    assert_eq!((&old["content"], &old["succeeded_by"]), (&json!("<p>Think.</p>\n"), &json!(day)));
    assert_eq!(get("/api/v1/instance/terms_of_service/1999-01-01").await.status, 404);
    assert_eq!(get("/api/v1/instance/terms_of_service/nonsense").await.status, 404);
    let extended = get("/api/v1/instance/extended_description").await.ok();
    let content = extended["content"].as_str().unwrap();
    assert!(
        content.contains("By Ministry of moe.") && content.contains("https://moe.social.example/about/rules"),
        "{content}"
    );
    let urls = get("/api/v2/instance").await.ok()["configuration"]["urls"].clone();
    assert_eq!(urls["privacy_policy"], "https://moe.social.example/about/privacy");
    assert_eq!(urls["terms_of_service"], "https://moe.social.example/about/social-media");
    let dutch = moe.request(Method::GET, "/api/v1/instance/privacy_policy");
    let dutch = edge.send(dutch.insert_header(("accept-language", "nl-BE, en;q=0.5"))).await.ok();
    assert!(dutch["content"].as_str().unwrap().contains("Nederlands"));
}

#[actix_web::test]
async fn whoever_has_not_accepted_may_not_post_and_is_told_where() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let (author, editor) = (edge.staff(&moe, Role::Author).await, edge.staff(&moe, Role::Editor).await);
    let post =
        async |person| edge.post(&moe, person, "/api/v1/statuses", json!({ "status": "Good morning" })).await;
    let first = post(&author).await.ok();
    let id = first["id"].as_str().unwrap().to_owned();
    edge.baseline(PolicyKind::SocialMedia, "Think.").await;
    let refused = post(&author).await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        refused.json()["error"],
        "Before you post, read and accept what your agency asks of you (Social media policy) at \
         https://moe.social.example/account/policies"
    );
    let path = format!("/api/v1/statuses/{id}");
    let edit = moe.request(Method::PUT, &path).insert_header(author.bearer());
    assert_eq!(edge.send(edit.set_json(json!({ "status": "Good evening" }))).await.status, 403);
    assert_eq!(edge.post(&moe, &author, &format!("{path}/reblog"), json!({})).await.status, 403);
    // Reading goes on, and so does taking back; a token that a command made is nobody's.
    assert_eq!(edge.get(&moe, &author, "/api/v1/timelines/home").await.status, 200);
    assert_eq!(post(&moe.me).await.status, 200);
    let people = belfry_tenancy::staff::list(edge.tenancy(), moe.tenant.scope()).await.unwrap();
    let id_of = |role: Role| -> StaffId { people.iter().find(|one| one.role == role).unwrap().id };
    let accept = async |staff, edition| {
        let by = By::staff_by_id(moe.tenant.id, staff);
        policies::accept(edge.tenancy(), &moe.tenant, staff, PolicyKind::SocialMedia, edition, &by)
            .await
            .unwrap()
    };
    let edition = Edition { baseline: 1, addition: 0 };
    assert!(accept(id_of(Role::Editor), edition).await);
    assert_eq!(post(&author).await.status, 403, "another person's acceptance is not mine");
    assert_eq!(post(&editor).await.status, 200);
    assert!(accept(id_of(Role::Author), edition).await);
    assert_eq!(post(&author).await.status, 200);
    edge.baseline(PolicyKind::SocialMedia, "Think twice.").await;
    assert_eq!(post(&author).await.status, 403, "the next version is to be accepted anew");
    let delete = moe.request(Method::DELETE, &path).insert_header(author.bearer());
    assert_eq!(edge.send(delete).await.status, 200);
}
