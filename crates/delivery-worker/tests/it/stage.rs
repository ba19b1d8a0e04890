//! One tenant whose account is followed from elsewhere, and the worker that sends its posts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use belfry_cache::{Cache, CacheOptions};
use belfry_delivery_worker::{Duty, Jitter, Worker, WorkerParts};
use belfry_federation::Federation;
use belfry_federation::client::GuardedClient;
use belfry_model::{ActorId, COMMONS, Clock, Phase, Ref, StatusId, TenantId};
use belfry_queue::{Queue, QueueOptions};
use belfry_settings::Settings;
use belfry_social::media::MediaStore;
use belfry_social::status::{Change, Draft};
use belfry_social::{Limits, Poster, Social};
use belfry_storage::{AdminDb, AppDb, NewFollow, PoolOptions, RemoteActor, WorkerDb};
use belfry_tenancy::keys::PlatformKey;
use belfry_tenancy::provision::{NewTenant, create_tenant};
use belfry_tenancy::{By, Directory, Keys, Tenancy};
use belfry_test_support::{FakeRemote, TestDatabase};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Inboxes that one worker holds at once, at most; small, so that a kill finds most of the
/// audience still waiting.
pub const PREFETCH: usize = 40;

pub struct Stage {
    pub settings_file: PathBuf,
    pub settings: Settings,
    pub social: Social,
    pub poster: Poster,
    pub tenant: TenantId,
    pub machinery: WorkerDb,
    /// The rest of the fediverse: takes what is sent.
    pub sink: FakeRemote,
    clock: Arc<dyn Clock>,
    app: AppDb,
    /// Serves our own account's key, as the gateway would.
    _home: FakeRemote,
    _folder: tempfile::TempDir,
    _database: TestDatabase,
}

impl Stage {
    /// `queue` is what stands in the settings' section of this name.
    pub async fn new(queue: &str, clock: Arc<dyn Clock>) -> Self {
        let database = TestDatabase::new().await;
        let folder = tempfile::tempdir().unwrap();
        let home = FakeRemote::start_named("moe.social.localhost", clock.clone()).await;
        let sink = FakeRemote::start_named("remote.localhost", clock.clone()).await;
        let key_file = folder.path().join("platform.key");
        Keys::create_platform_key_file(&key_file).unwrap();
        let text = settings_text(&database, &home, key_file.to_str().unwrap(), queue);
        let settings_file = folder.path().join("belfry.toml");
        std::fs::write(&settings_file, &text).unwrap();
        let settings = Settings::from_toml(&text).unwrap();

        let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
        let machinery = WorkerDb::connect(&database.worker_url(), PoolOptions::default()).await.unwrap();
        let admin = AdminDb::connect(&database.admin_url(), PoolOptions::default()).await.unwrap();
        let tenancy = tenancy(&settings, &app, &clock).await;
        let social = social(&settings, &app, &clock);
        let new = NewTenant {
            slug: "moe".parse().unwrap(),
            name: "Ministry of Education".into(),
            owner_email: "owner@moe.example".parse().unwrap(),
            phase: Phase::Public,
            language: "en".into(),
            lead: false,
        };
        let created = create_tenant(&tenancy, &admin, &new, By::Command).await.unwrap();
        let account = &created.organisation;
        home.publish("/users/moe", actor_document(account));
        let poster = Poster { scope: created.tenant.scope(), actor: ActorId(account.id), staff: None };
        let tenant = created.tenant.id;
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
            _home: home,
            _folder: folder,
            _database: database,
        }
    }

    /// So many followers, each with an inbox of its own at `/users/f<number>/inbox`.
    pub async fn followed_by(&self, followers: usize) {
        let now = self.clock.now();
        let commons = self.app.commons().await.unwrap();
        let mut ids = Vec::new();
        for number in 0..followers {
            let uri = self.sink.at(&format!("/users/f{number}"));
            let row = commons.actor_upsert(follower(&uri, number, self.sink.host(), now)).await.unwrap();
            ids.push(ActorId(row.id));
        }
        commons.commit().await.unwrap();
        let tx = self.app.tenant(self.poster.scope).await.unwrap();
        tx.commons_relate(&ids.iter().map(|id| id.0).collect::<Vec<_>>()).await.unwrap();
        for id in ids {
            let new = NewFollow {
                uri: self.sink.at(&format!("/follows/{id}")),
                follower: Ref::new(COMMONS, id),
                followee: Ref::new(self.tenant, self.poster.actor),
                accepted: true,
                reblogs: true,
                notify: false,
                created_at: now,
            };
            tx.follow_insert(new).await.unwrap().unwrap();
        }
        tx.commit().await.unwrap();
    }

    pub async fn post(&self, text: &str) -> StatusId {
        let view = self.social.status_post(&self.poster, Draft::public(text)).await.unwrap();
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

    /// A worker with all duties in this process.
    pub async fn start(&self) -> Running {
        let worker = worker(self.settings.clone(), self.clock.clone()).await;
        let stop = CancellationToken::new();
        let token = stop.clone();
        let task = tokio::spawn(async move { worker.run(&Duty::ALL, token).await.unwrap() });
        Running { stop, task }
    }

    /// How often each inbox has taken the `Create` whose text has this in it.
    pub fn taken(&self, text: &str) -> BTreeMap<String, usize> {
        let mut taken = BTreeMap::new();
        for request in self.sink.received() {
            if request.status == 202 && request.body.contains(text) && request.body.contains("\"Create\"") {
                assert!(request.verified(), "{:?}", request.refused);
                *taken.entry(request.path).or_insert(0) += 1;
            }
        }
        taken
    }

    /// Nothing is under way or will be by itself.
    pub async fn is_quiet(&self) -> bool {
        self.machinery.outbox_backlog().await.unwrap().is_empty()
            && self.machinery.parked_count().await.unwrap() == 0
    }
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

/// The worker of a process, from its settings alone.
pub async fn worker(settings: Settings, clock: Arc<dyn Clock>) -> Worker {
    let database = &settings.database;
    let app = AppDb::connect(database.app_url().unwrap(), PoolOptions::default()).await.unwrap();
    let machinery_url = database.worker_url().unwrap().clone();
    let machinery = WorkerDb::connect(&machinery_url, PoolOptions::default()).await.unwrap();
    let tenancy = tenancy(&settings, &app, &clock).await;
    let queue = &settings.queue;
    let options = QueueOptions {
        prefix: queue.prefix.clone(),
        publish_timeout: Duration::from_secs(queue.publish_timeout_seconds),
        lease: Duration::from_secs(queue.lease_seconds),
        ..QueueOptions::default()
    };
    let queue = Queue::connect(&queue.url, &machinery_url, options).await.unwrap();
    let social = social(&settings, &app, &clock);
    let federation = Federation::new(belfry_federation::Parts {
        app: app.clone(),
        worker: Some(machinery.clone()),
        directory: tenancy.directory.clone(),
        keys: tenancy.keys.clone(),
        social: social.clone(),
        client: GuardedClient::new(&settings, clock.clone()).unwrap(),
        cache: tenancy.cache.clone(),
        clock: clock.clone(),
        names: settings.names(),
        settings: settings.federation.clone(),
    });
    Worker::new(WorkerParts {
        queue,
        machinery,
        machinery_url,
        app,
        cache: tenancy.cache.clone(),
        social,
        federation,
        directory: tenancy.directory.clone(),
        keys: tenancy.keys.clone(),
        clock,
        jitter: Jitter::seeded(7),
        settings: Arc::new(settings),
    })
}

async fn tenancy(settings: &Settings, app: &AppDb, clock: &Arc<dyn Clock>) -> Tenancy {
    let key = PlatformKey::read(settings.keys.platform_key_file().unwrap()).unwrap();
    let cache = Cache::connect(&settings.cache.url, CacheOptions::default(), clock.clone()).await.unwrap();
    Tenancy::new(
        app.clone(),
        cache,
        clock.clone(),
        settings.names(),
        Directory::load(app.clone()).await.unwrap(),
        Arc::new(Keys::new(app.clone(), key, 100)),
        settings.sign_in.clone(),
    )
}

fn social(settings: &Settings, app: &AppDb, clock: &Arc<dyn Clock>) -> Social {
    Social::new(belfry_social::Parts {
        app: app.clone(),
        clock: clock.clone(),
        names: settings.names(),
        media: MediaStore::in_memory(),
        limits: Limits::default(),
    })
}

fn settings_text(database: &TestDatabase, home: &FakeRemote, key_file: &str, queue: &str) -> String {
    let port = home.host().rsplit(':').next().unwrap();
    let mut text = String::new();
    write!(
        text,
        "[platform]\nshared_domain = 'social.localhost'\nscheme = 'http'\nport = {port}\n\
         [database]\nurl = '{}'\nworker_url = '{}'\nadmin_url = '{}'\n\
         [keys]\nplatform_key_file = '{key_file}'\npool_size = 0\n\
         [federation]\nallowed_private_networks = ['127.0.0.1/32']\ntimeout_seconds = 2\n\
         [delivery]\nslice = 30\nbatch = 5\nlook_seconds = 1\nclaim_seconds = 2\n\
         per_host_concurrency = 4\nshutdown_grace_seconds = 20\n\
         [queue]\nprefetch = {PREFETCH}\nlease_seconds = 2\n{queue}\n",
        database.app_url().expose(),
        database.worker_url().expose(),
        database.admin_url().expose(),
    )
    .unwrap();
    text
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

fn follower(uri: &str, number: usize, host: &str, now: chrono::DateTime<chrono::Utc>) -> RemoteActor {
    RemoteActor {
        uri: uri.into(),
        username: format!("f{number}"),
        domain: host.into(),
        url: None,
        actor_type: "Person".into(),
        inbox_url: format!("{uri}/inbox"),
        shared_inbox_url: None,
        outbox_url: None,
        followers_url: None,
        following_url: None,
        featured_url: None,
        display_name: String::new(),
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
    }
}
