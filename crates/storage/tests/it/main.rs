//! Storage on a real Postgres, laid out as the repositories are.

#![cfg(test)]

mod audience;
mod commons;
mod credentials;
mod isolation;
mod machinery;
mod registry;
mod seed;
