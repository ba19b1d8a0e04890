//! `Rule`: one of the tenant's house rules, with its translations.

use std::collections::BTreeMap;

use belfry_storage::row;
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    pub id: String,
    pub text: String,
    pub hint: String,
    /// By language.
    pub translations: BTreeMap<String, Translation>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Translation {
    pub text: String,
    pub hint: String,
}

impl Rule {
    /// Rows of one position are one rule in several languages. It is shown in `language`, or
    /// in the first that there is.
    pub fn list(rows: &[row::Rule], language: &str) -> Vec<Self> {
        rows.chunk_by(|one, other| one.position == other.position)
            .filter_map(|versions| {
                let shown = versions.iter().find(|row| row.language == language).or(versions.first())?;
                let translations = versions
                    .iter()
                    .map(|row| {
                        let translation = Translation { text: row.text.clone(), hint: row.hint.clone() };
                        (row.language.clone(), translation)
                    })
                    .collect();
                Some(Self {
                    id: shown.id.to_string(),
                    text: shown.text.clone(),
                    hint: shown.hint.clone(),
                    translations,
                })
            })
            .collect()
    }
}
