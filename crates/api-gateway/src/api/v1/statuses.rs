//! `/api/v1/statuses`.

pub mod context;
pub mod create;
pub mod delete;
pub mod favourite;
pub mod favourited_by;
pub mod history;
pub mod index;
pub mod reblog;
pub mod reblogged_by;
pub mod show;
pub mod source;
pub mod unfavourite;
pub mod unreblog;
pub mod update;
