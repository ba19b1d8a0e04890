//! What the lead agency sets for all agencies. An agency of its own can tighten it, never loosen.

pub mod domains;
pub mod handles;
pub mod import;
pub mod settings;
