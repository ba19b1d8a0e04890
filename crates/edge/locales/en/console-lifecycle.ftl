# Closing, renaming and deleting a namespace.
agency-tab-lifecycle = Lifecycle
lifecycle-suspended-since = Suspended since { $since } (UTC).
lifecycle-suspend-title = Suspend
lifecycle-suspend-help = Its pages say that it is closed, its people can’t post, and nothing of it is sent. What others send it is kept, followers stay, and everything goes on when you resume it. Its people can sign in and read why.
lifecycle-suspend-submit = Suspend this agency
lifecycle-reason-required = Needed: for the record, and for the agency’s people.
lifecycle-resume-title = Resume
lifecycle-resume-help = Its pages open again, and what waited is sent. The time of the suspension counts for nothing.
lifecycle-resume-submit = Resume this agency
lifecycle-nothing-to-do = It can be suspended once it is live.
lifecycle-problem-reasonless = Give a reason. Nothing has been changed.
lifecycle-problem-reason-too-long = Use at most 500 characters for the reason. Nothing has been changed.
lifecycle-problem-lead = This is the lead agency, without which nobody governs. Transfer the lead role first.
lifecycle-problem-state = This can’t be done in the agency’s present state, which may have changed meanwhile.
admin-suspended-title = This agency is suspended
admin-suspended-text = The lead agency closed it on { $since } (UTC). Nobody can post, nothing is sent, and nothing of yours is lost: what others send is kept, and everything goes on when it is resumed. You can read these pages.
