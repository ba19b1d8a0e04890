//! The lead agency's console: for its people with the role `lead`, on the shared domain.

use belfry_model::Role;

use crate::edge::{Edge, PASSWORD, SESSION, SHARED};

#[actix_web::test]
async fn the_lead_signs_in_and_sees_every_agency() {
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
    for part in ["moe.social.example", "fin.social.example", "Ministry of fin", "belfry tenant create"] {
        assert!(console.html.contains(part), "{part} is missing in {}", console.html);
    }
    assert_eq!(browser.post("/console/sign_out", &[]).await.status, 303);
    assert!(browser.cookies.iter().all(|(name, _)| name != SESSION));
}

#[actix_web::test]
async fn no_other_role_and_no_other_agency_gets_in() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    for (tenant, role) in [(&moe, Role::Owner), (&moe, Role::Records), (&fin, Role::Owner)] {
        let session = edge.signed_in(tenant, role).await;
        let mut browser = edge.browser(SHARED).with_session(&session);
        assert_eq!(browser.get("/console").await.status, 303, "{role} of {}", tenant.slug);
        browser.get("/console/sign_in").await;
        let email = format!("{role}@work.example");
        let answer = browser.post("/console/sign_in", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 422, "{role} of {}", tenant.slug);
    }
    let session = edge.signed_in(&moe, Role::Lead).await;
    let answer = edge.browser(moe.host.as_str()).with_session(&session).get("/console").await;
    assert_eq!(answer.status, 404, "the console is on the shared domain only");
}
