//! The lead agency's console: for its people with the role `lead`, on the shared domain.

use belfry_model::{Phase, Role};
use belfry_tenant_admin::console::routes;

use crate::edge::{Edge, PASSWORD, SESSION, SHARED};

#[actix_web::test]
async fn the_lead_signs_in_and_finds_every_agency() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.tenant("fin").await;
    edge.person(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED);
    assert_eq!(browser.get("/console").await.location(), Some("/console/sign_in?return_to=%2Fconsole"));
    browser.get("/console/sign_in?return_to=/console").await;
    let fields = [("email", "lead@work.example"), ("password", PASSWORD), ("return_to", "/console")];
    assert_eq!(browser.post("/console/sign_in", &fields).await.location(), Some("/console"));
    let console = browser.get("/console").await;
    assert!(console.html.contains("2 agencies"), "{}", console.html);
    let agencies = browser.get("/console/agencies?q=FIN").await;
    assert!(agencies.html.contains("Ministry of fin"), "{}", agencies.html);
    assert!(!agencies.html.contains("Ministry of moe"), "{}", agencies.html);
    let nothing = browser.get("/console/agencies?q=&state=suspended&phase=").await;
    assert!(nothing.html.contains("No agency fits"), "{}", nothing.html);
    assert_eq!(browser.post("/console/sign_out", &[]).await.status, 303);
    assert!(browser.cookies.iter().all(|(name, _)| name != SESSION));
}

#[actix_web::test]
async fn a_phase_is_changed_and_recorded_with_who_and_why() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.tenant("fin").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    browser.get("/console/agencies/fin").await;
    let sent = [("phase", "pilot"), ("reason", " The agreement ended ")];
    let answer = browser.post("/console/agencies/fin/phase", &sent).await;
    assert_eq!(answer.location(), Some("/console/agencies/fin"));
    let fin = edge.platform.directory().by_slug(&"fin".parse().unwrap()).unwrap();
    assert_eq!(fin.phase, Phase::Pilot);
    let act = edge.admin.governance_list(1).await.unwrap().remove(0);
    assert_eq!((act.action.as_str(), act.about_tenant), ("tenant.phase", Some(fin.id.0)));
    assert_eq!((act.who.as_str(), act.by_tenant), ("The lead <lead@work.example>", Some(moe.id.0)));
    assert_eq!((act.reason.as_str(), &act.detail["from"]), ("The agreement ended", &"public".into()));
}

#[actix_web::test]
async fn nobody_else_gets_in_by_any_route() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    for (tenant, role) in [(&moe, Role::Owner), (&moe, Role::Records), (&fin, Role::Owner)] {
        let session = edge.signed_in(tenant, role).await;
        let mut browser = edge.browser(SHARED).with_session(&session);
        for endpoint in routes::table() {
            let path = endpoint
                .path
                .replace("{slug}", "fin")
                .replace("{id}", "1")
                .replace("{number}", "R-0000-0000");
            let answer = browser.ask(endpoint.method.clone(), &path).await;
            let to = answer.location().unwrap_or_default();
            assert!(
                answer.status == 303 && to.starts_with("/console/sign_in"),
                "{} {path} for {role} of {}: {}",
                endpoint.method,
                tenant.slug,
                answer.status
            );
        }
        browser.get("/console/sign_in").await;
        let email = format!("{role}@work.example");
        let answer = browser.post("/console/sign_in", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 422, "{role} of {}", tenant.slug);
    }
    let session = edge.signed_in(&moe, Role::Lead).await;
    for endpoint in routes::table() {
        let path =
            endpoint.path.replace("{slug}", "fin").replace("{id}", "1").replace("{number}", "R-0000-0000");
        let mut browser = edge.browser(moe.host.as_str()).with_session(&session);
        let answer = browser.ask(endpoint.method, &path).await;
        assert_eq!(answer.status, 404, "{path}: the console is on the shared domain only");
    }
}

#[actix_web::test]
async fn no_form_of_the_console_is_taken_without_its_token_or_from_elsewhere() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    browser.get("/console/agencies/moe").await;
    let token = browser.token.clone();
    for endpoint in routes::table().into_iter().filter(|endpoint| endpoint.method == "POST") {
        let path =
            endpoint.path.replace("{slug}", "moe").replace("{id}", "1").replace("{number}", "R-0000-0000");
        browser.token.clone_from(&token);
        let sibling = format!("https://{}", moe.host);
        assert_eq!(browser.post_from(&sibling, &path, &[]).await.status, 403, "{path}");
        browser.token = "guessed".to_owned();
        assert_eq!(browser.post(&path, &[]).await.status, 403, "{path}");
    }
}

#[actix_web::test]
async fn the_mailbox_shows_what_was_written_to_people_while_no_mail_server_is_set() {
    let mut edge = Edge::new().await;
    let (moe, invitation) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let page = browser.get("/console/mailbox").await;
    assert_eq!(page.status, 200);
    for part in
        ["has no mail server", "owner@moe.example", invitation.code.expose(), "href=\"/console/mailbox\""]
    {
        assert!(page.html.contains(part), "{part} is missing in {}", page.html);
    }
    let mut settings = (*edge.platform.settings).clone();
    settings.mail.url = belfry_model::Secret::new("smtp://127.0.0.1:25");
    edge.platform.settings = std::sync::Arc::new(settings);
    let mut browser = edge.browser(SHARED).with_session(&session);
    let page = browser.get("/console/mailbox").await;
    assert_eq!(page.status, 404);
    assert!(!browser.get("/console").await.html.contains("/console/mailbox"));
}

#[actix_web::test]
async fn a_new_platform_is_told_what_to_do_first() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let page = browser.get("/console").await;
    assert_eq!(page.status, 200, "{}", page.html);
    assert!(page.html.contains("nobody but your own agency") && page.html.contains("/console/agencies/new"));
    edge.tenant("fin").await;
    assert!(!browser.get("/console").await.html.contains("nobody but your own agency"));
    assert!(browser.get("/console/hosts").await.html.contains("Every server that is known answers"));
}

#[actix_web::test]
async fn the_overview_says_how_old_the_queue_is_and_which_servers_are_away() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    edge.sql(&format!(
        "INSERT INTO machinery.outbox (tenant_id, activity_id, lane, created_at)
            VALUES ({0}, 1, 'normal', '2026-01-30T08:00:00Z');
         INSERT INTO machinery.host_state (host, state, since, reason, probe_at, pause_seconds, probes) VALUES
            ('far.example', 'down', '2026-01-30T09:00:00Z', 'secret words', '2026-01-31T13:00:00Z', 60, 4),
            ('old.example', 'gone', '2026-01-01T09:00:00Z', 'secret words', '2026-02-01T13:00:00Z', 60, 40);
         INSERT INTO machinery.parked_delivery
            (tenant_id, activity_id, inbox, host, lane, attempts, reason, first_at, due_at)
            SELECT {0}, 1, 'https://far.example/secret/' || n, 'far.example', 'normal', 1, 'secret words',
                '2026-01-30T09:30:00Z', now() FROM generate_series(1, 1204) n;
         INSERT INTO registry.usage_delivery VALUES ({0}, '2026-01-31', 2345)",
        fin.id
    ))
    .await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let page = browser.get("/console").await.html;
    for part in
        ["1 activity", "30 January 2026, 08:00 UTC", "1,204 deliveries", "far.example", "1 server<", "2,345"]
    {
        assert!(page.contains(part), "{part} in {page}");
    }
    let hosts = browser.get("/console/hosts").await.html;
    for part in ["far.example", "old.example", "30 January 2026, 09:00 UTC", "1,204", "Asked 40 times"] {
        assert!(hosts.contains(part), "{part} in {hosts}");
    }
    assert!(!page.contains("secret") && !hosts.contains("secret"));
}
