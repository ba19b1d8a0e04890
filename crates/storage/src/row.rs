//! Rows as they leave storage: the entities' models under the names of the field.

pub use crate::entity::account_access::Model as AccountAccess;
pub use crate::entity::activity::Model as Activity;
pub use crate::entity::actor::Model as Actor;
pub use crate::entity::actor_key::Model as ActorKey;
pub use crate::entity::audit_event::Model as AuditEvent;
pub use crate::entity::commons_relation::Model as CommonsRelation;
pub use crate::entity::dead_letter::Model as DeadLetter;
pub use crate::entity::favourite::Model as Favourite;
pub use crate::entity::follow::Model as Follow;
pub use crate::entity::governance_audit::Model as GovernanceAudit;
pub use crate::entity::home_timeline::Model as HomeTimeline;
pub use crate::entity::interest::Model as Interest;
pub use crate::entity::invitation::Model as Invitation;
pub use crate::entity::key_pool::Model as KeyPool;
pub use crate::entity::media_attachment::Model as MediaAttachment;
pub use crate::entity::mention::Model as Mention;
pub use crate::entity::notification::Model as Notification;
pub use crate::entity::oauth_app::Model as OauthApp;
pub use crate::entity::oauth_code::Model as OauthCode;
pub use crate::entity::oauth_token::Model as OauthToken;
pub use crate::entity::outbox::Model as Outbox;
pub use crate::entity::parked_delivery::Model as ParkedDelivery;
pub use crate::entity::public_account::Model as PublicAccount;
pub use crate::entity::received_activity::Model as ReceivedActivity;
pub use crate::entity::rule::Model as Rule;
pub use crate::entity::session::Model as Session;
pub use crate::entity::staff::Model as Staff;
pub use crate::entity::status::Model as Status;
pub use crate::entity::status_edit::Model as StatusEdit;
pub use crate::entity::status_tag::Model as StatusTag;
pub use crate::entity::tenant::Model as Tenant;
pub use crate::entity::tenant_key::Model as TenantKey;
pub use crate::entity::tenant_setting::Model as TenantSetting;
pub use crate::entity::tenant_turn::Model as TenantTurn;

pub use crate::repo::actor::ActorCounts;
pub use crate::repo::status_count::StatusCounts;
