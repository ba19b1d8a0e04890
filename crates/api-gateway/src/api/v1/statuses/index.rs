//! `GET /api/v1/statuses?id[]=…`: several posts at once.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Visitor;
use crate::api::id::ids;
use crate::api::scope::ReadStatuses;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    id: Vec<String>,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadStatuses>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let statuses = gateway.social.status_list(visitor.viewer(), &ids(&params.values.id)).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&visitor.tenant).statuses(&statuses)))
}
