//! `/console/baseline/imports`: lists of servers, looked at before they apply.

pub(crate) mod apply;
pub(crate) mod create;
pub(crate) mod discard;
pub(crate) mod show;
