//! Who did what, by page, method and command: each sees what is theirs to see.

use belfry_model::Role;
use belfry_storage::Actor;
use serde_json::json;

use crate::command::Shell;
use crate::edge::{Edge, SHARED};

#[actix_web::test]
async fn the_lead_searches_acts_of_governance_and_finds_no_act_of_speaking() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    edge.sql(&format!(
        "INSERT INTO audit_event (tenant_id, origin, action, governs) VALUES ({}, 'staff', 'status.create', false)",
        fin.id
    ))
    .await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let mut browser = edge.browser(SHARED).with_session(&session);
    let all = browser.get("/console/audit").await;
    for part in ["tenant.register", "staff.invite", "account.create"] {
        assert!(all.html.contains(part), "{part}: {}", all.html);
    }
    assert!(!all.html.contains("status.create"), "{}", all.html);
    let of_fin = browser.get("/console/audit?agency=fin&action=tenant.").await;
    assert!(of_fin.html.contains("tenant.register") && !of_fin.html.contains("staff.invite"));
    assert!(!of_fin.html.contains(">moe<"), "{}", of_fin.html);
    for query in ["agency=nobody", "agency=%3Cx%3E", "text=zzz", "until=2001-01-01"] {
        let nothing = browser.get(&format!("/console/audit?{query}")).await;
        assert!(nothing.html.contains("No act fits this search"), "{query}: {}", nothing.html);
    }
    for hostile in ["since=99999-01-01&until=x&before=-9", "text=%27%29%3B--&action=%25"] {
        assert_eq!(browser.get(&format!("/console/audit?{hostile}")).await.status, 200, "{hostile}");
    }
    let check = browser.get("/console/audit/check").await;
    assert!(
        check.html.contains("is whole") || check.html.contains("are whole") || check.html.contains("whole:")
    );
}

#[actix_web::test]
async fn a_file_of_acts_holds_no_formula() {
    let edge = Edge::new().await;
    let (moe, _) = edge.tenant("moe").await;
    let session = edge.signed_in(&moe, Role::Lead).await;
    let by = Actor { reason: "=HYPERLINK(\"https://evil.example\")", ..Actor::COMMAND };
    edge.admin.governance_record(by, "tenant.test", Some(moe.id), json!({})).await.unwrap();
    let mut browser = edge.browser(SHARED).with_session(&session);
    let file = browser.get("/console/audit.csv?action=tenant.test").await;
    assert!(file.html.starts_with("at,record,seq,act,"), "{}", file.html);
    assert!(file.html.contains("\"'=HYPERLINK("), "{}", file.html);
}

#[actix_web::test]
async fn an_agency_sees_its_own_acts_and_those_about_it_in_the_right_roles() {
    let edge = Edge::new().await;
    let (_, _) = edge.tenant("moe").await;
    let (fin, _) = edge.tenant("fin").await;
    edge.admin.governance_record(Actor::COMMAND, "tenant.warned", Some(fin.id), json!({})).await.unwrap();
    edge.admin.governance_record(Actor::COMMAND, "platform.secret", None, json!({})).await.unwrap();
    for role in [Role::Owner, Role::Admin, Role::Records] {
        let session = edge.signed_in(&fin, role).await;
        let mut browser = edge.browser(fin.host.as_str()).with_session(&session);
        let page = browser.get("/admin/audit").await;
        assert!(page.html.contains("tenant.warned") && page.html.contains("staff.accept"), "{role}");
        assert!(!page.html.contains("platform.secret") && !page.html.contains(">moe<"), "{}", page.html);
        assert!(browser.get("/admin/audit.csv?text=").await.html.contains("tenant.warned"));
    }
    for role in [Role::Editor, Role::Author, Role::Moderator] {
        let session = edge.signed_in(&fin, role).await;
        let mut browser = edge.browser(fin.host.as_str()).with_session(&session);
        for path in ["/admin/audit", "/admin/audit.csv"] {
            let refused = browser.get(path).await;
            assert_eq!(refused.status, 403, "{role} {path}");
            assert!(!refused.html.contains("tenant.warned"), "{role} {path}");
        }
    }
}

#[tokio::test]
async fn the_commands_list_verify_and_export() {
    let shell = Shell::new().await;
    shell.moe().await;
    shell.run(&["staff", "invite", "a@b.example", "--tenant", "moe", "--role", "author"]).await.unwrap();
    let listed = shell.json(&["audit", "list", "--action", "tenant."]).await;
    assert_eq!(listed["acts"][0]["action"], "tenant.live");
    assert_eq!(listed["acts"][0]["about"], "moe");
    let own = shell.json(&["audit", "list", "--tenant", "moe", "--action", "staff."]).await;
    assert_eq!(own["acts"][0]["chain"], "moe");

    let sound = shell.json(&["audit", "verify"]).await;
    assert_eq!((&sound["sound"], sound["chains"].as_array().unwrap().len()), (&json!(true), 2));
    let head = sound["chains"][1]["head"].as_str().unwrap().to_owned();
    shell.run(&["audit", "verify", "--head", &head]).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("moe.ndjson");
    let to = file.to_str().unwrap();
    let exported = shell.json(&["audit", "export", "--tenant", "moe", "--to", to]).await;
    assert_eq!(exported["head"], head);
    let lines = std::fs::read_to_string(&file).unwrap();
    assert_eq!(exported["acts"], lines.lines().count());
    let refused = shell.run(&["audit", "export", "--to", to]).await.unwrap_err();
    assert!(refused.to_string().contains("choose a file that isn't there yet"), "{refused}");

    let off = "ALTER TABLE audit_event DISABLE TRIGGER append_only";
    let last = "DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)";
    shell.database.run_as_superuser(&format!("{off}; {last}")).await;
    shell.run(&["audit", "verify", "--tenant", "moe"]).await.unwrap();
    let gone = shell.run(&["audit", "verify", "--head", &head]).await.unwrap_err();
    assert!(gone.to_string().contains("no chain has the hash"), "only a head kept elsewhere tells: {gone}");
    shell.database.run_as_superuser("DELETE FROM audit_event WHERE seq = 1").await;
    let broken = shell.run(&["audit", "verify", "--tenant", "moe"]).await.unwrap_err();
    assert!(broken.to_string().contains("acts before it are missing"), "{broken}");
}
