//! The rules that a tenant shows.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entity::rule;
use crate::{Result, TenantTx};

/// A rule in one language.
#[derive(Debug)]
pub struct NewRule<'a> {
    pub position: i32,
    pub text: &'a str,
    pub hint: &'a str,
    /// BCP 47.
    pub language: &'a str,
}

impl TenantTx {
    pub async fn rule_insert_all(&self, rules: &[NewRule<'_>]) -> Result<()> {
        if rules.is_empty() {
            return Ok(());
        }
        let rows = rules.iter().map(|rule| rule::ActiveModel {
            tenant_id: Set(self.tenant().0),
            position: Set(rule.position),
            text: Set(rule.text.to_owned()),
            hint: Set(rule.hint.to_owned()),
            language: Set(rule.language.to_owned()),
            ..Default::default()
        });
        rule::Entity::insert_many(rows).exec_without_returning(self).await?;
        Ok(())
    }

    /// By position, every language.
    pub async fn rule_list(&self) -> Result<Vec<rule::Model>> {
        Ok(rule::Entity::find()
            .filter(rule::Column::TenantId.eq(self.tenant().0))
            .order_by_asc(rule::Column::Position)
            .order_by_asc(rule::Column::Language)
            .all(self)
            .await?)
    }
}
