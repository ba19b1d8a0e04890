//! Queue, cache, media and the platform key: each is used for a moment, as a service would.

use belfry_model::SystemClock;
use belfry_settings::Settings;
use belfry_tenancy::keys::PlatformKey;
use belfry_tenancy::mail::Carrier;

use super::Finding;
use crate::error_chain;
use crate::parts;

pub(super) async fn findings(settings: &Settings) -> Vec<Finding> {
    vec![
        queue(settings).await,
        cache(settings).await,
        media(settings).await,
        mail(settings).await,
        platform_key(settings),
    ]
}

async fn queue(settings: &Settings) -> Finding {
    const PART: &str = "queue";
    let embedded = settings.queue.is_embedded();
    let asked = async {
        let queue = parts::worker_queue(settings).await?;
        queue.ping().await?;
        anyhow::Ok(())
    };
    match asked.await {
        Ok(()) if embedded => Finding::good(PART, "the embedded queue answers"),
        Ok(()) => Finding::good(PART, "RabbitMQ answers"),
        Err(error) => Finding::problem(
            PART,
            error_chain(error.as_ref()),
            "check that the broker runs and that `queue.url` names it, or use `embedded`",
        ),
    }
}

async fn cache(settings: &Settings) -> Finding {
    const PART: &str = "cache";
    let asked = async {
        let cache = parts::cache(settings, SystemClock::shared()).await?;
        cache.ping().await?;
        anyhow::Ok(())
    };
    match asked.await {
        Ok(()) if settings.cache.is_embedded() => {
            Finding::good(PART, "in memory: for one process on one machine")
        }
        Ok(()) => Finding::good(PART, "Redis answers"),
        Err(error) => Finding::problem(
            PART,
            error_chain(error.as_ref()),
            "check that Redis runs and that `cache.url` names it, or use `embedded` with `belfry all`",
        ),
    }
}

async fn media(settings: &Settings) -> Finding {
    const PART: &str = "media";
    let asked = async {
        let store = parts::media_store(settings)?;
        store.probe().await?;
        anyhow::Ok(())
    };
    match asked.await {
        Ok(()) => Finding::good(PART, "a file was written, read and removed"),
        Err(error) => Finding::problem(
            PART,
            error_chain(error.as_ref()),
            "check that the folder of `media.url` exists and that this user may write there",
        ),
    }
}

async fn mail(settings: &Settings) -> Finding {
    const PART: &str = "mail";
    match Carrier::probe(&settings.names(), &settings.mail).await {
        Ok(true) => Finding::good(PART, "the mail server answers"),
        Ok(false) => Finding::warning(
            PART,
            "mail leaves the platform by no server: it stays in the mailbox at /console/mailbox",
            "name a mail server in `mail.url`, so that invitations reach people",
        ),
        Err(error) => Finding::problem(
            PART,
            error_chain(&error),
            "check that the mail server runs, that `mail.url` names it with user and password, and that `mail.from` is \
             an address that it sends for",
        ),
    }
}

fn platform_key(settings: &Settings) -> Finding {
    const PART: &str = "platform key";
    let read = settings
        .keys
        .platform_key_file()
        .map_err(anyhow::Error::from)
        .and_then(|file| Ok(PlatformKey::read(file)?));
    match read {
        Ok(_) => Finding::good(PART, "the platform key can be read"),
        Err(error) => Finding::problem(
            PART,
            error_chain(error.as_ref()),
            "make one with `openssl rand -base64 32`, keep a copy where you keep your backups' keys, and name it in \
             `keys.platform_key_file`",
        ),
    }
}
