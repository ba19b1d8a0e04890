//! Two tenants with accounts, and an actor elsewhere whom the first one knows.

use std::sync::Arc;

use belfry_model::{ActorId, Host, Origin, PlatformNames, Ref, StatusId, TenantId, TenantScope, Visibility};
use belfry_social::media::MediaStore;
use belfry_social::status::Draft;
use belfry_social::{Limits, Parts, Poster, Social, StatusView, Viewer};
use belfry_storage::row;
use belfry_storage::{AppDb, NewLocalActor, PoolOptions, RemoteActor, RemoteStatus, TenantTx};
use belfry_tenancy::By;
use belfry_test_support::{MockClock, TestDatabase};
use chrono::TimeDelta;

pub struct World {
    pub social: Social,
    pub app: AppDb,
    pub clock: Arc<MockClock>,
    /// Of the first tenant.
    pub moe: Poster,
    pub press: Poster,
    /// Of the second.
    pub moh: Poster,
    pub remote: ActorId,
    database: TestDatabase,
}

pub const REMOTE: &str = "https://far.example/users/ann";

impl World {
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
        let clock = Arc::new(MockClock::default());
        let names =
            PlatformNames { scheme: "https".into(), shared_domain: "social.example".parse().unwrap() };
        let social = Social::new(Parts {
            app: app.clone(),
            clock: clock.clone(),
            names,
            media: MediaStore::in_memory(),
            limits: Limits::default(),
        });
        let moe = poster(&app, 1, "moe", "moe").await;
        let press = poster(&app, 1, "moe", "press").await;
        let moh = poster(&app, 2, "moh", "moh").await;
        let remote = remote(&app, REMOTE, "ann").await;
        let world = Self { social, app, clock, moe, press, moh, remote, database };
        let tx = world.tx(&world.moe).await;
        tx.commons_relate(&[remote.0]).await.unwrap();
        tx.commit().await.unwrap();
        world
    }

    /// What no part of this crate writes.
    pub async fn sql(&self, sql: &str) {
        self.database.run_as_superuser(sql).await;
    }

    pub async fn tx(&self, of: &Poster) -> TenantTx {
        self.app.tenant(of.scope).await.unwrap()
    }

    /// A moment later, so that ids made by time and times differ.
    pub fn later(&self) {
        self.clock.advance(TimeDelta::seconds(1));
    }

    pub async fn post(&self, by: &Poster, text: &str) -> StatusView {
        self.later();
        self.social.status_post(by, Draft::public(text)).await.unwrap()
    }

    pub async fn post_as(&self, by: &Poster, text: &str, visibility: Visibility) -> StatusView {
        self.later();
        self.social.status_post(by, Draft { visibility, ..Draft::public(text) }).await.unwrap()
    }

    pub async fn reply(&self, by: &Poster, to: StatusId, text: &str) -> StatusView {
        self.later();
        let draft = Draft { in_reply_to: Some(to), ..Draft::public(text) };
        self.social.status_post(by, draft).await.unwrap()
    }

    /// The activity at this address, and the inboxes that it will reach.
    pub async fn sent(&self, by: &Poster, uri: &str) -> Option<(row::Activity, Vec<String>)> {
        let tx = self.tx(by).await;
        let activity = tx.activity_by_uri(uri).await.unwrap()?;
        let id = belfry_model::ActivityId(activity.id);
        let mut audience = tx.audience_slice(id, "", 100).await.unwrap().inboxes;
        audience.sort_unstable();
        Some((activity, audience))
    }

    /// A public post of the remote actor, which the first tenant has a relation with.
    pub async fn remote_post(&self, name: &str) -> row::Status {
        let tx = self.app.commons().await.unwrap();
        let uri = format!("{REMOTE}/statuses/{name}");
        let written = tx.status_upsert(remote_status(&uri, self.remote)).await.unwrap();
        let row = written.status().unwrap().clone();
        tx.commit().await.unwrap();
        let tx = self.tx(&self.moe).await;
        tx.commons_relate(&[row.id]).await.unwrap();
        tx.commit().await.unwrap();
        row
    }
}

pub fn viewer(of: &Poster) -> Viewer {
    Viewer::from(of)
}

pub fn stranger(at: &Poster) -> Viewer {
    Viewer::anonymous(at.scope)
}

async fn poster(app: &AppDb, tenant: i64, slug: &str, username: &str) -> Poster {
    let host: Host = format!("{slug}.social.example").parse().unwrap();
    let origin = Origin { scheme: "https".into(), host: host.clone() };
    let scope = TenantScope::of(TenantId(tenant)).unwrap();
    let tx = app.tenant(scope).await.unwrap();
    let uri = origin.actor(username);
    let row = tx
        .actor_local_insert(&NewLocalActor {
            kind: "organisation",
            username,
            domain: host.as_str(),
            uri: &uri,
            url: Some(&origin.profile(username)),
            actor_type: "Organization",
            inbox_url: &origin.actor_part(username, "inbox"),
            shared_inbox_url: "https://social.example/inbox",
            outbox_url: None,
            followers_url: Some(&origin.actor_part(username, "followers")),
            following_url: None,
            featured_url: None,
            display_name: username,
            public_key_id: &Origin::main_key(&uri),
            public_key_pem: "",
        })
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();
    Poster { scope, actor: ActorId(row.id), by: By::command() }
}

async fn remote(app: &AppDb, uri: &str, username: &str) -> ActorId {
    let tx = app.commons().await.unwrap();
    let now = chrono::DateTime::UNIX_EPOCH;
    let row = tx
        .actor_upsert(RemoteActor {
            uri: uri.into(),
            username: username.into(),
            domain: "far.example".into(),
            url: Some(format!("https://far.example/@{username}")),
            actor_type: "Person".into(),
            inbox_url: format!("{uri}/inbox"),
            shared_inbox_url: Some("https://far.example/inbox".into()),
            outbox_url: None,
            followers_url: None,
            following_url: None,
            featured_url: None,
            display_name: "Ann".into(),
            note_html: String::new(),
            fields: serde_json::json!([]),
            avatar_remote_url: None,
            header_remote_url: None,
            locked: false,
            bot: false,
            discoverable: true,
            public_key_id: None,
            public_key_pem: None,
            created_at: now,
            fetched_at: now,
        })
        .await
        .unwrap();
    tx.commit().await.unwrap();
    ActorId(row.id)
}

pub fn remote_status(uri: &str, author: ActorId) -> RemoteStatus {
    use belfry_model::{COMMONS, Clock};
    RemoteStatus {
        uri: uri.into(),
        url: None,
        actor: Ref::new(COMMONS, author),
        visibility: Visibility::Public,
        content_html: "<p>from afar</p>".into(),
        spoiler_text: String::new(),
        sensitive: false,
        language: None,
        in_reply_to_uri: None,
        in_reply_to: None,
        reblog_of: None,
        conversation_uri: None,
        created_at: MockClock::default().now(),
        edited_at: None,
        mentions: Vec::new(),
        tags: Vec::new(),
        media: Vec::new(),
    }
}
