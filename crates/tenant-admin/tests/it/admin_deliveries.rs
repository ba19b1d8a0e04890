//! What has not arrived everywhere: for an agency's own people.

use belfry_model::{Role, Tenant};

use crate::edge::Edge;

/// A post of the agency's organisation account, and how its way stands.
async fn post(edge: &Edge, tenant: &Tenant, id: i64, visibility: &str, text: &str, taken: i64, refused: i64) {
    let (tenant, slug, host) = (tenant.id, &tenant.slug, &tenant.host);
    edge.sql(&format!(
        "INSERT INTO status (tenant_id, id, uri, url, actor_tenant, actor_id, local, visibility, text)
         SELECT {tenant}, {id}, 's{id}', 'https://{host}/@{slug}/{id}', {tenant}, id, true, '{visibility}', '{text}'
         FROM actor WHERE tenant_id = {tenant} AND username = '{slug}';
         INSERT INTO activity (tenant_id, id, uri, kind, actor_id, status_id)
         SELECT {tenant}, {id}, 'a{id}', 'Create', actor_id, id FROM status WHERE tenant_id = {tenant} AND id = {id};
         INSERT INTO machinery.outbox
             (tenant_id, activity_id, lane, published, settled, taken, refused, finished_at)
         VALUES ({tenant}, {id}, 'normal', 1310, 1310, {taken}, {refused}, now())"
    ))
    .await;
}

#[actix_web::test]
async fn everybody_of_the_agency_sees_what_has_not_arrived() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    post(&edge, &moe, 1, "public", "Everybody has <this>", 1310, 0).await;
    post(&edge, &moe, 2, "public", "Schools <b>open</b>", 1204, 10).await;
    post(&edge, &moe, 3, "private", "For few eyes", 1300, 0).await;
    let session = edge.signed_in(&moe, Role::Author).await;
    let mut browser = edge.browser(moe.host.as_str()).with_session(&session);
    let overview = browser.get("/admin").await.html;
    assert!(overview.contains("<a href=\"/admin/deliveries\">106 waiting, 10 refused</a>"), "{overview}");
    let page = browser.get("/admin/deliveries").await;
    assert_eq!(page.status, 200);
    for part in [
        "href=\"https://moe.social.example/@moe/2\"",
        "Schools &lt;b&gt;open&lt;/b&gt;",
        "1,204 of 1,310 servers have it, 96 wait, 10 refused",
        "A post that is not public",
        "1,300 of 1,310 servers have it, 10 wait",
    ] {
        assert!(page.html.contains(part), "{part} is missing in {}", page.html);
    }
    for part in ["Everybody has", "For few eyes", "<script"] {
        assert!(!page.html.contains(part), "{part} in {}", page.html);
    }
}

#[actix_web::test]
async fn a_neighbours_deliveries_are_on_no_page_and_nothing_stuck_is_said_so() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    post(&edge, &fin, 7, "public", "Budget", 1, 10).await;
    let session = edge.signed_in(&moe, Role::Owner).await;
    let mut browser = edge.browser(moe.host.as_str()).with_session(&session);
    assert!(browser.get("/admin").await.html.contains("All have arrived"));
    let page = browser.get("/admin/deliveries").await.html;
    assert!(page.contains("Everything of the last seven days has arrived everywhere."), "{page}");
    assert!(!page.contains("Budget"), "{page}");
    let elsewhere = edge.browser(fin.host.as_str()).with_session(&session).get("/admin/deliveries").await;
    assert_eq!(elsewhere.status, 303, "another agency's session");
}
