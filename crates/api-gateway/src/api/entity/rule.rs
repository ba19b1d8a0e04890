//! `Rule`: one of the tenant's house rules.

use serde::Serialize;
use serde_json::{Map, Value};

#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    pub id: String,
    pub text: String,
    pub hint: String,
    pub translations: Map<String, Value>,
}
