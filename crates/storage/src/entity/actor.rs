//! `actor`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "actor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub kind: String,
    pub username: String,
    pub domain: String,
    pub uri: String,
    pub url: Option<String>,
    pub actor_type: String,
    pub inbox_url: String,
    pub shared_inbox_url: Option<String>,
    pub outbox_url: Option<String>,
    pub followers_url: Option<String>,
    pub following_url: Option<String>,
    pub featured_url: Option<String>,
    pub display_name: String,
    pub note: String,
    pub note_html: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub fields: Json,
    pub avatar_media_id: Option<i64>,
    pub header_media_id: Option<i64>,
    pub avatar_remote_url: Option<String>,
    pub header_remote_url: Option<String>,
    pub locked: bool,
    pub bot: bool,
    pub discoverable: bool,
    pub public_key_id: Option<String>,
    pub public_key_pem: Option<String>,
    pub official_handle: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub fetched_at: Option<DateTimeUtc>,
    pub last_status_at: Option<DateTimeUtc>,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
