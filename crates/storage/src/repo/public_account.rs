//! What the public register shows: one row for each local account, readable by anybody.
//! A tenant writes its own rows; only the lead agency's role gives an official handle.

use belfry_model::{AccountKind, ActorId, Username};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, Set, Statement,
};

use crate::entity::public_account;
use crate::{AppDb, Result, TenantTx};

impl TenantTx {
    pub async fn public_account_insert(
        &self,
        actor: ActorId,
        username: &Username,
        display_name: &str,
        kind: AccountKind,
    ) -> Result<()> {
        public_account::Entity::insert(public_account::ActiveModel {
            tenant_id: Set(self.tenant().0),
            actor_id: Set(actor.0),
            username: Set(username.to_string()),
            display_name: Set(display_name.to_owned()),
            kind: Set(kind.to_string()),
            ..Default::default()
        })
        .exec_without_returning(self)
        .await?;
        Ok(())
    }

    /// The register follows the name alone.
    pub async fn public_account_rename(&self, actor: ActorId, display_name: &str) -> Result<()> {
        const RENAME: &str =
            "UPDATE registry.public_account SET display_name = $3 WHERE tenant_id = $1 AND actor_id = $2";
        let values = [self.tenant().0.into(), actor.0.into(), display_name.into()];
        self.execute_raw(super::statement(RENAME, values)).await?;
        Ok(())
    }

    /// The register follows what an account says of itself. `note` has no markup.
    pub async fn public_account_present(
        &self,
        actor: ActorId,
        display_name: &str,
        note: &str,
        avatar_key: Option<&str>,
    ) -> Result<()> {
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "UPDATE registry.public_account SET display_name = $3, note = $4, avatar_key = $5
             WHERE tenant_id = $1 AND actor_id = $2",
            [self.tenant().0.into(), actor.0.into(), display_name.into(), note.into(), avatar_key.into()],
        ))
        .await?;
        Ok(())
    }
}

impl AppDb {
    /// The whole register, by tenant and name.
    pub async fn public_account_list(&self) -> Result<Vec<public_account::Model>> {
        Ok(public_account::Entity::find()
            .order_by_asc(public_account::Column::TenantId)
            .order_by_asc(public_account::Column::Username)
            .all(self.pool())
            .await?)
    }

    /// Whose `@handle@<shared domain>` it is.
    pub async fn public_account_by_official(
        &self,
        handle: &Username,
    ) -> Result<Option<public_account::Model>> {
        Ok(public_account::Entity::find()
            .filter(public_account::Column::OfficialHandle.eq(handle.as_str()))
            .one(self.pool())
            .await?)
    }
}
