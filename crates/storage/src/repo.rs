//! Repositories: one file a noun. Tenant rows hang on `TenantTx`, commons rows on
//! `CommonsTx`, the registry on `AppDb` (read) and `AdminDb` (write), machinery on `WorkerDb`.

use sea_orm::{DbBackend, Statement, Value};

pub(crate) mod access;
pub(crate) mod activity;
pub(crate) mod actor;
pub(crate) mod actor_key;
pub(crate) mod actor_local;
pub(crate) mod audience;
pub(crate) mod audit;
pub(crate) mod audit_chain;
pub(crate) mod audit_search;
pub(crate) mod baseline;
pub(crate) mod commons_actor;
pub(crate) mod commons_status;
pub(crate) mod dead_letter;
pub(crate) mod deletion;
pub(crate) mod delivery_admin;
pub(crate) mod domain_import;
pub(crate) mod domain_proof;
pub(crate) mod domain_rule;
pub(crate) mod domain_shown;
pub(crate) mod factor;
pub(crate) mod favourite;
pub(crate) mod follow;
pub(crate) mod follower_digest;
pub(crate) mod home_timeline;
pub(crate) mod host_admin;
pub(crate) mod host_state;
pub(crate) mod id;
pub(crate) mod interest;
pub(crate) mod invitation;
pub(crate) mod key_pool;
pub(crate) mod ledger;
pub(crate) mod mail;
pub(crate) mod media;
pub(crate) mod mention;
pub(crate) mod moved_inbox;
pub(crate) mod notice;
pub(crate) mod notification;
pub(crate) mod oauth_app;
pub(crate) mod oauth_code;
pub(crate) mod oauth_token;
pub(crate) mod official_handle;
pub(crate) mod outbox;
pub(crate) mod outcome;
pub(crate) mod parked;
pub(crate) mod permission_set;
pub(crate) mod policy;
pub(crate) mod policy_acceptance;
pub(crate) mod policy_draft;
pub(crate) mod policy_text;
pub(crate) mod proposal;
pub(crate) mod public_account;
pub(crate) mod quota;
pub(crate) mod received;
pub(crate) mod register;
pub(crate) mod registry;
pub(crate) mod relation;
pub(crate) mod remote_parts;
pub(crate) mod request;
pub(crate) mod request_public;
pub(crate) mod rule;
pub(crate) mod session;
pub(crate) mod slice;
pub(crate) mod staff;
pub(crate) mod standing;
pub(crate) mod status;
pub(crate) mod status_count;
pub(crate) mod status_edit;
pub(crate) mod status_list;
pub(crate) mod status_thread;
pub(crate) mod status_visible;
pub(crate) mod suspension;
pub(crate) mod tag;
pub(crate) mod tenant_count;
pub(crate) mod tenant_import;
pub(crate) mod tenant_key;
pub(crate) mod tenant_setting;
pub(crate) mod urgent;
pub(crate) mod usage;
pub(crate) mod usage_report;

/// SQL with its parameters bound.
fn statement<const N: usize>(sql: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}
