# Pages for staff.
console-title = Console
console-lead = Every agency at { $domain }, and where it stands. Content stays with the agencies: this page can’t show it.
console-agencies = { $count ->
    [one] { $count } agency
   *[other] { $count } agencies
}
console-name = Name
console-host = Host
console-state = State
console-phase = Phase
console-empty = There are no agencies yet.
console-admit-title = Admit an agency
console-admit-text = Agencies are admitted by a command for now. It makes the namespace, the organisation’s account and an invitation for the owner:
state-provisioning = Being set up
state-live = Live
state-suspended = Suspended
state-deleted = Deleted
phase-pilot = Pilot
phase-invited = By invitation
phase-public = Public

admin-title = Overview
admin-lead = The accounts of { $agency }, and what you may do here.
admin-you = You
admin-accounts = Accounts
admin-no-accounts = There are no accounts yet.
admin-apps = To post, sign in to any Mastodon app with the server address { $host }.
admin-to-staff = People of this agency
admin-back = Back to the overview
admin-staff-lead = Who works at { $agency }, and who has been invited.
admin-staff = People
admin-no-staff = Nobody has accepted an invitation yet.
admin-name = Name
admin-role = Role
admin-this-is-you = you
admin-disabled = disabled
admin-invitations = Open invitations
admin-no-invitations = There are no open invitations.
admin-expires = Expires
admin-how-to-invite = People are invited by a command for now:
role-lead = Lead agency
role-owner = Owner
role-admin = Administrator
role-editor = Editor
role-author = Author
role-moderator = Moderator
role-records = Records officer
