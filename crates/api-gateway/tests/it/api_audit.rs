//! What people do through a client is recorded: who, through what, from where.

use belfry_model::Role;
use serde_json::json;

use crate::edge::Edge;

#[actix_web::test]
async fn a_colleagues_posts_edits_and_deletions_stand_in_their_agencys_record_without_a_word_of_them() {
    let edge = Edge::new().await;
    let (moe, fin) = (edge.tenant("moe").await, edge.tenant("fin").await);
    let editor = edge.staff(&moe, Role::Editor).await;
    let post = edge.status(&moe, &editor, "Words of the agency").await;
    let path = format!("/api/v1/statuses/{post}");
    edge.send(
        moe.request(actix_web::http::Method::PUT, &path)
            .insert_header(editor.bearer())
            .set_json(json!({ "status": "Other words" })),
    )
    .await
    .ok();
    edge.post(&moe, &editor, &format!("{path}/reblog"), json!({})).await.ok();
    edge.post(&moe, &editor, &format!("{path}/unreblog"), json!({})).await.ok();
    edge.send(moe.request(actix_web::http::Method::DELETE, &path).insert_header(editor.bearer())).await.ok();

    let tx = edge.tenancy().app.tenant(moe.tenant.scope()).await.unwrap();
    let acts: Vec<_> = tx
        .audit_list(50)
        .await
        .unwrap()
        .into_iter()
        .filter(|act| act.action.starts_with("status."))
        .collect();
    let names: Vec<_> = acts.iter().map(|act| act.action.as_str()).collect();
    assert_eq!(names, ["status.delete", "status.unboost", "status.boost", "status.edit", "status.create"]);
    for act in &acts {
        assert_eq!((act.origin.as_str(), act.who.as_str()), ("staff", "The editor <editor@work.example>"));
        assert!(act.client.contains("(token ") && !act.address.is_empty() && !act.governs, "{act:?}");
        assert!(!act.detail.to_string().contains("ords"), "{}", act.detail);
    }
    let tx = edge.tenancy().app.tenant(fin.tenant.scope()).await.unwrap();
    assert!(tx.audit_list(50).await.unwrap().iter().all(|act| !act.action.starts_with("status.")));
}
