//! What every extractor of this edge does: find out who asks, and only then look at what they sent.
//!
//! Invariant: whoever isn't let in is told so before a field of a form, a byte of a file or the shape
//! of a body is looked at.

use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpRequest, web};
use belfry_edge::{CheckedForm, Page};
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

/// Somebody at a page of ours.
pub(crate) trait Visitor: Sized + 'static {
    /// # Errors
    /// The answer to who isn't let in: the way to the door, or that it isn't theirs.
    fn of(request: &HttpRequest, page: Page) -> Result<Self, Error>;
}

pub(crate) fn page<V: Visitor>(request: &HttpRequest) -> LocalBoxFuture<'static, Result<V, Error>> {
    let request = request.clone();
    Box::pin(async move { V::of(&request, Page::extract(&request).await?) })
}

/// A form, with its origin and token checked.
pub(crate) fn form<V: Visitor, T: DeserializeOwned + 'static>(
    request: &HttpRequest,
    payload: &mut Payload,
) -> LocalBoxFuture<'static, Result<(T, V), Error>> {
    let checked = CheckedForm::<T>::from_request(request, payload);
    let request = request.clone();
    Box::pin(async move {
        V::of(&request, Page::extract(&request).await?)?;
        let CheckedForm { form, page } = checked.await?;
        Ok((form, V::of(&request, page)?))
    })
}

/// A method's JSON body, behind the extractor that knows its caller.
pub(crate) fn json<C, T>(
    request: &HttpRequest,
    payload: &mut Payload,
) -> LocalBoxFuture<'static, Result<(C, T), Error>>
where
    C: FromRequest + 'static,
    T: DeserializeOwned + 'static,
{
    let (request, mut payload) = (request.clone(), payload.take());
    Box::pin(async move {
        let caller = C::from_request(&request, &mut Payload::None).await.map_err(Into::into)?;
        let web::Json(body) = web::Json::from_request(&request, &mut payload).await?;
        Ok((caller, body))
    })
}
