//! Policies at a department's pages and at the lead agency's, by method, and where people accept.

use actix_web::http::Method;
use belfry_model::Role;
use serde_json::json;

use crate::api::token;
use crate::edge::Edge;

/// A draft by the form, looked at, then published; gives what publishing answered.
async fn publish(browser: &mut crate::edge::Browser<'_>, base: &str, fields: &[(&str, &str)]) -> u16 {
    let saved = browser.post(base, fields).await;
    assert_eq!(saved.location(), Some(format!("{base}/preview").as_str()), "{}", saved.html);
    let preview = browser.get(&format!("{base}/preview")).await;
    let draft = preview.html.split("name=\"draft\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    browser.post(&format!("{base}/publish"), &[("draft", draft), ("reason", "It was time")]).await.status
}

#[actix_web::test]
async fn the_lead_agency_publishes_and_a_department_adds_and_its_people_accept() {
    let edge = Edge::new().await;
    let (lead, _) = edge.tenant("lead").await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&lead, Role::Lead).await;
    let mut console = edge.browser("social.example").with_session(&session);
    assert!(console.get("/console/policies").await.html.contains("Social media policy"));
    let base = "/console/policies/social-media";
    console.get(base).await;
    assert_eq!(console.post(&format!("{base}/begin"), &[("from", "template")]).await.status, 303);
    assert!(console.get(base).await.html.contains("{{agency}}"));
    let wrong = console.post(base, &[("en", "{{boss}}"), ("nl", "x")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("boss"), "{}", wrong.html);
    let text = [("en", "Think. {{law}}"), ("nl", "Denk na. {{law}}"), ("demands", "true")];
    assert_eq!(publish(&mut console, base, &text).await, 303);
    assert!(console.get(&format!("{base}/versions/1")).await.html.contains("Think."));

    let session = edge.signed_in(&moe, Role::Admin).await;
    let mut admin = edge.browser(moe.host.as_str()).with_session(&session);
    let base = "/admin/policies/social-media";
    assert!(admin.get(base).await.html.contains("Think."));
    admin.post(&format!("{base}/begin"), &[("from", "current")]).await;
    let attack = "</textarea><script>alert(1)</script> [x](javascript:alert(1)) Ours.";
    // A variable without a value is shown before publishing, and refused by it.
    assert_eq!(publish(&mut admin, base, &[("en", attack)]).await, 422);
    let preview = admin.get(&format!("{base}/preview")).await.html;
    assert!(preview.contains("what stands for: law"), "{preview}");
    assert!(!preview.contains("<script>alert") && !preview.contains("href=\"javascript"), "{preview}");
    // Another draft than the one that was looked at is not published unseen.
    let stale = [("draft", "1"), ("reason", "x")];
    assert_eq!(admin.post(&format!("{base}/publish"), &stale).await.status, 422);
    assert_eq!(publish(&mut admin, base, &[("en", attack), ("law", "nz")]).await, 303);
    assert!(admin.get(base).await.html.contains("1.1"));

    assert!(admin.get("/admin").await.html.contains("Read and accept them"));
    let page = admin.get("/account/policies").await;
    assert!(page.html.contains("Think.") && page.html.contains("Ours."), "{}", page.html);
    let old = [("policy", "social-media"), ("edition", "1.0")];
    let changed = admin.post("/account/policies/accept", &old).await;
    assert_eq!(changed.status, 409);
    let holds = [("policy", "social-media"), ("edition", "1.1")];
    assert_eq!(admin.post("/account/policies/accept", &holds).await.status, 303);
    assert!(admin.get("/account/policies").await.html.contains("nothing left to accept"));
    assert!(!admin.get("/admin").await.html.contains("Read and accept them"));

    // Somebody else of the agency has still to, which whoever manages people sees.
    edge.signed_in(&moe, Role::Author).await;
    let listed = admin.get("/admin/policies/accepted").await.html;
    let (waiting, accepted) = listed.split_once("id=\"accepted-title\"").unwrap();
    assert!(waiting.contains("author") && accepted.contains("Social media policy"), "{listed}");
}

#[actix_web::test]
async fn one_agencys_policies_are_not_anothers() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let session = edge.signed_in(&moe, Role::Owner).await;
    let mut admin = edge.browser(moe.host.as_str()).with_session(&session);
    admin.get("/admin").await;
    let text = [("en", "Only ours"), ("demands", "true")];
    assert_eq!(publish(&mut admin, "/admin/policies/imprint", &text).await, 303);
    let session = edge.signed_in(&fin, Role::Owner).await;
    let mut other = edge.browser(fin.host.as_str()).with_session(&session);
    for path in ["/admin/policies/imprint", "/account/policies", "/admin/policies/accepted"] {
        let page = other.get(path).await;
        assert!(page.status == 200 && !page.html.contains("Only ours"), "{path}");
    }
    let accept = [("policy", "imprint"), ("edition", "0.1")];
    assert_eq!(other.post("/account/policies/accept", &accept).await.status, 409);
    let key = token(&edge, &fin, "manage").await;
    let path = "/api/belfry/v1/agency/policies/imprint/versions/0.1";
    let mut program = edge.browser(fin.host.as_str());
    assert_eq!(program.call(Some(&key), Method::GET, path, &json!({})).await.status, 404);
    // And nobody but the lead agency publishes for all.
    let mut console = edge.browser("social.example");
    let baseline = "/api/belfry/v1/baseline/policies/rules/versions";
    let new = json!({ "en": "x", "nl": "x", "reason": "x" });
    assert_eq!(console.call(Some(&key), Method::POST, baseline, &new).await.status, 401);
}

#[actix_web::test]
async fn programs_publish_and_read_by_methods() {
    let edge = Edge::new().await;
    let (lead, _) = edge.tenant("lead").await;
    let govern = token(&edge, &lead, "govern").await;
    let manage = token(&edge, &lead, "manage").await;
    let mut shared = edge.browser("social.example");
    let mut own = edge.browser(lead.host.as_str());
    let baseline = "/api/belfry/v1/baseline/policies";
    let agency = "/api/belfry/v1/agency/policies";
    let new = json!({ "en": "Be kind.", "nl": "Wees lief.", "reason": "Begin" });
    let rules = format!("{baseline}/rules/versions");
    let made = shared.call(Some(&govern), Method::POST, &rules, &new).await;
    assert_eq!((made.status, made.html.as_str()), (200, "{\"version\":1}"));
    assert_eq!(shared.call(Some(&govern), Method::POST, &rules, &new).await.status, 409);
    let unknown = json!({ "en": "{{boss}}", "nl": "x", "reason": "x" });
    let refused = shared.call(Some(&govern), Method::POST, &rules, &unknown).await;
    assert!(refused.status == 422 && refused.html.contains("boss"), "{}", refused.html);
    let added = json!({ "en": "And listen.", "reason": "Ours" });
    let made = own.call(Some(&manage), Method::POST, &format!("{agency}/rules/versions"), &added).await;
    assert_eq!(made.status, 200, "{}", made.html);
    let words =
        own.call(Some(&manage), Method::GET, &format!("{agency}/rules/versions/1.1"), &json!({})).await;
    let words: serde_json::Value = serde_json::from_str(&words.html).unwrap();
    assert!(words["text"].as_str().unwrap().starts_with("Be kind."), "{words}");
    assert!(words["changes"].to_string().contains("\"added\""), "{words}");
    let listed = own.call(Some(&manage), Method::GET, agency, &json!({})).await;
    let listed: serde_json::Value = serde_json::from_str(&listed.html).unwrap();
    assert_eq!((&listed[0]["policy"], &listed[0]["version"]), (&json!("rules"), &json!("1.1")));
    let listed = own.call(Some(&manage), Method::GET, &format!("{agency}/rules"), &json!({})).await;
    assert!(listed.html.contains("\"reason\":\"Ours\""), "{}", listed.html);
    let listed = shared.call(Some(&govern), Method::GET, baseline, &json!({})).await;
    assert!(listed.html.contains("\"version\":\"1\""), "{}", listed.html);
    let path = format!("{baseline}/rules/versions/1?language=nl");
    assert!(shared.call(Some(&govern), Method::GET, &path, &json!({})).await.html.contains("Wees lief."));
}
