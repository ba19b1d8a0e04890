//! The operator's commands about deliveries and hosts, on rows as the engine leaves them.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::command::Shell;

/// A post of `moe` to ten servers: two wait (one at `down.example`, which is away), one refused;
/// and one of `fin` to `a.example`, which waits.
struct Stuck {
    shell: Shell,
    moe: String,
}

const POST: i64 = 77;
const ACTIVITY: i64 = 78;
const THEIRS: i64 = 88;

impl Stuck {
    async fn new() -> Self {
        let shell = Shell::new().await;
        let moe = shell.moe().await["tenant"]["id"].as_str().unwrap().to_owned();
        let words = ["tenant", "create", "fin", "--name", "Finance", "--owner-email", "o@fin.example"];
        let fin = shell.json(&words).await["tenant"]["id"].as_str().unwrap().to_owned();
        let mut sql = "SET session_replication_role = replica;".to_owned();
        for (tenant, activity, post) in [(&moe, ACTIVITY, POST), (&fin, THEIRS, THEIRS)] {
            write!(
                sql,
                "INSERT INTO activity (tenant_id, id, uri, kind, actor_id, status_id)
                 VALUES ({tenant}, {activity}, '{activity}', 'Create', 1, {post});"
            )
            .unwrap();
        }
        write!(sql,
            "INSERT INTO machinery.outbox
                 (tenant_id, activity_id, lane, published, settled, taken, refused, finished_at)
             VALUES ({moe}, {ACTIVITY}, 'normal', 10, 10, 7, 1, now()), ({fin}, {THEIRS}, 'normal', 1, 1, 0, 0, now());
             INSERT INTO machinery.parked_delivery
                 (tenant_id, activity_id, inbox, host, lane, attempts, reason, first_at, due_at, with_host)
             VALUES ({moe}, {ACTIVITY}, 'https://a.example/u/ann/inbox', 'a.example', 'normal', 2, 'answered 503', '2026-01-31T11:00Z', '2026-01-31T13:00Z', false),
                 ({moe}, {ACTIVITY}, 'https://down.example/inbox', 'down.example', 'normal', 0, 'its host is down', '2026-01-31T11:00Z', '2026-02-07T11:00Z', true),
                 ({fin}, {THEIRS}, 'https://a.example/u/bob/inbox', 'a.example', 'normal', 1, 'answered 503', '2026-01-31T11:00Z', '2026-01-31T13:00Z', false);
             INSERT INTO machinery.dead_letter
                 (tenant_id, activity_id, inbox, host, lane, attempts, reason, died_at)
             VALUES ({moe}, {ACTIVITY}, 'https://no.example/inbox', 'no.example', 'normal', 1, 'refused: answered 403', '2026-01-31T11:30Z');
             INSERT INTO machinery.host_state (host, state, since, reason, probe_at, pause_seconds, probes)
             VALUES ('down.example', 'down', '2026-01-31T10:00Z', 'took too long', '2026-01-31T12:30Z', 60, 3);"
        ).unwrap();
        shell.database.run_as_superuser(&sql).await;
        Self { shell, moe }
    }

    /// What waits and was refused of moe's, as the ledger counts it; the rows must say the same.
    async fn counted(&self) -> (u64, u64) {
        let shown = self.shell.json(&["delivery", "show", "--tenant", "moe", &ACTIVITY.to_string()]).await;
        let listed = self.shell.json(&["delivery", "list", "--tenant", "moe"]).await;
        let [ledger, rows] = [&shown["activities"][0], &listed]
            .map(|one| (one["waiting"].as_u64().unwrap(), one["refused"].as_u64().unwrap()));
        assert_eq!(ledger, rows);
        rows
    }

    async fn acts(&self) -> Vec<(String, Option<String>, Value)> {
        let acts = self.shell.context.admin.governance_list(100).await.unwrap();
        acts.into_iter()
            .filter(|act| !act.action.starts_with("tenant."))
            .map(|act| (act.action, act.about_tenant.map(|id| id.to_string()), act.detail))
            .collect()
    }
}

#[tokio::test]
async fn what_is_stuck_is_listed_without_an_inbox() {
    let stuck = Stuck::new().await;
    let all = stuck.shell.json(&["delivery", "list"]).await;
    assert_eq!((&all["waiting"], &all["refused"], &all["left_off"]), (&json!(3), &json!(1), &json!(0)));
    let first = &all["deliveries"][0];
    assert_eq!(first["host"], "a.example");
    assert_eq!((&first["state"], &first["reason"]), (&json!("waiting"), &json!("answered 503")));
    assert_eq!(
        (&first["next_attempt_at"], &first["died_at"]),
        (&json!("2026-01-31T13:00:00Z"), &Value::Null)
    );
    assert!(!all.to_string().contains("/inbox"), "{all}");

    let refused = stuck.shell.json(&["delivery", "list", "--tenant", "moe", "--state", "refused"]).await;
    assert_eq!((&refused["waiting"], refused["deliveries"].as_array().unwrap().len()), (&json!(0), 1));
    assert_eq!(refused["deliveries"][0]["died_at"], "2026-01-31T11:30:00Z");
    let one = stuck.shell.json(&["delivery", "list", "--limit", "1"]).await;
    assert_eq!(one["left_off"], 3);
    let there = stuck.shell.json(&["delivery", "list", "--host", "A.example"]).await;
    assert_eq!(there["deliveries"][1]["tenant"], "fin", "both tenants': {there}");
    let none = stuck.shell.run(&["delivery", "list", "--host", "other.example"]).await.unwrap();
    assert!(none.starts_with("Nothing that matches waits"), "{none}");
}

#[tokio::test]
async fn a_posts_way_is_shown_by_either_id_and_only_at_its_tenant() {
    let stuck = Stuck::new().await;
    for id in [POST, ACTIVITY] {
        let shown = stuck.shell.json(&["delivery", "show", "--tenant", "moe", &id.to_string()]).await;
        assert_eq!(shown["status"], POST.to_string());
        let activity = &shown["activities"][0];
        assert_eq!((&activity["servers"], &activity["taken"]), (&json!(10), &json!(7)));
        assert_eq!((&activity["waiting"], &activity["complete"]), (&json!(2), &json!(false)));
        assert_eq!(shown["hosts"].as_array().unwrap().len(), 3);
        assert!(!shown.to_string().contains("/inbox"), "{shown}");
        let foreign = stuck.shell.run(&["delivery", "show", "--tenant", "fin", &id.to_string()]).await;
        assert!(foreign.unwrap_err().to_string().contains("has no post or activity"));
    }
    let text = stuck.shell.run(&["delivery", "show", "--tenant", "moe", "77"]).await.unwrap();
    for part in
        ["7 of 10 servers have it, 2 waiting, 1 refused", "████", "when its host is back", "no.example"]
    {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[tokio::test]
async fn what_is_parked_stays_until_it_is_released() {
    let stuck = Stuck::new().await;
    let parked = stuck.shell.json(&["delivery", "park", "--tenant", "moe"]).await;
    assert_eq!(parked, json!({ "parked": 2, "until": null }));
    let held = stuck.shell.json(&["delivery", "list", "--tenant", "moe", "--state", "waiting"]).await;
    assert_eq!(
        (&held["deliveries"][0]["held"], &held["deliveries"][0]["next_attempt_at"]),
        (&json!(true), &Value::Null)
    );
    let neighbour = stuck.shell.json(&["delivery", "list", "--tenant", "fin"]).await;
    assert_eq!(neighbour["deliveries"][0]["held"], false);
    let until = stuck.shell.json(&["delivery", "park", "--tenant", "moe", "--until", "2h"]).await;
    assert_eq!(until, json!({ "parked": 2, "until": "2026-01-31T14:00:00Z" }));
    let past = stuck.shell.run(&["delivery", "park", "--until", "2026-01-31T11:00:00Z"]).await.unwrap_err();
    assert!(past.to_string().contains("over already"), "{past}");
    assert_eq!(stuck.shell.json(&["delivery", "release", "--tenant", "moe"]).await, json!({ "released": 2 }));
    assert_eq!(stuck.counted().await, (2, 1));
    let acts = stuck.acts().await;
    assert_eq!(acts.len(), 3, "{acts:?}");
    assert_eq!((acts[2].0.as_str(), acts[2].1.as_ref()), ("delivery.park", Some(&stuck.moe)));
    assert_eq!(acts[2].2["matched"], 2);
}

#[tokio::test]
async fn dropping_wants_a_filter_and_a_yes_and_can_be_taken_back() {
    let stuck = Stuck::new().await;
    let all = stuck.shell.run(&["delivery", "drop", "--yes"]).await.unwrap_err();
    assert!(all.to_string().contains("--tenant, --host or --activity"), "{all}");
    let asked = stuck.shell.json(&["delivery", "drop", "--tenant", "moe"]).await;
    assert_eq!(asked, json!({ "dropped": 0, "would_drop": 2 }));
    assert_eq!((stuck.counted().await, stuck.acts().await.len()), ((2, 1), 0));
    let dropped = stuck.shell.json(&["delivery", "drop", "--tenant", "moe", "--yes"]).await;
    assert_eq!(dropped, json!({ "dropped": 2, "would_drop": 0 }));
    assert_eq!(stuck.counted().await, (0, 3));
    let back = stuck.shell.json(&["delivery", "replay", "--activity", &ACTIVITY.to_string()]).await;
    assert_eq!(back, json!({ "replayed": 3 }));
    assert_eq!(stuck.counted().await, (3, 0));
    let nothing = stuck.shell.run(&["delivery", "replay", "--tenant", "moe"]).await.unwrap();
    assert!(nothing.starts_with("Nothing that matches"), "{nothing}");
    let neighbour = stuck.shell.json(&["delivery", "list", "--tenant", "fin"]).await;
    assert_eq!((&neighbour["waiting"], &neighbour["refused"]), (&json!(1), &json!(0)));
    let acts: Vec<_> = stuck.acts().await.into_iter().map(|(action, ..)| action).collect();
    assert_eq!(acts, ["delivery.replay", "delivery.drop"], "what changed nothing is no act");
}

#[tokio::test]
async fn a_host_is_listed_shown_and_set_free() {
    let stuck = Stuck::new().await;
    let hosts = stuck.shell.json(&["host", "list"]).await;
    assert_eq!(hosts["hosts"][0]["host"], "down.example");
    assert_eq!((&hosts["hosts"][0]["parked"], &hosts["hosts"][0]["state"]), (&json!(1), &json!("down")));
    let up = stuck.shell.json(&["host", "show", "a.example"]).await;
    assert_eq!((&up["state"], &up["parked"], &up["since"]), (&json!("up"), &json!(2), &Value::Null));
    let reset = stuck.shell.json(&["host", "reset", "down.example"]).await;
    assert_eq!(reset, json!({ "host": "down.example", "reset": true, "released": 1 }));
    let none = stuck.shell.run(&["host", "list"]).await.unwrap();
    assert!(none.contains("every other one counts as up"), "{none}");
    assert_eq!(stuck.acts().await[0].0, "host.reset");
    assert_eq!(stuck.counted().await, (2, 1));
}

#[tokio::test]
async fn without_the_machinery_the_setting_is_named() {
    let mut shell = Shell::new().await;
    shell.context.worker = None;
    for words in [
        &["delivery", "list"][..],
        &["delivery", "replay"],
        &["host", "list"],
        &["host", "reset", "a.example"],
    ] {
        let error = shell.run(words).await.unwrap_err().to_string();
        assert!(error.contains("database.worker_url"), "{words:?}: {error}");
    }
}

#[tokio::test]
async fn urgent_posts_are_permitted_to_one_tenant() {
    let stuck = Stuck::new().await;
    let on = stuck.shell.json(&["tenant", "set-urgent", "moe", "on"]).await;
    assert_eq!(on, json!({ "slug": "moe", "urgent": true, "changed": true }));
    assert_eq!(stuck.shell.json(&["tenant", "set-urgent", "moe", "on"]).await["changed"], false);
    let tenants = stuck.shell.json(&["tenant", "list"]).await;
    assert_eq!(
        (&tenants["tenants"][0]["urgent"], &tenants["tenants"][1]["urgent"]),
        (&json!(false), &json!(true))
    );
    let off = stuck.shell.run(&["tenant", "set-urgent", "moe", "off"]).await.unwrap();
    assert_eq!(off, "`moe` may not send urgent posts, from now on.");
}
