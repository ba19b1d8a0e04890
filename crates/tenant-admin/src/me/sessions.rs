//! `/admin/me/sessions`: where somebody is signed in.

pub(crate) mod end;
pub(crate) mod end_others;
