//! `/oauth/authorize`: may this app act for you? The answer is a code, to the app or to type.
//!
//! Invariant: an app or a redirect address that isn't registered here gets a page and no
//! redirect; whatever else is wrong goes back to the app, which can say it better.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::view::account::initials;
use belfry_edge::view::{AccountCard, AccountChoice, ConsentView, ErrorKind, OutOfBandView, Scope};
use belfry_edge::{CheckedForm, Page, SignedIn, TenantHost, client_address};
use belfry_model::{ActorId, PlatformNames, Tenant};
use belfry_social::{AccountView, Viewer};
use belfry_tenancy::Scopes;
use belfry_tenancy::oauth::app::OUT_OF_BAND;
use belfry_tenancy::oauth::{App, CodeError, CodeGrant, app_find, code_issue};
use serde::Deserialize;
use url::Url;

use crate::Gateway;

/// The query of the page, and what its form sends back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    client_id: String,
    redirect_uri: String,
    response_type: String,
    scope: Option<String>,
    state: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    /// Asked for in every spelling; the form has none.
    force_login: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Decision {
    #[serde(flatten)]
    request: Request,
    #[serde(default)]
    actor_id: String,
    #[serde(default)]
    decision: String,
}

/// `GET`: the question.
pub async fn show(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
    page: Page,
    query: web::Query<Request>,
) -> HttpResponse {
    let request = query.into_inner();
    let app = match known_app(&gateway, &tenant, &request, &page).await {
        Ok(app) => app,
        Err(refusal) => return refusal,
    };
    let scopes = match asked(&request, &app) {
        Ok(scopes) => scopes,
        Err(word) => return back(&page, &request, &[("error", word)]),
    };
    match &page.signed_in {
        Some(signed_in) => consent(&gateway, &tenant, &page, signed_in, &request, &app, &scopes).await,
        None => page.redirect_to_sign_in(),
    }
}

/// `POST`: the answer.
pub async fn decide(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
    http: HttpRequest,
    form: CheckedForm<Decision>,
) -> HttpResponse {
    let CheckedForm { form: Decision { request, actor_id, decision }, page } = form;
    let app = match known_app(&gateway, &tenant, &request, &page).await {
        Ok(app) => app,
        Err(refusal) => return refusal,
    };
    let Some(signed_in) = &page.signed_in else {
        return page.redirect_to_sign_in();
    };
    if decision != "allow" {
        return back(&page, &request, &[("error", "access_denied")]);
    }
    let (scopes, actor) = match (asked(&request, &app), actor_id.parse::<ActorId>()) {
        (Ok(scopes), Ok(actor)) => (scopes, actor),
        (Err(word), _) => return back(&page, &request, &[("error", word)]),
        (_, Err(_)) => return page.error(ErrorKind::BadRequest),
    };
    let grant = CodeGrant {
        from: Some(client_address(&http)),
        staff: signed_in.staff.id,
        actor,
        redirect_uri: request.redirect_uri.clone(),
        scopes,
        code_challenge: request.code_challenge.clone().filter(|challenge| !challenge.is_empty()),
    };
    match code_issue(&gateway.platform.tenancy, tenant.scope(), &app, &grant).await {
        Ok(code) if request.redirect_uri == OUT_OF_BAND => {
            page.respond(&OutOfBandView { app_name: app.name, code: code.expose().to_owned() })
        }
        Ok(code) => back(&page, &request, &[("code", code.expose())]),
        Err(CodeError::RedirectUri) => page.error(ErrorKind::BadRequest),
        Err(CodeError::Scopes) => back(&page, &request, &[("error", "invalid_scope")]),
        Err(CodeError::Challenge) => back(&page, &request, &[("error", "invalid_request")]),
        Err(CodeError::NoAccess) => back(&page, &request, &[("error", "access_denied")]),
        Err(CodeError::Internal(cause)) => page.broken(&cause),
    }
}

/// The app, if it is one of this tenant's and the redirect address one of the app's.
async fn known_app(
    gateway: &Gateway,
    tenant: &Tenant,
    request: &Request,
    page: &Page,
) -> Result<App, HttpResponse> {
    let app = app_find(&gateway.platform.tenancy, tenant.scope(), &request.client_id).await;
    match app.map_err(|error| page.broken(&error))? {
        Some(app) if app.redirect_uris.contains(&request.redirect_uri) => Ok(app),
        Some(_) | None => Err(page.error(ErrorKind::BadRequest)),
    }
}

/// What the app asks for, or OAuth's word for what is wrong with the request (RFC 6749
/// §4.1.2.1, RFC 7636 §4.4.1).
fn asked(request: &Request, app: &App) -> Result<Scopes, &'static str> {
    if request.response_type != "code" {
        return Err("unsupported_response_type");
    }
    let challenged = request.code_challenge.as_deref().is_some_and(|challenge| !challenge.is_empty());
    if challenged && request.code_challenge_method.as_deref() != Some("S256") {
        return Err("invalid_request");
    }
    let scopes: Scopes = match request.scope.as_deref().map(str::trim) {
        None | Some("") => Scopes::read(),
        Some(text) => text.parse().map_err(|_| "invalid_scope")?,
    };
    if scopes.within(&app.scopes) { Ok(scopes) } else { Err("invalid_scope") }
}

async fn consent(
    gateway: &Gateway,
    tenant: &Tenant,
    page: &Page,
    signed_in: &SignedIn,
    request: &Request,
    app: &App,
    scopes: &Scopes,
) -> HttpResponse {
    let accounts =
        belfry_tenancy::account::list_of(&gateway.platform.tenancy, tenant.scope(), signed_in.staff.id).await;
    let ids: Vec<ActorId> = match accounts {
        Ok(accounts) => accounts.iter().map(|row| ActorId(row.id)).collect(),
        Err(error) => return page.broken(&error),
    };
    let accounts = match gateway.social.account_list(Viewer::anonymous(tenant.scope()), &ids).await {
        Ok(accounts) => accounts,
        Err(error) => return page.broken(&error),
    };
    page.respond(&ConsentView {
        app_name: app.name.clone(),
        app_website: app.website.clone(),
        destination: destination(&request.redirect_uri),
        scopes: scopes.iter().map(Scope::new).collect(),
        accounts: accounts
            .iter()
            .enumerate()
            .map(|(position, view)| AccountChoice {
                actor_id: view.row.id.to_string(),
                account: card(view, page.platform.names()),
                chosen: position == 0,
            })
            .collect(),
        hidden: request.hidden(),
    })
}

fn card(view: &AccountView, names: &PlatformNames) -> AccountCard {
    let row = &view.row;
    AccountCard {
        name: row.display_name.clone(),
        handle: format!("@{}@{}", row.username, row.domain),
        official_handle: row.official_handle.as_ref().map(|name| format!("@{name}@{}", names.shared_domain)),
        kind: row.kind.parse().ok(),
        href: row.url.clone().unwrap_or_else(|| row.uri.clone()),
        avatar: view
            .avatar
            .as_ref()
            .and_then(|media| media.file_key.as_deref())
            .map(|key| names.media_url(key)),
        initials: initials(&row.display_name),
    }
}

impl Request {
    /// Sent back by the form as it came.
    fn hidden(&self) -> Vec<(String, String)> {
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            ("client_id", self.client_id.clone()),
            ("redirect_uri", self.redirect_uri.clone()),
            ("response_type", self.response_type.clone()),
            ("scope", given(&self.scope)),
            ("state", given(&self.state)),
            ("code_challenge", given(&self.code_challenge)),
            ("code_challenge_method", given(&self.code_challenge_method)),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }
}

/// A host or a scheme: what people can judge.
fn destination(redirect_uri: &str) -> String {
    match Url::parse(redirect_uri) {
        Ok(url) => url.host_str().map_or_else(|| url.scheme().to_owned(), str::to_owned),
        Err(_) => String::new(),
    }
}

/// To the app, with its state. An app that has no address shows the page's own error.
fn back(page: &Page, request: &Request, parameters: &[(&str, &str)]) -> HttpResponse {
    let Ok(mut url) = Url::parse(&request.redirect_uri) else {
        return page.error(ErrorKind::BadRequest);
    };
    if request.redirect_uri == OUT_OF_BAND {
        return page.error(ErrorKind::BadRequest);
    }
    url.query_pairs_mut().extend_pairs(parameters);
    if let Some(state) = &request.state {
        url.query_pairs_mut().append_pair("state", state);
    }
    HttpResponse::SeeOther().insert_header((LOCATION, url.as_str())).finish()
}
