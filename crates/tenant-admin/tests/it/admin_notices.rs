//! What others did to an agency: shown to its people until one who administers puts it away.

use belfry_model::{Phase, Role, Tenant};
use belfry_tenancy::{By, notice, operate};

use crate::edge::{Edge, SHARED};

async fn pilot(edge: &Edge, tenant: &Tenant, reason: &str) -> i64 {
    let by = By::command().because(reason);
    operate::phase_set(&edge.platform.tenancy, &edge.admin, tenant, Phase::Pilot, &by).await.unwrap();
    notice::open(&edge.platform.tenancy, tenant.scope()).await.unwrap()[0].id
}

#[actix_web::test]
async fn a_change_of_phase_is_shown_to_all_people_with_its_reason_until_it_is_put_away() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let id = pilot(&edge, &fin, "<b>The audit</b>").await;
    let author = edge.signed_in(&fin, Role::Author).await;
    let mut author = edge.browser(fin.host.as_str()).with_session(&author);
    let seen = author.get("/admin").await;
    assert!(seen.html.contains("Your namespace is a pilot now"), "{}", seen.html);
    assert!(seen.html.contains("&lt;b&gt;The audit"), "{}", seen.html);
    let path = format!("/admin/notices/{id}/dismiss");
    assert!(!seen.html.contains(&path), "who doesn't administer puts nothing away");
    assert_eq!(author.post(&path, &[]).await.status, 403);
    let owner = edge.signed_in(&fin, Role::Owner).await;
    let mut owner = edge.browser(fin.host.as_str()).with_session(&owner);
    assert!(owner.get("/admin").await.html.contains(&path));
    assert_eq!(owner.post(&path, &[]).await.location(), Some("/admin"));
    assert!(!owner.get("/admin").await.html.contains("is a pilot now"));
    assert!(!author.get("/admin").await.html.contains("is a pilot now"));
    assert_eq!(owner.post(&path, &[]).await.status, 404, "it is put away once");
}

#[actix_web::test]
async fn nobody_sees_or_puts_away_what_another_agency_is_told() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let id = pilot(&edge, &fin, "").await;
    let path = format!("/admin/notices/{id}/dismiss");
    let session = edge.signed_in(&moe, Role::Owner).await;
    let mut browser = edge.browser(moe.host.as_str()).with_session(&session);
    assert!(!browser.get("/admin").await.html.contains("is a pilot now"));
    assert_eq!(browser.post(&path, &[]).await.status, 404);
    for (host, status) in [(fin.host.as_str(), 303), (SHARED, 404)] {
        let mut elsewhere = edge.browser(host).with_session(&session);
        elsewhere.get("/auth/sign_in").await;
        let answer = elsewhere.post(&path, &[]).await.status;
        assert!(answer == status || answer == 403, "{host}: {answer}");
    }
    let open = notice::open(&edge.platform.tenancy, fin.scope()).await.unwrap();
    assert_eq!(open.iter().map(|notice| notice.id).collect::<Vec<_>>(), [id]);
}
