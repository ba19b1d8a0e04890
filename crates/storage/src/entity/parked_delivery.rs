//! `machinery.parked_delivery`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "machinery", table_name = "parked_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub activity_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub inbox: String,
    pub host: String,
    pub lane: String,
    pub attempts: i32,
    pub missing_days: i32,
    pub missing_on: Option<Date>,
    pub reason: String,
    pub first_at: DateTimeUtc,
    pub due_at: DateTimeUtc,
    pub with_host: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
