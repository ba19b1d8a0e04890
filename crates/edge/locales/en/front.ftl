# An agency's front page.
front-title = Official channel
front-official = Part of { $domain }
front-what = This is where we speak on the fediverse, the open network of Mastodon and many others. Everybody can read along here without an account, and follow us from any server.
front-about = About this agency
front-latest = Latest posts
front-no-posts = Nothing has been posted here yet.
front-accounts = Our accounts
front-no-accounts = There are no accounts yet.
front-rules = Our rules
front-rules-for = What we ask of ourselves and of everybody who replies to us.
front-no-rules = No rules have been set down yet.
front-contact = Contact
front-no-contact = No contact address has been given yet.
front-staff-sign-in = Staff sign-in
