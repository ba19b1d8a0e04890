//! `machinery.host_state`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "machinery", table_name = "host_state")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub host: String,
    pub state: String,
    pub since: DateTimeUtc,
    pub reason: String,
    pub probe_at: DateTimeUtc,
    pub pause_seconds: i32,
    pub probes: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
