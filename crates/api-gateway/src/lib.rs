//! The public HTTP edge: federation endpoints, Mastodon client API, OAuth and public pages.
