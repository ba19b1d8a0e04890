//! Followers by the hundred thousand: remote actors, the relation through which the tenant sees
//! them, and their follows, as rows.
//!
//! Plain INSERTs in the order in which the platform itself writes them, so that triggers fill
//! what is derived; as the superuser, since row-level security is for the platform.

use std::fmt::Write as _;

use crate::loopback;
use crate::platform::accounts::Account;

/// Remote actors, each with an inbox of its own, spread over a range of hosts.
#[derive(Debug, Clone, Copy)]
pub struct Crowd {
    pub first_host: u32,
    pub hosts: u32,
    pub people: u32,
}

/// A script that makes a crowd and has parts of it follow accounts.
#[derive(Debug)]
pub struct Seed(String);

impl Seed {
    pub fn new(crowd: Crowd, port: u16) -> Self {
        let Crowd { first_host, hosts, people } = crowd;
        let host = loopback::sql(&format!("{first_host} + (n - 1) % {hosts}"), port);
        // A temporary table of a session of its own: several seeds don't meet.
        Self(format!(
            "CREATE TEMPORARY TABLE crowd AS
                SELECT n, next_id() AS id, {host} AS host FROM generate_series(1, {people}) AS n;
            CREATE UNIQUE INDEX ON crowd (n);
            ANALYZE crowd;
            INSERT INTO actor (tenant_id, id, kind, username, domain, uri, actor_type, inbox_url)
                SELECT 0, id, 'remote', 'u' || n, host, 'http://' || host || '/users/' || n, 'Person',
                    'http://' || host || '/users/' || n || '/inbox'
                FROM crowd;\n"
        ))
    }

    /// The people from `first` (1 is the first) to `last` follow this account.
    #[must_use]
    pub fn follow(mut self, account: &Account, first: u32, last: u32) -> Self {
        let Account { tenant, handle, .. } = account;
        // Slugs and handles are ours and hold nothing to escape. Writing to a string can't fail.
        let _ = write!(
            self.0,
            "INSERT INTO commons_relation (tenant_id, ref_id)
                SELECT t.id, crowd.id FROM crowd, registry.tenant t
                WHERE t.slug = '{tenant}' AND crowd.n BETWEEN {first} AND {last}
                ON CONFLICT DO NOTHING;
            INSERT INTO follow
                (tenant_id, uri, follower_tenant, follower_id, followee_tenant, followee_id, state)
                SELECT t.id, 'http://' || crowd.host || '/follows/' || crowd.n || '/' || a.username,
                    0, crowd.id, t.id, a.id, 'accepted'
                FROM crowd, registry.tenant t JOIN actor a ON a.tenant_id = t.id
                WHERE t.slug = '{tenant}' AND a.username = '{handle}' AND crowd.n BETWEEN {first} AND {last};\n"
        );
        self
    }

    /// The whole script. What is measured after it is not the database's tidying up.
    pub fn script(self) -> String {
        self.0 + "VACUUM ANALYZE actor, commons_relation, follow;\nCHECKPOINT;\n"
    }
}
