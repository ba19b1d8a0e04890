//! `registry.tenant`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "registry", table_name = "tenant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub slug: String,
    pub host: String,
    pub name: String,
    pub phase: String,
    pub state: String,
    pub is_lead: bool,
    pub language: String,
    pub owner_email: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub urgent: bool,
    pub body_type: String,
    pub request_id: Option<i64>,
    pub wipe_on: Option<Date>,
    pub suspended_at: Option<DateTimeUtc>,
    pub suspension_reason: String,
    pub listed_at: Option<DateTimeUtc>,
    pub vouched: bool,
    pub delete_at: Option<DateTimeUtc>,
    pub deleted_at: Option<DateTimeUtc>,
    pub erased_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
