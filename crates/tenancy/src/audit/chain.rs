//! Checking a chain of acts, and writing it down so that anybody else can.
//!
//! Invariant: a link's hash is the SHA-256 of the hash before it and of its payload. Whoever has
//! an older head can tell that nothing before it was changed since: note it where this database's
//! keeper can't write.

use belfry_model::TenantScope;
use belfry_storage::{AdminDb, AppDb, ChainLink};
use serde_json::json;

use crate::Result;

/// Links read at a time.
const BATCH: u32 = 1000;

/// Whose acts.
#[derive(Debug, Clone, Copy)]
pub enum Chain<'a> {
    /// The platform's governance.
    Platform(&'a AdminDb),
    /// One tenant's own.
    Tenant(&'a AppDb, TenantScope),
}

impl Chain<'_> {
    /// The links after `seq`, in order; none after the last.
    pub async fn links(&self, after: i64) -> Result<Vec<ChainLink>> {
        match self {
            Self::Platform(admin) => Ok(admin.audit_chain(after, BATCH).await?),
            Self::Tenant(app, scope) => {
                let tx = app.tenant(*scope).await?;
                let links = tx.audit_chain(after, BATCH).await?;
                tx.commit().await?;
                Ok(links)
            }
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Sound ones, from the first.
    pub acts: i64,
    /// The hash of the last sound one; empty where there is none.
    pub head: Vec<u8>,
    pub broken: Option<Break>,
}

/// The first link that doesn't hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    pub seq: i64,
    pub fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Acts before it are missing.
    Missing,
    /// It does not follow from the one before.
    Unlinked,
    /// What it says is not what was hashed.
    Changed,
}

impl Verdict {
    fn take(&mut self, link: &ChainLink) -> Result<(), Fault> {
        if link.seq != self.acts + 1 {
            return Err(Fault::Missing);
        }
        if link.prev_hash != self.head {
            return Err(Fault::Unlinked);
        }
        let mut hasher = openssl::sha::Sha256::new();
        hasher.update(&link.prev_hash);
        hasher.update(link.payload.as_bytes());
        if hasher.finish().as_slice() != link.hash.as_slice() {
            return Err(Fault::Changed);
        }
        self.acts = link.seq;
        self.head.clone_from(&link.hash);
        Ok(())
    }
}

/// Walks a chain from its first act to the last, or to the first that doesn't hold.
pub async fn verify(chain: Chain<'_>) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    loop {
        let links = chain.links(verdict.acts).await?;
        if links.is_empty() {
            return Ok(verdict);
        }
        for link in &links {
            if let Err(fault) = verdict.take(link) {
                verdict.broken = Some(Break { seq: link.seq, fault });
                return Ok(verdict);
            }
        }
    }
}

/// One link as a line of an export: `{"seq": 1, "prev": "<hex>", "hash": "<hex>", "payload": "[…]"}`.
/// `hash` is the SHA-256 of the bytes of `prev`, then of `payload` in UTF-8.
pub fn export_line(link: &ChainLink) -> String {
    json!({
        "seq": link.seq,
        "prev": hex::encode(&link.prev_hash),
        "hash": hex::encode(&link.hash),
        "payload": link.payload,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(seq: i64, prev: &[u8], payload: &str) -> ChainLink {
        let hash = openssl::sha::sha256(&[prev, payload.as_bytes()].concat()).to_vec();
        ChainLink { seq, payload: payload.to_owned(), prev_hash: prev.to_vec(), hash }
    }

    #[test]
    fn each_way_of_tampering_is_told_apart() {
        let one = link(1, &[], "[1]");
        let two = link(2, &one.hash, "[2]");
        let after = |links: &[&ChainLink]| {
            let mut verdict = Verdict::default();
            links.iter().map(|link| verdict.take(link)).collect::<Result<Vec<()>, _>>().err()
        };
        assert_eq!(after(&[&one, &two]), None);
        assert_eq!(after(&[&two]), Some(Fault::Missing));
        assert_eq!(after(&[&one, &link(2, &[7; 32], "[2]")]), Some(Fault::Unlinked));
        let rewritten = ChainLink { payload: "[3]".to_owned(), ..two };
        assert_eq!(after(&[&one, &rewritten]), Some(Fault::Changed));
    }
}
