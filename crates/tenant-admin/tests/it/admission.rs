//! A body asks for a namespace, follows its request, and is admitted: through the pages, as an
//! applicant and as the lead agency's people do.

use actix_web::http::Method;
use belfry_model::{Phase, Quota, Role, Tenant, TenantState};
use belfry_settings::AdmissionSettings;
use belfry_tenancy::admission::{self, Application, Raw};
use belfry_tenancy::mail;
use serde_json::json;

use crate::edge::{Answer, Browser, Edge, SHARED};

const FIELDS: [(&str, &str); 8] = [
    ("body_name", "Ministry of Water"),
    ("body_type", "ministry"),
    ("domain", "water.example"),
    ("contact", "+31 70 000"),
    ("slug", "water"),
    ("purpose", "To warn of floods.\r\nAnd to answer."),
    ("name", "Ann"),
    ("email", "ann@water.example"),
];

/// The form with some fields otherwise.
fn with(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let kept = FIELDS.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes).copied().collect()
}

async fn letters(edge: &Edge) -> Vec<mail::Received> {
    mail::received(&edge.platform.tenancy.keys, &edge.admin, 100).await.unwrap()
}

/// What stands after this word in the newest letter to this address.
async fn mailed(edge: &Edge, to: &str, word: &str) -> String {
    let letter = letters(edge).await.into_iter().find(|letter| letter.to == to).expect("a letter");
    let rest = letter.body.split(word).nth(1).unwrap_or_else(|| panic!("{word} in {letter:?}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Sends a request. Its number and its code.
async fn ask(edge: &Edge) -> (String, String) {
    let mut browser = edge.browser(SHARED);
    browser.get("/join").await;
    let sent = browser.post("/join", &FIELDS).await;
    assert_eq!(sent.status, 200, "{}", sent.html);
    let number = sent.html.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let code = mailed(edge, "ann@water.example", "Code: ").await;
    assert!(!sent.html.contains(&code), "the code is only in the letter");
    (number, code)
}

async fn opened(browser: &mut Browser<'_>, number: &str, code: &str) -> Answer {
    browser.get("/join/status").await;
    browser.post("/join/status", &[("number", number), ("code", code)]).await
}

async fn lead<'a>(edge: &'a Edge, tenant: &Tenant) -> Browser<'a> {
    let session = edge.signed_in(tenant, Role::Lead).await;
    edge.browser(SHARED).with_session(&session)
}

const APPROVAL: [(&str, &str); 6] = [
    ("owner_email", "owner@water.example"),
    ("phase", "pilot"),
    ("agreement", "We agree.\n\nTo all of it."),
    ("signatory", "Ann of Water"),
    ("signed_on", "2026-01-05"),
    ("review_on", "2027-01-05"),
];

#[actix_web::test]
async fn a_body_asks_is_asked_back_answers_and_is_admitted_by_agreement() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (number, code) = ask(&edge).await;
    let mut lead = lead(&edge, &moe).await;
    let overview = lead.get("/console").await.html;
    assert!(overview.contains("1 request waits for you"), "{overview}");
    let list = lead.get("/console/requests").await.html;
    assert!(list.contains("Ministry of Water") && list.contains(&number), "{list}");
    let page = format!("/console/requests/{number}");
    let shown = lead.get(&page).await.html;
    for part in
        ["To warn of floods.", "ann@water.example", "water.social.example", "Not proven", "Ministry of moe"]
    {
        assert!(shown.contains(part), "{part} is missing in {shown}");
    }
    let asked = lead.post(&format!("{page}/ask"), &[("question", "Who answers at night?")]).await;
    assert_eq!(asked.location(), Some(page.as_str()));
    assert!(letters(&edge).await[0].body.contains("Who answers at night?"));

    let mut applicant = edge.browser(SHARED);
    let seen = opened(&mut applicant, &number.to_lowercase(), &code.to_lowercase()).await;
    assert_eq!(seen.status, 200);
    assert!(seen.html.contains("Who answers at night?") && seen.html.contains("_belfry.water.example"));
    let key = [("number", number.as_str()), ("code", code.as_str())];
    let empty = applicant.post("/join/status/answer", &[key[0], key[1], ("answer", " ")]).await;
    assert_eq!(empty.status, 422);
    let answered =
        applicant.post("/join/status/answer", &[key[0], key[1], ("answer", "<b>We</b> do.")]).await;
    assert!(answered.html.contains("&lt;b&gt;We&lt;/b&gt; do."), "{}", answered.html);
    let looked = applicant.post("/join/status/check", &key).await;
    assert!(looked.html.contains("A look is under way"), "{}", looked.html);

    assert!(lead.get(&page).await.html.contains("&lt;b&gt;We&lt;/b&gt; do."));
    let approved = lead.post(&format!("{page}/approve"), &APPROVAL).await;
    assert_eq!(approved.location(), Some(page.as_str()), "{}", approved.html);
    let water = edge.platform.directory().by_slug(&"water".parse().unwrap()).unwrap();
    assert_eq!(
        (water.state, water.phase, water.body_type.as_str()),
        (TenantState::Live, Phase::Pilot, "ministry")
    );
    assert!(lead.get(&page).await.html.contains("Approved"));
    let agreement = lead.get("/console/agencies/water/agreement").await.html;
    for part in ["We agree.\n\nTo all of it.", "Ann of Water", "2027-01-05", number.as_str()] {
        assert!(agreement.contains(part), "{part} is missing in {agreement}");
    }
    let subjects: Vec<_> =
        letters(&edge).await.into_iter().take(2).map(|letter| (letter.to, letter.subject)).collect();
    assert!(subjects[0].1.contains("was approved") && subjects[0].0 == "ann@water.example", "{subjects:?}");
    assert!(subjects[1].1.contains("invitation") && subjects[1].0 == "owner@water.example", "{subjects:?}");
    let acts: Vec<_> =
        edge.admin.governance_list(5).await.unwrap().into_iter().map(|act| act.action).collect();
    assert_eq!(
        acts,
        ["request.complete", "tenant.live", "tenant.register", "request.approve", "request.ask"]
    );
    let again = lead.post(&format!("{page}/refuse"), &[("reason", "Changed my mind")]).await;
    assert_eq!(again.status, 303, "decided is decided");
    assert!(!lead.get(&page).await.html.contains("Changed my mind"));
}

#[actix_web::test]
async fn a_refusal_needs_a_reason_which_the_applicant_gets() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (number, code) = ask(&edge).await;
    let mut lead = lead(&edge, &moe).await;
    let page = format!("/console/requests/{number}");
    lead.get(&page).await;
    assert_eq!(lead.post(&format!("{page}/refuse"), &[("reason", "")]).await.status, 422);
    assert_eq!(lead.post(&format!("{page}/refuse"), &[("reason", "Not public")]).await.status, 303);
    assert!(letters(&edge).await[0].body.contains("Not public"));
    let seen = opened(&mut edge.browser(SHARED), &number, &code).await;
    assert!(seen.html.contains("Not public") && !seen.html.contains("_belfry."), "{}", seen.html);
    let act = edge.admin.governance_list(1).await.unwrap().remove(0);
    assert_eq!((act.action.as_str(), act.reason.as_str()), ("request.refuse", "Not public"));
}

#[actix_web::test]
async fn an_approval_that_was_interrupted_is_completed() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (number, _) = ask(&edge).await;
    let mut lead = lead(&edge, &moe).await;
    let page = format!("/console/requests/{number}");
    lead.get(&page).await;
    edge.sql("CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$")
        .await;
    // While the namespace is made, and after it is there.
    edge.sql("CREATE TRIGGER crash BEFORE INSERT ON invitation EXECUTE FUNCTION crash()").await;
    assert_eq!(lead.post(&format!("{page}/approve"), &APPROVAL).await.status, 500);
    assert!(lead.get(&page).await.html.contains("was interrupted"));
    edge.sql("DROP TRIGGER crash ON invitation").await;
    edge.sql("CREATE TRIGGER crash BEFORE UPDATE ON registry.request EXECUTE FUNCTION crash()").await;
    assert_eq!(lead.post(&format!("{page}/complete"), &[]).await.status, 500);
    edge.sql("DROP TRIGGER crash ON registry.request").await;
    lead.get(&page).await;
    assert_eq!(lead.post(&format!("{page}/complete"), &[]).await.status, 303);
    assert!(lead.get("/console/agencies/water/agreement").await.html.contains("We agree."));
    let told =
        letters(&edge).await.into_iter().filter(|letter| letter.subject.contains("was approved")).count();
    assert_eq!(told, 1);
}

#[actix_web::test]
async fn a_mistake_keeps_what_was_typed_and_says_what_is_wrong() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let mut browser = edge.browser(SHARED);
    browser.get("/join").await;
    for (field, typed, told) in [
        ("body_name", "", "Give the name of the body"),
        ("body_type", "kingdom", "Choose the kind of body"),
        ("domain", "127.0.0.1", "Give a domain"),
        ("domain", "moe.social.example", "Give a domain"),
        ("slug", "-", "2 to 30 letters"),
        ("name", "Ann\r\nBcc: all@moe.example", "Give your name"),
        ("email", "ann@water.example\r\nBcc: all@moe.example", "Give an e-mail address"),
    ] {
        let answer = browser.post("/join", &with(&[(field, typed)])).await;
        assert_eq!(answer.status, 422, "{field} {typed}");
        assert!(answer.html.contains(told) && answer.html.contains("To warn of floods."), "{}", answer.html);
    }
    assert!(letters(&edge).await.iter().all(|letter| letter.to == "owner@moe.example"));

    let (number, _) = ask(&edge).await;
    let mut lead = lead(&edge, &moe).await;
    let page = format!("/console/requests/{number}");
    lead.get(&page).await;
    for (field, typed, told) in [
        ("owner_email", "nobody", "Give the owner"),
        ("signed_on", "yesterday", "Give both dates"),
        ("review_on", "2026-01-05", "after the day of signing"),
        ("signatory", " ", "who signed"),
    ] {
        let fields: Vec<_> =
            APPROVAL.iter().copied().filter(|(name, _)| *name != field).chain([(field, typed)]).collect();
        let answer = lead.post(&format!("{page}/approve"), &fields).await;
        assert_eq!(answer.status, 422, "{field}");
        assert!(answer.html.contains(told) && answer.html.contains("To all of it."), "{}", answer.html);
    }
}

#[actix_web::test]
async fn why_a_short_name_is_not_to_be_had_is_not_said() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    edge.tenant("secret").await;
    edge.sql("UPDATE registry.tenant SET phase = 'pilot' WHERE slug = 'secret'").await;
    let mut browser = edge.browser(SHARED);
    browser.get("/join").await;
    let mut answers = Vec::new();
    for slug in ["www", "moe", "secret"] {
        let answer = browser.post("/join", &with(&[("slug", slug)])).await;
        assert_eq!(answer.status, 422, "{slug}");
        answers.push(answer.html.replace(slug, "").replace(&browser.token, ""));
    }
    assert!(answers[0].contains("is not available"), "{}", answers[0]);
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

#[actix_web::test]
async fn a_wrong_code_and_a_wrong_number_are_answered_alike_and_not_for_ever() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let (number, code) = ask(&edge).await;
    let mut browser = edge.browser(SHARED);
    for (number, code) in [(number.as_str(), "0000-0000-0000-0000"), ("R-0000-0000", code.as_str()), ("", "")]
    {
        let answer = opened(&mut browser, number, code).await;
        assert_eq!(answer.status, 422);
        assert!(answer.html.contains("don’t belong together"), "{}", answer.html);
        for path in ["/join/status/answer", "/join/status/check"] {
            let fields = [("number", number), ("code", code), ("answer", "x")];
            assert_eq!(browser.post(path, &fields).await.status, 422, "{path}");
        }
    }
    for _ in 0..40 {
        opened(&mut browser, &number, "0000").await;
    }
    assert_eq!(opened(&mut browser, &number, &code).await.status, 429);
}

#[actix_web::test]
async fn a_network_and_an_address_send_only_so_many_requests() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let mut browser = edge.browser(SHARED);
    browser.get("/join").await;
    for (slug, status) in [("one", 200), ("two", 200), ("three", 200), ("four", 429)] {
        let changed = with(&[("slug", slug), ("state", "approved"), ("phase", "public"), ("number", "R-1")]);
        assert_eq!(browser.post("/join", &changed).await.status, status, "{slug}");
    }
    let (approved, waiting) = (
        edge.admin.request_list(Some(belfry_model::RequestState::Approved), 9, 0).await.unwrap(),
        edge.admin.request_list(Some(belfry_model::RequestState::Waiting), 9, 0).await.unwrap(),
    );
    assert_eq!((approved.len(), waiting.len()), (0, 3), "a form decides nothing");
    assert!(waiting.iter().all(|request| request.phase.is_none() && request.number != "R-1"));
    let others = with(&[("slug", "five"), ("email", "bob@water.example")]);
    assert_eq!(browser.post("/join", &others).await.status, 200);
    assert_eq!(browser.post("/join", &others).await.status, 429, "the sixth from one network");
}

#[actix_web::test]
async fn the_role_that_serves_the_form_reads_no_request() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    ask(&edge).await;
    for table in ["request", "request_message", "agreement", "domain_proof"] {
        edge.sql(&format!(
            "DO $$ BEGIN
                SET LOCAL ROLE belfry_app;
                PERFORM 1 FROM registry.{table};
                RAISE EXCEPTION '{table} is readable';
            EXCEPTION WHEN insufficient_privilege THEN NULL; END $$"
        ))
        .await;
    }
}

/// Has a program decide; its answer as JSON.
async fn program(
    edge: &Edge,
    tenant: &Tenant,
    path: &str,
    body: serde_json::Value,
) -> (u16, serde_json::Value) {
    let token = crate::api::token(edge, tenant, "govern").await;
    let method = if body.is_null() { Method::GET } else { Method::POST };
    let answer = edge.browser(SHARED).call(Some(&token), method, path, &body).await;
    (answer.status, serde_json::from_str(&answer.html).unwrap_or_default())
}

#[actix_web::test]
async fn a_program_asks_back_and_approves_with_a_plan() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (number, _) = ask(&edge).await;
    let at = format!("/api/belfry/v1/requests/{number}");
    let (status, listed) =
        program(&edge, &moe, "/api/belfry/v1/requests?state=waiting", serde_json::Value::Null).await;
    assert_eq!((status, &listed["requests"][0]["number"]), (200, &json!(number)));
    assert_eq!(program(&edge, &moe, "/api/belfry/v1/requests/R-1", serde_json::Value::Null).await.0, 404);
    let (status, asked) = program(&edge, &moe, &format!("{at}/ask"), json!({ "question": "Who?" })).await;
    assert_eq!((status, &asked["messages"][0]["text"]), (200, &json!("Who?")));
    assert_eq!(program(&edge, &moe, &format!("{at}/check"), json!({})).await.0, 200);
    assert_eq!(program(&edge, &moe, &format!("{at}/complete"), json!({})).await.0, 409);

    let mut approval = json!({
        "signatory": "Ann of Water", "signed_on": "2026-01-05", "review_on": "2027-01-05",
        "quota": { "accounts": 0 },
    });
    let (status, refused) = program(&edge, &moe, &format!("{at}/approve"), approval.clone()).await;
    assert_eq!(status, 422, "{refused}");
    approval["quota"] = json!({ "accounts": 3, "posts_per_day": 50 });
    let (status, approved) = program(&edge, &moe, &format!("{at}/approve"), approval).await;
    assert_eq!((status, &approved["state"]), (200, &json!("approved")), "{approved}");
    assert!(approved["agreement"]["text"].as_str().unwrap().contains("Ministry of Water"), "{approved}");
    let water = edge.platform.directory().by_slug(&"water".parse().unwrap()).unwrap();
    let plan = edge.admin.quota_fetch(water.id).await.unwrap();
    let expected = Quota { accounts: Some(3), posts_per_day: Some(50), ..Quota::default() };
    assert_eq!(plan, Some(expected));
    let (status, _) = program(&edge, &moe, &format!("{at}/refuse"), json!({ "reason": "Late" })).await;
    assert_eq!(status, 409, "decided is decided");
}

#[actix_web::test]
async fn a_plan_is_settled_on_the_page_and_kept_over_an_interruption() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (number, _) = ask(&edge).await;
    let mut lead = lead(&edge, &moe).await;
    let page = format!("/console/requests/{number}");
    lead.get(&page).await;
    let plan = |accounts| [&APPROVAL[..], &[("plan", "own"), ("accounts", accounts)]].concat();
    let wrong = lead.post(&format!("{page}/approve"), &plan("ten")).await;
    assert_eq!(wrong.status, 422);
    for kept in ["To all of it.", "value=\"ten\"", "The plan can’t be like this"] {
        assert!(wrong.html.contains(kept), "{kept} is missing in {}", wrong.html);
    }
    edge.sql("CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$")
        .await;
    edge.sql("CREATE TRIGGER crash BEFORE INSERT ON registry.quota EXECUTE FUNCTION crash()").await;
    assert_eq!(lead.post(&format!("{page}/approve"), &plan("4")).await.status, 500);
    edge.sql("DROP TRIGGER crash ON registry.quota").await;
    lead.get(&page).await;
    assert_eq!(lead.post(&format!("{page}/complete"), &[]).await.status, 303);
    let water = edge.platform.directory().by_slug(&"water".parse().unwrap()).unwrap();
    let plan = edge.admin.quota_fetch(water.id).await.unwrap();
    assert_eq!(plan, Some(Quota { accounts: Some(4), ..Quota::default() }));
}

#[tokio::test]
async fn requests_are_decided_by_commands() {
    let shell = crate::command::Shell::new().await;
    shell.moe().await;
    let tenancy = &shell.context.tenancy;
    let file = async |slug: &str| {
        let raw = Raw {
            name: "Ann".into(),
            email: "ann@water.example".into(),
            body_name: "Ministry of Water".into(),
            body_type: "ministry".into(),
            purpose: "To warn".into(),
            slug: slug.into(),
            domain: "water.example".into(),
            contact: "+31 70 000".into(),
        };
        let settings = AdmissionSettings::default();
        let asked = Application::parse(&raw, &tenancy.names, settings.text_length).unwrap();
        admission::file(tenancy, &settings, &asked, "en", [127, 0, 0, 1].into()).await.unwrap().unwrap()
    };
    assert!(shell.run(&["request", "list"]).await.unwrap().contains("/join"));
    let (water, canals) = (file("water").await, file("canals").await);
    let asked = shell.json(&["request", "ask", &water, "--question", "Who?"]).await;
    assert_eq!(asked["state"], "asked");
    let refused = shell.json(&["request", "refuse", &canals, "--reason", "One is enough"]).await;
    assert_eq!((&refused["state"], &refused["reason"]), (&json!("refused"), &json!("One is enough")));
    let approve = ["request", "approve", &water, "--signatory", "Ann", "--staff", "2"];
    let approved = shell.json(&approve).await;
    assert_eq!(
        (&approved["state"], &approved["agreement"]["signatory"]),
        (&json!("approved"), &json!("Ann"))
    );
    assert_eq!(shell.json(&["quota", "show", "water"]).await["quota"]["staff"], 2);
    assert!(shell.run(&approve).await.unwrap_err().to_string().contains("decided already"));
    let unknown = shell.run(&["request", "show", "R-1"]).await.unwrap_err().to_string();
    assert!(unknown.contains("belfry request list"), "{unknown}");
    let shown = shell.run(&["request", "show", &water]).await.unwrap();
    assert!(shown.contains("Who?") && shown.contains("signed by Ann"), "{shown}");
}
