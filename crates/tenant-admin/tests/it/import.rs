//! A hundred agencies from one list: checked, run, interrupted, gone on with, and run again.

use std::fmt::Write as _;

use actix_web::http::Method;
use belfry_model::Role;
use belfry_tenancy::{By, import};
use serde_json::{Value, json};

use crate::command::Shell;
use crate::edge::{Edge, SHARED};

/// A hundred rows of which two are no use.
fn list() -> String {
    let mut text = "slug,name,owner_email,phase,body_type,official_handle,host\n".to_owned();
    for number in 1..=98 {
        let handle = if number == 1 { "first" } else { "" };
        let host = if number == 2 { "talk.example" } else { "" };
        writeln!(
            text,
            "city{number},City {number},o@city{number}.example,public,municipality,{handle},{host}"
        )
        .unwrap();
    }
    text.push_str("console,=1+1,o@console.example,public,,,\ncity1,Again,o@city1.example,public,,,\n");
    text
}

async fn outcomes(edge: &Edge, id: i64) -> Vec<String> {
    edge.admin.tenant_import_rows(id).await.unwrap().into_iter().map(|row| row.outcome).collect()
}

fn count(outcomes: &[String], outcome: &str) -> usize {
    outcomes.iter().filter(|one| *one == outcome).count()
}

#[actix_web::test]
async fn a_list_of_a_hundred_is_checked_and_run_and_a_crash_in_the_middle_loses_nothing() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    browser.get("/console/agencies/import").await;
    let uploaded = browser.upload("/console/agencies/import", "list.csv", list().as_bytes()).await;
    assert_eq!(uploaded.status, 303, "{}", uploaded.html);
    let page = uploaded.location().unwrap().to_owned();
    let id: i64 = page.rsplit('/').next().unwrap().parse().unwrap();
    let dry = browser.get(&page).await;
    for part in ["98 rows", "reserved for the platform", "Another row has the same", "=1+1"] {
        assert!(dry.html.contains(part), "{part} is missing in {}", dry.html);
    }
    assert_eq!(edge.platform.directory().list().len(), 1, "a dry run makes nothing");

    assert_eq!(browser.post(&format!("{page}/run"), &[]).await.location(), Some(page.as_str()));
    let tenancy = &edge.platform.tenancy;
    // Cut off in the middle: the future is dropped as a crash would drop it, half-way into a row.
    let mut done = 0;
    let cut = tokio_cut(import::run(tenancy, &edge.admin, Some(id), |_| done += 1), &edge, id, 40).await;
    assert!(cut, "it was not cut off");
    let now = outcomes(&edge, id).await;
    assert!(count(&now, "created") >= 40 && count(&now, "new") > 0, "{now:?}");
    let running = browser.get(&page).await;
    assert!(running.html.contains("of 98 rows are worked off"), "{}", running.html);
    assert!(running.html.contains("http-equiv=\"refresh\""), "{}", running.html);
    // Its lease still runs: nobody else begins.
    assert!(!import::run(tenancy, &edge.admin, Some(id), |_| {}).await.unwrap());
    edge.sql("UPDATE registry.tenant_import SET lease_until = now() - interval '1 second'").await;
    assert!(import::run(tenancy, &edge.admin, None, |_| {}).await.unwrap());

    let now = outcomes(&edge, id).await;
    let made = count(&now, "created") + count(&now, "completed") + count(&now, "same");
    assert_eq!((made, count(&now, "refused")), (98, 2), "{now:?}");
    assert_eq!(edge.platform.directory().list().len(), 99);
    assert!(edge.platform.directory().by_host("talk.example").is_some());
    let by: Vec<_> = edge.admin.governance_list(500).await.unwrap();
    let registered =
        by.iter().filter(|act| act.action == "tenant.register" && act.who.contains("lead@work.example"));
    assert_eq!(registered.count(), 98);
    let first = edge.admin.official_handle_holder(&"first".parse().unwrap()).await.unwrap();
    assert_eq!(first, Some(edge.platform.directory().by_slug(&"city1".parse().unwrap()).unwrap().id));

    let part = browser.get(&format!("{page}/part")).await;
    assert!(part.html.contains("98 of 98"), "{}", part.html);
    let report = browser.get(&format!("{page}/report.csv")).await;
    assert!(report.html.contains(",'=1+1,"), "a formula stands in {}", report.html);

    // Again: nothing changes.
    let again = browser.upload("/console/agencies/import", "list.csv", list().as_bytes()).await;
    let page = again.location().unwrap().to_owned();
    let dry = browser.get(&page).await;
    assert!(dry.html.contains("nothing to make"), "{}", dry.html);
    let now = outcomes(&edge, page.rsplit('/').next().unwrap().parse().unwrap()).await;
    assert_eq!((count(&now, "same"), count(&now, "refused")), (98, 2), "{now:?}");
}

/// Drops the run once so many rows are settled. `false` if it ended before.
async fn tokio_cut(
    run: impl Future<Output = belfry_tenancy::Result<bool>>,
    edge: &Edge,
    id: i64,
    rows: usize,
) -> bool {
    let enough = async {
        while count(&outcomes(edge, id).await, "created") < rows {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = run => false,
        () = enough => true,
    }
}

#[actix_web::test]
async fn an_upload_is_bounded_and_needs_its_token_and_its_origin() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let path = "/console/agencies/import";
    browser.get(path).await;
    for (file, status) in [
        ("", 422),
        ("slug,name\nfin,Finance\n", 422),
        ("slug,name,owner_email,is_lead\nfin,Finance,o@fin.example,true\n", 422),
        ("slug,name,owner_email\n\"fin,Finance\n", 422),
    ] {
        let answer = browser.upload(path, "list.csv", file.as_bytes()).await;
        assert_eq!(answer.status, status, "{file}: {}", answer.html);
    }
    let large = vec![b'x'; 2 * 1024 * 1024];
    assert_eq!(browser.upload(path, "list.csv", &large).await.status, 400);
    let token = std::mem::replace(&mut browser.token, "guessed".to_owned());
    assert_eq!(browser.upload(path, "list.csv", list().as_bytes()).await.status, 403);
    browser.token = token;
    assert_eq!(browser.get("/console/agencies/import/12345").await.status, 404);
}

#[actix_web::test]
async fn the_command_imports_a_list_and_says_what_became_of_each_row() {
    let shell = Shell::new().await;
    shell.moe().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.csv");
    std::fs::write(&file, "slug;name;owner_email\nfin;Finance;o@fin.example\nmoe;Else;o@else.example\n")
        .unwrap();
    let path = file.to_str().unwrap();
    let dry = shell.json(&["tenant", "import", path, "--dry-run"]).await;
    assert_eq!((&dry["rows"][0]["outcome"], &dry["rows"][1]["outcome"]), (&"new".into(), &"differs".into()));
    assert_eq!(shell.context.tenancy.directory.list().len(), 1);
    let run = shell.json(&["tenant", "import", path]).await;
    assert_eq!(run["rows"][0]["outcome"], "created");
    assert_eq!(run["rows"][0]["invitation"]["email"], "o@fin.example");
    assert!(run["rows"][0]["invitation"]["code"].as_str().is_some_and(|code| code.len() == 19));
    let again = shell.run(&["tenant", "import", path]).await.unwrap();
    assert!(again.contains("1 same, 1 differs."), "{again}");
    let error = shell.run(&["tenant", "import", "/no/such/file.csv"]).await.unwrap_err();
    assert!(error.to_string().contains("can't be read"), "{error}");
}

#[actix_web::test]
async fn a_program_has_a_list_checked_and_run() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let token = crate::api::token(&edge, &moe, "govern").await;
    let ask = async |method: Method, path: &str, body: Value| {
        let path = format!("/api/belfry/v1/imports{path}");
        let answer = edge.browser(SHARED).call(Some(&token), method, &path, &body).await;
        (answer.status, serde_json::from_str::<Value>(&answer.html).unwrap_or_default())
    };
    let csv = "slug,name,owner_email\nfin,Finance,owner@fin.example\n-,Nobody,owner@fin.example\n";
    let (status, checked) = ask(Method::POST, "", json!({ "csv": csv })).await;
    assert_eq!((status, &checked["state"]), (201, &json!("checked")), "{checked}");
    assert_eq!(
        (&checked["rows"][0]["outcome"], &checked["rows"][1]["outcome"]),
        (&json!("new"), &json!("refused"))
    );
    let at = format!("/{}", checked["id"].as_str().unwrap());
    let (status, running) = ask(Method::POST, &format!("{at}/run"), json!({})).await;
    assert_eq!((status, &running["state"]), (202, &json!("running")));
    import::run(&edge.platform.tenancy, &edge.admin, None, |_| {}).await.unwrap();
    let (_, done) = ask(Method::GET, &at, json!({})).await;
    assert_eq!((&done["state"], &done["rows"][0]["outcome"]), (&json!("done"), &json!("created")), "{done}");
    let (status, refused) = ask(Method::POST, "", json!({ "csv": "name\nx\n" })).await;
    assert_eq!(status, 422, "{refused}");
    assert_eq!(ask(Method::GET, "/1", json!({})).await.0, 404);
}

#[actix_web::test]
async fn a_handle_that_a_crash_left_out_is_given_by_the_next_run() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    // As it is left between making the namespace and giving the handle.
    let (fin, _) = edge.tenant("fin").await;
    let csv = "slug,name,owner_email,phase,body_type,official_handle\n\
        fin,Ministry of fin,owner@fin.example,public,ministry,finance\n";
    let (tenancy, admin, by) = (&edge.platform.tenancy, &edge.admin, By::command());
    let outcomes = async || {
        let rows = import::check(tenancy, admin, &import::read(csv.as_bytes()).unwrap()).await.unwrap();
        let id = admin.tenant_import_insert("", rows, by.actor()).await.unwrap();
        admin.tenant_import_start(id, by.actor()).await.unwrap();
        assert!(import::run(tenancy, admin, Some(id), |_| {}).await.unwrap());
        outcomes(&edge, id).await
    };
    assert_eq!(outcomes().await, ["completed"]);
    let handle = "finance".parse().unwrap();
    assert_eq!(admin.official_handle_holder(&handle).await.unwrap(), Some(fin.id));
    assert_eq!(outcomes().await, ["same"], "run again it changes nothing");
}
