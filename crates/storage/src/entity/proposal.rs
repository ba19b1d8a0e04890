//! `registry.proposal`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "registry", table_name = "proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub kind: String,
    pub about_tenant: i64,
    pub email: String,
    pub reason: String,
    pub proposer: String,
    pub proposed_by: String,
    pub proposed_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub state: String,
    pub confirmer: Option<String>,
    pub confirmed_by: String,
    pub confirmed_at: Option<DateTimeUtc>,
    pub from_tenant: Option<i64>,
    pub done_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
