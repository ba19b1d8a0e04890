# An app asks for access.
consent-title = Allow “{ $app }” to use your account?
consent-warning = Only allow this if you have just opened this app yourself and trust it.
consent-website = Website, as the app states it
consent-destination = You then return to
consent-destination-copy = the app itself, with a code that you copy
consent-scopes = It will be able to
consent-as = { $count ->
    [one] On behalf of
   *[other] On behalf of which account?
}
consent-allow = Allow
consent-deny = Refuse
consent-no-accounts = You don’t have access to any account yet. Ask an administrator of your agency to give you one.
scope-read = Read what this account can read.
scope-profile = See the name and picture of this account.
scope-write = Post, edit and delete as this account.
scope-follow = Follow and unfollow as this account.
scope-govern = Govern the platform in your name, where you have the role for it.
scope-manage = Manage your agency in your name, as far as you may yourself.
scope-push = Send you notifications.
oob-title = Your code
oob-text = Copy this code and paste it into “{ $app }”.
oob-once = It works once, for ten minutes. Give it to nobody.
