//! Answering with a page: the one way from a view to a response.
//!
//! Invariant: every page goes out with its own Content-Security-Policy, is never kept by a
//! shared cache, and sets no cookie unless it holds a form, somebody is signed in, or a
//! language was chosen.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, web};
use belfry_model::Tenant;

use crate::cookie::Purpose;
use crate::host::{Hosted, UnknownHost};
use crate::request::RequestId;
use crate::session::{self, Enrolling, Session, SignedIn};
use crate::view::layout::{LanguageChoice, Layout, SignedInAs, Site};
use crate::view::{ErrorKind, ErrorView};
use crate::{Language, Platform, Renderer, View, assets, csrf, security};

/// What a page needs to know of its request.
#[derive(Debug, Clone)]
pub struct Page {
    pub platform: web::Data<Platform>,
    pub language: Language,
    pub signed_in: Option<SignedIn>,
    /// Instead: somebody whose session opens nothing but setting up a second factor.
    pub enrolling: Option<SignedIn>,
    place: Place,
    /// As sent, whatever it is worth: form tokens are bound to it.
    session: Option<String>,
    /// What the first step of signing in gave, likewise.
    pub(crate) pending: Option<String>,
    agent: String,
    csrf_secret: Option<String>,
    /// By the language switch, in this request.
    chosen_language: Option<Language>,
    path: String,
    query: String,
    request_id: Option<String>,
}

#[derive(Debug, Clone)]
enum Place {
    Tenant(Arc<Tenant>),
    SharedDomain,
}

impl Page {
    /// For a handler that answers hosts which are nobody's as well.
    pub async fn extract(request: &HttpRequest) -> Result<Self, actix_web::Error> {
        let platform = session::platform(request)?;
        let place = match Hosted::of(request) {
            Some(Hosted::Tenant(tenant)) => Place::Tenant(tenant),
            Some(Hosted::SharedDomain) => Place::SharedDomain,
            Some(Hosted::Media) | None => return Err(UnknownHost.into()),
        };
        let Session(signed_in) = Session::extract(request).await?;
        let enrolling = request.extensions().get::<Enrolling>().and_then(|enrolling| enrolling.0.clone());
        let secure = platform.is_secure();
        let chosen_language = pairs(request.query_string())
            .find_map(|(name, value)| (name == "lang").then(|| Language::parse(&value)).flatten());
        let language = chosen_language
            .or_else(|| Language::parse(&Purpose::Language.read(request, secure)?))
            .or_else(|| Language::accepted(request.headers().get(header::ACCEPT_LANGUAGE)?.to_str().ok()?))
            .or(match &place {
                Place::Tenant(tenant) => Language::parse(&tenant.language),
                Place::SharedDomain => None,
            })
            .unwrap_or(Language::English);
        Ok(Self {
            language,
            signed_in,
            enrolling,
            place,
            session: session::raw(request, &platform),
            pending: Purpose::Pending.read(request, secure),
            agent: request
                .headers()
                .get(header::USER_AGENT)
                .map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned())
                .unwrap_or_default(),
            csrf_secret: Purpose::Csrf.read(request, secure),
            chosen_language,
            path: request.path().to_owned(),
            query: request.query_string().to_owned(),
            request_id: request.extensions().get::<RequestId>().map(|id| id.0.clone()),
            platform,
        })
    }

    /// This host as browsers name it: `https://moe.social.example`.
    pub fn origin(&self) -> String {
        let names = self.platform.names();
        match &self.place {
            Place::Tenant(tenant) => self.platform.origin(tenant).at(""),
            Place::SharedDomain => format!("{}://{}", names.scheme, names.shared_domain),
        }
    }

    /// What the browser calls itself.
    pub(crate) fn agent(&self) -> &str {
        &self.agent
    }

    /// The token that a form sent with this browser's cookies must hold.
    pub(crate) fn csrf_token(&self) -> Option<String> {
        let secret = self.csrf_secret.as_deref()?;
        Some(csrf::token(secret, self.session.as_deref()))
    }

    /// 200 with a page.
    pub fn respond<V: View>(&self, view: &V) -> HttpResponse {
        self.respond_with(StatusCode::OK, view)
    }

    pub fn respond_with<V: View>(&self, status: StatusCode, view: &V) -> HttpResponse {
        self.answer(status, view).unwrap_or_else(|error| {
            log(&*error, "a page can't be rendered");
            HttpResponse::InternalServerError().finish()
        })
    }

    /// Part of a page by itself, for the page's script. `None` is logged: a template is broken.
    pub fn part<V: View>(&self, view: &V) -> Option<String> {
        match Renderer::shared().map(|renderer| renderer.render(self.language, &(), view)) {
            Ok(Ok(html)) => Some(html),
            Ok(Err(error)) => {
                log(&error, "a part of a page can't be rendered");
                None
            }
            Err(error) => {
                log(error, "a part of a page can't be rendered");
                None
            }
        }
    }

    /// The page for something that went wrong, with its status.
    pub fn error(&self, kind: ErrorKind) -> HttpResponse {
        let status = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let quote = matches!(kind, ErrorKind::Broken | ErrorKind::FormExpired | ErrorKind::BadRequest);
        let request_id = self.request_id.clone().filter(|_| quote);
        self.respond_with(status, &ErrorView { request_id, ..ErrorView::new(kind) })
    }

    /// Our own fault: logged here, once, with the whole chain of causes; the visitor gets the
    /// request's id to quote.
    pub fn broken(&self, error: &(dyn Error + 'static)) -> HttpResponse {
        log(error, "a page failed");
        self.error(ErrorKind::Broken)
    }

    /// 303 to a path on this host.
    pub fn redirect(&self, path: &str) -> HttpResponse {
        self.builder(StatusCode::SEE_OTHER).insert_header((header::LOCATION, path)).finish()
    }

    /// 303 to a path on this host, with cookies set.
    pub fn redirect_with(
        &self,
        path: &str,
        cookies: impl IntoIterator<Item = Cookie<'static>>,
    ) -> HttpResponse {
        let mut builder = self.builder(StatusCode::SEE_OTHER);
        for cookie in cookies {
            builder.cookie(cookie);
        }
        builder.insert_header((header::LOCATION, path)).finish()
    }

    /// To the sign-in page, which comes back here; who must set up a second factor first goes there.
    pub fn redirect_to_sign_in(&self) -> HttpResponse {
        if self.enrolling.is_some() {
            return self.redirect(self.own_path());
        }
        let here =
            if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) };
        let query = serde_urlencoded::to_string([("return_to", here)]).unwrap_or_default();
        self.redirect(&format!("{}?{query}", self.sign_in_path()))
    }

    pub fn sign_in_path(&self) -> &'static str {
        match self.place {
            Place::Tenant(_) => "/auth/sign_in",
            Place::SharedDomain => "/console/sign_in",
        }
    }

    pub fn sign_out_path(&self) -> &'static str {
        match self.place {
            Place::Tenant(_) => "/auth/sign_out",
            Place::SharedDomain => "/console/sign_out",
        }
    }

    /// The second step of signing in.
    pub fn second_step_path(&self) -> &'static str {
        match self.place {
            Place::Tenant(_) => "/auth/second_step",
            Place::SharedDomain => "/console/second_step",
        }
    }

    /// How somebody who signed in signs in: their own page.
    pub fn own_path(&self) -> &'static str {
        match self.place {
            Place::Tenant(_) => "/admin/me",
            Place::SharedDomain => "/console/me",
        }
    }

    /// Where somebody who signed in begins.
    pub fn overview_path(&self) -> &'static str {
        match self.place {
            Place::Tenant(_) => "/admin",
            Place::SharedDomain => "/console",
        }
    }

    fn answer<V: View>(&self, status: StatusCode, view: &V) -> Result<HttpResponse, Box<dyn Error>> {
        let mut fresh_secret = None;
        let csrf_token = match (V::HAS_FORM || self.signed_in.is_some(), &self.csrf_secret) {
            (false, _) => None,
            (true, Some(_)) => self.csrf_token(),
            (true, None) => {
                let secret = csrf::secret()?;
                let token = csrf::token(&secret, self.session.as_deref());
                fresh_secret = Some(secret);
                Some(token)
            }
        };
        let html =
            Renderer::shared()?.render(self.language, &self.layout(csrf_token, view.script()), view)?;
        let names = self.platform.names();
        let media = format!("{}://{}", names.scheme, names.media_host());
        let mut builder = self.builder(status);
        if let Some(secret) = fresh_secret {
            builder.cookie(Purpose::Csrf.set(secret, self.platform.is_secure(), None));
        }
        Ok(builder
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CONTENT_LANGUAGE, self.language.code()))
            .insert_header((
                header::CONTENT_SECURITY_POLICY,
                security::page_policy(&media, V::FORM_MAY_LEAVE, view.script().is_some()),
            ))
            .body(html))
    }

    fn builder(&self, status: StatusCode) -> HttpResponseBuilder {
        let mut builder = HttpResponse::build(status);
        // What somebody saw signed in is not kept even by their own browser.
        let cache = if self.signed_in.is_some() || self.enrolling.is_some() {
            "no-store"
        } else {
            "private, no-cache"
        };
        builder
            .insert_header((header::CACHE_CONTROL, cache))
            .insert_header((header::VARY, "Accept, Accept-Language, Cookie"));
        if let Some(language) = self.chosen_language {
            let year = Some(Duration::days(365));
            let secure = self.platform.is_secure();
            builder.cookie(Purpose::Language.set(language.code().to_owned(), secure, year));
        }
        builder
    }

    fn layout(&self, csrf_token: Option<String>, script: Option<&'static str>) -> Layout {
        let names = self.platform.names();
        let (name, host) = match &self.place {
            Place::Tenant(tenant) => (tenant.name.clone(), tenant.host.to_string()),
            Place::SharedDomain => (names.shared_domain.to_string(), names.shared_domain.to_string()),
        };
        let is_platform = matches!(self.place, Place::SharedDomain);
        Layout {
            language: self.language,
            languages: Language::ALL.iter().map(|language| self.choice(*language)).collect(),
            stylesheet: assets::stylesheet().to_owned(),
            icon: assets::icon().to_owned(),
            script,
            site: Some(Site {
                name,
                host,
                register: format!("{}://{}/", names.scheme, names.shared_domain),
                is_platform,
            }),
            path: self.path.clone(),
            signed_in: self.signed_in.as_ref().map(|signed_in| SignedInAs {
                name: signed_in.staff.display_name.clone(),
                overview: self.overview_path().to_owned(),
                own: self.own_path().to_owned(),
                may: signed_in.staff.permissions().iter().collect(),
                sign_out: self.sign_out_path().to_owned(),
            }),
            mailbox: self.platform.settings.mail.is_mailbox(),
            csrf_token,
        }
    }

    /// This very page in another language.
    fn choice(&self, language: Language) -> LanguageChoice {
        let query = pairs(&self.query)
            .filter(|(name, _)| name != "lang")
            .chain([("lang".to_owned(), language.code().to_owned())])
            .collect::<Vec<_>>();
        LanguageChoice {
            code: language.code(),
            name: language.own_name(),
            href: format!("{}?{}", self.path, serde_urlencoded::to_string(query).unwrap_or_default()),
            current: language == self.language,
        }
    }
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    serde_urlencoded::from_str::<Vec<(String, String)>>(query).unwrap_or_default().into_iter()
}

fn log(error: &(dyn Error + 'static), what: &'static str) {
    tracing::error!(error, "{what}");
}

impl FromRequest for Page {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::extract(&request).await })
    }
}
