//! The people of an agency, looked after at pages, by programs and by commands.

use actix_web::http::Method;
use belfry_model::Role;
use belfry_tenancy::staff;
use serde_json::{Value, json};

use crate::command::Shell;
use crate::departments::token_of;
use crate::edge::Edge;

#[actix_web::test]
async fn an_administrator_invites_changes_and_shuts_out_at_pages() {
    let edge = Edge::new().await;
    edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    edge.person(&fin, Role::Owner).await;
    let eva = edge.person(&fin, Role::Author).await;
    let session = edge.signed_in(&fin, Role::Admin).await;
    let mut browser = edge.browser(fin.host.as_str()).with_session(&session);
    let page = browser.get("/admin/staff").await;
    assert!(
        page.html.contains("author@work.example") && !page.html.contains("value=\"owner\""),
        "{}",
        page.html
    );
    let fields = [("email", "nina@work.example"), ("role", "editor"), ("accounts", "fin")];
    let invited = browser.post("/admin/staff", &fields).await;
    assert_eq!(invited.status, 201, "{}", invited.html);
    assert!(invited.html.contains("nina@work.example is invited"), "{}", invited.html);
    for (field, typed, told) in [
        ("email", "nina", "Give an e-mail address"),
        ("role", "king", "Choose a role"),
        ("role", "owner", "more than you may do yourself"),
        ("role", "lead", "more than you may do yourself"),
        ("accounts", "nobody", "no such account"),
    ] {
        let fields: Vec<_> =
            fields.iter().copied().filter(|(name, _)| *name != field).chain([(field, typed)]).collect();
        let refused = browser.post("/admin/staff", &fields).await;
        assert_eq!(refused.status, 422, "{field} {typed}");
        assert!(refused.html.contains(told), "{field} {typed}: {}", refused.html);
    }
    let open = staff::invitations(&edge.platform.tenancy, fin.scope()).await.unwrap();
    let id = open.iter().find(|open| open.email == "nina@work.example").unwrap().id;
    let withdrawn = browser.post(&format!("/admin/staff/invitations/{id}/withdraw"), &[]).await;
    assert_eq!(withdrawn.status, 303);
    assert_eq!(browser.post(&format!("/admin/staff/invitations/{id}/withdraw"), &[]).await.status, 404);

    let person = format!("/admin/staff/{eva}");
    browser.get(&person).await;
    let sets = [("name", "Night shift"), ("post", "1"), ("moderate", "1"), ("records.export", "1")];
    let beyond = browser.post("/admin/staff/sets", &sets).await;
    assert!(beyond.status == 422 && beyond.html.contains("more than you may do yourself"), "{}", beyond.html);
    assert_eq!(browser.post("/admin/staff/sets", &sets[..3]).await.status, 303);
    let shown = browser.get(&person).await.html;
    let set = shown.split("value=\"set:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let granted = browser
        .post(&format!("{person}/grant"), &[("grant", &format!("set:{set}")), ("reason", "Nights")])
        .await;
    assert_eq!(granted.location(), Some(person.as_str()), "{}", granted.html);
    assert!(browser.get(&person).await.html.contains("Moderate"));
    let used = browser.post(&format!("/admin/staff/sets/{set}/remove"), &[]).await;
    assert!(used.status == 422 && used.html.contains("People have this set"), "{}", used.html);
    assert_eq!(browser.post(&format!("{person}/disable"), &[]).await.status, 303);
    assert!(browser.get(&person).await.html.contains("Let in again"));
    assert_eq!(browser.post(&format!("{person}/enable"), &[]).await.status, 303);

    let list = [("list", "email,role\nzoe@work.example,author\nzoe,author"), ("do", "show")];
    let shown = browser.post("/admin/staff/import", &list).await.html;
    assert!(shown.contains("Would invite 1, and refuse 1"), "{shown}");
    let done = browser.post("/admin/staff/import", &[list[0], ("do", "invite")]).await.html;
    assert!(done.contains("Invited 1, refused 1"), "{done}");
}

#[actix_web::test]
async fn a_program_does_no_more_than_the_person_whose_token_it_has() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    let stranger = edge.person(&moe, Role::Author).await;
    let eva = edge.person(&fin, Role::Author).await;
    let adam = edge.person(&fin, Role::Admin).await;
    let token = token_of(&edge, &fin, adam, "manage").await;
    let ask = async |method: Method, path: &str, body: Value| {
        let path = format!("/api/belfry/v1/agency{path}");
        let answer = edge.browser(fin.host.as_str()).call(Some(&token), method, &path, &body).await;
        (answer.status, serde_json::from_str::<Value>(&answer.html).unwrap_or_default())
    };
    let (status, me) = ask(Method::GET, "", json!({})).await;
    assert_eq!((status, &me["slug"]), (200, &json!("fin")));
    assert!(!me["permissions"].to_string().contains("records.export"), "{me}");
    let (_, people) = ask(Method::GET, "/staff", json!({})).await;
    assert_eq!(people["staff"].as_array().unwrap().len(), 2, "{people}");
    let grant = format!("/staff/{eva}/grant");
    let (status, _) = ask(Method::PUT, &grant, json!({ "role": "owner" })).await;
    assert_eq!(status, 409);
    let (status, eva_now) = ask(Method::PUT, &grant, json!({ "role": "editor", "reason": "Promoted" })).await;
    assert_eq!((status, &eva_now["role"]), (200, &json!("editor")));
    let act = edge.admin.governance_list(1).await.unwrap().remove(0);
    assert_ne!(act.action, "staff.grant", "a tenant's own act is its own");
    let (status, _) = ask(Method::PUT, &grant, json!({ "role": "editor", "set": "1" })).await;
    assert_eq!(status, 422);
    for path in [format!("/staff/{stranger}/disable"), "/staff/1/enable".to_owned()] {
        assert_eq!(ask(Method::POST, &path, json!({})).await.0, 404, "{path}");
    }
    let new = json!({ "email": "nina@work.example", "role": "author" });
    let (status, issued) = ask(Method::POST, "/staff/invitations", new).await;
    assert_eq!(status, 201, "{issued}");
    let (_, open) = ask(Method::GET, "/staff/invitations", json!({})).await;
    assert!(open.to_string().contains("nina@work.example") && !open.to_string().contains("code"), "{open}");
    let path = format!("/staff/invitations/{}", issued["id"].as_str().unwrap());
    assert_eq!(ask(Method::DELETE, &path, json!({})).await.0, 204);
    assert_eq!(ask(Method::DELETE, &path, json!({})).await.0, 404);
    let (status, saved) =
        ask(Method::POST, "/staff/sets", json!({ "name": "N", "permissions": ["post"] })).await;
    assert_eq!(status, 200, "{saved}");
    let path = format!("/staff/sets/{}", saved["id"].as_str().unwrap());
    assert_eq!(ask(Method::DELETE, &path, json!({})).await.0, 204);
    let csv = json!({ "csv": "email,role\nzoe@work.example,author\n", "dry_run": true });
    let (status, report) = ask(Method::POST, "/staff/import", csv).await;
    assert_eq!((status, &report["rows"][0]["outcome"]), (200, &json!("invited")), "{report}");
    assert_eq!(ask(Method::POST, &format!("/staff/{adam}/disable"), json!({})).await.0, 200);
    assert_eq!(ask(Method::GET, "/staff", json!({})).await.0, 401, "whoever is shut out has no token");
}

#[tokio::test]
async fn people_are_looked_after_by_commands() {
    let shell = Shell::new().await;
    shell.moe().await;
    let of = ["--tenant", "moe"];
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "email,role\nann@moe.example,editor\nbob,author\n").unwrap();
    let path = file.path().to_str().unwrap();
    let report = shell.json(&["staff", "import", path, "--tenant", "moe"]).await;
    assert_eq!(
        (&report["rows"][0]["outcome"], &report["rows"][1]["outcome"]),
        (&json!("invited"), &json!("refused"))
    );
    let listed = shell.json(&[&["staff", "list"][..], &of].concat()).await;
    let ann = listed["invitations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|open| open["email"] == "ann@moe.example")
        .unwrap();
    let withdrawn = shell.json(&["staff", "withdraw", ann["id"].as_str().unwrap(), "--tenant", "moe"]).await;
    assert_eq!(withdrawn["withdrawn"], true);
    let sets = shell
        .json(&["staff", "sets", "save", "Night", "--permissions", "post,moderate", "--tenant", "moe"])
        .await;
    assert_eq!(sets["sets"][0]["permissions"], json!(["moderate", "post"]));
    let unknown =
        shell.run(&["staff", "grant", "eva@moe.example", "--role", "editor", "--tenant", "moe"]).await;
    assert!(unknown.unwrap_err().to_string().contains("belfry staff list"));
    let removed = shell.json(&["staff", "sets", "remove", "night", "--tenant", "moe"]).await;
    assert_eq!(removed["sets"], json!([]));
}
