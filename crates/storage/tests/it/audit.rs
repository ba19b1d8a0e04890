//! The record of acts: chained by the database, searched by each role as far as it may see.

use belfry_model::{StaffId, TenantId};
use belfry_storage::{Actor, AdminDb, AppDb, AuditFilter, NewAuditEvent, PoolOptions};
use belfry_test_support::TestDatabase;
use chrono::{DateTime, Utc};
use serde_json::json;

const MOE: TenantId = TenantId(70);
const FIN: TenantId = TenantId(80);

struct Record {
    app: AppDb,
    admin: AdminDb,
    database: TestDatabase,
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
}

impl Record {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        Self {
            app: AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap(),
            admin: AdminDb::connect(&database.admin_url(), PoolOptions::default()).await.unwrap(),
            database,
        }
    }

    async fn act(&self, tenant: TenantId, action: &str, by: Actor<'_>) {
        let scope = belfry_model::TenantScope::of(tenant).unwrap();
        let tx = self.app.tenant(scope).await.unwrap();
        let event = NewAuditEvent { at: at(0), by, action, detail: json!({}) };
        tx.audit_insert(event).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn found(&self, filter: &AuditFilter) -> Vec<String> {
        let acts = self.admin.audit_search(filter, 10).await.unwrap();
        acts.into_iter().map(|act| act.action).collect()
    }

    async fn own(&self, tenant: TenantId) -> Vec<String> {
        let scope = belfry_model::TenantScope::of(tenant).unwrap();
        let tx = self.app.tenant(scope).await.unwrap();
        let acts = tx.audit_search(&AuditFilter::default(), 10).await.unwrap();
        acts.into_iter().map(|act| act.action).collect()
    }
}

const ANN: Actor<'_> = Actor {
    origin: "staff",
    tenant: Some(MOE),
    staff: Some(StaffId(7)),
    who: "Ann <a@moe.example>",
    ..Actor::COMMAND
};

#[tokio::test]
async fn the_lead_finds_acts_that_govern_and_a_tenant_its_own_and_those_about_it() {
    let record = Record::new().await;
    record.act(MOE, "staff.invite", ANN).await;
    record.act(MOE, "status.create", ANN).await;
    record.act(FIN, "staff.invite", Actor::COMMAND).await;
    record.admin.governance_record(Actor::COMMAND, "tenant.phase", Some(MOE), json!({})).await.unwrap();
    record.admin.governance_record(Actor::COMMAND, "host.reset", None, json!({})).await.unwrap();

    let any = AuditFilter::default();
    let all = ["host.reset", "tenant.phase", "staff.invite", "staff.invite"];
    assert_eq!(record.found(&any).await, all, "no act of speaking among them");
    assert_eq!(record.own(MOE).await, ["tenant.phase", "status.create", "staff.invite"]);
    assert_eq!(record.own(FIN).await, ["staff.invite"]);
    let of_moe = AuditFilter { tenant: Some(MOE), ..any.clone() };
    assert_eq!(record.found(&of_moe).await, ["tenant.phase", "staff.invite"]);
    assert_eq!(record.found(&AuditFilter { text: "ANN <A@".into(), ..any.clone() }).await, ["staff.invite"]);
    assert_eq!(record.found(&AuditFilter { action: "host.".into(), ..any.clone() }).await, ["host.reset"]);
    assert_eq!(record.found(&AuditFilter { origin: "staff".into(), ..any.clone() }).await, ["staff.invite"]);
    let acts = record.admin.audit_search(&any, 2).await.unwrap();
    let next = AuditFilter { before: acts.last().map(|act| act.id), ..any };
    assert_eq!(record.found(&next).await, ["staff.invite", "staff.invite"]);
}

#[tokio::test]
async fn an_act_of_the_lead_in_a_tenants_record_names_the_person_and_refers_to_none_of_its_staff() {
    let record = Record::new().await;
    record.act(FIN, "tenant.suspend", ANN).await;
    let scope = belfry_model::TenantScope::of(FIN).unwrap();
    let act = record.app.tenant(scope).await.unwrap().audit_list(1).await.unwrap().remove(0);
    assert_eq!((act.origin.as_str(), act.staff_id, act.who.as_str()), ("lead", None, "Ann <a@moe.example>"));
}

#[tokio::test]
async fn many_at_once_make_one_chain_each_and_a_forged_place_in_it_is_overwritten() {
    let record = Record::new().await;
    let acts = (0..8).map(|_| record.act(MOE, "staff.invite", ANN));
    futures::future::join_all(acts).await;
    let scope = belfry_model::TenantScope::of(MOE).unwrap();
    let app = sqlx::PgPool::connect(record.database.app_url().expose()).await.unwrap();
    let mut tx = app.begin().await.unwrap();
    sqlx::query("SELECT set_config('app.tenant_id', '70', true)").execute(&mut *tx).await.unwrap();
    sqlx::query(
        "INSERT INTO audit_event (tenant_id, origin, action, seq, prev_hash, hash)
         VALUES (70, 'command', 'forged', 1, '', '')",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let links = record.app.tenant(scope).await.unwrap().audit_chain(0, 100).await.unwrap();
    assert_eq!(links.iter().map(|link| link.seq).collect::<Vec<_>>(), (1..=9).collect::<Vec<_>>());
    for pair in links.windows(2) {
        assert_eq!(pair[1].prev_hash, pair[0].hash);
    }
    assert!(record.admin.audit_chain(0, 10).await.unwrap().is_empty(), "the platform has a chain of its own");
}
