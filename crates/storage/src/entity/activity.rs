//! `activity`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub uri: String,
    pub kind: String,
    pub actor_id: i64,
    pub status_id: Option<i64>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub object: Option<Json>,
    pub to_followers: bool,
    #[sea_orm(column_type = "JsonBinary")]
    pub recipients: Json,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
