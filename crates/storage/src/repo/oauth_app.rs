//! Client apps that have registered with one tenant.

use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Set, Statement};

use crate::entity::oauth_app;
use crate::{Result, TenantTx};

/// An app that registers.
#[derive(Debug)]
pub struct NewOauthApp<'a> {
    pub name: &'a str,
    pub website: Option<&'a str>,
    pub client_id: &'a str,
    pub secret_hash: Vec<u8>,
    pub redirect_uris: &'a [String],
    pub scopes: Vec<String>,
}

impl TenantTx {
    pub async fn oauth_app_insert(&self, new: NewOauthApp<'_>) -> Result<oauth_app::Model> {
        Ok(oauth_app::Entity::insert(oauth_app::ActiveModel {
            tenant_id: Set(self.tenant().0),
            name: Set(new.name.to_owned()),
            website: Set(new.website.map(ToOwned::to_owned)),
            client_id: Set(new.client_id.to_owned()),
            secret_hash: Set(new.secret_hash),
            redirect_uris: Set(new.redirect_uris.to_vec()),
            scopes: Set(new.scopes),
            ..Default::default()
        })
        .exec_with_returning(self)
        .await?)
    }

    /// The app with this client id, made if it is not there: for the platform's own.
    pub async fn oauth_app_ensure(&self, new: NewOauthApp<'_>) -> Result<Option<oauth_app::Model>> {
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "INSERT INTO oauth_app (tenant_id, name, website, client_id, secret_hash, redirect_uris, scopes)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, client_id) DO NOTHING",
            [
                self.tenant().0.into(),
                new.name.into(),
                new.website.into(),
                new.client_id.into(),
                new.secret_hash.into(),
                new.redirect_uris.to_vec().into(),
                new.scopes.into(),
            ],
        ))
        .await?;
        self.oauth_app_by_client_id(new.client_id).await
    }

    pub async fn oauth_app_by_client_id(&self, client_id: &str) -> Result<Option<oauth_app::Model>> {
        Ok(oauth_app::Entity::find()
            .filter(oauth_app::Column::TenantId.eq(self.tenant().0))
            .filter(oauth_app::Column::ClientId.eq(client_id))
            .one(self)
            .await?)
    }

    pub async fn oauth_app_fetch(&self, id: i64) -> Result<Option<oauth_app::Model>> {
        Ok(oauth_app::Entity::find_by_id((self.tenant().0, id)).one(self).await?)
    }
}
