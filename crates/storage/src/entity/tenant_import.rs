//! `registry.tenant_import`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "registry", table_name = "tenant_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub created_at: DateTimeUtc,
    pub file_name: String,
    pub state: String,
    pub origin: String,
    pub by_tenant: Option<i64>,
    pub staff_id: Option<i64>,
    pub who: String,
    pub client: String,
    pub address: String,
    pub reason: String,
    pub lease_by: Option<Uuid>,
    pub lease_until: Option<DateTimeUtc>,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
