//! `GET /api/v1/accounts/relationships?id[]=…`.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::entity::Relationship;
use crate::api::id::ids;
use crate::api::scope::ReadFollows;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    id: Vec<String>,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<ReadFollows>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let relationships = gateway.social.relationship_list(&me.poster(), &ids(&params.values.id)).await?;
    Ok(HttpResponse::Ok().json(relationships.iter().map(Relationship::new).collect::<Vec<_>>()))
}
