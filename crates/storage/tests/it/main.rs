//! Storage on a real Postgres, laid out as the repositories are.

mod audience;
mod commons;
mod isolation;
mod machinery;
mod seed;
