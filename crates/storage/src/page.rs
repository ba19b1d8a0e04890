//! Paging by id, as the client API does it.
//!
//! `max` and `since` bound a page that begins at the newest row; `min` asks for the page
//! just above a row. Either way a page comes newest first.

use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, Order};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// Which rows of a list, by id. Bounds are exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub max: Option<i64>,
    pub since: Option<i64>,
    pub min: Option<i64>,
    pub limit: u64,
}

impl Page {
    /// The newest `limit` rows.
    pub fn newest(limit: u64) -> Self {
        Self { max: None, since: None, min: None, limit }
    }

    /// Restricts and orders `select` by `column`.
    pub(crate) fn apply<E, C>(self, mut select: Select<E>, column: C) -> Select<E>
    where
        E: EntityTrait,
        C: IntoColumnRef + Copy,
    {
        let id = || Expr::col(column);
        if let Some(max) = self.max {
            select = select.filter(id().lt(max));
        }
        if let Some(since) = self.since {
            select = select.filter(id().gt(since));
        }
        if let Some(min) = self.min {
            select = select.filter(id().gt(min));
        }
        let order = if self.min.is_some() { Order::Asc } else { Order::Desc };
        select.order_by(id(), order).limit(self.limit)
    }

    /// Turns the rows that [`Page::apply`] selected newest first.
    pub(crate) fn newest_first<T>(self, mut rows: Vec<T>) -> Vec<T> {
        if self.min.is_some() {
            rows.reverse();
        }
        rows
    }
}
