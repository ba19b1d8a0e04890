//! Who may read a post: said once, used by every reader.

use belfry_model::{ActorId, TenantId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition};

use super::domain_shown::by_nobody_barred;
use crate::entity::status::Column;

/// Not deleted, and open, or the reader's own, or naming the reader, or for the followers of
/// its author of whom the reader is one. Without a reader only what is open. A boost is as
/// visible as what it boosts. Nothing of servers that the platform bars.
pub(crate) fn visible_to(tenant: TenantId, viewer: Option<ActorId>) -> Condition {
    let mut readable = Condition::any().add(Column::Visibility.is_in(["public", "unlisted"]));
    if let Some(viewer) = viewer {
        let named = Expr::cust_with_values(
            "EXISTS (SELECT FROM mention m WHERE m.tenant_id = status.tenant_id
                AND m.status_id = status.id AND m.actor_id = $1)",
            [viewer.0],
        );
        let follows = Expr::cust_with_values(
            "EXISTS (SELECT FROM follow f WHERE f.tenant_id = $1 AND f.follower_id = $2
                AND f.followee_id = status.actor_id AND f.state = 'accepted')",
            [tenant.0, viewer.0],
        );
        readable = readable
            .add(Column::ActorId.eq(viewer.0))
            .add(named)
            .add(Column::Visibility.eq("private").and(follows));
    }
    let original_stands = Expr::cust(
        "(status.reblog_of_id IS NULL OR EXISTS (SELECT FROM status o
            WHERE o.tenant_id = status.reblog_of_tenant AND o.id = status.reblog_of_id
              AND o.deleted_at IS NULL))",
    );
    Condition::all()
        .add(Column::DeletedAt.is_null())
        .add(readable)
        .add(original_stands)
        .add(by_nobody_barred())
}
