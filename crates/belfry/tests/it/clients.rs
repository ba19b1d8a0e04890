//! Unmodified clients against the running platform, over both kinds of services: the scripts
//! are in `tests/clients/`.

use crate::running::{Running, Services};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mastodon_py_works_over_embedded_services() {
    Running::start(Services::Embedded).await.script("mastodon_py.py").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mastodon_py_works_over_rabbitmq_and_redis() {
    Running::start(Services::Full).await.script("mastodon_py.py").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn toot_works_over_embedded_services() {
    Running::start(Services::Embedded).await.script("toot_cli.py").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn toot_works_over_rabbitmq_and_redis() {
    Running::start(Services::Full).await.script("toot_cli.py").await;
}
