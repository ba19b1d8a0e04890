//! The lead agency's console, the departments' admin pages and the tenant commands.

pub mod command;
