//! Repositories: one file a noun. Tenant rows hang on `TenantTx`, commons rows on
//! `CommonsTx`, the registry on `AppDb` (read) and `AdminDb` (write), machinery on `WorkerDb`.

pub(crate) mod access;
pub(crate) mod actor_key;
pub(crate) mod actor_local;
mod audience;
pub(crate) mod audit;
pub(crate) mod commons_actor;
pub(crate) mod commons_status;
mod interest;
pub(crate) mod invitation;
pub(crate) mod key_pool;
pub(crate) mod oauth_app;
pub(crate) mod oauth_code;
pub(crate) mod oauth_token;
pub(crate) mod public_account;
mod received;
pub(crate) mod registry;
mod relation;
mod remote_parts;
pub(crate) mod rule;
pub(crate) mod session;
pub(crate) mod staff;
pub(crate) mod tenant_key;
pub(crate) mod tenant_setting;
