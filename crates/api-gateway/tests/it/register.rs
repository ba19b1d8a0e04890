//! The public register: searched, filtered and paged; following from elsewhere; and whether an
//! account is real.

use actix_web::test::TestRequest;
use belfry_test_support::remote::{Behaviour, FakeRemote};
use serde_json::{Value, json};

use crate::edge::{Answer, Edge};

const FEDERATED: &str = "
    [platform]
    shared_domain = 'social.localhost'
    scheme = 'http'
    [http]
    follows_per_five_minutes = 12
    checks_per_five_minutes = 30
    [federation]
    timeout_seconds = 2
    allowed_private_networks = ['127.0.0.1/32']
";

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.to_vec()).unwrap()
}

async fn get(edge: &Edge, path: &str) -> Answer {
    let host = edge.gateway.platform.names().shared_domain.to_string();
    edge.send(TestRequest::get().uri(path).insert_header(("host", host))).await
}

/// Agencies as many as a country has, without accounts.
async fn many(edge: &Edge, count: usize) {
    edge.engine(&format!(
        "INSERT INTO registry.tenant (slug, host, name, phase, state, owner_email, body_type)
         SELECT 'city' || n, 'city' || n || '.social.example', 'City ' || lpad(n::text, 4, '0'), 'public', 'live',
            'o@city.example', 'municipality' FROM generate_series(1, {count}) n"
    ))
    .await;
    edge.tenancy().directory.refresh().await.unwrap();
}

#[actix_web::test]
async fn the_register_is_searched_filtered_and_paged() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.tenant("fin").await;
    many(&edge, 60).await;
    let note = json!({ "note": "We run the <schools> of the country" });
    let sent = moe.request(actix_web::http::Method::PATCH, "/api/v1/accounts/update_credentials");
    assert_eq!(edge.send(sent.insert_header(moe.me.bearer()).set_json(note)).await.status, 200);

    let first = text(&get(&edge, "/").await);
    assert!(first.contains("62 agencies") && first.contains("We run the &lt;schools&gt;"), "{first}");
    assert!(first.contains("City 0001") && !first.contains("City 0060"), "{first}");
    assert!(first.contains("rel=\"next\" href=\"/?page=2\"") && !first.contains("rel=\"prev\""), "{first}");
    let last = text(&get(&edge, "/?page=3").await);
    assert!(last.contains("Ministry of fin") && !last.contains("rel=\"next\""), "{last}");
    let cities = text(&get(&edge, "/?type=municipality&page=3").await);
    assert!(cities.contains("City 0060") && !cities.contains("Ministry of fin"), "{cities}");
    assert!(cities.contains("type=municipality&amp;page=2"), "{cities}");
    let courts = text(&get(&edge, "/?type=court").await);
    assert!(courts.contains("No agency of this kind"), "{courts}");
    for query in ["schools", "SCHOOLS&type=ministry", "%40moe%40moe.social.example"] {
        let found = text(&get(&edge, &format!("/?q={query}")).await);
        assert!(found.contains("Ministry of moe") && !found.contains("City 0001"), "{query}: {found}");
    }
    // Neither a wildcard nor a quotation mark means anything.
    for query in ["%25", "_", "'", "%5C"] {
        let found = text(&get(&edge, &format!("/?q={query}")).await);
        assert!(found.contains("No agency or account matches"), "{query}: {found}");
    }
    for strange in ["/?page=0", "/?page=-1", "/?page=99999999999999999999", "/?type=%3Cb%3E"] {
        assert_eq!(get(&edge, strange).await.status, 200, "{strange}");
    }
}

#[actix_web::test]
async fn machines_page_through_the_register_and_read_who_is_new() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.official(&moe, "moe").await;
    many(&edge, 120).await;
    edge.engine("UPDATE registry.tenant SET listed_at = '2025-01-01' WHERE slug LIKE 'city%'").await;
    edge.tenancy().directory.refresh().await.unwrap();
    let first = get(&edge, "/register.json").await.ok();
    assert_eq!((&first["total"], first["agencies"].as_array().unwrap().len()), (&json!(121), 100));
    assert_eq!(first["agencies"][0]["type"], "ministry");
    let account = &first["agencies"][0]["accounts"][0];
    assert_eq!(
        (&account["official"], &account["official_acct"]),
        (&json!(true), &json!("moe@social.example"))
    );
    assert_eq!(account["proof"], "https://social.example/register/@moe.json");
    assert_eq!(first["next"], "https://social.example/register.json?page=2");
    let second = get(&edge, "/register.json?page=2").await.ok();
    assert_eq!((second["agencies"].as_array().unwrap().len(), &second["next"]), (21, &Value::Null));
    let feed = get(&edge, "/register.rss").await;
    assert_eq!(feed.header("content-type"), Some("application/rss+xml; charset=utf-8"));
    let feed = text(&feed);
    assert!(feed.contains("(@moe@social.example)"), "{feed}");
    assert!(feed.matches("<item>").count() == 50, "{feed}");
}

#[actix_web::test]
async fn what_is_not_announced_is_not_listed_or_said_to_exist() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let fin = edge.tenant("fin").await;
    edge.engine("UPDATE registry.tenant SET phase = 'pilot' WHERE slug = 'fin'").await;
    edge.tenancy().directory.refresh().await.unwrap();
    for path in [
        "/",
        "/?q=fin",
        "/register.json",
        "/register.rss",
        "/register/check?handle=@press@fin.social.example",
    ] {
        let page = text(&get(&edge, path).await);
        assert!(!page.contains("Ministry of fin"), "{path}: {page}");
    }
    let follow = get(&edge, "/register/follow?account=@press@fin.social.example").await;
    assert_eq!(follow.status, 404);
    // An official handle is a public statement in any phase.
    edge.official(&fin, "fin").await;
    edge.tenancy().directory.refresh().await.unwrap();
    assert!(text(&get(&edge, "/").await).contains("Ministry of fin"));
}

#[actix_web::test]
async fn a_reader_learns_whether_an_account_is_real_and_a_machine_the_same() {
    let edge = Edge::new().await;
    let moe = edge.tenant("moe").await;
    edge.official(&moe, "moe").await;
    edge.tenancy().directory.refresh().await.unwrap();
    let check = async |handle: &str| {
        let query: String = serde_urlencoded::to_string([("handle", handle)]).unwrap();
        text(&get(&edge, &format!("/register/check?{query}")).await)
    };
    for handle in ["@moe@social.example", "moe@MOE.social.example", "https://moe.social.example/@moe"] {
        let answer = check(handle).await;
        assert!(answer.contains("is an official account of Ministry of moe"), "{handle}: {answer}");
        assert!(answer.contains("https://social.example/register/@moe"), "{handle}: {answer}");
    }
    assert!(check("@press@moe.social.example").await.contains("holds no official handle"));
    for handle in
        ["@moe@evil.example", "@m\u{43e}e@social.example", "@rnoe@social.example", "@MOE@moe-social.example"]
    {
        let answer = check(handle).await;
        assert!(
            answer.contains("No.") && answer.contains("Did you mean one of these?"),
            "{handle}: {answer}"
        );
        assert!(
            answer.contains("@moe@social.example") && !answer.contains("/register/@moe\""),
            "{handle}: {answer}"
        );
    }
    assert!(check("@weather@elsewhere.example").await.contains("No account here looks like it"));
    for hostile in ["<script>@x.example", "javascript:alert(1)", "@@", "a@b@", &"x".repeat(5000)] {
        let answer = check(hostile).await;
        assert!(answer.contains("This is no handle") && !answer.contains("<script"), "{hostile}: {answer}");
    }

    // The two pages name each other, and WebFinger names the proof.
    let profile = text(&edge.send(moe.request(actix_web::http::Method::GET, "/@moe")).await);
    assert!(profile.contains("<link rel=\"me\" href=\"https://social.example/register/@moe\">"), "{profile}");
    let entry = text(&get(&edge, "/register/@moe").await);
    assert!(entry.contains("<link rel=\"me\" href=\"https://moe.social.example/@moe\">"), "{entry}");
    let proof = get(&edge, "/register/@moe.json").await;
    assert_eq!(proof.header("access-control-allow-origin"), Some("*"));
    let proof = proof.ok();
    assert_eq!((&proof["official"], &proof["subject"]), (&json!(true), &json!("acct:moe@social.example")));
    assert_eq!(proof["actor"], "https://moe.social.example/users/moe");
    let jrd = get(&edge, "/.well-known/webfinger?resource=acct:moe@social.example").await.ok();
    let link = jrd["links"].as_array().unwrap().iter().find(|link| link["rel"] == "describedby").unwrap();
    assert_eq!(link["href"], "https://social.example/register/@moe.json");
    // What has no official handle has no proof.
    for path in ["/register/@press", "/register/@press.json", "/register/@nobody.json", "/register/@..%2F"] {
        assert_eq!(get(&edge, path).await.status, 404, "{path}");
    }
    let press = text(&edge.send(moe.request(actix_web::http::Method::GET, "/@press")).await);
    assert!(!press.contains("rel=\"me\""), "{press}");
}

/// A browser that follows by the form.
struct Visitor<'a> {
    edge: &'a Edge,
    token: String,
    cookie: String,
}

impl<'a> Visitor<'a> {
    async fn new(edge: &'a Edge) -> Self {
        let form = get(edge, "/register/follow?account=@moe@moe.social.localhost").await;
        assert_eq!(form.status, 200, "{}", text(&form));
        let cookie = form.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let html = text(&form);
        let token =
            html.split("name=\"csrf_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        Self { edge, token, cookie }
    }

    async fn follow(&self, handle: &str) -> Answer {
        let fields = [
            ("csrf_token", self.token.as_str()),
            ("account", "@moe@moe.social.localhost"),
            ("handle", handle),
        ];
        let request = TestRequest::post()
            .uri("/register/follow")
            .insert_header(("host", "social.localhost"))
            .insert_header(("origin", "http://social.localhost"))
            .insert_header(("cookie", self.cookie.as_str()))
            .set_form(fields);
        self.edge.send(request).await
    }
}

#[actix_web::test]
async fn a_visitor_follows_from_any_server_and_is_sent_nowhere_else() {
    let edge = Edge::with(FEDERATED).await;
    edge.tenant("moe").await;
    let remote = FakeRemote::start().await;
    let visitor = Visitor::new(&edge).await;
    let handle = remote.handle("alice");
    let sent = visitor.follow(&format!("@{handle}")).await;
    let expected = format!("{}?uri=moe%40moe.social.localhost", remote.at("/authorize_interaction"));
    assert_eq!((sent.status, sent.header("location")), (303, Some(expected.as_str())));

    let nobody = visitor.follow(&format!("@nobody@{}", remote.host())).await;
    assert!(text(&nobody).contains("knows no account of this name"), "{}", text(&nobody));
    for template in [
        "https://evil.example/?uri={uri}",
        "javascript:alert('{uri}')",
        "//evil.example/{uri}",
        &format!("http://{}@evil.example/{{uri}}", remote.host()),
        &format!("http://evil@{}/{{uri}}", remote.host()),
        &remote.at("/no-place-for-it"),
    ] {
        let jrd = json!({ "subject": format!("acct:{handle}"), "links": [
            { "rel": "http://ostatus.org/schema/1.0/subscribe", "template": template },
        ]});
        remote.behave("/.well-known/webfinger", Behaviour::Json(jrd.to_string()));
        let answer = visitor.follow(&handle).await;
        assert_eq!((answer.status, answer.header("location")), (422, None), "{template}");
        let page = text(&answer);
        assert!(page.contains("no page to follow from") && page.contains(&handle), "{template}: {page}");
        assert!(page.contains("<code>@moe@moe.social.localhost</code>"), "{page}");
    }
}

#[actix_web::test]
async fn a_hostile_handle_leads_to_no_request_inside_and_not_too_often() {
    let edge = Edge::with(FEDERATED).await;
    edge.tenant("moe").await;
    let visitor = Visitor::new(&edge).await;
    for hostile in ["", "me", "@me", "@me@", "me@host/path", "me@[::1", "\r\nlocation: x@y.example"] {
        let answer = visitor.follow(hostile).await;
        assert_eq!((answer.status, answer.header("location")), (422, None), "{hostile}");
    }
    for inside in ["me@10.0.0.1", "me@169.254.169.254", "me@[fd00::1]", "me@0x7f000001", "me@127.0.0.2:80"] {
        let answer = visitor.follow(inside).await;
        assert_eq!((answer.status, answer.header("location")), (422, None), "{inside}");
    }
    for own in ["moe@social.localhost", "moe@moe.social.localhost"] {
        assert!(text(&visitor.follow(own).await).contains("on this platform"), "{own}");
    }
    let mut last = 0;
    for _ in 0..12 {
        last = visitor.follow("me@10.0.0.1").await.status;
    }
    assert_eq!(last, 429);
    // Nothing but an account of ours has such a page, and no form is taken without its token.
    let foreign = get(&edge, "/register/follow?account=@me@evil.example").await;
    assert_eq!(foreign.status, 404);
    let guessed = Visitor { token: "guessed".to_owned(), ..visitor };
    assert_eq!(guessed.follow("me@home.example").await.status, 403);
}

#[actix_web::test]
async fn an_address_checks_only_so_many_handles() {
    let edge = Edge::with(FEDERATED).await;
    edge.tenant("moe").await;
    for _ in 0..30 {
        assert_eq!(get(&edge, "/register/check?handle=@moe@evil.example").await.status, 200);
    }
    assert_eq!(get(&edge, "/register/check?handle=@moe@evil.example").await.status, 429);
    assert_eq!(get(&edge, "/register/check").await.status, 200, "the form alone costs nothing");
}
