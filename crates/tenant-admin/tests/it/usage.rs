//! What agencies use and how much they may: by page, by method and by command.

use actix_web::http::Method;
use belfry_model::{ActorId, Quota, Role, Secret, Tenant};
use belfry_storage::Actor;
use belfry_tenancy::{By, account, oauth};
use serde_json::{Value, json};

use crate::command::Shell;
use crate::edge::{Browser, Edge, SHARED};

/// The clock stands in January 2026, the database's doesn't.
async fn in_january(edge: &Edge) {
    edge.sql("UPDATE registry.tenant SET created_at = '2026-01-02'").await;
    edge.sql("UPDATE registry.usage_day SET day = '2026-01-03'").await;
}

async fn did(edge: &Edge, tenant: &Tenant, day: &str, posts: u64, deliveries: u64) {
    let id = tenant.id;
    edge.sql(&format!(
        "INSERT INTO registry.usage_day (tenant_id, day, posts) VALUES ({id}, '{day}', {posts})"
    ))
    .await;
    edge.sql(&format!("INSERT INTO registry.usage_delivery VALUES ({id}, '{day}', {deliveries})")).await;
}

async fn lead<'a>(edge: &'a Edge, lead: &Tenant) -> Browser<'a> {
    let session = edge.signed_in(lead, Role::Lead).await;
    edge.browser(SHARED).with_session(&session)
}

async fn token(edge: &Edge, tenant: &Tenant) -> Secret {
    let tenancy = &edge.platform.tenancy;
    let actor = ActorId(account::list(tenancy, tenant.scope()).await.unwrap()[0].id);
    let scopes = "govern".parse().unwrap();
    oauth::token_create(tenancy, tenant.scope(), actor, &scopes, &By::command()).await.unwrap().token
}

#[actix_web::test]
async fn a_month_of_all_agencies_is_listed_sorted_searched_and_downloaded() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let mut browser = lead(&edge, &moe).await;
    in_january(&edge).await;
    did(&edge, &fin, "2026-01-31", 7, 1204).await;
    did(&edge, &fin, "2026-02-01", 1, 1).await;
    edge.sql("UPDATE registry.tenant SET name = '=cmd|''/C calc''!A0' WHERE slug = 'fin'").await;

    let page = browser.get("/console/usage?sort=-posts").await;
    assert_eq!(page.status, 200, "{}", page.html);
    let at = |text: &str| page.html.find(text).unwrap_or_else(|| panic!("no {text} in {}", page.html));
    assert!(at("/console/agencies/fin/usage") < at("/console/agencies/moe/usage"), "the most posts first");
    assert!(page.html.contains("1,204"), "{}", page.html);
    assert!(page.html.contains("aria-sort=\"descending\""));
    assert!(page.html.contains("<svg class=\"chart-bars\" role=\"img\""));
    let found = browser.get("/console/usage?q=moe").await.html;
    assert!(found.contains("/console/agencies/moe/usage") && !found.contains("/console/agencies/fin/usage"));
    let before = browser.get("/console/usage?month=2025-12").await.html;
    assert!(before.contains("figures begin with the first agency"), "{before}");
    for odd in ["?month=nonsense&page=0&sort=%27", "?page=99999999999", "?month=2026-01&page=2"] {
        assert_eq!(browser.get(&format!("/console/usage{odd}")).await.status, 200, "{odd}");
    }

    let csv = browser.get("/console/usage.csv?month=2026-01").await;
    let id = fin.id;
    assert!(
        csv.html.contains(&format!(
            "2026-01-01,2026-01-31,{id},\"fin\",\"'=cmd|'/C calc'!A0\",live,1,0,0,7,1204,,,,,\r\n"
        )),
        "{}",
        csv.html
    );
    let token = token(&edge, &moe).await;
    let mut api = edge.browser(SHARED);
    let path = "/api/belfry/v1/usage.csv?month=2026-01";
    assert_eq!(api.call(Some(&token), Method::GET, path, &json!({})).await.html, csv.html);
    let path = "/api/belfry/v1/usage?month=2026-01";
    let report: Value =
        serde_json::from_str(&api.call(Some(&token), Method::GET, path, &json!({})).await.html).unwrap();
    assert_eq!(report["to"], "2026-01-31");
    assert_eq!(report["total"]["deliveries"], 1204);
    assert_eq!(report["tenants"][0]["usage"]["posts"], 7);
    let standing = api.call(Some(&token), Method::GET, "/api/belfry/v1/overview", &json!({})).await.html;
    let standing: Value = serde_json::from_str(&standing).unwrap();
    assert_eq!((&standing["tenants"]["public"], &standing["deliveries_today"]), (&json!(2), &json!(1204)));
    let wrong = api.call(Some(&token), Method::GET, "/api/belfry/v1/usage?month=2026-1", &json!({})).await;
    assert_eq!(wrong.status, 400, "{}", wrong.html);
}

#[actix_web::test]
async fn a_plan_is_given_on_an_agencys_page_and_what_is_wrong_comes_back_as_typed() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let mut browser = lead(&edge, &moe).await;
    let path = "/console/agencies/fin/usage";
    assert_eq!(browser.get(&format!("{path}?days=90")).await.status, 200);
    let wrong = [("plan", "own"), ("staff", "<b>ten"), ("posts", "5"), ("reason", "the agreement")];
    let again = browser.post(path, &wrong).await;
    assert_eq!(again.status, 422);
    for kept in ["&lt;b&gt;ten", "value=\"5\"", "the agreement", "id=\"quota-staff-wrong\""] {
        assert!(again.html.contains(kept), "{kept} in {}", again.html);
    }
    assert_eq!(edge.admin.quota_fetch(fin.id).await.unwrap(), None);

    let own = [("plan", "own"), ("staff", "10"), ("media_bytes", "1.5"), ("reason", "the agreement")];
    let saved = browser.post(path, &own).await;
    assert_eq!(saved.location(), Some("/console/agencies/fin/usage?saved=1"));
    let plan = Quota { staff: Some(10), media_bytes: Some(1_500_000), ..Quota::default() };
    assert_eq!(edge.admin.quota_fetch(fin.id).await.unwrap(), Some(plan));
    let act = edge.admin.governance_list(1).await.unwrap().remove(0);
    assert_eq!(
        (act.action.as_str(), act.about_tenant, act.reason.as_str()),
        ("quota.set", Some(fin.id.0), "the agreement")
    );
    let shown = browser.get(path).await.html;
    assert!(shown.contains("value=\"1.5\"") && shown.contains("0 of 10"), "{shown}");

    browser.post(path, &[("plan", "default")]).await;
    assert_eq!(edge.admin.quota_fetch(fin.id).await.unwrap(), None);
    browser.post("/console/usage/quota", &[("staff", "3")]).await;
    assert_eq!(edge.admin.quota_default().await.unwrap().staff, Some(3));
    let wrong = browser.post("/console/usage/quota", &[("accounts", "0")]).await;
    assert_eq!(wrong.status, 422);
}

#[actix_web::test]
async fn an_agency_sees_its_own_figures_and_is_warned_before_a_limit() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let session = edge.signed_in(&moe, Role::Author).await;
    did(&edge, &moe, "2026-01-31", 8, 77).await;
    did(&edge, &fin, "2026-01-31", 3, 55_555).await;
    let mut browser = edge.browser(moe.host.as_str()).with_session(&session);
    assert!(!browser.get("/admin").await.html.contains("near a limit"));
    let plan = |posts| Quota { posts_per_day: Some(posts), ..Quota::default() };
    for (limit, said) in [(10, "near a limit: Posts, 8 of 10"), (8, "used up a limit: Posts, 8 of 8")] {
        edge.admin.quota_set(moe.id, Some(plan(limit)), Actor::COMMAND).await.unwrap();
        let page = browser.get("/admin").await.html;
        assert!(page.contains(said), "{said} in {page}");
    }
    let page = browser.get("/admin/usage").await;
    assert_eq!(page.status, 200, "{}", page.html);
    assert!(page.html.contains("8 of 8") && page.html.contains("77"), "{}", page.html);
    assert!(!page.html.contains("55,555"), "a neighbour's figures");
    assert_eq!(edge.browser(moe.host.as_str()).get("/admin/usage").await.status, 303);
    let elsewhere = edge.browser(fin.host.as_str()).with_session(&session).get("/admin/usage").await;
    assert_eq!(elsewhere.status, 303);
}

#[actix_web::test]
async fn a_plan_is_given_by_a_method_and_must_be_said() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.tenant("fin").await;
    let token = token(&edge, &moe).await;
    let ask = async |method: Method, path: &str, body: Value| {
        let answer = edge.browser(SHARED).call(Some(&token), method, path, &body).await;
        (answer.status, serde_json::from_str::<Value>(&answer.html).unwrap_or_default())
    };
    let path = "/api/belfry/v1/tenants/fin/quota";
    let (status, plan) =
        ask(Method::PUT, path, json!({ "quota": { "accounts": 4 }, "reason": "agreed" })).await;
    assert_eq!((status, &plan["own_plan"], &plan["quota"]["accounts"]), (200, &json!(true), &json!(4)));
    assert_eq!(plan["quota"]["staff"], Value::Null);
    assert_eq!(ask(Method::PUT, path, json!({})).await.0, 400, "a forgotten plan takes none away");
    assert_eq!(ask(Method::PUT, path, json!({ "quota": { "posts": 4 } })).await.0, 400);
    assert_eq!(ask(Method::PUT, path, json!({ "quota": { "accounts": 0 } })).await.0, 422);
    let (_, report) = ask(Method::GET, "/api/belfry/v1/tenants/fin/usage?days=9999", json!({})).await;
    assert_eq!(report["days"].as_array().unwrap().len(), 366);
    assert_eq!((&report["now"]["accounts"], &report["quota"]["accounts"]), (&json!(1), &json!(4)));
    let (status, plan) = ask(Method::PUT, path, json!({ "quota": null })).await;
    assert_eq!((status, &plan["own_plan"]), (200, &json!(false)));
    let (_, plan) = ask(Method::PUT, "/api/belfry/v1/quota", json!({ "quota": { "staff": 2 } })).await;
    assert_eq!(plan["quota"]["staff"], 2);
    assert_eq!(ask(Method::GET, path, json!({})).await.1["quota"]["staff"], 2);
}

#[tokio::test]
async fn commands_set_plans_keep_within_them_and_print_a_month() {
    let shell = Shell::new().await;
    shell.moe().await;
    let set = shell.json(&["quota", "set", "moe", "--accounts", "1", "--staff", "unlimited"]).await;
    assert_eq!(
        (&set["own_plan"], &set["changed"], &set["quota"]["accounts"]),
        (&json!(true), &json!(true), &json!(1))
    );
    let refused = shell.run(&["account", "create", "press", "--tenant", "moe"]).await.unwrap_err();
    assert!(refused.to_string().contains("limit on accounts is 1"), "{refused}");
    shell.json(&["quota", "set", "moe", "--inherit"]).await;
    shell.run(&["account", "create", "press", "--tenant", "moe"]).await.unwrap();
    shell.run(&["quota", "set", "--accounts", "0"]).await.unwrap_err();
    shell.run(&["quota", "set", "--accounts", "2", "--posts-per-day", "50"]).await.unwrap();
    let shown = shell.run(&["quota", "show", "moe"]).await.unwrap();
    assert!(shown.contains("has the platform's plan") && shown.contains("50"), "{shown}");

    let table = shell.run(&["usage", "--month", "2099-12", "--csv"]).await.unwrap();
    assert!(
        table.contains("2099-12-01,2099-12-31,")
            && table.contains("\"Ministry of Education\",live,2,0,0,0,0,2,,,50,\r\n"),
        "{table}"
    );
    let report = shell.json(&["usage", "--month", "2099-12"]).await;
    assert_eq!(report["total"]["accounts"], 2);
    assert!(shell.run(&["usage", "--month", "2099-12"]).await.unwrap().contains("total"));
}
