# Who did what: on the console and at an agency.
console-nav-audit = Audit
audit-title = Audit
audit-lead = What the lead agency and the operator did, and how agencies govern themselves. What they say is not in it. No act can be changed or taken out without it showing.
audit-agency-lead = What people did at { $agency }, and what the lead agency and the operator did about it. No act can be changed or taken out without it showing.
audit-acts = Acts, the newest first
audit-text = Who, through what, or why
audit-action = Act
audit-agency = Agency (short name)
audit-since = From
audit-until = Up to and including
audit-at = When
audit-who = Who
audit-detail = Details
audit-csv = Download as CSV
audit-older = Older acts
audit-nothing-found = No act fits this search.
audit-show-all = Show all acts
audit-empty = Nothing has been done yet.
audit-origin-staff = Staff
audit-origin-client = A program
audit-origin-command = A command
audit-origin-platform = The platform
audit-origin-lead = The lead agency
audit-check = Check that the record is whole
audit-back = Back to the acts
audit-sound = { $count ->
    [0] There is nothing to check yet.
    [one] The record of { $count } act is whole: it is what was written.
   *[other] The record of { $count } acts is whole: each is what was written, and none is missing.
}
audit-broken = The record does not hold from act { $seq } on: somebody who keeps the database changed it or took acts out. Tell your security officer, and keep a copy of the database.
audit-head-title = Hash of the newest act
audit-head-help = Keep it where nobody who keeps the database can write, for instance on paper. A later check with it tells whether everything up to now is still as it was.
