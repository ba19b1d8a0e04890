//! The registry of tenants: read by every process, written by the lead agency's role.
//!
//! Invariant: each act of governance is recorded in the transaction that does it.

use belfry_model::{BodyType, Host, Phase, Slug, Tenant, TenantId, TenantState};
use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set, Statement, TransactionTrait,
};
use serde_json::json;

use crate::entity::{governance_audit, tenant};
use crate::{Actor, AdminDb, AppDb, Error, Result};

/// Any number, as long as no other lock uses it: one registration at a time, so that
/// exactly one tenant is the first.
const REGISTRATION_LOCK: i64 = 5_224_017_742;

/// A tenant that is to be registered.
#[derive(Debug)]
pub struct NewTenant<'a> {
    pub slug: &'a Slug,
    pub host: &'a Host,
    pub name: &'a str,
    pub phase: Phase,
    pub language: &'a str,
    pub owner_email: &'a str,
    pub body_type: BodyType,
    /// The request for admission that it is made for.
    pub request: Option<i64>,
    /// The first tenant is the lead whether it asks to be or not.
    pub lead: bool,
}

/// What became of a registration.
#[derive(Debug)]
pub enum Registered {
    New(tenant::Model),
    /// The slug was registered before; nothing was changed.
    Known(tenant::Model),
}

impl AppDb {
    /// Every tenant, the deleted ones as well, for the process's own table of hosts.
    pub async fn tenant_list(&self) -> Result<Vec<Tenant>> {
        let rows = tenant::Entity::find().order_by_asc(tenant::Column::Slug).all(self.pool()).await?;
        rows.into_iter().map(Tenant::try_from).collect()
    }
}

impl AdminDb {
    /// Enters a tenant as `provisioning`, unless its slug is known. A second lead is a
    /// conflict with `tenant_one_lead`.
    ///
    /// `by` names who acts, for the record of governance.
    pub async fn tenant_register(&self, new: &NewTenant<'_>, by: Actor<'_>) -> Result<Registered> {
        let tx = self.pool().begin().await?;
        tx.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_advisory_xact_lock($1)",
            [REGISTRATION_LOCK.into()],
        ))
        .await?;
        if let Some(known) = by_slug(&tx, new.slug).await? {
            return Ok(Registered::Known(known));
        }
        let first = tenant::Entity::find().one(&tx).await?.is_none();
        let row = tenant::Entity::insert(tenant::ActiveModel {
            slug: Set(new.slug.to_string()),
            host: Set(new.host.to_string()),
            name: Set(new.name.to_owned()),
            phase: Set(new.phase.to_string()),
            state: Set(TenantState::Provisioning.to_string()),
            is_lead: Set(first || new.lead),
            language: Set(new.language.to_owned()),
            owner_email: Set(new.owner_email.to_owned()),
            body_type: Set(new.body_type.to_string()),
            request_id: Set(new.request),
            ..Default::default()
        })
        .exec_with_returning(&tx)
        .await?;
        let detail = json!({ "slug": row.slug, "host": row.host, "phase": row.phase, "lead": row.is_lead });
        govern(&tx, by, "tenant.register", Some(row.id), detail).await?;
        tx.commit().await?;
        Ok(Registered::New(row))
    }

    /// Moves a tenant on in its life.
    pub async fn tenant_state_set(&self, id: TenantId, state: TenantState, by: Actor<'_>) -> Result<()> {
        let tx = self.pool().begin().await?;
        tx.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "UPDATE registry.tenant SET state = $2, updated_at = now() WHERE id = $1",
            [id.0.into(), state.as_str().into()],
        ))
        .await?;
        govern(&tx, by, &format!("tenant.{state}"), Some(id.0), json!({})).await?;
        Ok(tx.commit().await?)
    }

    /// Opens a tenant further, or less far. `false` if it was so already.
    pub async fn tenant_phase_set(&self, id: TenantId, phase: Phase, by: Actor<'_>) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let was = tx
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE registry.tenant new SET phase = $2, updated_at = now() FROM registry.tenant old
                 WHERE new.id = $1 AND old.id = new.id AND old.phase <> $2 RETURNING old.phase",
                [id.0.into(), phase.as_str().into()],
            ))
            .await?;
        let Some(was) = was else { return Ok(false) };
        let was: String = was.try_get_by_index(0)?;
        govern(&tx, by, "tenant.phase", Some(id.0), json!({ "from": was, "to": phase })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Says when a sandbox is wiped, or that the tenant stays. `false` if it was so already.
    pub async fn tenant_wipe_on_set(
        &self,
        id: TenantId,
        wipe_on: Option<NaiveDate>,
        by: Actor<'_>,
    ) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let was = tx
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE registry.tenant new SET wipe_on = $2, updated_at = now() FROM registry.tenant old
                 WHERE new.id = $1 AND old.id = new.id AND old.wipe_on IS DISTINCT FROM $2 RETURNING old.wipe_on",
                [id.0.into(), wipe_on.into()],
            ))
            .await?;
        let Some(was) = was else { return Ok(false) };
        let was: Option<NaiveDate> = was.try_get_by_index(0)?;
        govern(&tx, by, "tenant.wipe_on", Some(id.0), json!({ "from": was, "to": wipe_on })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// What the public calls the body. `false` if it was called so already.
    pub async fn tenant_name_set(&self, id: TenantId, name: &str, by: Actor<'_>) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let was = tx
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE registry.tenant new SET name = $2, updated_at = now() FROM registry.tenant old
                 WHERE new.id = $1 AND old.id = new.id AND old.name <> $2 RETURNING old.name",
                [id.0.into(), name.into()],
            ))
            .await?;
        let Some(was) = was else { return Ok(false) };
        let was: String = was.try_get_by_index(0)?;
        govern(&tx, by, "tenant.rename", Some(id.0), json!({ "from": was, "to": name })).await?;
        tx.commit().await?;
        Ok(true)
    }

    pub async fn tenant_fetch(&self, slug: &Slug) -> Result<Option<tenant::Model>> {
        by_slug(self.pool(), slug).await
    }

    /// The tenant that is marked as lead, whatever its state.
    pub async fn tenant_lead_fetch(&self) -> Result<Option<tenant::Model>> {
        Ok(tenant::Entity::find().filter(tenant::Column::IsLead.eq(true)).one(self.pool()).await?)
    }

    /// Records an operator's act on the machinery. Before it is done, since that happens over
    /// another connection: what was done is never without its record.
    pub async fn governance_record(
        &self,
        by: Actor<'_>,
        action: &str,
        about: Option<TenantId>,
        detail: serde_json::Value,
    ) -> Result<()> {
        let tx = self.pool().begin().await?;
        govern(&tx, by, action, about.map(|id| id.0), detail).await?;
        Ok(tx.commit().await?)
    }

    /// The newest acts of governance first.
    pub async fn governance_list(&self, limit: u64) -> Result<Vec<governance_audit::Model>> {
        Ok(governance_audit::Entity::find()
            .order_by_desc(governance_audit::Column::Id)
            .limit(limit)
            .all(self.pool())
            .await?)
    }
}

async fn by_slug(db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<tenant::Model>> {
    Ok(tenant::Entity::find().filter(tenant::Column::Slug.eq(slug.as_str())).one(db).await?)
}

/// Records an act of governance in the transaction that does it.
pub(super) async fn govern(
    tx: &DatabaseTransaction,
    by: Actor<'_>,
    action: &str,
    about: Option<i64>,
    detail: serde_json::Value,
) -> Result<()> {
    governance_audit::Entity::insert(governance_audit::ActiveModel {
        origin: Set(by.origin.to_owned()),
        by_tenant: Set(by.tenant.map(|id| id.0)),
        staff_id: Set(by.staff.map(|id| id.0)),
        who: Set(by.who.to_owned()),
        client: Set(by.client.to_owned()),
        address: Set(by.address_text()),
        reason: Set(by.reason.to_owned()),
        action: Set(action.to_owned()),
        about_tenant: Set(about),
        detail: Set(detail),
        ..Default::default()
    })
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

impl TryFrom<tenant::Model> for Tenant {
    type Error = Error;

    fn try_from(row: tenant::Model) -> Result<Self> {
        let corrupt = |reason: String| Error::Corrupt { table: "registry.tenant", reason };
        Ok(Self {
            id: TenantId(row.id),
            slug: row.slug.parse().map_err(|e| corrupt(format!("{e}")))?,
            host: row.host.parse().map_err(|e| corrupt(format!("{e}")))?,
            name: row.name,
            phase: row.phase.parse().map_err(|e| corrupt(format!("{e}")))?,
            state: row.state.parse().map_err(|e| corrupt(format!("{e}")))?,
            is_lead: row.is_lead,
            language: row.language,
            urgent: row.urgent,
            body_type: row.body_type.parse().map_err(|e| corrupt(format!("{e}")))?,
            listed_at: row.listed_at,
            vouched: row.vouched,
            wipe_on: row.wipe_on,
        })
    }
}
