//! Storage on a real Postgres, laid out as the repositories are.

mod isolation;
mod seed;
