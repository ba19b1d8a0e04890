//! `registry.tenant_import_row`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "registry", table_name = "tenant_import_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i32,
    pub slug: String,
    pub name: String,
    pub owner_email: String,
    pub phase: String,
    pub language: String,
    pub body_type: String,
    pub host: String,
    pub official_handle: String,
    pub outcome: String,
    pub reason: String,
    pub detail: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
