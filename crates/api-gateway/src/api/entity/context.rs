//! `Context`: the thread around a post.

use serde::Serialize;

use super::Status;

#[derive(Debug, Clone, Serialize)]
pub struct Context {
    pub ancestors: Vec<Status>,
    pub descendants: Vec<Status>,
}
