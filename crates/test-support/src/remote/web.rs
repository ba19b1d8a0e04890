//! The fake server's own requests: plain HTTP, with `*.localhost` on loopback as browsers have it.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Context as _;
use belfry_activitypub::RemoteActor;
use belfry_activitypub::document::webfinger::{Acct, Jrd};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::state::State;

struct LocalhostResolver;

impl Resolve for LocalhostResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let name = name.as_str();
            if name == "localhost" || name.ends_with(".localhost") {
                let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
                return Ok(Box::new(std::iter::once(here)) as Addrs);
            }
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name, 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .no_proxy()
        .dns_resolver(LocalhostResolver)
        .timeout(std::time::Duration::from_secs(30))
        .user_agent("fake-remote")
        .build()
}

impl State {
    /// The actor at this address.
    pub async fn fetch_actor(&self, uri: &str) -> anyhow::Result<RemoteActor> {
        let response = self
            .http
            .get(uri)
            .header("accept", belfry_activitypub::ACCEPT)
            .send()
            .await
            .with_context(|| format!("fetching {uri}"))?;
        let status = response.status();
        anyhow::ensure!(status.is_success(), "{uri} answered {status}");
        let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        anyhow::ensure!(
            content_type.is_some_and(belfry_activitypub::is_activity_type),
            "{uri} is served as {content_type:?}"
        );
        let actor = RemoteActor::parse(&response.bytes().await?).with_context(|| format!("reading {uri}"))?;
        anyhow::ensure!(actor.id == uri, "{uri} holds the actor {}", actor.id);
        Ok(actor)
    }

    /// The actor that a handle stands for, both ways as Mastodon checks it.
    pub async fn find_actor(&self, handle: &str) -> anyhow::Result<RemoteActor> {
        let acct = Acct::parse(handle).with_context(|| format!("`{handle}` is not a handle"))?;
        let asked = self.webfinger(&acct).await?;
        let canonical = asked.acct().context("the subject is not a handle")?;
        if canonical.to_string() != acct.to_string() {
            let again = self.webfinger(&canonical).await?;
            anyhow::ensure!(
                again.subject == asked.subject,
                "{canonical} leads to {} instead of itself",
                again.subject
            );
        }
        let actor = self.fetch_actor(asked.actor().context("no self link")?).await?;
        Ok(actor)
    }

    async fn webfinger(&self, acct: &Acct) -> anyhow::Result<Jrd> {
        let mut url = url::Url::parse(&format!("http://{}/.well-known/webfinger", acct.host))?;
        url.query_pairs_mut().append_pair("resource", &format!("acct:{acct}"));
        let response = self.http.get(url).send().await?;
        let status = response.status();
        anyhow::ensure!(status.is_success(), "WebFinger for {acct} answered {status}");
        Ok(response.json().await?)
    }
}
