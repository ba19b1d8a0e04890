//! What the lead agency sets for all, by page, method and command, and what an agency makes of it.

use belfry_model::{Role, Severity};
use belfry_storage::Baseline;
use belfry_tenancy::By;
use belfry_tenancy::account::{self, AccountError, NewAccount};
use belfry_tenancy::baseline::{handles, settings};
use belfry_tenancy::official::{self, OfficialError};
use belfry_tenancy::provision::ProvisionError;

use crate::edge::{Edge, SHARED};

#[actix_web::test]
async fn a_list_is_pasted_looked_at_and_applied_and_what_is_wrong_keeps_what_was_typed() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    browser.get("/console/baseline").await;
    let wrong = browser.post("/console/baseline/imports", &[("list", "severity\nsuspend<b>\n")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("suspend&lt;b&gt;"), "{}", wrong.html);
    let list = "#domain,#severity\nbad.example,suspend\n<b>,suspend\n=cmd,suspend\n";
    let kept = browser.post("/console/baseline/imports", &[("list", list)]).await;
    let path = kept.location().unwrap().to_owned();
    let seen = browser.get(&path).await;
    assert!(seen.html.contains("bad.example") && seen.html.contains("&lt;b&gt;"), "{}", seen.html);
    assert!(!edge.platform.directory().policy().bars("bad.example"), "nothing applies yet");
    assert_eq!(browser.post(&format!("{path}/apply"), &[]).await.location(), Some("/console/baseline"));
    assert!(edge.platform.directory().policy().bars("bad.example"));
    assert_eq!(browser.post(&format!("{path}/apply"), &[]).await.status, 404, "once");
    let csv = browser.get("/console/baseline/domains.csv").await;
    assert!(csv.html.contains("bad.example,suspend"), "{}", csv.html);
    let ours = [("domain", "social.example"), ("severity", "suspend")];
    let refused = browser.post("/console/baseline/domains", &ours).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("own name"), "{}", refused.html);
    let limit = [("domain", "loud.example"), ("severity", "limit"), ("reject_media", "true")];
    assert_eq!(browser.post("/console/baseline/domains", &limit).await.status, 303);
    let standing = edge.platform.directory().policy().standing("x.loud.example");
    assert_eq!((standing.severity, standing.reject_media), (Severity::Limit, true));
}

#[actix_web::test]
async fn an_agency_tightens_what_holds_for_all_and_is_told_why_it_cannot_loosen_it() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let lead = edge.signed_in(&moe, Role::Lead).await;
    let mut console = edge.browser(SHARED).with_session(&lead);
    console.get("/console/baseline/settings").await;
    let set = [("alt_text", "true"), ("retention_days", "365"), ("post_length", "400")];
    assert_eq!(console.post("/console/baseline/settings", &set).await.status, 303);
    assert_eq!(console.post("/console/baseline/settings", &[("retention_days", "x")]).await.status, 422);

    let owner = edge.signed_in(&fin, Role::Owner).await;
    let mut browser = edge.browser(fin.host.as_str()).with_session(&owner);
    let seen = browser.get("/admin/settings").await;
    assert!(seen.html.contains("Set by the lead agency for all"), "{}", seen.html);
    let looser = [("retention_days", "30"), ("post_length", "400"), ("alt_text", "true")];
    let refused = browser.post("/admin/settings", &looser).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("at least 365 days"), "{}", refused.html);
    assert!(refused.html.contains("value=\"30\""), "what was typed is kept");
    let stricter = [("retention_days", "400"), ("post_length", "300"), ("alt_text", "true")];
    assert_eq!(browser.post("/admin/settings", &stricter).await.location(), Some("/admin/settings"));
    let holds = settings::of(&edge.platform.tenancy, fin.scope()).await.unwrap();
    assert_eq!((holds.retention_days.value, holds.post_length.value), (400, 300));
    let others = settings::of(&edge.platform.tenancy, moe.scope()).await.unwrap();
    assert_eq!((others.retention_days.value, others.post_length.value), (365, 400));

    for role in [Role::Editor, Role::Author, Role::Moderator, Role::Records] {
        let session = edge.signed_in(&fin, role).await;
        let mut browser = edge.browser(fin.host.as_str()).with_session(&session);
        assert_eq!(browser.get("/admin/settings").await.status, 403, "{role}");
        assert_eq!(browser.post("/admin/settings", &stricter).await.status, 403, "{role}");
    }
    let mut foreign = edge.browser(moe.host.as_str()).with_session(&owner);
    assert_eq!(foreign.get("/admin/settings").await.status, 303);
}

#[actix_web::test]
async fn a_reserved_handle_is_nobodys_namespace_account_or_official_handle() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (tenancy, by) = (&edge.platform.tenancy, By::command());
    handles::reserve(tenancy, &edge.admin, "*-Police", &by).await.unwrap();
    assert!(handles::reserve(tenancy, &edge.admin, "***", &by).await.is_err());
    let new = |name: &str| NewAccount {
        username: name.parse().unwrap(),
        kind: belfry_model::AccountKind::Team,
        display_name: String::new(),
    };
    let refused = account::create(tenancy, &moe, &new("city-police"), &by).await;
    assert!(matches!(refused, Err(AccountError::Reserved(_))), "{refused:?}");
    let refused = edge.try_tenant("fin-police").await;
    assert!(matches!(refused, Err(ProvisionError::Reserved(_))), "{refused:?}");
    account::create(tenancy, &moe, &new("press"), &by).await.unwrap();
    handles::reserve(tenancy, &edge.admin, "press", &by).await.unwrap();
    let press = "press".parse().unwrap();
    let refused = official::give(tenancy, &edge.admin, &moe, &press, &press, &by).await;
    assert!(matches!(refused, Err(OfficialError::Reserved(_))), "{refused:?}");
    assert!(handles::release(tenancy, &edge.admin, "press", &by).await.unwrap());
    assert!(official::give(tenancy, &edge.admin, &moe, &press, &press, &by).await.unwrap());
}

#[actix_web::test]
async fn the_baseline_is_one_act_of_governance_and_repeating_it_is_none() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let new = Baseline { require_alt_text: true, ..Baseline::default() };
    settings::set(&edge.admin, &new, &By::command()).await.unwrap();
    settings::set(&edge.admin, &new, &By::command()).await.unwrap();
    let acts = edge.admin.governance_list(9).await.unwrap();
    assert_eq!(acts.iter().filter(|act| act.action == "baseline.set").count(), 1);
}
