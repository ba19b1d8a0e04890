//! `/admin/me/tokens`: the apps that act for somebody.

pub(crate) mod revoke;
