//! Tenants whose accounts are followed from elsewhere, and the workers that send their posts.

mod books;
mod followers;
mod parts;
mod setting;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use belfry_activitypub::document::Activity;
use belfry_delivery_worker::Duty;
use belfry_model::{ActorId, Clock, InboundV1, Phase, StatusId, TenantId, TenantScope};
use belfry_queue::{Payload, QueueName};
use belfry_settings::Settings;
use belfry_social::status::{Change, Draft};
use belfry_social::{Poster, Social};
use belfry_storage::{Actor, AdminDb, AppDb, PoolOptions, WorkerDb};
use belfry_tenancy::provision::{NewTenant, create_tenant};
use belfry_tenancy::{By, Keys};
use belfry_test_support::{FakeRemote, TestDatabase};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub use parts::{queue, worker};
pub use setting::{PREFETCH, SLICE, Setting};

pub struct Stage {
    pub settings_file: PathBuf,
    pub settings: Settings,
    pub social: Social,
    pub poster: Poster,
    pub tenant: TenantId,
    pub machinery: WorkerDb,
    /// The rest of the fediverse: takes what is sent.
    pub sink: FakeRemote,
    pub clock: Arc<dyn Clock>,
    app: AppDb,
    /// Serves our own accounts' keys, as the gateway would.
    home: FakeRemote,
    _folder: tempfile::TempDir,
    database: TestDatabase,
}

impl Stage {
    pub async fn new(setting: Setting) -> Self {
        let database = match &setting.server {
            Some(server) => TestDatabase::on(server).await,
            None => TestDatabase::new().await,
        };
        let clock = setting.clock.clone();
        let folder = tempfile::tempdir().unwrap();
        let home = FakeRemote::start_named("moe.social.localhost", clock.clone()).await;
        let sink = FakeRemote::start_named("remote.localhost", clock.clone()).await;
        let key_file = folder.path().join("platform.key");
        Keys::create_platform_key_file(&key_file).unwrap();
        let text = setting.text(&database, &home, key_file.to_str().unwrap());
        let settings_file = folder.path().join("belfry.toml");
        std::fs::write(&settings_file, &text).unwrap();
        let settings = Settings::from_toml(&text).unwrap();

        let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
        let machinery = WorkerDb::connect(&database.worker_url(), PoolOptions::default()).await.unwrap();
        let social = parts::social(&settings, &app, &clock);
        let poster = tenant(&settings, &app, &clock, &home, "moe").await;
        let tenant = poster.scope.tenant();
        Self {
            settings_file,
            settings,
            social,
            poster,
            tenant,
            machinery,
            sink,
            clock,
            app,
            home,
            _folder: folder,
            database,
        }
    }

    /// Closes a tenant as the lead agency does.
    pub async fn suspend(&self, tenant: TenantId) {
        let by = Actor { reason: "A trial", ..Actor::COMMAND };
        assert!(self.admin().await.tenant_suspend(tenant, self.clock.now(), by).await.unwrap());
    }

    pub async fn resume(&self, tenant: TenantId) {
        assert!(self.admin().await.tenant_resume(tenant, self.clock.now(), Actor::COMMAND).await.unwrap());
    }

    /// Sets the end of a tenant's days of grace.
    pub async fn delete_on(&self, tenant: TenantId, on: chrono::DateTime<chrono::Utc>) {
        let by = Actor { reason: "It was merged into another", ..Actor::COMMAND };
        assert!(self.admin().await.tenant_delete_at(tenant, on, self.clock.now(), by).await.unwrap());
    }

    /// Undoes that while the days of grace last.
    pub async fn keep(&self, tenant: TenantId) {
        assert!(self.admin().await.tenant_keep(tenant, Actor::COMMAND).await.unwrap());
    }

    /// Whether a tenant has anything that an erasure takes.
    pub async fn has_rows(&self, tenant: TenantId) -> bool {
        let tx = self.app.tenant(TenantScope::of(tenant).unwrap()).await.unwrap();
        tx.erase_remains().await.unwrap()
    }

    pub async fn has_records(&self, tenant: TenantId) -> bool {
        let tx = self.app.tenant(TenantScope::of(tenant).unwrap()).await.unwrap();
        tx.audit_list(10).await.unwrap().iter().any(|event| event.action == "tenant.erase")
    }

    pub async fn is_erased(&self, slug: &str) -> bool {
        let row = self.admin().await.tenant_fetch(&slug.parse().unwrap()).await.unwrap().unwrap();
        row.erased_at.is_some() && row.state == "deleted"
    }

    /// Makes another tenant the lead agency.
    pub async fn lead(&self, tenant: TenantId) {
        self.database.run_as_superuser("UPDATE registry.tenant SET is_lead = false").await;
        let lead = format!("UPDATE registry.tenant SET is_lead = true WHERE id = {tenant}");
        self.database.run_as_superuser(&lead).await;
    }

    /// How many follow our account, in the agency's own rows.
    pub async fn followers(&self) -> usize {
        let tx = self.app.tenant(self.poster.scope).await.unwrap();
        let follows = tx.follow_followers(self.poster.actor, belfry_storage::Page::newest(10)).await.unwrap();
        tx.commit().await.unwrap();
        follows.len()
    }

    pub async fn admin(&self) -> AdminDb {
        let url = self.settings.database.admin_url().unwrap();
        AdminDb::connect(url, PoolOptions::default()).await.unwrap()
    }

    /// Another tenant, whose organisation posts.
    pub async fn neighbour(&self, slug: &str) -> Poster {
        tenant(&self.settings, &self.app, &self.clock, &self.home, slug).await
    }

    pub async fn post(&self, text: &str) -> StatusId {
        self.post_as(&self.poster, Draft::public(text)).await
    }

    pub async fn post_as(&self, poster: &Poster, draft: Draft) -> StatusId {
        let view = self.social.status_post(poster, draft).await.unwrap();
        StatusId(view.row.id)
    }

    pub async fn edit(&self, id: StatusId, text: &str) {
        let change = Change {
            text: text.into(),
            spoiler_text: String::new(),
            sensitive: false,
            language: None,
            media: None,
            media_changes: Vec::new(),
            mentions: Vec::new(),
        };
        self.social.status_edit(&self.poster, id, change).await.unwrap();
    }

    /// A follow of our account by one who lives at the sink.
    pub fn follow_from(&self, name: &str) -> InboundV1 {
        let puppet = self.sink.actor(name);
        let follow = Activity::follow(puppet.activity_id("follow"), puppet.id(), self.home.at("/users/moe"));
        InboundV1::Remote {
            actor: puppet.id(),
            body: serde_json::to_string(&follow).unwrap(),
            received_ms: self.clock.now().timestamp_millis(),
            sync: None,
        }
    }

    /// As the gateway does with a request whose signature it has verified.
    pub async fn heard(&self, job: &InboundV1) {
        let queue = queue(&self.settings).await;
        queue.publish(QueueName::Inbound, &[Payload::Inbound(job.clone())]).await.unwrap();
    }

    /// What is parked is due now, whatever the machine's clock says.
    pub async fn make_all_due(&self) {
        self.database.run_as_superuser("UPDATE machinery.parked_delivery SET due_at = now()").await;
    }

    /// What the lead agency's role would have written.
    pub async fn sql(&self, sql: &str) {
        self.database.run_as_superuser(sql).await;
    }

    /// Every host counts as up, and nothing is released by that.
    pub async fn forget_hosts(&self) {
        self.database.run_as_superuser("DELETE FROM machinery.host_state").await;
    }

    /// A worker with all duties in this process.
    pub async fn start(&self) -> Running {
        self.start_with(&Duty::ALL).await
    }

    pub async fn start_with(&self, duties: &[Duty]) -> Running {
        let worker = worker(self.settings.clone(), self.clock.clone()).await;
        let (stop, duties) = (CancellationToken::new(), duties.to_vec());
        let token = stop.clone();
        let task = tokio::spawn(async move { worker.run(&duties, token).await.unwrap() });
        Running { stop, task }
    }

    /// What is known against the sink's host, if anything is.
    pub async fn host_state(&self) -> Option<belfry_storage::row::HostState> {
        let states = self.machinery.host_state_list(&[self.sink.host().to_owned()]).await.unwrap();
        states.into_iter().next()
    }

    /// How often each inbox of the sink has taken the `Create` whose text has this in it.
    pub fn taken(&self, text: &str) -> BTreeMap<String, usize> {
        taken_at(&self.sink, text)
    }

    /// Nothing is under way or will be by itself.
    pub async fn is_quiet(&self) -> bool {
        self.machinery.outbox_backlog().await.unwrap().is_empty()
            && self.machinery.parked_count().await.unwrap() == 0
    }
}

/// How often each inbox of a server has taken the `Create` whose text has this in it.
pub fn taken_at(sink: &FakeRemote, text: &str) -> BTreeMap<String, usize> {
    let mut taken = BTreeMap::new();
    for request in sink.received() {
        let is_it = request.body.contains(text) && request.body.contains("\"Create\"");
        if is_it && (200..300).contains(&request.status) {
            assert!(request.verified(), "{:?}", request.refused);
            *taken.entry(request.path).or_insert(0) += 1;
        }
    }
    taken
}

/// How many were taken more than once, each time too often counted.
pub fn doubled(taken: &BTreeMap<String, usize>) -> usize {
    taken.values().map(|times| times - 1).sum()
}

pub struct Running {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    /// As at a rolling update: what is held is finished or given back.
    pub async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

async fn tenant(
    settings: &Settings,
    app: &AppDb,
    clock: &Arc<dyn Clock>,
    home: &FakeRemote,
    slug: &str,
) -> Poster {
    let admin_url = settings.database.admin_url().unwrap();
    let admin = AdminDb::connect(admin_url, PoolOptions::default()).await.unwrap();
    let tenancy = parts::tenancy(settings, app, clock).await;
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
    let created = create_tenant(&tenancy, &admin, &new, &By::command()).await.unwrap();
    let account = &created.organisation;
    home.publish(&format!("/users/{slug}"), actor_document(account));
    Poster { scope: created.tenant.scope(), actor: ActorId(account.id), by: By::command() }
}

fn actor_document(account: &belfry_storage::row::Actor) -> serde_json::Value {
    serde_json::json!({
        "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
        "id": account.uri,
        "type": account.actor_type,
        "preferredUsername": account.username,
        "inbox": account.inbox_url,
        "publicKey": {
            "id": account.public_key_id,
            "owner": account.uri,
            "publicKeyPem": account.public_key_pem,
        },
    })
}
