//! `POST /inbox`: the one inbox of the whole platform, which every actor advertises as shared.

use actix_web::{HttpResponse, web};
use belfry_model::InboundV1;
use belfry_queue::{Payload, QueueName};

use super::{FederationError, VerifiedActivity};
use crate::Gateway;

pub async fn handle(
    gateway: web::Data<Gateway>,
    activity: VerifiedActivity,
) -> Result<HttpResponse, FederationError> {
    enqueue(&gateway, activity).await
}

/// 202 only after the queue has confirmed the job as durable; otherwise the sender keeps it.
pub(super) async fn enqueue(
    gateway: &Gateway,
    activity: VerifiedActivity,
) -> Result<HttpResponse, FederationError> {
    let (actor, body, sync) = activity.into_parts();
    let received_ms = gateway.platform.clock().now().timestamp_millis();
    let job = Payload::Inbound(InboundV1::Remote { actor, body, received_ms, sync });
    match gateway.queue.publish(QueueName::Inbound, &[job]).await {
        Ok(()) => Ok(HttpResponse::Accepted().finish()),
        Err(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the queue takes nothing; senders are asked to come again"
            );
            Err(FederationError::Busy)
        }
    }
}
