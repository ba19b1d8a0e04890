//! `GET /console/usage.csv`: one month for charging back.

use actix_web::{HttpResponse, web};
use belfry_model::Month;
use belfry_tenancy::usage;

use super::Query;
use crate::csv_answer;
use crate::lead::Lead;

pub(in crate::console) async fn get(lead: Lead, query: web::Query<Query>) -> HttpResponse {
    let month = query.month.parse().unwrap_or_else(|_| Month::of(lead.tenancy().clock.now()));
    match usage::month(lead.admin(), month).await {
        Ok(tenants) => csv_answer(&format!("belfry-usage-{month}.csv"), usage::charges(month, &tenants)),
        Err(error) => lead.broken(&error),
    }
}
