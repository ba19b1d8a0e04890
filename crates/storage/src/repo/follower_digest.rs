//! What an account's followers on another host come to, for FEP-8fcf. The digest is kept by a
//! trigger on `follow`, so that reading it costs the same however many follow.

use std::collections::HashMap;

use belfry_model::ActorId;
use sea_orm::ConnectionTrait;

use super::statement;
use crate::{Result, TenantTx};

impl TenantTx {
    /// XOR of the SHA-256 of the id of each accepted follower, for those of the hosts that have any.
    pub async fn follower_digests(&self, of: ActorId, hosts: &[String]) -> Result<HashMap<String, Vec<u8>>> {
        const DIGESTS: &str = "SELECT host, digest FROM follower_digest
            WHERE tenant_id = $1 AND actor_id = $2 AND host = ANY($3)";
        let values = [self.tenant().0.into(), of.0.into(), hosts.to_vec().into()];
        let rows = self.query_all_raw(statement(DIGESTS, values)).await?;
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }

    /// The ids of an account's accepted followers on one host (with its port).
    pub async fn follower_uris_on(&self, of: ActorId, host: &str) -> Result<Vec<String>> {
        const URIS: &str = "SELECT a.uri FROM follow f
            JOIN actor a ON a.tenant_id = 0 AND a.id = f.follower_id
            WHERE f.tenant_id = $1 AND f.followee_id = $2 AND f.state = 'accepted' AND f.follower_host = $3
            ORDER BY a.uri";
        let values = [self.tenant().0.into(), of.0.into(), host.into()];
        let rows = self.query_all_raw(statement(URIS, values)).await?;
        rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
    }
}
