# The public register on the shared domain.
register-title = Register of agencies
register-lead = The public bodies that speak on the fediverse at { $domain }, and the accounts through which they do.
register-search-label = Search by name or handle
register-search = Search
register-agencies = Agencies
register-found = Results for “{ $query }”
register-count-agencies = { $count ->
    [one] { $count } agency
   *[other] { $count } agencies
}
register-count-accounts = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
register-lead-agency = Lead agency
register-nothing-found = No agency or account matches “{ $query }”. An account that is not in this register does not speak for an agency here.
register-show-all = Show the whole register
register-empty = No agency has opened to the public yet.
register-check-title = Is this account real?
register-check-text = An account is real if it is listed here. Look at the whole handle: it ends in { $domain } or in the host of an agency on this page. A look-alike on another server can’t.
register-machines = For machines:

register-any-type = Any
register-nothing-of-type = No agency of this kind is in the register.
register-feed = New agencies and accounts at { $domain } (RSS)
check-label = The account’s whole handle
check-hint = Such as @name@host.example, or the address of its profile.
check-button = Check
check-malformed = This is no handle. Copy it whole, such as @name@host.example.
check-official = Yes. { $handle } is an official account of { $agency }.
check-listed = { $handle } belongs to { $agency }, which is in the register. It holds no official handle.
check-proof = The proof, for people and machines
check-unknown = No. { $handle } is not in the register of { $domain }, and does not speak for an agency here.
check-resembles = Did you mean one of these?
check-resembles-none = No account here looks like it.
entry-text = { $handle } was given to { $agency } by the authority that runs the shared domain. Nobody else can hold it.
entry-profile = Profile
entry-since = Official since
entry-machines = Proof for machines
follow-from = Follow { $name } from your server
follow-title = Follow { $name }
follow-label = Your own handle
follow-hint = Such as @me@home.example. We ask your server where to follow from, send you there, and keep nothing.
follow-button = Go to my server
follow-else-title = Or search for it
follow-problem-malformed = This is no handle. Type it whole, with your server’s name: @me@home.example.
follow-problem-ours = This handle is on this platform. Staff follow from their own app: copy the address below.
follow-problem-unknown-account = Your server knows no account of this name. Check the handle.
follow-problem-unreachable = Your server can’t be reached from here. Copy the address below into its search box instead.
follow-problem-no-page = Your server has no page to follow from that we can send you to. Copy the address below into its search box instead.
follow-problem-too-often = There have been many tries from your network. Wait five minutes, or copy the address below.
