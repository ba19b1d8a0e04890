//! `GET /admin/me`: password, app, codes, sessions and tokens.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{OwnSession, OwnToken, OwnView};
use belfry_tenancy::{factor, session};

use super::Me;

pub(crate) async fn get(me: Me) -> HttpResponse {
    show(&me, None).await
}

pub(super) async fn show(me: &Me, problem: Option<&'static str>) -> HttpResponse {
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match view(me, problem).await {
        Ok(view) => me.respond_with(status, &view),
        Err(error) => me.broken(&error),
    }
}

async fn view(me: &Me, problem: Option<&'static str>) -> belfry_tenancy::Result<OwnView> {
    let (tenancy, scope, id) = (me.tenancy(), me.scope(), me.id());
    let status = factor::status(tenancy, scope, id).await?;
    let held = session::held(tenancy, scope, id).await?;
    Ok(OwnView {
        own: me.own_path(),
        email: me.staff().email.clone(),
        has_app: status.app,
        must_enrol: me.session.must_enrol.then(|| me.sign_out_path()),
        recovery_left: status.recovery_left,
        sessions: held
            .sessions
            .into_iter()
            .map(|row| OwnSession {
                id: row.id.to_string(),
                is_this: row.id == me.session.id,
                address: row.address,
                agent: row.agent,
                started_at: row.started_at,
                last_seen_at: row.last_seen_at,
            })
            .collect(),
        tokens: held
            .tokens
            .into_iter()
            .map(|row| OwnToken {
                id: row.id.to_string(),
                app: row.app,
                scopes: row.scopes,
                created_at: row.created_at,
                last_used_at: row.last_used_at,
            })
            .collect(),
        password_min: tenancy.settings.password_min_length,
        problem,
    })
}
