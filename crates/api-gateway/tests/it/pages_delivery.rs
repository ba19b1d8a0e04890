//! How far a post has come, on its page: for the people of its agency and nobody else.

use actix_web::http::Method;
use serde_json::json;

use crate::api_delivery::deliver;
use crate::edge::{Answer, Edge, Home};

const SESSION: &str = "__Host-belfry-session";

async fn session(edge: &Edge, home: &Home) -> String {
    let scope = home.tenant.scope();
    let token = belfry_tenancy::session::start(edge.tenancy(), scope, home.owner.id, None).await.unwrap();
    format!("{SESSION}={}", token.expose())
}

async fn get(edge: &Edge, home: &Home, path: &str, cookie: Option<&str>) -> Answer {
    let mut request = home.request(Method::GET, path);
    if let Some(cookie) = cookie {
        request = request.insert_header(("cookie", cookie));
    }
    edge.send(request).await
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.to_vec()).unwrap()
}

#[actix_web::test]
async fn people_of_the_agency_see_the_bar_and_who_does_not_have_it() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let post = edge.status(&moe, &moe.me, "Schools open").await;
    deliver(&edge, &moe, &post).await;
    let cookie = session(&edge, &moe).await;
    let page = get(&edge, &moe, &format!("/@moe/{post}"), Some(&cookie)).await;
    let html = text(&page);
    for part in [
        "6 of 10 servers have it, 2 wait, 1 refused, 1 gone",
        "role=\"progressbar\"",
        "aria-valuemax=\"10\" aria-valuenow=\"6\"",
        "slow.example",
        "The server has trouble of its own (it answered 503).",
        "It is sent as soon as the server is back.",
        "accept this from here (it answered 403).",
        &format!("data-delivery=\"/@moe/{post}/delivery.json\""),
        "Only people who are signed in at Ministry of moe see this.",
    ] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self'; connect-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let dutch = get(&edge, &moe, &format!("/@moe/{post}?lang=nl"), Some(&cookie)).await;
    assert!(text(&dutch).contains("6 van 10 servers hebben het, 2 wachten, 1 geweigerd"));
}

#[actix_web::test]
async fn the_script_gets_the_same_part_and_whether_to_go_on() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let post = edge.status(&moe, &moe.me, "Schools open").await;
    let (cookie, path) = (session(&edge, &moe).await, format!("/@moe/{post}/delivery.json"));
    let begun = get(&edge, &moe, &path, Some(&cookie)).await;
    assert_eq!(begun.header("cache-control"), Some("no-store"));
    let begun = begun.ok();
    assert_eq!((&begun["complete"], &begun["walked"]), (&json!(false), &json!(false)));
    assert!(begun["html"].as_str().unwrap().contains("It is about to leave."), "{begun}");
    edge.engine("UPDATE machinery.outbox SET published = 5, settled = 3, taken = 3").await;
    let on_its_way = get(&edge, &moe, &path, Some(&cookie)).await.ok();
    assert_eq!((&on_its_way["under_way"], &on_its_way["complete"]), (&json!(2), &json!(false)));
    edge.engine("UPDATE machinery.outbox SET settled = 5, taken = 5, finished_at = now()").await;
    let done = get(&edge, &moe, &path, Some(&cookie)).await.ok();
    assert_eq!(done["complete"], true);
    let page = text(&get(&edge, &moe, &format!("/@moe/{post}"), Some(&cookie)).await);
    assert!(page.contains(done["html"].as_str().unwrap().trim()), "{page}");
    assert!(page.contains("data-complete=\"true\""), "{page}");
}

#[actix_web::test]
async fn nobody_else_sees_anything_of_it() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    let post = edge.status(&moe, &moe.me, "Schools open").await;
    deliver(&edge, &moe, &post).await;
    let theirs = session(&edge, &fin).await;
    for cookie in [None, Some(theirs.as_str())] {
        let page = get(&edge, &moe, &format!("/@moe/{post}"), cookie).await;
        assert_eq!(page.status, 200);
        let html = text(&page);
        for part in ["delivery", "servers have it", "slow.example", "<script"] {
            assert!(!html.contains(part), "{part} with {cookie:?} in {html}");
        }
        assert!(!page.header("content-security-policy").unwrap().contains("script"));
        let live = get(&edge, &moe, &format!("/@moe/{post}/delivery.json"), cookie).await;
        assert_eq!((live.status, live.body.len()), (404, 0), "{cookie:?}");
    }
    let bearer = moe.request(Method::GET, &format!("/@moe/{post}/delivery.json"));
    assert_eq!(edge.send(bearer.insert_header(moe.me.bearer())).await.status, 404, "a token is no session");
    let at_home = get(&edge, &fin, &format!("/@fin/{post}/delivery.json"), Some(&theirs)).await;
    assert_eq!(at_home.status, 404, "a neighbour's post at home");
}

#[actix_web::test]
async fn what_has_no_page_has_no_delivery_there() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let cookie = session(&edge, &moe).await;
    let body = json!({ "status": "For few eyes", "visibility": "private" });
    let private = edge.post(&moe, &moe.me, "/api/v1/statuses", body).await.ok();
    let public = edge.status(&moe, &moe.me, "Schools open").await;
    for (name, id) in
        [("moe", private["id"].as_str().unwrap()), ("press", &public), ("moe", "1"), ("moe", "x")]
    {
        let live = get(&edge, &moe, &format!("/@{name}/{id}/delivery.json"), Some(&cookie)).await;
        assert_eq!(live.status, 404, "@{name}/{id}");
    }
}
