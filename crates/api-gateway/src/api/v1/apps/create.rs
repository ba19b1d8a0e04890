//! `POST /api/v1/apps`: an app makes itself known. Anybody may; it may do nothing yet.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_tenancy::Scopes;
use belfry_tenancy::oauth::app::{AppError, NewApp, RegisteredApp, app_create};
use serde::Deserialize;

use crate::Gateway;
use crate::api::entity::CredentialApplication;
use crate::api::{ApiError, Params};

const WINDOW: Duration = Duration::from_mins(10);

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    client_name: String,
    /// An array, or one address a line.
    redirect_uris: Vec<String>,
    scopes: Option<String>,
    website: Option<String>,
}

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    limit(&request, &gateway).await?;
    let params = params.values;
    let scopes = match params.scopes.as_deref().map(str::trim) {
        None | Some("") => Scopes::read(),
        Some(text) => text.parse().map_err(|e| ApiError::Unprocessable(format!("Validation failed: {e}")))?,
    };
    let new = NewApp {
        name: params.client_name,
        website: params.website,
        redirect_uris: params
            .redirect_uris
            .iter()
            .flat_map(|uris| uris.split_whitespace())
            .map(str::to_owned)
            .collect(),
        scopes,
    };
    let registered = app_create(&gateway.platform.tenancy, tenant.scope(), &new).await?;
    Ok(HttpResponse::Ok().json(CredentialApplication::registered(registered)))
}

async fn limit(request: &HttpRequest, gateway: &Gateway) -> Result<(), ApiError> {
    let key = format!("apps:{}", belfry_edge::client_address(request));
    let tenancy = &gateway.platform.tenancy;
    let used = tenancy.cache.count(&key, WINDOW).await.map_err(|error| ApiError::internal(&error))?;
    if used > gateway.platform.settings.client_api.apps_per_ten_minutes {
        let now = tenancy.clock.now().timestamp_millis();
        let retry_after = belfry_cache::window_ends_in(now, WINDOW).as_secs() + 1;
        return Err(ApiError::TooManyRequests { retry_after });
    }
    Ok(())
}

impl CredentialApplication {
    fn registered(registered: RegisteredApp) -> Self {
        Self {
            client_secret: Some(registered.client_secret.expose().to_owned()),
            client_secret_expires_at: Some(0),
            ..Self::new(registered.app)
        }
    }
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Name | AppError::RedirectUri(_) | AppError::RedirectUriCount | AppError::Website(_) => {
                Self::Unprocessable(format!("Validation failed: {error}"))
            }
            AppError::Internal(cause) => Self::internal(&cause),
        }
    }
}
