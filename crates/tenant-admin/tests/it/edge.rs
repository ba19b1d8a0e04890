//! The admin edge to ask as browsers do: a database, tenants with staff, and cookie jars.

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::http::header::HeaderMap;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use belfry_cache::Cache;
use belfry_edge::{Platform, closed, security};
use belfry_model::{Phase, Role, Secret, StaffId, Tenant};
use belfry_settings::Settings;
use belfry_storage::{AdminDb, AppDb, PoolOptions};
use belfry_tenancy::keys::PlatformKey;
use belfry_tenancy::provision::{self, CreatedTenant, NewTenant, ProvisionError};
use belfry_tenancy::staff::{self, Acceptance, Invitation, Invite};
use belfry_tenancy::{By, Directory, Keys, Tenancy, session};
use belfry_tenant_admin::Governance;
use belfry_test_support::{MockClock, TestDatabase};

pub const PASSWORD: &str = "correct horse battery";
pub const SESSION: &str = "__Host-belfry-session";
pub const SHARED: &str = "social.example";

pub struct Edge {
    pub platform: Platform,
    pub admin: AdminDb,
    // Both end with the test.
    database: TestDatabase,
    _folder: tempfile::TempDir,
}

impl Edge {
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("platform.key");
        Keys::create_platform_key_file(&key).unwrap();
        let clock = Arc::new(MockClock::default());
        let settings = Settings::from_toml("[platform]\nshared_domain = 'social.example'").unwrap();
        let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
        let admin = AdminDb::connect(&database.admin_url(), PoolOptions::default()).await.unwrap();
        let tenancy = Tenancy::new(
            app.clone(),
            Cache::embedded(1000, clock.clone()),
            clock,
            settings.names(),
            Directory::load(app.clone()).await.unwrap(),
            Arc::new(Keys::new(app, PlatformKey::read(&key).unwrap(), 10)),
            settings.sign_in.clone(),
        );
        let platform = Platform { settings: Arc::new(settings), tenancy };
        Self { platform, admin, database, _folder: folder }
    }

    /// A live tenant, with the invitation of its owner. The first is the lead agency.
    pub async fn tenant(&self, slug: &str) -> (Tenant, Invitation) {
        let created = self.try_tenant(slug).await.unwrap();
        (created.tenant, created.invitation)
    }

    /// The same, where it may be refused.
    pub async fn try_tenant(&self, slug: &str) -> Result<CreatedTenant, ProvisionError> {
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
        provision::create_tenant(&self.platform.tenancy, &self.admin, &new, &By::command()).await
    }

    /// Writes what no part of this edge could have written.
    pub async fn sql(&self, sql: &str) {
        self.database.run_as_superuser(sql).await;
    }

    /// A session of somebody new in this role.
    pub async fn signed_in(&self, tenant: &Tenant, role: Role) -> Secret {
        let staff = self.person(tenant, role).await;
        session::start(&self.platform.tenancy, tenant.scope(), staff, None).await.unwrap()
    }

    pub async fn invite(&self, tenant: &Tenant, role: Role) -> Invitation {
        let invite =
            Invite { email: format!("{role}@work.example").parse().unwrap(), role, accounts: Vec::new() };
        staff::invite(&self.platform.tenancy, tenant, &invite, &By::command()).await.unwrap()
    }

    pub async fn person(&self, tenant: &Tenant, role: Role) -> StaffId {
        let invitation = self.invite(tenant, role).await;
        let brought = Acceptance {
            email: invitation.email.to_string(),
            code: invitation.code,
            password: Secret::new(PASSWORD),
            display_name: format!("The {role}"),
        };
        staff::accept(&self.platform.tenancy, tenant, &brought).await.unwrap().id
    }

    pub fn browser(&self, host: &str) -> Browser<'_> {
        Browser {
            edge: self,
            host: host.to_owned(),
            cookies: Vec::new(),
            token: String::new(),
            headers: Vec::new(),
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: HeaderMap,
    pub html: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn location(&self) -> Option<&str> {
        self.header("location")
    }
}

/// At one host: the cookies that it was given, and the last form's token.
pub struct Browser<'a> {
    edge: &'a Edge,
    host: String,
    pub cookies: Vec<(String, String)>,
    pub token: String,
    /// Sent with every request besides.
    pub headers: Vec<(&'static str, &'static str)>,
}

impl Browser<'_> {
    pub fn with_session(mut self, session: &Secret) -> Self {
        self.cookies.push((SESSION.to_owned(), session.expose().to_owned()));
        self
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path)).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let origin = format!("https://{}", self.host);
        self.post_from(&origin, path, fields).await
    }

    /// A route by its method: a form's with nothing but the token.
    pub async fn ask(&mut self, method: Method, path: &str) -> Answer {
        if method == Method::POST { self.post(path, &[]).await } else { self.get(path).await }
    }

    /// A method of an API, with JSON.
    pub async fn call(
        &mut self,
        token: Option<&Secret>,
        method: Method,
        path: &str,
        body: &serde_json::Value,
    ) -> Answer {
        let mut request = TestRequest::with_uri(path).method(method).set_json(body);
        if let Some(token) = token {
            request = request.insert_header(("authorization", format!("Bearer {}", token.expose())));
        }
        self.send(request).await
    }

    /// Sends a form with a file.
    pub async fn upload(&mut self, path: &str, file_name: &str, file: &[u8]) -> Answer {
        const EDGE: &str = "------------------------belfry";
        let origin = format!("https://{}", self.host);
        let mut body = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n{}\r\n--{EDGE}\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\nContent-Type: text/csv\r\n\r\n",
            self.token
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={EDGE}");
        let request = TestRequest::post()
            .uri(path)
            .insert_header(("origin", origin))
            .insert_header(("content-type", content_type))
            .set_payload(body);
        self.send(request).await
    }

    pub async fn post_from(&mut self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token.clone();
        let fields: Vec<_> = fields.iter().copied().chain([("csrf_token", token.as_str())]).collect();
        self.send(TestRequest::post().uri(path).insert_header(("origin", origin)).set_form(&fields)).await
    }

    async fn send(&mut self, request: TestRequest) -> Answer {
        let platform = self.edge.platform.clone();
        let governance = Governance { admin: self.edge.admin.clone() };
        let app = App::new()
            .app_data(web::Data::new(platform))
            .wrap(from_fn(closed::closed))
            .wrap(from_fn(security::headers))
            .configure(|config| belfry_tenant_admin::configure(config, governance));
        let app = init_service(app).await;
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request =
            request.insert_header(("host", self.host.as_str())).insert_header(("cookie", jar.join("; ")));
        let request = self.headers.iter().fold(request, |request, header| request.insert_header(*header));
        let response = call_service(&app, request.to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let html = String::from_utf8(read_body(response).await.to_vec()).unwrap();
        for cookie in headers.get_all("set-cookie").filter_map(|value| value.to_str().ok()) {
            let (name, rest) = cookie.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            let value = rest.split(';').next().unwrap();
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        if let Some(part) = html.split("name=\"csrf_token\" value=\"").nth(1) {
            part.split('"').next().unwrap().clone_into(&mut self.token);
        }
        Answer { status, headers, html }
    }
}
