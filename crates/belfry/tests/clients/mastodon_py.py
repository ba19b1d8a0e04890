"""Drives the unmodified Mastodon.py against a running platform: what a person does with it."""

import base64
import hashlib
import os
import typing

import requests
from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError, MastodonUnauthorizedError

from eventually import eventually
from platform_made import platform

SCOPES = ["read", "write", "follow", "push"]
PICTURE = os.path.join(os.path.dirname(__file__), "picture.png")
BACK = "https://app.example/back"


def complete(entity):
    """Every field that Mastodon.py declares as always there has to be there."""
    for name, kind in typing.get_type_hints(type(entity)).items():
        if not name.startswith("_") and type(None) not in typing.get_args(kind):
            assert name in entity, f"{type(entity).__name__} has no `{name}`: {entity}"
    return entity


def out_of_band(agency):
    """Registers an app and signs in with the code that the page shows."""
    app_id, secret = Mastodon.create_app(
        "clients test", scopes=SCOPES, api_base_url=agency.base_url, website="https://app.example"
    )
    client = Mastodon(client_id=app_id, client_secret=secret, api_base_url=agency.base_url)
    url = client.auth_request_url(scopes=SCOPES, allow_http=True)
    client.log_in(code=agency.browser.authorize(url)["code"], scopes=SCOPES, allow_http=True)
    return client


def proof_key(agency):
    """The same by redirect, with a state and a proof key (RFC 7636), which Mastodon.py leaves to
    its users; with the token it goes on like any other."""
    app_id, secret = Mastodon.create_app(
        "clients test", scopes=SCOPES, redirect_uris=[BACK, "app://x"], api_base_url=agency.base_url
    )
    client = Mastodon(client_id=app_id, client_secret=secret, api_base_url=agency.base_url)
    verifier = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    url = client.auth_request_url(scopes=SCOPES, redirect_uris=BACK, state="a state", allow_http=True)
    url += f"&code_challenge={challenge}&code_challenge_method=S256"
    refused = agency.browser.authorize(url, decision="deny")
    assert refused == {"error": "access_denied", "state": "a state"}, refused
    answer = agency.browser.authorize(url)
    assert answer["state"] == "a state"

    def exchange(code, with_verifier):
        fields = {
            "grant_type": "authorization_code", "client_id": app_id, "client_secret": secret,
            "code": code, "redirect_uri": BACK, "code_verifier": with_verifier,
        }
        return requests.post(f"{agency.base_url}/oauth/token", data=fields)

    assert exchange(answer["code"], "not the verifier").json()["error"] == "invalid_grant"
    answer = agency.browser.authorize(url)
    token = exchange(answer["code"], verifier).json()
    assert exchange(answer["code"], verifier).json()["error"] == "invalid_grant", "a code worked twice"
    return Mastodon(
        client_id=app_id, client_secret=secret, access_token=token["access_token"], api_base_url=agency.base_url
    )


def instance(client, agency):
    v1, v2 = client.instance_v1(), complete(client.instance_v2())
    assert v1.uri == v2.domain == agency.host
    assert v2.version.startswith("4.5.0 (compatible; Belfry ")
    assert client.instance_rules() and not client.custom_emojis() and not client.announcements()


def account(client, agency):
    me = complete(client.me())
    assert me.acct == agency.slug
    changed = client.account_update_credentials(
        display_name="The Ministry", note="Ask us.", fields=[("Site", "https://moe.example")], avatar=PICTURE
    )
    assert changed.display_name == "The Ministry" and changed.source.note == "Ask us."
    assert [field.name for field in changed.fields] == ["Site"]
    assert requests.get(changed.avatar).ok, changed.avatar
    assert client.account_lookup(agency.slug).id == me.id
    assert client.account_search(agency.slug)[0].id == me.id
    return me


def posts(client, me):
    media = complete(client.media_post(PICTURE, description="A bell", focus=(0.5, 0.5)))
    media = client.media_update(media, description="A bell in a tower", focus=(0, 0))
    post = complete(client.status_post("Good morning #schools", media_ids=[media], spoiler_text="News"))
    assert post.media_attachments[0].description == "A bell in a tower"
    picture = requests.get(post.media_attachments[0].url)
    assert picture.ok and "set-cookie" not in picture.headers
    assert b"taken at home" not in picture.content, "what a picture tells about its maker is kept"

    once = [client.status_post("once", idempotency_key="a key").id for _ in range(2)]
    assert once[0] == once[1]
    client.status_delete(once[0])

    edited = client.status_update(post, "Good morning, #schools!", spoiler_text="News", media_ids=[media])
    assert edited.edited_at and "Good morning, " in edited.content
    assert len(client.status_history(post)) == 2
    assert client.status_source(post).text == "Good morning, #schools!"

    reply = client.status_reply(post, "and a reply")
    context = client.status_context(post)
    assert [status.id for status in context.descendants] == [reply.id]
    assert client.status_favourite(post).favourited and not client.status_unfavourite(post).favourited
    client.status_favourite(post)
    boost = client.status_reblog(post)
    assert boost.reblog.id == post.id and client.status(post).reblogs_count == 1
    assert client.status_reblogged_by(post)[0].id == client.status_favourited_by(post)[0].id == me.id
    assert not client.status_unreblog(post).reblogged

    gone = client.status_post("oops", visibility="unlisted")
    assert client.status_delete(gone).text == "oops"
    try:
        client.status(gone)
        raise AssertionError("a deleted post is still there")
    except MastodonNotFoundError:
        pass
    return post


def timelines(client, me, post):
    written = [client.status_post(f"number {number} #paging").id for number in range(5)]
    for name, first in [
        ("home", client.timeline_home(limit=2)),
        ("local", client.timeline_local(limit=2)),
        ("public", client.timeline_public(limit=2)),
        ("tag", client.timeline_hashtag("paging", limit=2)),
        ("account", client.account_statuses(me, limit=2)),
    ]:
        read = [status.id for status in client.fetch_remaining(first)]
        assert read[:5] == written[::-1], f"{name}: {read} is not {written[::-1]}"
        second = client.fetch_next(first)
        assert [status.id for status in client.fetch_previous(second)] == written[:2:-1], name
    assert client.search_v2("number 3", result_type="statuses").statuses[0].id == written[3]
    assert client.search_v2("#paging", result_type="hashtags").hashtags[0].name == "paging"


def relations(client, other, agency, neighbour, remote):
    """Follows at the neighbour and elsewhere, and what arrives."""
    for handle in (f"@{neighbour.slug}@{neighbour.host}", remote["handle"]):
        found = client.search_v2(handle, resolve=True, result_type="accounts").accounts
        assert found, f"{handle} is not found"
        complete(client.account_follow(found[0]))
        eventually(f"following {handle}", lambda: client.account_relationships(found[0])[0].following)
        assert found[0].id in [account.id for account in client.account_following(client.me())]
    eventually("the follow's arrival", lambda: other.notifications(types=["follow"]))
    follower = other.account_followers(other.me())[0]
    assert follower.acct == f"{agency.slug}@{agency.host}"

    said = other.status_post(f"Welcome @{agency.slug}@{agency.host}")
    arrived = eventually(
        "the neighbour's post at home",
        lambda: next((one for one in client.timeline_home() if one.uri == said.uri), None),
    )
    mention = eventually("the mention", lambda: client.notifications(types=["mention"]))[0]
    assert complete(mention).status.id == arrived.id
    assert client.search_v2(said.url, resolve=True).statuses[0].id == arrived.id

    client.status_favourite(arrived)
    client.status_reblog(arrived)
    client.status_reply(arrived, f"@{neighbour.slug}@{neighbour.host} thank you")
    eventually(
        "the neighbour's notifications",
        lambda: {"favourite", "reblog", "mention"} <= {one.type for one in other.notifications()},
    )
    assert other.status(said).favourites_count == 1

    one = other.notifications()[0]
    assert other.notifications(id=one.id).id == one.id
    other.notifications_dismiss(one.id)
    assert one.id not in [left.id for left in other.notifications()]
    other.notifications_clear()
    assert not other.notifications()

    edited = other.status_update(said, f"Welcome, @{agency.slug}@{agency.host}!")
    eventually("the edit", lambda: "Welcome, " in client.status(arrived).content)
    assert edited.edited_at
    other.status_delete(said)
    eventually("the deletion", lambda: arrived.id not in [status.id for status in client.timeline_home()])

    for account in client.account_following(client.me()):
        assert not client.account_unfollow(account).following
    assert not client.account_following(client.me())
    eventually("the unfollow", lambda: not other.account_followers(other.me()))


def apart(client, other):
    """A token is worth nothing at the neighbour's host, and revoked nothing anywhere."""
    foreign = Mastodon(access_token=client.access_token, api_base_url=other.api_base_url)
    for signed_out in (foreign, client):
        if signed_out is client:
            token = client.access_token
            client.revoke_access_token(allow_http=True)
            client.access_token = token
        try:
            signed_out.me()
            raise AssertionError("a token worked that must not")
        except MastodonUnauthorizedError:
            pass


def main():
    (moe, fin), remote = platform()
    client, other = out_of_band(moe), proof_key(fin)
    assert complete(client.app_verify_credentials()).name == "clients test"
    instance(client, moe)
    me = account(client, moe)
    post = posts(client, me)
    timelines(client, me, post)
    relations(client, other, moe, fin, remote)
    assert client.preferences()["posting:default:visibility"] == "public"
    try:
        client.status_post("x" * 501)
        raise AssertionError("a post was longer than it may be")
    except MastodonAPIError as error:
        assert error.args[1] == 422, error
    apart(client, other)


main()
