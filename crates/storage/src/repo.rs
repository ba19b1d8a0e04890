//! Repositories: one file a noun. Tenant rows hang on `TenantTx`, commons rows on
//! `CommonsTx`, the registry on `AppDb` (read) and `AdminDb` (write), machinery on `WorkerDb`.

mod registry;
