# How far a post has come, for the people of its agency.
delivery-title = Delivery
delivery-only-you = Only people who are signed in at { $agency } see this.
delivery-refresh = Refresh
delivery-begins = It is about to leave.
delivery-nobody = No other server had to hear of it.
delivery-forgotten = It was sent some days ago. How far it came is no longer recorded.
delivery-walking = More servers are still to come.
delivery-summary = { $servers ->
    [one] { $taken } of { $servers } server has it
   *[other] { $taken } of { $servers } servers have it
}
delivery-count-taken = { $count ->
    [one] { $count } has it
   *[other] { $count } have it
}
delivery-count-under-way = { $count } under way
delivery-count-waiting = { $count ->
    [one] { $count } waits
   *[other] { $count } wait
}
delivery-count-refused = { $count } refused
delivery-count-gone = { $count } gone
delivery-count-withdrawn = { $count } taken back before it was sent
delivery-barred = { $count ->
    [one] · { $count } server is not sent it: the platform’s rules don’t allow it
   *[other] · { $count } servers are not sent it: the platform’s rules don’t allow it
}
delivery-hosts = Servers that don’t have it
delivery-hosts-left-off = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
delivery-waits = waits
delivery-refused = refused
delivery-next = Next try: { $at }.
delivery-when-back = It is sent as soon as the server is back.
delivery-until-released = It waits until the platform’s operator lets it go.
delivery-ended = Since { $at }.
delivery-attempts = { $count ->
    [one] { $count } attempt.
   *[other] { $count } attempts.
}
delivery-end-given-up = Given up after a week.
delivery-end-dropped = Given up by the platform’s operator.
delivery-reason-forbidden = The server doesn’t accept this from here (it answered { $status }).
delivery-reason-missing = The account or its inbox is not there any more (the server answered { $status }).
delivery-reason-busy = The server asks for a pause (it answered { $status }).
delivery-reason-broken = The server has trouble of its own (it answered { $status }).
delivery-reason-answered = The server answered { $status }.
delivery-reason-slow = The server took too long to answer.
delivery-reason-unreachable = The server can’t be reached.
delivery-reason-broke-off = The connection broke off.
delivery-reason-no-name = The server’s name is unknown on the internet.
delivery-reason-down = The server has been away for a while.
delivery-reason-earlier = An earlier post of the same thread has to arrive there first.
delivery-reason-barred = The platform’s rules, or the phase of your agency, don’t allow sending there.
delivery-reason-held = The platform’s operator holds it.
delivery-reason-released = The platform’s operator has let it go; it leaves in a moment.
delivery-reason-other = The reason: { $words }.

deliveries-title = Deliveries
deliveries-lead = Posts of { $agency } of the last seven days that some server doesn’t have.
deliveries-posts = Posts
deliveries-empty = Everything of the last seven days has arrived everywhere.
deliveries-more = Only the newest are shown.
deliveries-untitled = A post without text
deliveries-boost = A boost
deliveries-private = A post that is not public
deliveries-tile = Deliveries, last seven days
deliveries-tile-all = All have arrived
deliveries-tile-counts = { $waiting } waiting, { $refused } refused
