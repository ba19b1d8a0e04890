"""Drives the unmodified `toot` against a running platform, as somebody at a terminal does."""

import json
import os
import re
import subprocess
import sys

from eventually import eventually
from platform_made import platform

PICTURE = os.path.join(os.path.dirname(__file__), "picture.png")
TOOT = os.path.join(os.path.dirname(sys.executable), "toot")


def toot(*words, said=None):
    """Runs a command; what it prints. A failure is a failure of the test."""
    done = subprocess.run([TOOT, "--no-color", *words], input=said, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"toot {' '.join(words)}: {done.stdout}\n{done.stderr}"
    return done.stdout


def told(*words):
    """The same, as JSON."""
    return json.loads(toot(*words, "--json"))


def log_in(agency):
    """`toot login` asks for the code that the page in the browser shows."""
    running = subprocess.Popen(
        [TOOT, "login", "--instance", agency.base_url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    said = ""
    while not (url := re.search(r"https?://\S+/oauth/authorize/\?\S+", said)):
        line = running.stdout.readline()
        assert line, f"toot login ended: {said}"
        said += line
    code = agency.browser.authorize(url.group())["code"]
    rest, _ = running.communicate(f"n\n{code}\n", timeout=60)
    assert running.returncode == 0 and "Successfully logged in" in rest, said + rest


def main():
    (moe, fin), remote = platform()
    log_in(fin)
    log_in(moe)
    mine, theirs = f"{moe.slug}@{moe.host}", f"{fin.slug}@{fin.host}"
    assert mine in toot("auth")
    assert moe.slug in toot("whoami") and told("whoami")["acct"] == moe.slug
    assert moe.host in toot("instance")

    posted = told("post", "Good morning #toot", "--media", PICTURE, "--description", "A bell")
    assert posted["media_attachments"][0]["description"] == "A bell"
    assert "Good morning" in toot("status", posted["id"])
    reply = told("post", "and a reply", "--reply-to", posted["id"])
    assert "and a reply" in toot("thread", posted["id"])
    assert told("favourite", posted["id"])["favourited"]
    assert told("reblog", posted["id"])["reblog"]["id"] == posted["id"]
    assert told("reblogged_by", posted["id"])[0]["acct"] == moe.slug
    toot("unreblog", posted["id"])
    toot("unfavourite", posted["id"])
    toot("delete", reply["id"])
    assert "http" in toot("upload", PICTURE)

    for kind in ("home", "public"):
        assert "Good morning" in toot("timelines", kind, "--no-pager"), kind
    assert "Good morning" in toot("timelines", "tag", "toot", "--no-pager")
    assert "Good morning" in toot("timelines", "account", moe.slug, "--no-pager")
    assert "Good morning" in toot("timeline", "--once")
    assert "#toot" in toot("search", "#toot", "--type", "hashtags")

    toot("update_account", "--display-name", "The Ministry", "--note", "Ask us.")
    assert "The Ministry" in toot("whoami")

    assert theirs in toot("search", theirs, "--resolve")
    toot("follow", theirs)
    toot("follow", remote["handle"])
    eventually("both follows", lambda: all(one in toot("following", moe.slug) for one in (theirs, remote["handle"])))
    toot("activate", theirs)
    eventually("the follower", lambda: mine in toot("followers", fin.slug))
    eventually("the follow's notification", lambda: "now follows you" in toot("notifications"))
    toot("post", f"Welcome @{mine}")
    toot("activate", mine)
    eventually("the neighbour's post at home", lambda: "Welcome" in toot("timelines", "home", "--no-pager"))
    eventually("the mention", lambda: "mentioned you" in toot("notifications", "--mentions"))
    toot("notifications", "--clear")
    toot("unfollow", theirs)
    assert theirs not in toot("following", moe.slug)
    toot("logout", theirs)
    assert theirs not in toot("auth")


main()
