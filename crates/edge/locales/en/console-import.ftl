# Many agencies from one list.
bulk-title = Admit from a list
bulk-lead = Upload a list as CSV. Nothing is made before you have seen what each row would come to.
bulk-file = List
bulk-file-help = CSV in UTF-8, at most { $kilobytes } kB and { $rows } rows. The first line names the columns: slug, name, owner_email, and where wanted phase, language, body_type, host, official_handle.
bulk-check = Check the list
bulk-problem-none = Choose a file.
bulk-problem-too-large = The list is too large: at most { $kilobytes } kB. Split it.
bulk-problem-too-many = The list has more than { $rows } rows. Split it.
bulk-problem-empty = The list has no rows below its column names.
bulk-problem-not-utf8 = The list is not UTF-8. Save it as CSV in UTF-8.
bulk-problem-missing = The column “{ $word }” is missing. The first line names the columns: slug, name and owner_email at least.
bulk-problem-unknown = The column “{ $word }” is not known.
bulk-problem-twice = The column “{ $word }” stands twice.
bulk-problem-broken = Line { $word } is not as long as the line of column names, or a quotation mark is open there.
bulk-earlier = Lists so far
bulk-none = No list was uploaded yet.
bulk-state-checked = Checked
bulk-state-running = Running
bulk-state-done = Done
bulk-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
bulk-when = Uploaded
bulk-state = State
bulk-run = Make the agencies
bulk-run-help = Each gets its namespace, its account and an invitation for its owner. The run goes on when you leave this page, and after an interruption.
bulk-nothing-to-do = There is nothing to make: every row exists or is refused.
bulk-progress = { $done } of { $count } rows are worked off
bulk-refresh = Refresh
bulk-codes = The codes of the invitations are on no page. Where no mail is set up, invite the owners from their agencies’ pages or by command.
bulk-report = Report as CSV
bulk-back = All lists
bulk-line = Line
bulk-outcome = Outcome
bulk-outcome-new = New
bulk-outcome-unfinished = Begun, to be completed
bulk-outcome-same = Exists, and is the same
bulk-outcome-differs = Exists, and differs
bulk-outcome-refused = Refused
bulk-outcome-created = Made
bulk-outcome-completed = Completed
bulk-outcome-failed = Failed
bulk-reason-twice = Another row has the same short name or host.
bulk-reason-differs = Differs in: { $detail }. Nothing is changed.
bulk-reason-internal = Something went wrong on our side; it was recorded. Upload the list again.
