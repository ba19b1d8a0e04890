//! `/api/v1/accounts`.

pub mod follow;
pub mod followers;
pub mod following;
pub mod index;
pub mod lookup;
pub mod relationships;
pub mod search;
pub mod show;
pub mod statuses;
pub mod unfollow;
pub mod update_credentials;
pub mod verify_credentials;
