//! How somebody signs in, at their own page and at the console's door, and what colleagues undo.

use actix_web::http::Method;
use belfry_model::{Role, Secret, Tenant};
use belfry_tenancy::session::{self, Place};
use belfry_tenancy::staff::Acceptance;
use serde_json::{Value, json};

use crate::command::Shell;
use crate::departments::token_of;
use crate::edge::{Answer, Browser, Edge, PASSWORD, SHARED};

/// What the page says is to be typed into the app.
fn secret(page: &Answer) -> String {
    let part = page.html.split("<code>").nth(1).unwrap_or_else(|| panic!("no key: {}", page.html));
    part.split('<').next().unwrap().replace(' ', "")
}

/// As the app would show it now.
fn code(edge: &Edge, secret: &str) -> String {
    let now = edge.platform.clock().now().timestamp();
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(now).unwrap()).to_string()
}

fn codes(page: &Answer) -> Vec<String> {
    page.html.split("<li><code>").skip(1).map(|part| part.split('<').next().unwrap().to_owned()).collect()
}

/// Sets an app up at the page below `own`. Its key and the recovery codes.
async fn set_up(edge: &Edge, browser: &mut Browser<'_>, own: &str) -> (String, Vec<String>) {
    let page = browser.get(&format!("{own}/app")).await;
    assert_eq!(page.status, 200, "{}", page.html);
    assert_eq!(browser.post(&format!("{own}/app/begin"), &[]).await.status, 303);
    let page = browser.get(&format!("{own}/app")).await;
    assert!(page.html.contains("role=\"img\"") && !page.html.contains("data:"), "{}", page.html);
    let secret = secret(&page);
    let wrong = browser.post(&format!("{own}/app"), &[("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    let done = browser.post(&format!("{own}/app"), &[("code", &code(edge, &secret))]).await;
    assert_eq!(done.status, 201, "{}", done.html);
    assert_eq!(done.header("cache-control"), Some("no-store"));
    (secret, codes(&done))
}

#[actix_web::test]
async fn the_lead_signs_in_to_the_console_in_two_steps() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let (_, codes) = set_up(&edge, &mut browser, "/console/me").await;
    assert_eq!(codes.len(), 10);

    let mut browser = edge.browser(SHARED);
    assert_eq!(browser.get("/console/second_step").await.location(), Some("/console/sign_in"));
    browser.get("/console/sign_in").await;
    let fields = [("email", "lead@work.example"), ("password", PASSWORD), ("return_to", "/console/usage")];
    let first = browser.post("/console/sign_in", &fields).await;
    assert_eq!(first.location(), Some("/console/second_step?return_to=%2Fconsole%2Fusage"));
    let set = first.header("set-cookie").unwrap();
    assert!(
        set.starts_with("__Host-belfry-sign-in=") && set.contains("HttpOnly; SameSite=Lax; Secure"),
        "{set}"
    );
    // The first step opens nothing.
    assert_eq!(browser.get("/console").await.status, 303);
    let page = browser.get("/console/second_step?return_to=%2Fconsole%2Fusage").await;
    assert_eq!(page.status, 200, "{}", page.html);
    let wrong = [("code", "123456"), ("return_to", "/console/usage")];
    assert_eq!(browser.post("/console/second_step", &wrong).await.status, 422);
    let right = [("code", codes[0].as_str()), ("return_to", "/console/usage")];
    let second = browser.post("/console/second_step", &right).await;
    assert_eq!(second.location(), Some("/console/usage"), "{}", second.html);
    assert!(browser.cookies.iter().all(|(name, _)| name != "__Host-belfry-sign-in"));
    assert_eq!(browser.get("/console/usage").await.status, 200);
}

#[actix_web::test]
async fn what_signing_in_asks_for_changes_only_after_a_fresh_proof() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let session = edge.signed_in(&fin, Role::Author).await;
    let mut browser = edge.browser(fin.host.as_str()).with_session(&session);
    browser.get("/admin/me").await;
    edge.sql("UPDATE session SET proved_at = proved_at - interval '1 hour'").await;
    for path in ["app", "app/begin", "app/remove", "codes", "password"] {
        let answer = browser.post(&format!("/admin/me/{path}"), &[]).await;
        assert_eq!(answer.location(), Some("/admin/me/confirm"), "{path}");
    }
    assert_eq!(browser.post("/admin/me/confirm", &[("password", "guess")]).await.status, 422);
    let proved = browser.post("/admin/me/confirm", &[("password", PASSWORD)]).await;
    assert_eq!(proved.location(), Some("/admin/me"));
    let (_, codes) = set_up(&edge, &mut browser, "/admin/me").await;
    edge.sql("UPDATE session SET proved_at = proved_at - interval '1 hour'").await;
    assert_eq!(browser.post("/admin/me/confirm", &[("password", PASSWORD)]).await.status, 422);
    let both = [("password", PASSWORD), ("code", codes[0].as_str())];
    assert_eq!(browser.post("/admin/me/confirm", &both).await.status, 303);
    assert_eq!(browser.post("/admin/me/codes", &[]).await.status, 201);
    let differ = [("password", "another horse battery"), ("password_again", "another horse")];
    assert_eq!(browser.post("/admin/me/password", &differ).await.status, 422);
    let same = [("password", "another horse battery"), ("password_again", "another horse battery")];
    assert_eq!(browser.post("/admin/me/password", &same).await.status, 303);
    assert_eq!(browser.post("/admin/me/app/remove", &[]).await.status, 303);
    assert!(browser.get("/admin/me").await.html.contains("Set up an app"));
}

async fn another_session(edge: &Edge, tenant: &Tenant, role: Role) -> Secret {
    let people = belfry_tenancy::staff::list(&edge.platform.tenancy, tenant.scope()).await.unwrap();
    let person = people.iter().find(|person| person.role == role).unwrap();
    let place = Place { address: Some("192.0.2.7".parse().unwrap()), agent: "A <b>browser" };
    session::start(&edge.platform.tenancy, tenant.scope(), person.id, place).await.unwrap()
}

#[actix_web::test]
async fn somebody_sees_where_they_are_signed_in_and_ends_it() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let session = edge.signed_in(&fin, Role::Author).await;
    let other = another_session(&edge, &fin, Role::Author).await;
    let colleague = edge.signed_in(&fin, Role::Editor).await;
    let mut browser = edge.browser(fin.host.as_str()).with_session(&session);
    let page = browser.get("/admin/me").await;
    assert!(
        page.html.contains("From 192.0.2.7.") && page.html.contains("A &lt;b&gt;browser"),
        "{}",
        page.html
    );
    let open = session::open(&edge.platform.tenancy, fin.scope(), other.expose()).await.unwrap().unwrap();
    let path = format!("/admin/me/sessions/{}/end", open.id);
    let mut theirs = edge.browser(fin.host.as_str()).with_session(&colleague);
    theirs.get("/admin/me").await;
    assert_eq!(theirs.post(&path, &[]).await.status, 404, "a colleague's");
    assert_eq!(browser.post(&path, &[]).await.status, 303);
    assert!(session::find(&edge.platform.tenancy, fin.scope(), other.expose()).await.unwrap().is_none());

    let again = another_session(&edge, &fin, Role::Author).await;
    assert_eq!(browser.post("/admin/me/sessions/end_others", &[]).await.status, 303);
    assert!(session::find(&edge.platform.tenancy, fin.scope(), again.expose()).await.unwrap().is_none());
    assert_eq!(browser.get("/admin/me").await.status, 200);
    assert_eq!(theirs.get("/admin/me").await.status, 200, "a colleague's goes on");
}

#[actix_web::test]
async fn who_looks_after_people_signs_them_out_and_resets_what_they_lost() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let author = edge.signed_in(&fin, Role::Author).await;
    let mut browser = edge.browser(fin.host.as_str()).with_session(&author);
    set_up(&edge, &mut browser, "/admin/me").await;
    let owner_session = edge.signed_in(&fin, Role::Owner).await;
    let people = belfry_tenancy::staff::list(&edge.platform.tenancy, fin.scope()).await.unwrap();
    let id = |role: Role| people.iter().find(|person| person.role == role).unwrap().id;
    let (person, owner) = (id(Role::Author), id(Role::Owner));

    let admin = edge.person(&fin, Role::Admin).await;
    let token = token_of(&edge, &fin, admin, "manage").await;
    let mut program = edge.browser(fin.host.as_str());
    let base = format!("/api/belfry/v1/agency/staff/{person}");
    let held = program.call(Some(&token), Method::GET, &format!("{base}/sessions"), &json!({})).await;
    let held: Value = serde_json::from_str(&held.html).unwrap();
    assert_eq!(held["sessions"].as_array().unwrap().len(), 1);
    let one = held["sessions"][0]["id"].as_str().unwrap();
    // An owner's is beyond an administrator.
    let of_owner = format!("/api/belfry/v1/agency/staff/{owner}/reset_factor");
    assert_eq!(program.call(Some(&token), Method::POST, &of_owner, &json!({})).await.status, 409);
    let one = format!("{base}/sessions/{one}");
    assert_eq!(program.call(Some(&token), Method::DELETE, &one, &json!({})).await.status, 204);
    assert_eq!(program.call(Some(&token), Method::DELETE, &one, &json!({})).await.status, 404);
    assert_eq!(browser.get("/admin/me").await.status, 303);
    let all = format!("{base}/sessions");
    assert_eq!(program.call(Some(&token), Method::DELETE, &all, &json!({})).await.status, 204);

    let mut page = edge.browser(fin.host.as_str()).with_session(&owner_session);
    page.get(&format!("/admin/staff/{person}")).await;
    assert_eq!(page.post(&format!("/admin/staff/{person}/end_sessions"), &[]).await.status, 303);
    assert_eq!(page.post(&format!("/admin/staff/{person}/reset_factor"), &[]).await.status, 303);
    let status = belfry_tenancy::factor::status(&edge.platform.tenancy, fin.scope(), person).await.unwrap();
    assert!(!status.app && status.recovery_left == 0);
}

#[actix_web::test]
async fn whoever_lacks_a_demanded_factor_gets_no_further_than_to_setting_one_up() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let [author, owner] = [edge.signed_in(&fin, Role::Author).await, edge.signed_in(&fin, Role::Owner).await];
    let lead = edge.signed_in(&moe, Role::Lead).await;
    let mut owner = edge.browser(fin.host.as_str()).with_session(&owner);
    assert!(owner.get("/admin/staff").await.html.contains("Who must have one"));
    assert_eq!(owner.post("/admin/staff/second_factor", &[("of", "some")]).await.status, 400);
    assert_eq!(owner.post("/admin/staff/second_factor", &[("of", "administers")]).await.status, 303);
    let mut author = edge.browser(fin.host.as_str()).with_session(&author);
    assert_eq!(author.get("/admin").await.status, 200, "who administers nothing");
    let mut console = edge.browser(SHARED).with_session(&lead);
    assert_eq!(console.get("/console").await.status, 200, "another agency's");

    for path in ["/admin", "/admin/staff", "/admin/audit.csv"] {
        assert_eq!(owner.get(path).await.location(), Some("/admin/me"), "{path}");
    }
    let page = owner.get("/admin/me").await;
    assert!(
        page.html.contains("demands a second factor") && page.html.contains("/auth/sign_out"),
        "{}",
        page.html
    );
    assert_eq!(
        owner.post("/admin/staff/second_factor", &[("of", "nobody")]).await.location(),
        Some("/admin/me")
    );
    set_up(&edge, &mut owner, "/admin/me").await;
    assert_eq!(owner.get("/admin").await.status, 200);
    // And back to it with the app.
    owner.post("/admin/me/app/remove", &[]).await;
    assert_eq!(owner.get("/admin").await.location(), Some("/admin/me"));

    let token = token_of(&edge, &fin, edge.person(&fin, Role::Admin).await, "manage").await;
    let mut program = edge.browser(fin.host.as_str());
    let path = "/api/belfry/v1/agency/staff/second_factor";
    let refused = program.call(Some(&token), Method::PUT, path, &json!({ "of": "some" })).await;
    assert_eq!(refused.status, 422);
    let set = program.call(Some(&token), Method::PUT, path, &json!({ "of": "everybody" })).await;
    assert_eq!(set.status, 200, "{}", set.html);
    assert_eq!(author.get("/admin").await.location(), Some("/admin/me"));
}

#[actix_web::test]
async fn the_lead_agencys_demand_holds_at_the_console() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let lead = edge.signed_in(&moe, Role::Lead).await;
    edge.sql("UPDATE tenant_setting SET second_factor = 'administers'").await;
    let mut console = edge.browser(SHARED).with_session(&lead);
    assert_eq!(console.get("/console").await.location(), Some("/console/me"));
    set_up(&edge, &mut console, "/console/me").await;
    assert_eq!(console.get("/console").await.status, 200);
}

#[tokio::test]
async fn the_operator_lists_and_ends_sessions_and_resets_a_factor() {
    let shell = Shell::new().await;
    let created = shell.moe().await;
    let tenancy = &shell.context.tenancy;
    let tenant = tenancy.directory.by_slug(&"moe".parse().unwrap()).unwrap();
    let brought = Acceptance {
        email: "o@moe.example".to_owned(),
        code: Secret::new(created["invitation"]["code"].as_str().unwrap()),
        password: Secret::new(PASSWORD),
        display_name: String::new(),
    };
    let owner = belfry_tenancy::staff::accept(tenancy, &tenant, &brought).await.unwrap();
    session::start(tenancy, tenant.scope(), owner.id, None).await.unwrap();
    session::start(tenancy, tenant.scope(), owner.id, None).await.unwrap();
    let of = ["o@moe.example", "--tenant", "moe"];
    let listed = shell.json(&[&["staff", "sessions", "list"][..], &of].concat()).await;
    assert_eq!(listed["sessions"].as_array().unwrap().len(), 2);
    let id = listed["sessions"][0]["id"].as_str().unwrap();
    let revoke = [&["staff", "sessions", "revoke"][..], &of].concat();
    let one = [&revoke[..], &["--session", id]].concat();
    assert_eq!(shell.json(&one).await["sessions"].as_array().unwrap().len(), 1);
    assert!(shell.run(&one).await.unwrap_err().to_string().contains("belfry staff sessions list"));
    assert_eq!(shell.run(&revoke).await.unwrap(), "0 sessions, 0 tokens");
    let person = shell.json(&[&["staff", "reset-factor"][..], &of].concat()).await;
    assert_eq!(person["email"], "o@moe.example");
    let demand = shell.json(&["staff", "demand-factor", "everybody", "--tenant", "moe"]).await;
    assert_eq!(demand["of"], "everybody");
}

#[actix_web::test]
async fn what_the_lead_agency_demands_of_all_no_agency_undoes() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let author = edge.signed_in(&fin, Role::Author).await;
    let mut author = edge.browser(fin.host.as_str()).with_session(&author);
    assert_eq!(author.get("/admin").await.status, 200);
    edge.sql("UPDATE registry.baseline SET require_second_factor = true").await;
    edge.sql("UPDATE tenant_setting SET second_factor = 'nobody'").await;
    assert_eq!(author.get("/admin").await.location(), Some("/admin/me"));
}
