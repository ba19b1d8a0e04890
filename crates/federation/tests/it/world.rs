//! Two agencies on one platform, and a server elsewhere: the real use cases on a real database.

use std::sync::Arc;

use belfry_activitypub::document::Activity;
use belfry_cache::Cache;
use belfry_federation::client::GuardedClient;
use belfry_federation::{ApplyError, Federation, Parts};
use belfry_model::{
    ActivityId, ActorId, Clock, InboundV1, Lane, Phase, StatusId, SynchroniseV1, TenantId, TenantScope,
};
use belfry_settings::Settings;
use belfry_social::media::MediaStore;
use belfry_social::{Limits, Poster, Social, StatusView};
use belfry_storage::{AdminDb, AppDb, Page, PoolOptions, Slice, TenantTx, Turn, WorkerDb};
use belfry_tenancy::keys::PlatformKey;
use belfry_tenancy::provision::{NewTenant, create_tenant};
use belfry_tenancy::{By, Directory, Keys, Tenancy};
use belfry_test_support::remote::Puppet;
use belfry_test_support::{FakeRemote, MockClock, TestDatabase};
use chrono::TimeDelta;
use serde::Serialize;
use serde_json::Value;

const SETTINGS: &str = "
    [platform]
    shared_domain = 'social.localhost'
    scheme = 'http'
    port = 8080
    [federation]
    allowed_private_networks = ['127.0.0.1/32']
    timeout_seconds = 5
";

pub struct World {
    pub federation: Federation,
    pub social: Social,
    pub tenancy: Tenancy,
    pub admin: AdminDb,
    pub app: AppDb,
    pub worker: WorkerDb,
    pub clock: Arc<MockClock>,
    pub remote: FakeRemote,
    /// The organisation's account of each agency.
    pub moe: Poster,
    pub fin: Poster,
    // Both end with the test.
    _database: TestDatabase,
    _folder: tempfile::TempDir,
}

/// An activity that one of ours sends.
#[derive(Debug)]
pub struct Outgoing {
    pub tenant: TenantId,
    pub activity: ActivityId,
    pub inboxes: Vec<String>,
    /// `None` if it was withdrawn.
    pub document: Option<Value>,
}

impl World {
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("platform.key");
        Keys::create_platform_key_file(&key).unwrap();
        let clock = Arc::new(MockClock::default());
        let settings = Settings::from_toml(SETTINGS).unwrap();
        let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
        let admin = AdminDb::connect(&database.admin_url(), PoolOptions::default()).await.unwrap();
        let worker = WorkerDb::connect(&database.worker_url(), PoolOptions::default()).await.unwrap();
        let keys = Arc::new(Keys::new(app.clone(), PlatformKey::read(&key).unwrap(), 100));
        let cache = Cache::embedded(1000, clock.clone());
        let directory = Directory::load(app.clone()).await.unwrap();
        let (names, sign_in) = (settings.names(), settings.sign_in.clone());
        let tenancy = Tenancy::new(
            app.clone(),
            cache.clone(),
            clock.clone(),
            names.clone(),
            directory.clone(),
            keys.clone(),
            sign_in,
        );
        let social = Social::new(belfry_social::Parts {
            app: app.clone(),
            clock: clock.clone(),
            names: names.clone(),
            media: MediaStore::in_memory(),
            limits: Limits::default(),
        });
        let federation = Federation::new(Parts {
            app: app.clone(),
            worker: Some(worker.clone()),
            directory: directory.clone(),
            keys,
            social: social.clone(),
            client: GuardedClient::new(&settings, clock.clone()).unwrap(),
            cache,
            clock: clock.clone(),
            names,
            settings: settings.federation.clone(),
        });
        let moe = tenant(&tenancy, &admin, "moe").await;
        let fin = tenant(&tenancy, &admin, "fin").await;
        directory.refresh().await.unwrap();
        let remote = FakeRemote::start_named("remote.localhost", clock.clone()).await;
        Self {
            federation,
            social,
            tenancy,
            admin,
            app,
            worker,
            clock,
            remote,
            moe,
            fin,
            _database: database,
            _folder: folder,
        }
    }

    pub async fn tx(&self, of: &Poster) -> TenantTx {
        self.app.tenant(of.scope).await.unwrap()
    }

    pub fn uri(of: &str) -> String {
        format!("http://{of}.social.localhost:8080/users/{of}")
    }

    /// As the gateway enqueues it.
    pub async fn arrive(&self, from: &Puppet, activity: &impl Serialize) -> Result<(), ApplyError> {
        let body = serde_json::to_string(activity).unwrap();
        self.federation.apply(InboundV1::Remote { actor: from.id(), body, received_ms: 0, sync: None }).await
    }

    /// The same with what a signed header says of the sender's followers at the tenant's host.
    pub async fn arrive_saying(
        &self,
        from: &Puppet,
        activity: &impl Serialize,
        at: &Poster,
        header: String,
    ) -> belfry_federation::Result<()> {
        self.arrive(from, activity).await.unwrap();
        let sync = SynchroniseV1 { tenant: at.scope.tenant(), header };
        self.federation.compare_followers(&from.id(), &sync).await
    }

    /// One of ours follows somebody elsewhere, who accepts.
    pub async fn follow(&self, who: &Poster, whom: &Puppet) -> ActorId {
        let found = self.federation.resolve_account(who.scope, &whom.handle()).await.unwrap().unwrap();
        self.social.follow(who, found.id, None, None).await.unwrap();
        let follow = self.tx(who).await.follow_find(who.actor, found.id).await.unwrap().unwrap();
        let accept = Activity::accept(whom.activity_id("accept"), whom.id(), Value::String(follow.uri));
        self.arrive(whom, &accept).await.unwrap();
        self.outgoing().await;
        found.id
    }

    /// Somebody elsewhere follows one of ours.
    pub async fn followed(&self, by: &Puppet, whom: &str) -> Vec<Outgoing> {
        let follow = Activity::follow(by.activity_id("follow"), by.id(), Self::uri(whom));
        self.arrive(by, &follow).await.unwrap();
        self.outgoing().await
    }

    /// Takes everything out of the outbox, as the fan-out does.
    pub async fn outgoing(&self) -> Vec<Outgoing> {
        let mut found = Vec::new();
        let now = self.clock.now();
        let turn = Turn {
            lane: Lane::Normal,
            now,
            claim: TimeDelta::minutes(1),
            newcomers_only: false,
            dearest: TimeDelta::hours(1),
        };
        while let Some(claim) = self.worker.outbox_claim(turn).await.unwrap() {
            let scope = TenantScope::of(claim.tenant).unwrap();
            let inboxes =
                self.federation.audience_slice(scope, claim.activity, "", 100).await.unwrap().inboxes;
            let rendered = self.federation.render(scope, claim.activity, &[]).await.unwrap();
            let document = rendered.map(|rendered| serde_json::from_slice(&rendered.body).unwrap());
            // Nothing is sent, so nothing is under way that the next of a thread would wait for.
            let slice = Slice {
                cursor: None,
                inboxes: 0,
                held: &[],
                gone: 0,
                barred: 0,
                paid_until: None,
                spends: TimeDelta::zero(),
            };
            assert!(self.worker.outbox_advance(&claim, slice, now).await.unwrap());
            found.push(Outgoing { tenant: claim.tenant, activity: claim.activity, inboxes, document });
        }
        found
    }

    /// Hands what is for neighbours over, until nobody has anything more to say.
    pub async fn hand_over(&self) {
        loop {
            let sent = self.outgoing().await;
            if sent.is_empty() {
                return;
            }
            let shared = self.federation.names().shared_inbox();
            for one in sent.into_iter().filter(|one| one.inboxes.contains(&shared)) {
                let job = InboundV1::Neighbour { tenant: one.tenant, activity: one.activity };
                self.federation.apply(job.clone()).await.unwrap();
                // At least once: a second time changes nothing.
                self.federation.apply(job).await.unwrap();
            }
        }
    }

    pub async fn home(&self, of: &Poster) -> Vec<StatusView> {
        self.social.timeline_home(of, Page::newest(20)).await.unwrap()
    }

    pub async fn told(&self, of: &Poster) -> Vec<String> {
        let tx = self.tx(of).await;
        let rows = tx.notification_list(of.actor, &[], &[], None, Page::newest(20)).await.unwrap();
        rows.into_iter().map(|row| row.kind).collect()
    }

    /// The tenant's own row, not the commons'.
    pub async fn keeps(&self, of: &Poster, uri: &str) -> bool {
        let row = self.tx(of).await.own_status_by_uri(uri).await.unwrap();
        row.is_some_and(|row| row.deleted_at.is_none())
    }

    pub async fn in_commons(&self, uri: &str) -> bool {
        let row = self.app.commons().await.unwrap().status_by_uri(uri).await.unwrap();
        row.is_some_and(|row| row.deleted_at.is_none())
    }
}

async fn tenant(tenancy: &Tenancy, admin: &AdminDb, slug: &str) -> Poster {
    let new = NewTenant {
        slug: slug.parse().unwrap(),
        name: format!("Ministry of {slug}"),
        owner_email: format!("owner@{slug}.example").parse().unwrap(),
        phase: Phase::Public,
        language: "en".into(),
        body_type: belfry_model::BodyType::Ministry,
        request: None,
        host: None,
        lead: false,
    };
    let created = create_tenant(tenancy, admin, &new, &By::command()).await.unwrap();
    Poster { scope: created.tenant.scope(), actor: ActorId(created.organisation.id), by: By::command() }
}

pub fn id(view: &StatusView) -> StatusId {
    StatusId(view.row.id)
}
