//! Pages that anybody may read, and only what anybody may read.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

use crate::edge::{Answer, Edge, Home};

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.to_vec()).unwrap()
}

async fn get(edge: &Edge, home: &Home, path: &str) -> Answer {
    edge.send(home.request(Method::GET, path)).await
}

async fn get_shared(edge: &Edge, path: &str) -> Answer {
    edge.send(TestRequest::get().uri(path).insert_header(("host", "social.example"))).await
}

#[actix_web::test]
async fn a_profile_shows_its_posts_and_names_its_other_forms() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.status(&moe, &moe.me, "School starts <on> Monday").await;
    let page = get(&edge, &moe, "/@moe").await;
    assert_eq!(page.status, 200);
    let html = text(&page);
    assert!(html.contains("School starts &lt;on&gt; Monday"), "{html}");
    for part in [
        "@moe@moe.social.example",
        "<link rel=\"alternate\" type=\"application/activity+json\" href=\"https://moe.social.example/users/moe\">",
        "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/@moe.rss\"",
        "<link rel=\"canonical\" href=\"https://moe.social.example/@moe\">",
    ] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    assert_eq!(page.header("set-cookie"), None, "a public page sets no cookie");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
}

#[actix_web::test]
async fn a_long_profile_is_paged_without_a_gap() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    for number in 1..=25 {
        edge.status(&moe, &moe.me, &format!("Post number {number}!")).await;
    }
    let first = text(&get(&edge, &moe, "/@moe").await);
    assert!(first.contains("Post number 25!") && first.contains("Post number 6!"));
    assert!(!first.contains("Post number 5!") && !first.contains("rel=\"prev\""));
    let older = first.split("href=\"?max_id=").nth(1).unwrap().split('"').next().unwrap();
    let second = text(&get(&edge, &moe, &format!("/@moe?max_id={older}")).await);
    assert!(second.contains("Post number 5!") && second.contains("Post number 1!"));
    assert!(!second.contains("Post number 6!") && !second.contains("rel=\"next\""));
    let newer = second.split("href=\"?min_id=").nth(1).unwrap().split('"').next().unwrap();
    let back = text(&get(&edge, &moe, &format!("/@moe?min_id={newer}")).await);
    assert!(back.contains("Post number 25!") && back.contains("Post number 6!"));
}

#[actix_web::test]
async fn a_post_stands_in_its_thread() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let question = edge.status(&moe, &moe.other, "When does school start?").await;
    let answer = json!({ "status": "On Monday.", "in_reply_to_id": question });
    let answer = edge.post(&moe, &moe.me, "/api/v1/statuses", answer).await.ok();
    let page = text(&get(&edge, &moe, &format!("/@moe/{}", answer["id"].as_str().unwrap())).await);
    assert!(page.contains("When does school start?") && page.contains("On Monday."), "{page}");
    assert!(page.contains("<meta property=\"og:description\" content=\"On Monday.\">"), "{page}");
    let page = text(&get(&edge, &moe, &format!("/@press/{question}")).await);
    assert!(page.contains("1 reply"), "{page}");
}

#[actix_web::test]
async fn what_is_not_open_is_on_no_page() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    for visibility in ["private", "direct"] {
        let body = json!({ "status": "For few eyes", "visibility": visibility });
        let post = edge.post(&moe, &moe.me, "/api/v1/statuses", body).await.ok();
        let path = format!("/@moe/{}", post["id"].as_str().unwrap());
        assert_eq!(get(&edge, &moe, &path).await.status, 404, "{visibility}");
    }
    for path in ["/", "/@moe", "/@moe.rss"] {
        let page = get(&edge, &moe, path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!text(&page).contains("For few eyes"), "{path}");
    }
}

#[actix_web::test]
async fn a_deleted_post_is_gone_and_a_neighbours_is_not_there() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    let id = edge.status(&moe, &moe.me, "Soon gone").await;
    for path in [format!("/@moe/{id}"), format!("/@fin/{id}"), "/@moe".to_owned(), "/@moe.rss".to_owned()] {
        assert_eq!(get(&edge, &fin, &path).await.status, 404, "{path} at another agency");
    }
    assert_eq!(get(&edge, &moe, &format!("/@press/{id}")).await.status, 404, "under another's name");
    let request = moe.request(Method::DELETE, &format!("/api/v1/statuses/{id}"));
    assert_eq!(edge.send(request.insert_header(moe.me.bearer())).await.status, 200);
    let gone = get(&edge, &moe, &format!("/@moe/{id}")).await;
    assert_eq!(gone.status, 410);
    assert!(!text(&gone).contains("Soon gone"));
}

#[actix_web::test]
async fn a_feed_has_the_public_posts() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.status(&moe, &moe.me, "Feed me & all").await;
    let feed = get(&edge, &moe, "/@moe.rss").await;
    assert_eq!(feed.header("content-type"), Some("application/rss+xml; charset=utf-8"));
    let channel = rss::Channel::read_from(&feed.body[..]).unwrap();
    assert_eq!(channel.link(), "https://moe.social.example/@moe");
    assert_eq!(channel.items().len(), 1);
    assert_eq!(channel.items()[0].description(), Some("<p>Feed me &amp; all</p>"));
}

#[actix_web::test]
async fn a_front_page_tells_who_this_is_and_by_which_rules() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.status(&moe, &moe.me, "Welcome").await;
    let html = text(&get(&edge, &moe, "/").await);
    for part in ["Ministry of moe", "Part of social.example", "Press office", "Welcome", "class=\"rules\""] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
}

#[actix_web::test]
async fn the_register_lists_searches_and_speaks_to_machines() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    edge.tenant("fin").await;
    let html = text(&get_shared(&edge, "/").await);
    assert!(html.contains("Ministry of moe") && html.contains("Ministry of fin"), "{html}");
    let found = text(&get_shared(&edge, "/?q=FIN").await);
    assert!(found.contains("Ministry of fin") && !found.contains("Ministry of moe"), "{found}");
    let nothing = text(&get_shared(&edge, "/?q=%3Cb%3E").await);
    assert!(nothing.contains("&lt;b&gt;") && !nothing.contains("<b>"), "{nothing}");
    let json = get_shared(&edge, "/register.json").await;
    assert_eq!(json.header("access-control-allow-origin"), Some("*"));
    let json = json.ok();
    // The first agency leads, and stands first.
    assert_eq!(json["agencies"][0]["host"], "moe.social.example");
    assert_eq!(json["agencies"][0]["lead"], true);
    assert_eq!(json["agencies"][1]["accounts"][0]["acct"], "fin@fin.social.example");
}

#[actix_web::test]
async fn pages_speak_the_readers_language() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let asked = moe.request(Method::GET, "/").insert_header(("accept-language", "nl-NL,nl;q=0.9,en;q=0.5"));
    let page = edge.send(asked).await;
    assert!(text(&page).contains("<html lang=\"nl\""));
    assert_eq!(page.header("content-language"), Some("nl"));
    assert!(page.header("vary").unwrap().contains("Accept-Language"));
    let chosen = get(&edge, &moe, "/?lang=nl").await;
    let cookie = chosen.header("set-cookie").unwrap().to_owned();
    assert!(
        cookie.starts_with("__Host-belfry-language=nl; HttpOnly; SameSite=Lax; Secure; Path=/"),
        "{cookie}"
    );
    let later = moe.request(Method::GET, "/@moe").insert_header(("cookie", "__Host-belfry-language=nl"));
    assert!(text(&edge.send(later).await).contains("<html lang=\"nl\""));
}

#[actix_web::test]
async fn what_is_not_here_is_said_helpfully_but_an_unknown_host_learns_nothing() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    let missing = get(&edge, &moe, "/no/such/page").await;
    assert_eq!(missing.status, 404);
    assert!(text(&missing).contains("Register of agencies"));
    for host in ["unknown.social.example", "evil.example", "social.example.evil.example"] {
        for path in ["/", "/@moe", "/auth/sign_in", "/no/such/page"] {
            let answer = edge.send(TestRequest::get().uri(path).insert_header(("host", host))).await;
            assert_eq!((answer.status, answer.body.len()), (404, 0), "{host}{path}");
        }
    }
    for path in ["/@moe", "/auth/sign_in"] {
        assert_eq!(get_shared(&edge, path).await.status, 404, "{path} on the shared domain");
    }
}
