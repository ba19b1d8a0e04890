# Mail and admission on the lead agency's console.
console-nav-mailbox = Mailbox
mailbox-title = Mailbox
mailbox-lead = This platform has no mail server. What it writes to people stays here.
mailbox-help = Nobody else can read these letters, and the people they are for don’t get them: pass on what they need. The newest { $most } are kept. To send mail, the operator names a server in the setting mail.url.
mailbox-to = To { $to }
mailbox-empty = Nothing has been written yet. Invite somebody, and the letter appears here.
