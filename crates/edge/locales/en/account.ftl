# Accounts and their pages.
account-official = Official account
kind-organisation = Organisation
kind-role = Office
kind-team = Team
kind-person = Staff member
kind-explained-organisation = The organisation itself
kind-explained-role = Whoever holds this office
kind-explained-team = A team, on behalf of the organisation
kind-explained-person = A member of staff, personally

profile-posts = { $count ->
    [one] { $count } post
   *[other] { $count } posts
}
profile-followers = { $count ->
    [one] { $count } follower
   *[other] { $count } followers
}
profile-following = { $count } following
profile-latest = Posts
profile-feed = RSS feed
profile-feed-title = Posts by { $name }
profile-no-posts = { $name } hasn’t posted anything yet.
profile-about = About this account
profile-follow-title = Follow this account
profile-follow-how = Copy this address into the search box of your own Mastodon or other fediverse app, and choose “Follow”.
profile-follow-any = You can follow from any server. You don’t need an account here, and this page sets no cookies.
profile-official-title = Official account
profile-official-text = { $handle } was given to { $agency } by the authority that runs the shared domain. Nobody else can hold it.
profile-official-check = Check it in the register
profile-agency = Agency
profile-also = Also known as
profile-speaks = Who speaks here
profile-since = Here since
profile-field-verified = checked on { $day }
