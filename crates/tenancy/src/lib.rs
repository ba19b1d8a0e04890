//! Tenants, staff, roles, sign-in, keys in custody and audit.
