//! Who follows from elsewhere, as rows.

use belfry_model::{ActivityId, ActorId, COMMONS, Ref};
use belfry_social::Poster;
use belfry_storage::{NewFollow, RemoteActor};

use super::Stage;

impl Stage {
    /// So many followers at the sink, each with an inbox of its own at `/users/f<number>/inbox`.
    pub async fn followed_by(&self, followers: usize) {
        self.followed_at(&self.poster, self.sink.host(), followers).await;
    }

    /// The same, of any account and at any host.
    pub async fn followed_at(&self, followed: &Poster, host: &str, followers: usize) {
        let now = self.clock.now();
        let commons = self.app.commons().await.unwrap();
        let mut ids = Vec::new();
        for number in 0..followers {
            let row = commons.actor_upsert(follower(host, number, now)).await.unwrap();
            ids.push(ActorId(row.id));
        }
        commons.commit().await.unwrap();
        let tx = self.app.tenant(followed.scope).await.unwrap();
        tx.commons_relate(&ids.iter().map(|id| id.0).collect::<Vec<_>>()).await.unwrap();
        for id in ids {
            let new = NewFollow {
                uri: format!("http://{host}/follows/{id}"),
                follower: Ref::new(COMMONS, id),
                followee: Ref::new(followed.scope.tenant(), followed.actor),
                accepted: true,
                reblogs: true,
                notify: false,
                created_at: now,
            };
            tx.follow_insert(new).await.unwrap().unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Whom an activity of our account must reach, in the order of the fan-out.
    pub async fn audience(&self, activity: ActivityId) -> Vec<String> {
        let tx = self.app.tenant(self.poster.scope).await.unwrap();
        let slice = tx.audience_slice(activity, "", 10_000).await.unwrap();
        tx.commit().await.unwrap();
        slice.inboxes
    }
}

fn follower(host: &str, number: usize, now: chrono::DateTime<chrono::Utc>) -> RemoteActor {
    let uri = format!("http://{host}/users/f{number}");
    RemoteActor {
        username: format!("f{number}"),
        domain: host.into(),
        url: None,
        actor_type: "Person".into(),
        inbox_url: format!("{uri}/inbox"),
        uri,
        shared_inbox_url: None,
        outbox_url: None,
        followers_url: None,
        following_url: None,
        featured_url: None,
        display_name: String::new(),
        note_html: String::new(),
        fields: serde_json::json!([]),
        avatar_remote_url: None,
        header_remote_url: None,
        locked: false,
        bot: false,
        discoverable: true,
        public_key_id: None,
        public_key_pem: None,
        created_at: now,
        fetched_at: now,
    }
}
