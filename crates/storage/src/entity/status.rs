//! `status`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "status")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub uri: String,
    pub url: Option<String>,
    pub actor_tenant: i64,
    pub actor_id: i64,
    pub staff_id: Option<i64>,
    pub local: bool,
    pub visibility: String,
    pub text: String,
    pub content_html: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub in_reply_to_uri: Option<String>,
    pub in_reply_to_tenant: Option<i64>,
    pub in_reply_to_id: Option<i64>,
    pub in_reply_to_actor_id: Option<i64>,
    pub reblog_of_tenant: Option<i64>,
    pub reblog_of_id: Option<i64>,
    pub conversation_uri: Option<String>,
    pub app_name: Option<String>,
    pub app_website: Option<String>,
    pub idempotency_key: Option<String>,
    pub created_at: DateTimeUtc,
    pub edited_at: Option<DateTimeUtc>,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
