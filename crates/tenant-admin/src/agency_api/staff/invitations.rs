//! `/api/belfry/v1/agency/staff/invitations`: who was invited and has not come yet.

pub mod create;
pub mod index;
pub mod withdraw;
