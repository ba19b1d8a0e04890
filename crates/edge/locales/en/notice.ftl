# What others did to an agency, at the top of its overview. One text an act: `notice-<noun>-<verb>`.
notices-title = What you should know
notice-dismiss = Put away
notice-reason = Reason: { $reason }
notice-by-lead = the lead agency
notice-by-operator = the platform’s operator
notice-by-platform = the platform itself
notice-tenant-phase = { $what ->
    [pilot] Your namespace is a pilot now: it speaks with nobody outside, or with listed servers only.
    [invited] Your namespace now speaks with every server, and is not listed in the register.
   *[public] Your namespace now speaks with every server, and stands in the public register.
}
notice-tenant-suspend = Your namespace was suspended.
notice-tenant-resume = Your namespace is open again.
notice-tenant-peer_add = While your namespace is a pilot it may speak with { $what }.
notice-tenant-peer_remove = While your namespace is a pilot it may no longer speak with { $what }.
notice-tenant-urgent = { $what ->
    [true] Your namespace may send urgent posts now.
   *[other] Your namespace may send no urgent posts any more.
}
notice-tenant-wipe_on = { $what ->
    [null] Your namespace is no sandbox any more: it stays.
   *[other] Your namespace is a sandbox: everything in it is to be wiped on { $what }.
}
sandbox-wiped-on = This is a sandbox: everything in it is to be wiped on { $date }.
notice-lead-transfer = The lead role was handed on to another agency.
notice-tenant-break-glass = The lead agency invited a new owner to your agency, after two of its people had agreed.
notice-tenant-rename = Your agency is called { $what } now.
notice-tenant-delete = Your namespace will be deleted on { $what }, unless the lead agency keeps it.
notice-tenant-keep = Your namespace is not deleted after all.
