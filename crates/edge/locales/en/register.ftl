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
