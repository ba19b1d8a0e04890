//! An agency's own pages: for its own people, each in their role.

use belfry_model::Role;

use crate::edge::Edge;

#[actix_web::test]
async fn nobody_gets_in_without_signing_in() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    for path in ["/admin", "/admin/staff", "/admin/deliveries"] {
        let answer = edge.browser(moe.host.as_str()).get(path).await;
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.location().unwrap().starts_with("/auth/sign_in?return_to=%2Fadmin"), "{path}");
    }
}

#[actix_web::test]
async fn everybody_sees_the_accounts_and_who_administers_sees_the_people() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    edge.invite(&moe, Role::Editor).await;
    for role in [Role::Owner, Role::Admin] {
        let session = edge.signed_in(&moe, role).await;
        let mut browser = edge.browser(moe.host.as_str()).with_session(&session);
        assert!(browser.get("/admin").await.html.contains("@moe@moe.social.example"));
        let staff = browser.get("/admin/staff").await;
        assert_eq!(staff.status, 200);
        assert!(staff.html.contains("editor@work.example"), "{}", staff.html);
        assert!(staff.html.contains(&format!("The {role}")), "{}", staff.html);
    }
    for role in [Role::Editor, Role::Author, Role::Moderator, Role::Records] {
        let session = edge.signed_in(&moe, role).await;
        let mut browser = edge.browser(moe.host.as_str()).with_session(&session);
        let overview = browser.get("/admin").await;
        assert_eq!(overview.status, 200, "{role}");
        assert!(!overview.html.contains("/admin/staff"), "{role}");
        let staff = browser.get("/admin/staff").await;
        assert_eq!(staff.status, 403, "{role}");
        assert!(!staff.html.contains("work.example"), "{role}");
    }
}

#[actix_web::test]
async fn a_session_of_another_agency_is_no_session() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let session = edge.signed_in(&moe, Role::Owner).await;
    for path in ["/admin", "/admin/staff", "/admin/deliveries"] {
        let answer = edge.browser(fin.host.as_str()).with_session(&session).get(path).await;
        assert_eq!(answer.status, 303, "{path}");
    }
    let answer = edge.browser("unknown.social.example").with_session(&session).get("/admin").await;
    assert_eq!((answer.status, answer.html.as_str()), (404, ""));
}
