//! A gateway to ask: a database, a clock that stands still, and tenants with accounts and tokens.

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use belfry_api_gateway::Gateway;
use belfry_cache::Cache;
use belfry_edge::Platform;
use belfry_federation::client::GuardedClient;
use belfry_federation::{Federation, Parts as FederationParts};
use belfry_model::{AccountKind, ActorId, Phase, Role, Secret, Tenant};
use belfry_queue::{Queue, QueueOptions};
use belfry_settings::Settings;
use belfry_social::media::MediaStore;
use belfry_social::{Limits, Parts, Social};
use belfry_storage::{AdminDb, AppDb, PoolOptions};
use belfry_tenancy::account::NewAccount;
use belfry_tenancy::keys::PlatformKey;
use belfry_tenancy::provision::{self, NewTenant};
use belfry_tenancy::staff::{self, Acceptance, Invite, Staff};
use belfry_tenancy::{By, Directory, Keys, Tenancy, account, lifecycle, oauth, official, operate};
use belfry_test_support::{MockClock, TestDatabase};
use bytes::Bytes;
use serde_json::Value;

pub const PASSWORD: &str = "correct horse battery";

const SETTINGS: &str = "
    [platform]
    shared_domain = 'social.example'
    [http]
    max_body_bytes = 20000
    [client_api]
    requests_per_five_minutes = 200
";

pub struct Edge {
    pub gateway: Gateway,
    pub clock: Arc<MockClock>,
    pub admin: AdminDb,
    // Both end with the test.
    database: TestDatabase,
    _folder: tempfile::TempDir,
}

/// A tenant with two accounts that act.
pub struct Home {
    pub tenant: Tenant,
    pub owner: Staff,
    /// The organisation's own.
    pub me: Person,
    pub other: Person,
}

pub struct Person {
    pub id: ActorId,
    pub token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: actix_web::http::header::HeaderMap,
    pub body: Bytes,
}

impl Answer {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{} with no JSON: {:?}", self.status, self.body))
    }

    /// The JSON of a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{:?}", self.body);
        self.json()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.get_all(name).filter_map(|value| value.to_str().ok())
    }
}

impl Edge {
    pub async fn new() -> Self {
        Self::with(SETTINGS).await
    }

    /// With settings of a test's own, as TOML.
    pub async fn with(settings: &str) -> Self {
        let database = TestDatabase::new().await;
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("platform.key");
        Keys::create_platform_key_file(&key).unwrap();
        let clock = Arc::new(MockClock::default());
        let settings = Settings::from_toml(settings).unwrap();
        let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
        let admin = AdminDb::connect(&database.admin_url(), PoolOptions::default()).await.unwrap();
        let keys = Keys::new(app.clone(), PlatformKey::read(&key).unwrap(), 100);
        let tenancy = Tenancy::new(
            app.clone(),
            Cache::embedded(10_000, clock.clone()),
            clock.clone(),
            settings.names(),
            Directory::load(app.clone()).await.unwrap(),
            Arc::new(keys),
            settings.sign_in.clone(),
        );
        let social = Social::new(Parts {
            app,
            clock: clock.clone(),
            names: settings.names(),
            media: MediaStore::in_memory(),
            limits: Limits::default(),
        });
        let federation = Federation::new(FederationParts {
            app: tenancy.app.clone(),
            worker: None,
            directory: Arc::clone(&tenancy.directory),
            keys: Arc::clone(&tenancy.keys),
            social: social.clone(),
            client: GuardedClient::new(&settings, clock.clone()).unwrap(),
            cache: tenancy.cache.clone(),
            clock: clock.clone(),
            names: tenancy.names.clone(),
            settings: settings.federation.clone(),
        });
        let embedded = Secret::new("embedded");
        let queue = Queue::connect(&embedded, &database.worker_url(), QueueOptions::default()).await.unwrap();
        let platform = Platform { settings: Arc::new(settings), tenancy };
        let gateway = Gateway { platform, social, federation, queue };
        Self { gateway, clock, admin, database, _folder: folder }
    }

    pub fn tenancy(&self) -> &Tenancy {
        &self.gateway.platform.tenancy
    }

    /// A live tenant whose owner, `owner@<slug>.example`, may post as `<slug>` and `press`.
    pub async fn tenant(&self, slug: &str) -> Home {
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
        let created =
            provision::create_tenant(self.tenancy(), &self.admin, &new, &By::command()).await.unwrap();
        let tenant = created.tenant;
        let brought = Acceptance {
            email: created.invitation.email.to_string(),
            code: created.invitation.code,
            password: Secret::new(PASSWORD),
            display_name: "Anna".into(),
        };
        let owner = staff::accept(self.tenancy(), &tenant, &brought).await.unwrap();
        let press = NewAccount {
            username: "press".parse().unwrap(),
            kind: AccountKind::Team,
            display_name: "Press office".into(),
        };
        let press = account::create(self.tenancy(), &tenant, &press, &By::command()).await.unwrap();
        Home {
            me: self.person(&tenant, ActorId(created.organisation.id), "read write follow push").await,
            other: self.person(&tenant, ActorId(press.id), "read write follow").await,
            tenant,
            owner,
        }
    }

    /// Gives an account its handle on the shared domain.
    pub async fn official(&self, home: &Home, username: &str) {
        let username = username.parse().unwrap();
        let by = By::command();
        let given = official::give(self.tenancy(), &self.admin, &home.tenant, &username, &username, &by);
        assert!(given.await.unwrap());
    }

    /// Writes what the delivery engine would have written.
    pub async fn engine(&self, sql: &str) {
        self.database.run_as_superuser(sql).await;
    }

    /// Closes a tenant that doesn't lead.
    pub async fn suspend(&self, home: &Home) {
        let by = By::command().because("The agreement has ended");
        assert!(lifecycle::suspend(self.tenancy(), &self.admin, &home.tenant, &by).await.unwrap());
    }

    pub async fn resume(&self, home: &Home) {
        let tenant = self.tenancy().directory.by_slug(&home.tenant.slug).unwrap();
        assert!(lifecycle::resume(self.tenancy(), &self.admin, &tenant, &By::command()).await.unwrap());
    }

    /// Lets a tenant send urgent posts.
    pub async fn permit_urgent(&self, home: &Home) {
        let by = By::command();
        let permitted = operate::urgent_set(self.tenancy(), &self.admin, &home.tenant, true, &by);
        assert!(permitted.await.unwrap());
    }

    /// Somebody new in this role, with a token of their own for the organisation's account.
    pub async fn staff(&self, home: &Home, role: Role) -> Person {
        let invite = Invite {
            email: format!("{role}@work.example").parse().unwrap(),
            role,
            accounts: vec![home.tenant.slug.as_str().parse().unwrap()],
        };
        let invitation = staff::invite(self.tenancy(), &home.tenant, &invite, &By::command()).await.unwrap();
        let brought = Acceptance {
            email: invitation.email.to_string(),
            code: invitation.code,
            password: Secret::new(PASSWORD),
            display_name: format!("The {role}"),
        };
        let staff = staff::accept(self.tenancy(), &home.tenant, &brought).await.unwrap();
        let (scope, scopes) = (home.tenant.scope(), "read write".parse().unwrap());
        let by = By::staff(home.tenant.id, &staff);
        let issued = oauth::token_create(self.tenancy(), scope, home.me.id, &scopes, &by).await.unwrap();
        Person { id: home.me.id, token: issued.token.expose().to_owned() }
    }

    pub async fn person(&self, tenant: &Tenant, id: ActorId, scopes: &str) -> Person {
        let scopes = scopes.parse().unwrap();
        let issued =
            oauth::token_create(self.tenancy(), tenant.scope(), id, &scopes, &By::command()).await.unwrap();
        Person { id, token: issued.token.expose().to_owned() }
    }

    pub async fn send(&self, request: TestRequest) -> Answer {
        let gateway = self.gateway.clone();
        let app = belfry_api_gateway::app()
            .configure(move |config| belfry_api_gateway::configure(config, gateway.clone()));
        let app = init_service(app).await;
        let response = call_service(&app, request.to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, body: read_body(response).await }
    }

    pub async fn get(&self, home: &Home, person: &Person, path: &str) -> Answer {
        self.send(home.request(Method::GET, path).insert_header(person.bearer())).await
    }

    pub async fn post(&self, home: &Home, person: &Person, path: &str, body: Value) -> Answer {
        self.send(home.request(Method::POST, path).insert_header(person.bearer()).set_json(body)).await
    }

    /// A public post's id.
    pub async fn status(&self, home: &Home, person: &Person, text: &str) -> String {
        let body = serde_json::json!({ "status": text });
        let status = self.post(home, person, "/api/v1/statuses", body).await.ok();
        status["id"].as_str().unwrap().to_owned()
    }

    /// An uploaded picture's id.
    pub async fn upload(&self, home: &Home, person: &Person) -> String {
        let (content_type, body) = multipart(&[("description", "A bell")], PICTURE);
        let request = home
            .request(Method::POST, "/api/v2/media")
            .insert_header(person.bearer())
            .insert_header(("content-type", content_type))
            .set_payload(body);
        self.send(request).await.ok()["id"].as_str().unwrap().to_owned()
    }
}

pub const PICTURE: &[u8] = include_bytes!("../../static/avatar.png");

impl Home {
    pub fn request(&self, method: Method, path: &str) -> TestRequest {
        let host = self.tenant.host.as_str();
        TestRequest::default().method(method).uri(path).insert_header(("host", host))
    }
}

impl Person {
    pub fn bearer(&self) -> (&'static str, String) {
        ("authorization", format!("Bearer {}", self.token))
    }
}

/// A form with a file, and its content type.
pub fn multipart(fields: &[(&str, &str)], file: &[u8]) -> (String, Bytes) {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend_from_slice(
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
        );
    }
    body.extend_from_slice(
        b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n",
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    ("multipart/form-data; boundary=x".to_owned(), Bytes::from(body))
}
