//! What is shown of servers that the platform bars or limits: said once, used by every reader.
//!
//! Invariant: the rules are asked in the reader's own statement, so nothing that is stored is shown
//! once a rule has been committed. What is barred is hidden and not deleted: a rule can be lifted.

use belfry_model::{ActorId, TenantId};
use sea_orm::sea_query::Expr;

/// Posts by nobody at a server that is barred. Boosts of such a post go with it.
pub(super) fn by_nobody_barred() -> Expr {
    Expr::cust(
        "(NOT EXISTS (SELECT FROM actor a WHERE status.actor_tenant = 0 AND a.tenant_id = 0
            AND a.id = status.actor_id AND registry.is_barred(a.domain, a.uri))
          AND NOT EXISTS (SELECT FROM status o JOIN actor a ON a.tenant_id = 0 AND a.id = o.actor_id
            WHERE o.tenant_id = status.reblog_of_tenant AND o.id = status.reblog_of_id AND o.actor_tenant = 0
              AND registry.is_barred(a.domain, a.uri)))",
    )
}

/// Posts by nobody at a server that is limited, but for those whom the reader follows.
pub(super) fn by_nobody_limited(tenant: TenantId, viewer: Option<ActorId>) -> Expr {
    Expr::cust_with_values(
        "NOT EXISTS (SELECT FROM actor a WHERE status.actor_tenant = 0 AND a.tenant_id = 0
            AND a.id = status.actor_id AND registry.is_limited(a.domain, a.uri)
            AND NOT EXISTS (SELECT FROM follow f WHERE f.tenant_id = $1 AND f.follower_id = $2
                AND f.followee_id = a.id AND f.state = 'accepted'))",
        [tenant.0, viewer.map_or(0, |viewer| viewer.0)],
    )
}

/// Accounts at no server that is barred.
pub(super) fn not_barred() -> Expr {
    Expr::cust("(actor.tenant_id <> 0 OR NOT registry.is_barred(actor.domain, actor.uri))")
}

/// Accounts at no server that is limited, but for those whom somebody of this tenant follows.
pub(super) fn not_limited(tenant: TenantId) -> Expr {
    Expr::cust_with_values(
        "(actor.tenant_id <> 0 OR NOT registry.is_limited(actor.domain, actor.uri)
          OR EXISTS (SELECT FROM follow f WHERE f.tenant_id = $1 AND f.follower_tenant = $1
              AND f.followee_id = actor.id AND f.state = 'accepted'))",
        [tenant.0],
    )
}

/// What was done by nobody at a server that is barred, nor by a stranger at one that is limited.
pub(super) fn told_by_nobody_barred() -> Expr {
    Expr::cust(
        "NOT EXISTS (SELECT FROM actor a WHERE notification.from_tenant = 0 AND a.tenant_id = 0
            AND a.id = notification.from_id
            AND (registry.is_barred(a.domain, a.uri)
              OR (registry.is_limited(a.domain, a.uri) AND NOT EXISTS (SELECT FROM follow f
                WHERE f.tenant_id = notification.tenant_id AND f.follower_id = notification.actor_id
                  AND f.followee_id = a.id AND f.state = 'accepted'))))",
    )
}

/// Attachments of no post by somebody at a server whose media are refused.
pub(super) fn media_not_refused() -> Expr {
    Expr::cust(
        "NOT EXISTS (SELECT FROM status s JOIN actor a ON a.tenant_id = 0 AND a.id = s.actor_id
            WHERE s.tenant_id = media_attachment.tenant_id AND s.id = media_attachment.status_id
              AND s.actor_tenant = 0 AND registry.rejects_media(a.domain, a.uri))",
    )
}
