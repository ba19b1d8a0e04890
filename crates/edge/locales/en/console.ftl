# The lead agency's console on the shared domain.
console-nav-label = Console
console-nav-overview = Overview
console-nav-agencies = Agencies
console-title = Console
console-lead = Every agency at { $domain }, and where it stands. Content stays with the agencies: these pages can’t show it.
console-agencies = { $count ->
    [one] { $count } agency
   *[other] { $count } agencies
}
console-name = Name
console-host = Host
console-state = State
console-phase = Phase
console-empty = There are no agencies yet.

agencies-title = Agencies
agencies-search-label = Name, short name or host
agencies-any = Any
agencies-nothing-found = No agency fits this search.
agencies-show-all = Show all agencies
agencies-paging = More agencies
agencies-previous = Previous page
agencies-next = Next page

agency-tab-overview = Overview
agency-back = All agencies
agency-phase-title = How far it opens
agency-phase-help = A change takes effect everywhere within seconds, and the agency’s people are told.
agency-phase-submit = Change the phase
agency-reason = Reason
agency-reason-help = For the record; the agency sees it.
phase-help-pilot = Speaks with nobody outside, or with the servers that you list.
phase-help-invited = Speaks with everybody, and is not listed in the register.
phase-help-public = Speaks with everybody, and stands in the register.
