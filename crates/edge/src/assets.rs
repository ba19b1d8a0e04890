//! The stylesheet, the icon and the one script: compiled in, served on every host under the hash of their content.
//!
//! Invariant: an address never serves other bytes than it did, so that it may be kept for ever.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpResponse, web};

const FOLDER: &str = "/assets";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[derive(Debug)]
struct Asset {
    address: String,
    media_type: &'static str,
    content: &'static str,
}

impl Asset {
    fn new(stem: &str, extension: &str, media_type: &'static str, content: &'static str) -> Self {
        let hash = hex(&openssl::sha::sha256(content.as_bytes()));
        let short = hash.get(..16).unwrap_or_default();
        Self { address: format!("{FOLDER}/{stem}-{short}.{extension}"), media_type, content }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

static STYLESHEET: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("belfry", "css", "text/css; charset=utf-8", include_str!("../static/belfry.css"))
});
static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("bell", "svg", "image/svg+xml", include_str!("../static/bell.svg")));

static DELIVERY_SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("delivery", "js", "text/javascript; charset=utf-8", include_str!("../static/delivery.js"))
});

static PROGRESS_SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("progress", "js", "text/javascript; charset=utf-8", include_str!("../static/progress.js"))
});

/// Paths on whatever host the page is on: no page loads anything from elsewhere.
pub fn stylesheet() -> &'static str {
    &STYLESHEET.address
}

pub fn icon() -> &'static str {
    &ICON.address
}

/// Keeps a delivery up to date on the page that shows it.
pub fn delivery_script() -> &'static str {
    &DELIVERY_SCRIPT.address
}

/// Keeps a long task up to date on the page that shows it.
pub fn progress_script() -> &'static str {
    &PROGRESS_SCRIPT.address
}

/// `GET /assets/…`, on any host.
pub fn configure(config: &mut web::ServiceConfig) {
    for asset in [&*STYLESHEET, &*ICON, &*DELIVERY_SCRIPT, &*PROGRESS_SCRIPT] {
        config.route(&asset.address, web::get().to(async move || serve(asset)));
    }
}

fn serve(asset: &'static Asset) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(asset.media_type)
        .insert_header((header::CACHE_CONTROL, FOR_EVER))
        .body(asset.content)
}

#[cfg(test)]
mod tests {
    use actix_web::{App, test};

    use super::*;

    #[actix_web::test]
    async fn assets_are_kept_for_ever_at_the_hash_of_their_content() {
        let app = test::init_service(App::new().configure(configure)).await;
        for (address, media_type) in [
            (stylesheet(), "text/css; charset=utf-8"),
            (icon(), "image/svg+xml"),
            (delivery_script(), "text/javascript; charset=utf-8"),
        ] {
            let answer = test::call_service(&app, test::TestRequest::get().uri(address).to_request()).await;
            assert_eq!(answer.status(), 200, "{address}");
            assert_eq!(answer.headers().get("content-type").unwrap(), media_type);
            assert_eq!(answer.headers().get("cache-control").unwrap(), FOR_EVER);
        }
    }

    #[actix_web::test]
    async fn another_hash_is_another_address() {
        let app = test::init_service(App::new().configure(configure)).await;
        let request = test::TestRequest::get().uri("/assets/belfry-0000000000000000.css").to_request();
        assert_eq!(test::call_service(&app, request).await.status(), 404);
    }
}
