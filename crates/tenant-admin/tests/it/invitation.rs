//! Accepting an invitation, as the invited person does.

use crate::edge::{Edge, PASSWORD};

#[actix_web::test]
async fn an_invited_person_chooses_a_password_once() {
    let edge = Edge::new().await;
    let (moe, invitation) = edge.tenant("moe").await;
    let mut browser = edge.browser(moe.host.as_str());
    assert!(browser.get("/invitation").await.html.contains("Ministry of moe"));
    let code = invitation.code.expose();
    let fields = [
        ("email", "owner@moe.example"),
        ("code", code),
        ("name", "Anna"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    let done = browser.post("/invitation", &fields).await;
    assert_eq!(done.status, 200, "{}", done.html);
    assert!(done.html.contains("owner@moe.example"));
    assert_eq!(browser.post("/invitation", &fields).await.status, 422, "a second time");
}

#[actix_web::test]
async fn a_mistake_keeps_what_was_typed_but_no_password() {
    let edge = Edge::new().await;
    let (moe, invitation) = edge.tenant("moe").await;
    let code = invitation.code.expose();
    let mut browser = edge.browser(moe.host.as_str());
    browser.get("/invitation").await;
    for (code, password, again, told) in [
        ("0000-0000-0000-0000", PASSWORD, PASSWORD, "open invitation"),
        (code, "short", "short", "at least 12 characters"),
        (code, PASSWORD, "another password", "not the same"),
    ] {
        let fields = [
            ("email", "owner@moe.example"),
            ("code", code),
            ("name", "<Anna>"),
            ("password", password),
            ("password_again", again),
        ];
        let answer = browser.post("/invitation", &fields).await;
        assert_eq!(answer.status, 422, "{told}");
        for kept in ["owner@moe.example", code, "&lt;Anna&gt;", told] {
            assert!(answer.html.contains(kept), "{kept} is missing in {}", answer.html);
        }
        assert!(!answer.html.contains(&format!("\"{password}\"")), "{}", answer.html);
    }
}

#[actix_web::test]
async fn an_invitation_is_worth_nothing_at_another_agency_or_without_the_forms_token() {
    let edge = Edge::new().await;
    let (moe, invitation) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let code = invitation.code.expose();
    let fields = [
        ("email", "owner@moe.example"),
        ("code", code),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    let mut elsewhere = edge.browser(fin.host.as_str());
    elsewhere.get("/invitation").await;
    assert_eq!(elsewhere.post("/invitation", &fields).await.status, 422);
    let mut browser = edge.browser(moe.host.as_str());
    assert_eq!(browser.post("/invitation", &fields).await.status, 403, "without a token");
    browser.get("/invitation").await;
    let answer = browser.post_from("https://fin.social.example", "/invitation", &fields).await;
    assert_eq!(answer.status, 403, "from a sibling host");
    assert_eq!(browser.post("/invitation", &fields).await.status, 200, "rightly sent");
}
