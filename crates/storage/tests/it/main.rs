//! Storage on a real Postgres, laid out as the repositories are.

mod audience;
mod commons;
mod credentials;
mod isolation;
mod machinery;
mod registry;
mod seed;
