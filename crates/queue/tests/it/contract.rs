//! Every test runs over both backends: callers must not notice which it is.

use std::collections::BTreeSet;
use std::time::Duration;

use belfry_model::{ActivityId, InboundV1, Lane, TenantId};
use belfry_queue::{Payload, QueueName, QueueOptions};
use belfry_test_support::until;

use crate::subject::{NORMAL, Subject, job, number, quick};

#[tokio::test(flavor = "multi_thread")]
async fn everything_published_arrives_once_when_it_is_acked() {
    let options = QueueOptions { confirm_window: 16, ..QueueOptions::default() };
    for subject in Subject::both(options).await {
        let jobs: Vec<_> = (0..100).map(job).collect();
        subject.gateway.publish(NORMAL, &jobs).await.unwrap();
        let mut consumer = subject.worker.consume(NORMAL, 10);
        let mut seen = BTreeSet::new();
        for _ in 0..100 {
            let delivery = consumer.next().await.unwrap();
            assert_eq!(delivery.redeliveries, 0, "{}", subject.name);
            assert!(seen.insert(number(&delivery.payload)), "{}: twice", subject.name);
            delivery.ack().await.unwrap();
        }
        consumer.close().await;
        // Nothing is left, nor comes back.
        until("the queue is empty", async || subject.worker.depth(NORMAL).await.unwrap() == 0).await;
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn queues_are_kept_apart() {
    for subject in Subject::both(QueueOptions::default()).await {
        let inbound = Payload::Inbound(InboundV1::Neighbour { tenant: TenantId(7), activity: ActivityId(9) });
        subject.gateway.publish(QueueName::Inbound, std::slice::from_ref(&inbound)).await.unwrap();
        subject.worker.publish(QueueName::Deliver(Lane::Urgent), &[job(1)]).await.unwrap();
        let mut urgent = subject.worker.consume(QueueName::Deliver(Lane::Urgent), 10);
        let mut arrived = subject.worker.consume(QueueName::Inbound, 10);
        let delivery = urgent.next().await.unwrap();
        assert_eq!(delivery.payload, job(1), "{}", subject.name);
        delivery.ack().await.unwrap();
        let delivery = arrived.next().await.unwrap();
        assert_eq!(delivery.payload, inbound, "{}", subject.name);
        delivery.ack().await.unwrap();
        urgent.close().await;
        arrived.close().await;
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_consumer_gets_what_is_published_later() {
    for subject in Subject::both(QueueOptions::default()).await {
        let mut consumer = subject.worker.consume(NORMAL, 1);
        let waiting = tokio::spawn(async move {
            let delivery = consumer.next().await.unwrap();
            let payload = delivery.payload.clone();
            delivery.ack().await.unwrap();
            consumer.close().await;
            payload
        });
        subject.gateway.publish(NORMAL, &[job(5)]).await.unwrap();
        assert_eq!(waiting.await.unwrap(), job(5), "{}", subject.name);
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_depth_counts_what_nobody_holds() {
    for subject in Subject::both(QueueOptions::default()).await {
        subject.gateway.publish(NORMAL, &[job(1), job(2), job(3)]).await.unwrap();
        until("three jobs wait", async || subject.worker.depth(NORMAL).await.unwrap() == 3).await;
        let mut consumer = subject.worker.consume(NORMAL, 1);
        let delivery = consumer.next().await.unwrap();
        until("two jobs wait", async || subject.worker.depth(NORMAL).await.unwrap() == 2).await;
        delivery.ack().await.unwrap();
        consumer.close().await;
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_holds_no_more_than_its_prefetch() {
    for subject in Subject::both(QueueOptions::default()).await {
        let jobs: Vec<_> = (0..5).map(job).collect();
        subject.gateway.publish(NORMAL, &jobs).await.unwrap();
        let mut greedy = subject.worker.consume(NORMAL, 2);
        let first = greedy.next().await.unwrap();
        let second = greedy.next().await.unwrap();
        // The other three are for somebody else, however long the first two take.
        let mut other = subject.worker.consume(NORMAL, 5);
        for _ in 0..3 {
            other.next().await.unwrap().ack().await.unwrap();
        }
        first.ack().await.unwrap();
        second.ack().await.unwrap();
        greedy.close().await;
        other.close().await;
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_closed_consumer_had_not_handed_out_goes_to_the_next_at_once() {
    for subject in Subject::both(QueueOptions::default()).await {
        let jobs: Vec<_> = (0..4).map(job).collect();
        subject.gateway.publish(NORMAL, &jobs).await.unwrap();
        let mut first = subject.worker.consume(NORMAL, 4);
        let held = first.next().await.unwrap();
        first.close().await;
        let mut second = subject.worker.consume(NORMAL, 4);
        for _ in 0..3 {
            second.next().await.unwrap().ack().await.unwrap();
        }
        // What the caller still holds is still the caller's.
        held.ack().await.unwrap();
        subject.gateway.publish(NORMAL, &[job(99)]).await.unwrap();
        let next = second.next().await.unwrap();
        assert_eq!(next.payload, job(99), "{}: what was acked came back", subject.name);
        next.ack().await.unwrap();
        second.close().await;
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acked_last_before_the_end_does_not_come_back() {
    for subject in Subject::both(quick()).await {
        let jobs: Vec<_> = (0..4).map(job).collect();
        subject.gateway.publish(NORMAL, &jobs).await.unwrap();
        let doomed = subject.second_worker(quick()).await;
        let mut consumer = doomed.consume(NORMAL, 4);
        let mut held = Vec::new();
        for _ in 0..4 {
            held.push(consumer.next().await.unwrap());
        }
        consumer.close().await;
        for delivery in held {
            delivery.ack().await.unwrap();
        }
        drop(doomed);
        subject.gateway.publish(NORMAL, &[job(99)]).await.unwrap();
        let mut heir = subject.worker.consume(NORMAL, 1);
        let next = heir.next().await.unwrap();
        assert_eq!(next.payload, job(99), "{}: what was acked came back", subject.name);
        next.ack().await.unwrap();
        heir.close().await;
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_consumers_job_is_handed_out_again() {
    for subject in Subject::both(quick()).await {
        subject.gateway.publish(NORMAL, &[job(1)]).await.unwrap();
        let doomed = subject.second_worker(quick()).await;
        let mut consumer = doomed.consume(NORMAL, 1);
        let delivery = consumer.next().await.unwrap();
        drop((delivery, consumer, doomed));
        let mut heir = subject.worker.consume(NORMAL, 1);
        let delivery = heir.next().await.unwrap();
        assert_eq!(delivery.payload, job(1), "{}", subject.name);
        assert_eq!(delivery.redeliveries, 1, "{}", subject.name);
        delivery.ack().await.unwrap();
        heir.close().await;
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_stays_with_its_consumer_for_as_long_as_the_work_takes() {
    for subject in Subject::both(quick()).await {
        subject.gateway.publish(NORMAL, &[job(1)]).await.unwrap();
        let mut consumer = subject.worker.consume(NORMAL, 1);
        let held = consumer.next().await.unwrap();
        // Somebody who would take it if it came free, for four lease times.
        let mut envious = subject.second_worker(quick()).await.consume(NORMAL, 1);
        let taken = tokio::time::timeout(quick().lease * 4, envious.next()).await;
        assert!(taken.is_err(), "{}: a job in work was handed out again", subject.name);
        held.ack().await.unwrap();
        envious.close().await;
        consumer.close().await;
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_never_succeeds_is_set_aside_in_the_end() {
    for subject in Subject::both(quick()).await {
        subject.gateway.publish(NORMAL, &[job(1)]).await.unwrap();
        let mut consumer = subject.worker.consume(NORMAL, 1);
        for redeliveries in 0..=quick().max_redeliveries {
            let delivery = consumer.next().await.unwrap();
            assert_eq!(delivery.redeliveries, redeliveries, "{}", subject.name);
            delivery.retry(Duration::from_millis(5)).await.unwrap();
        }
        let parked = async || subject.worker.depth(QueueName::Parking).await.unwrap() == 1;
        until("the job is set aside", parked).await;
        assert_eq!(subject.worker.depth(NORMAL).await.unwrap(), 0, "{}", subject.name);
        consumer.close().await;
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_set_aside_and_the_rest_goes_on() {
    for subject in Subject::both(quick()).await {
        subject.inject(NORMAL, r#"{"v":2,"kind":"deliver","id":"x","payload":{}}"#).await;
        subject.inject(NORMAL, r#"{"v":1,"kind":"deliver","id":"x","payload":{"tenant":"moe"}}"#).await;
        subject.inject(NORMAL, r#"["not an envelope"]"#).await;
        subject.gateway.publish(NORMAL, &[job(1)]).await.unwrap();
        let mut consumer = subject.worker.consume(NORMAL, 1);
        let delivery = consumer.next().await.unwrap();
        assert_eq!(delivery.payload, job(1), "{}", subject.name);
        delivery.ack().await.unwrap();
        let parked = async || subject.worker.depth(QueueName::Parking).await.unwrap() == 3;
        until("the unreadable jobs are set aside", parked).await;
        consumer.close().await;
        subject.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_can_be_set_aside_by_whoever_holds_it() {
    for subject in Subject::both(quick()).await {
        subject.gateway.publish(NORMAL, &[job(1)]).await.unwrap();
        let mut consumer = subject.worker.consume(NORMAL, 1);
        consumer.next().await.unwrap().park().await.unwrap();
        let parked = async || subject.worker.depth(QueueName::Parking).await.unwrap() == 1;
        until("the job is set aside", parked).await;
        consumer.close().await;
        subject.end().await;
    }
}

#[tokio::test]
async fn a_server_that_is_away_at_start_is_an_error_that_names_the_setting() {
    let unused = belfry_model::Secret::new("");
    let nobody = belfry_model::Secret::new("amqp://guest:guest@127.0.0.1:1/%2f");
    let error = belfry_queue::Queue::connect(&nobody, &unused, quick()).await.unwrap_err();
    assert!(error.to_string().contains("queue.url"), "{error}");
    let embedded = belfry_model::Secret::new("embedded");
    let nobody = belfry_model::Secret::new("postgres://belfry_app@127.0.0.1:1/belfry");
    let options = QueueOptions { publish_timeout: Duration::from_millis(200), ..quick() };
    let error = belfry_queue::Queue::connect(&embedded, &nobody, options).await.unwrap_err();
    assert!(error.to_string().contains("database.url"), "{error}");
}
