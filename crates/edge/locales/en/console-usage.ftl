# What agencies use, their plans, and plots of it.
console-nav-usage = Usage
agency-tab-usage = Usage
measure-accounts = Accounts
measure-staff = People
measure-media_bytes = Stored media
measure-posts = Posts
measure-deliveries = Deliveries

month-name = { $month } { $year }
chart-number = { $count }
chart-desc = One figure for each day. The highest is { $most }, the latest { $latest }. The table below says them all.
chart-limit = The limit is { $limit }.
chart-table = As a table
chart-day = Day

usage-title = Usage
usage-lead = What each agency used in a month, to be charged back. Only figures are kept here, never what they count.
usage-month = Month
usage-search-label = Name or short name
usage-show = Show
usage-plots = All agencies together, day by day
usage-total = Total
usage-limit-short = of { $limit }
usage-empty = There is nothing to show yet: figures begin with the first agency.
usage-explained = Days are UTC days. Posts are posts and boosts, deleted ones included. A delivery is one copy to one inbox, however often it is tried. Of accounts, people and media, a month’s figure is the most at the end of any day.
usage-csv = Download this month as CSV
usage-csv-help = One row for each agency, with dates as 2026-11-30 and media in bytes.
usage-level-near = Near the limit
usage-level-used-up = Used up
usage-of = { $used } of { $limit }
usage-no-limit = { $used }, no limit
usage-now = Now and today
usage-days = { $count ->
    [one] The last day
   *[other] The last { $count } days
}
usage-days-label = Period

quota-title = Plan
quota-help = A change holds at once. What is beyond a smaller plan stays; no more is added.
quota-which = Which plan
quota-platform = The platform’s plan
quota-platform-help = Changes with it.
quota-own = A plan of its own
quota-own-help = What you fill in below.
quota-default-title = The platform’s plan
quota-default-help = Holds for every agency without a plan of its own, at once. What is beyond a smaller plan stays; no more is added.
quota-empty = Leave a field empty for no limit.
quota-field-accounts = Accounts
quota-field-staff = People
quota-field-media_bytes = Stored media, in MB
quota-field-posts = Posts a day
quota-field-deliveries = Deliveries a day
quota-wrong-accounts = Type a whole number of at least 1, or nothing.
quota-wrong-staff = Type a whole number of at least 1, or nothing.
quota-wrong-media_bytes = Type a number of megabytes, such as 500 or 0.5, or nothing.
quota-wrong-posts = Type a whole number, or nothing.
quota-wrong-deliveries = Type a whole number, or nothing.
quota-problem = The plan was not changed: some fields below can’t be read.
quota-none = no limit
quota-submit = Save the plan
quota-saved = The plan is saved and holds from now on.

own-usage-title = Usage
own-usage-lead = What { $agency } uses, and how much it may. The lead agency sees the same figures; it can give you more.
own-usage-warning-near = Your agency is near a limit: { $measure }, { $used } of { $limit }.
own-usage-warning-used-up = Your agency has used up a limit: { $measure }, { $used } of { $limit }. Nothing more of it is accepted until there is room, or the lead agency gives you more.
own-usage-link = See what your agency uses

# How the platform stands.
console-nav-hosts = Servers away
console-first = So far there is nobody but your own agency. Make the first namespace: its people are invited at once.
standing-title = How it stands
standing-open = On its way out
standing-posts = { $count ->
    [one] { $count } activity
   *[other] { $count } activities
}
standing-waiting = Waiting to be tried again
standing-deliveries = { $count ->
    [one] { $count } delivery
   *[other] { $count } deliveries
}
standing-since = The oldest since { $at }.
standing-hosts = Servers away
standing-hosts-count = { $count ->
    [one] { $count } server
   *[other] { $count } servers
}
standing-gone = { $count } more away for so long that nothing is kept for them.
standing-worst = The most waits at { $host }: { $count }.
standing-today = Today (UTC)
standing-today-counts = Posts: { $posts }. Deliveries: { $deliveries }.
hosts-title = Servers away
hosts-lead = Other servers that don’t answer. What goes there waits, and leaves when they are back; nobody needs to do anything.
hosts-host = Server
hosts-since = Since
hosts-waiting = Deliveries waiting
hosts-probe = Sign of life
hosts-probed = { $count ->
    [0] Not asked yet.
    [one] Asked once.
   *[other] Asked { $count } times.
}
hosts-next = Asked again at { $at }.
hosts-state-down = Away
hosts-state-gone = Away for long; nothing is kept for it
hosts-more = There are more; those where the most waits are shown.
hosts-none = Every server that is known answers.
