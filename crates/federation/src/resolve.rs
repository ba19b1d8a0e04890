//! Looking up what a person typed: a handle or an address. What is found is stored in the
//! commons and related to the tenant that asked; what is the tenant's own is simply found.

use belfry_activitypub::document::webfinger::Acct;
use belfry_activitypub::incoming::Document;
use belfry_activitypub::{RemoteNote, uri};
use belfry_model::{ActorId, COMMONS, Ref, StatusId, TenantId, TenantScope, Username};
use belfry_storage::row;
use chrono::TimeDelta;

use crate::client::FetchError;
use crate::receive::create::keep_post;
use crate::{Error, Federation, Result, discover, fetch, ingest, obtain};

/// A remote account is asked for anew when what we know of it is older.
const FRESH: TimeDelta = TimeDelta::days(1);

/// What an address stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    Account(Ref<ActorId>),
    Status(Ref<StatusId>),
}

impl Federation {
    /// `user@host`, with or without an `@` before it. `None` if nobody answers to that.
    pub async fn resolve_account(&self, scope: TenantScope, handle: &str) -> Result<Option<Ref<ActorId>>> {
        let Some(acct) = Acct::parse(handle) else { return Ok(None) };
        if let Some(uri) = self.own_handle(&acct).await? {
            return self.resolve_actor(scope, &uri).await;
        }
        let tenant = self.tenant(scope.tenant())?;
        let barred = !self.may_speak_with_host(&tenant, &acct.host);
        if barred || self.is_ours(&format!("{}://{}/", self.names.scheme, acct.host)) {
            return Ok(None);
        }
        let tx = self.app.commons().await?;
        let known = tx.actor_by_handle(&acct.user, &acct.host).await?;
        tx.commit().await?;
        let fresh = |actor: &row::Actor| actor.fetched_at.is_some_and(|at| self.clock.now() - at < FRESH);
        if let Some(known) = known.as_ref().filter(|actor| fresh(actor)) {
            return self.related_actor(scope, known).await.map(Some);
        }
        let found = match discover::webfinger(&self.client, &acct).await {
            Ok(found) => found,
            // Better what we knew yesterday than nobody.
            Err(error) => return self.stale(scope, known, error).await,
        };
        if self.is_ours(&found.actor) {
            return self.resolve_actor(scope, &found.actor).await;
        }
        if !self.may_speak(&tenant, &found.actor) {
            return Ok(None);
        }
        let key = self.fetch_key(scope).await?;
        let actor = match fetch::actor(&self.client, &found.actor, key.as_deref()).await {
            Ok(actor) => actor,
            Err(error) => return self.stale(scope, known, error).await,
        };
        let stored = self.store_actor(&actor, None).await?;
        self.related_actor(scope, &stored).await.map(Some)
    }

    /// The address of an actor or of a post, as its id or as its page.
    pub async fn resolve_url(&self, scope: TenantScope, url: &str) -> Result<Option<Resolved>> {
        let url = url.trim();
        if uri::parse(url).is_none() {
            return Ok(None);
        }
        if self.check(scope, url).is_err() {
            return Ok(None);
        }
        if self.is_ours(url) {
            return self.resolve_ours(scope, url).await;
        }
        if let Some(status) = self.commons_status(url).await?.filter(|status| status.deleted_at.is_none()) {
            return self.related_status(scope, &status).await.map(|status| Some(Resolved::Status(status)));
        }
        let key = self.fetch_key(scope).await?;
        match fetch::object(&self.client, url, key.as_deref()).await {
            Ok(Document::Actor(actor)) => {
                let stored = self.store_actor(&actor, None).await?;
                Ok(Some(Resolved::Account(self.related_actor(scope, &stored).await?)))
            }
            Ok(Document::Note(note)) => Ok(self.resolve_note(scope, &note).await?.map(Resolved::Status)),
            Ok(Document::Other { .. }) => Ok(None),
            Err(error) if nothing_there(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// An actor by its id: the tenant's own, a neighbour's or a remote one.
    async fn resolve_actor(&self, scope: TenantScope, uri: &str) -> Result<Option<Ref<ActorId>>> {
        if self.is_of(scope, uri) {
            let tx = self.app.tenant(scope).await?;
            let own = tx.actor_by_uri(uri).await?.filter(|actor| actor.deleted_at.is_none());
            tx.commit().await?;
            return Ok(own.map(|actor| Ref::new(TenantId(actor.tenant_id), ActorId(actor.id))));
        }
        match self.obtain_actor(scope, uri).await {
            Ok(actor) => self.related_actor(scope, &actor).await.map(Some),
            Err(Error::Unusable(_) | Error::Barred) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A page or an id on this platform.
    async fn resolve_ours(&self, scope: TenantScope, url: &str) -> Result<Option<Resolved>> {
        let Some(id) = self.id_of_page(url) else { return Ok(None) };
        if !id.contains("/statuses/") {
            return Ok(self.resolve_actor(scope, &id).await?.map(Resolved::Account));
        }
        if self.is_of(scope, &id) {
            let tx = self.app.tenant(scope).await?;
            let own = tx.own_status_by_uri(&id).await?;
            tx.commit().await?;
            let open = |post: &row::Status| {
                post.deleted_at.is_none() && matches!(post.visibility.as_str(), "public" | "unlisted")
            };
            return Ok(own
                .filter(open)
                .map(|post| Resolved::Status(Ref::new(TenantId(post.tenant_id), StatusId(post.id)))));
        }
        match self.obtain_status(scope, &id).await {
            Ok(Some(status)) => Ok(Some(Resolved::Status(self.related_status(scope, &status).await?))),
            Ok(None) | Err(Error::Unusable(_) | Error::Barred) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn resolve_note(&self, scope: TenantScope, note: &RemoteNote) -> Result<Option<Ref<StatusId>>> {
        let author = self.obtain_actor(scope, &note.attributed_to).await?;
        if !ingest::visibility(note, &author).is_open() {
            return Ok(None);
        }
        // What answers the tenant's own is part of its record.
        if let Some(parent) = note.in_reply_to.as_deref().filter(|parent| self.is_of(scope, parent)) {
            let tx = self.app.tenant(scope).await?;
            if tx.own_status_by_uri(parent).await?.is_some() {
                tx.commons_relate(&[author.id]).await?;
                let kept = keep_post(&tx, note, &author, self.clock.now()).await?;
                tx.commit().await?;
                return Ok(kept);
            }
        }
        if let Some(parent) = &note.in_reply_to
            && let Err(error) = self.obtain_status(scope, parent).await
        {
            tracing::debug!(error = &error as &dyn std::error::Error, "what a post answers can't be read");
        }
        let tx = self.app.commons().await?;
        let written = obtain::commons_write(&tx, note, &author, self.clock.now()).await?;
        tx.commit().await?;
        match written.status() {
            Some(status) => self.related_status(scope, status).await.map(Some),
            None => Ok(None),
        }
    }

    async fn related_actor(&self, scope: TenantScope, actor: &row::Actor) -> Result<Ref<ActorId>> {
        let tx = self.app.tenant(scope).await?;
        tx.commons_relate(&[actor.id]).await?;
        tx.commit().await?;
        Ok(Ref::new(COMMONS, ActorId(actor.id)))
    }

    /// Unless the tenant keeps the post itself: then that one is meant.
    async fn related_status(&self, scope: TenantScope, status: &row::Status) -> Result<Ref<StatusId>> {
        let commons = self.app.commons().await?;
        let depth = self.settings.max_thread_depth;
        let surroundings = commons.status_surroundings(StatusId(status.id), depth).await?;
        commons.commit().await?;
        let tx = self.app.tenant(scope).await?;
        if let Some(own) = tx.own_status_by_uri(&status.uri).await? {
            return Ok(Ref::new(tx.tenant(), StatusId(own.id)));
        }
        tx.commons_relate(&surroundings).await?;
        tx.commit().await?;
        Ok(Ref::new(COMMONS, StatusId(status.id)))
    }

    /// What was known before, where the other server can't be asked now.
    async fn stale(
        &self,
        scope: TenantScope,
        known: Option<row::Actor>,
        error: FetchError,
    ) -> Result<Option<Ref<ActorId>>> {
        if error.is_gone() {
            return Ok(None);
        }
        match known {
            Some(known) => self.related_actor(scope, &known).await.map(Some),
            None if nothing_there(&error) => Ok(None),
            None => Err(error.into()),
        }
    }

    /// The id of the account that a handle of this platform stands for.
    async fn own_handle(&self, acct: &Acct) -> Result<Option<String>> {
        let Ok(username) = acct.user.parse::<Username>() else { return Ok(None) };
        if let Some(tenant) = self.directory.by_host(&acct.host) {
            return Ok(Some(self.names.origin(&tenant).actor(username.as_str())));
        }
        if acct.host != self.names.shared_domain.as_str() {
            return Ok(None);
        }
        let Some(account) = self.app.public_account_by_official(&username).await? else { return Ok(None) };
        let tenant = self.directory.by_id(TenantId(account.tenant_id)).filter(|tenant| tenant.is_live());
        Ok(tenant.map(|tenant| self.names.origin(&tenant).actor(&account.username)))
    }

    /// `/@name` and `/@name/1` are the pages of `/users/name` and `/users/name/statuses/1`.
    fn id_of_page(&self, url: &str) -> Option<String> {
        let tenant = self.tenant_of(url).filter(|tenant| tenant.is_live())?;
        let origin = self.names.origin(&tenant);
        let address = uri::parse(url)?;
        let mut parts = address.path().trim_matches('/').split('/');
        let (name, rest): (&str, Vec<&str>) = match parts.next()? {
            "users" => (parts.next()?, parts.filter(|part| *part != "statuses").collect()),
            "actor" => return Some(origin.instance_actor()),
            page => (page.strip_prefix('@')?, parts.collect()),
        };
        match rest.as_slice() {
            [] => Some(origin.actor(name)),
            [id] => Some(origin.status(name, id.parse().ok()?)),
            _ => None,
        }
    }
}

/// The other server was asked and has nothing of the kind.
fn nothing_there(error: &FetchError) -> bool {
    error.is_absent()
        || matches!(
            error,
            FetchError::Malformed { .. }
                | FetchError::ContentType { .. }
                | FetchError::OtherId { .. }
                | FetchError::OtherHost { .. }
                | FetchError::Disagreement { .. }
                | FetchError::Address
        )
}
