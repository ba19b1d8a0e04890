//! The commands that are the binary's own.

pub mod doctor;
pub mod migrate;
pub mod settings;
