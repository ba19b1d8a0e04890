//! `GET /console/baseline/domains.csv`: all rules, as Mastodon imports them.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use belfry_tenancy::baseline::import::export;

use crate::lead::Lead;

pub(crate) async fn get(lead: Lead) -> HttpResponse {
    match lead.admin().domain_rule_list().await {
        Ok(rules) => HttpResponse::Ok()
            .content_type("text/csv; charset=utf-8")
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"domain-rules.csv\""))
            .body(export(&rules)),
        Err(error) => lead.broken(&error),
    }
}
