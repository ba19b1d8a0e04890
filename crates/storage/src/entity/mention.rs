//! `mention`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mention")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub status_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor_uri: String,
    pub actor_tenant: Option<i64>,
    pub actor_id: Option<i64>,
    pub username: String,
    pub acct: String,
    pub url: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
