//! `registry.governance_audit`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "registry", table_name = "governance_audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub at: DateTimeUtc,
    pub origin: String,
    pub by_tenant: Option<i64>,
    pub staff_id: Option<i64>,
    pub who: String,
    pub client: String,
    pub address: String,
    pub action: String,
    pub about_tenant: Option<i64>,
    pub reason: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: Json,
    pub seq: i64,
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
