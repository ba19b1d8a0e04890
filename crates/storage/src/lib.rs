//! Postgres: tenant-scoped transactions and repositories, the outbox, the registry.
//!
//! Invariant: no other crate speaks SQL (the embedded queue's own table apart), and no other
//! crate can reach a tenant's rows but through a [`TenantTx`]. A pool's newtype deliberately
//! does not implement the query trait: there is no way to a row without saying whose it is.

mod connect;
mod entity;
mod error;
mod inspect;
mod notify;
mod page;
mod repo;
pub mod row;
mod tx;

pub use connect::{AdminDb, AppDb, OwnerDb, PoolOptions, WorkerDb};
pub use error::{Error, Result};
pub use inspect::RoleReport;
pub use notify::{HOST, Listener, OUTBOX, REGISTRY};
pub use page::Page;
pub use repo::activity::NewActivity;
pub use repo::actor::ActorChange;
pub use repo::actor_local::{INSTANCE, NewLocalActor};
pub use repo::audience::AudienceSlice;
pub use repo::audit::{Actor, NewAuditEvent};
pub use repo::audit_chain::ChainLink;
pub use repo::audit_search::{Act, AuditFilter};
pub use repo::baseline::{Baseline, OwnSettings};
pub use repo::commons_actor::RemoteActor;
pub use repo::commons_status::{Parent, RemoteMedia, RemoteMention, RemoteStatus, Written};
pub use repo::delivery_admin::{DeliveryFilter, DeliveryState, HELD, StuckDelivery, held_for_good};
pub use repo::domain_import::WaitingImport;
pub use repo::domain_rule::{KeptRule, RulePage};
pub use repo::factor::Totp;
pub use repo::favourite::NewFavourite;
pub use repo::follow::NewFollow;
pub use repo::host_admin::{HostReport, HostReset, HostTrouble};
pub use repo::invitation::NewInvitation;
pub use repo::ledger::{ActivityLedger, Ledger, Trouble, TroubleState};
pub use repo::mail::{MailCounts, NewMail};
pub use repo::media::NewMedia;
pub use repo::mention::NewMention;
pub use repo::notification::NewNotification;
pub use repo::oauth_app::NewOauthApp;
pub use repo::oauth_code::NewOauthCode;
pub use repo::oauth_token::{HeldToken, NewOauthToken};
pub use repo::outbox::{Backlog, Claim, Turn};
pub use repo::outcome::{End, Ended, Outcomes};
pub use repo::parked::Parked;
pub use repo::policy::{DomainRule, PolicyRows};
pub use repo::policy_acceptance::{Acceptance, DuePolicy};
pub use repo::policy_draft::{NewPolicyDraft, PolicyDraft};
pub use repo::policy_text::{NewPolicyText, PolicyHead, PolicyText};
pub use repo::proposal::NewProposal;
pub use repo::registry::{NewTenant, Registered};
pub use repo::request::Approval;
pub use repo::request_public::{Filed, MessageSeen, NewRequest, RequestSeen};
pub use repo::rule::NewRule;
pub use repo::session::{NewSession, OpenSession};
pub use repo::slice::{Held, Slice, batch_key};
pub use repo::standing::{HostAway, Standing};
pub use repo::status::{NewStatus, StatusChange};
pub use repo::status_list::{AccountFilter, Reach, TagFilter};
pub use repo::suspension::Suspension;

pub use repo::usage::PostCount;
pub use repo::usage_report::{TenantUsage, UsageDay};
pub use tx::{CommonsTx, TenantTx};
