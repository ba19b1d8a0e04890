//! The commands, one file each; those about tenants are done in `tenant-admin`.

pub mod api;
pub mod doctor;
pub mod migrate;
pub mod settings;
pub mod tenancy;
