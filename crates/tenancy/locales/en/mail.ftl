# Letters: `<key>-subject` and `<key>-body`, plain text.
mail-foot = This letter was written by { $host }. Nobody reads answers to it.

mail-invitation-subject = Your invitation to { $agency }
mail-invitation-body =
    Good day,

    { $by } invites you to work at { $agency } on { $host }, in the role “{ $role }”.

    To accept, open this page and type the code there, together with this e-mail address:

    { $url }

    Code: { $code }

    The code works once, until { $until } (UTC). If you did not expect this letter, leave it be: without the code nothing happens.

mail-break-glass-subject = A new owner was invited to { $agency }
mail-break-glass-body =
    Good day,

    The lead agency has invited { $email } as an owner of { $agency } on { $host }. { $proposed } proposed it, and { $confirmed } confirmed it.

    The reason that they gave:

    { $reason }

    Nobody of the lead agency can read what your agency writes, and this gives nobody of them access. If you think that this is wrong, answer the lead agency by a way that you know.

mail-factor-added-subject = An app now protects your sign-in at { $agency }
mail-factor-added-body =
    Good day,

    On { $at } (UTC) an app that shows codes was set up for { $email } at { $agency }. From now on, signing in asks for a code of it.

    If that was not you, somebody else is signed in as you. Change your password, end all other sessions, and tell an owner of your agency.

mail-factor-removed-subject = Your sign-in at { $agency } no longer asks for a code
mail-factor-removed-body =
    Good day,

    On { $at } (UTC) the app that shows codes, and the recovery codes, were removed for { $email } at { $agency }.

    If that was not you, somebody else is signed in as you. Change your password, end all other sessions, and tell an owner of your agency.

mail-factor-reset-subject = Your second factor at { $agency } was reset
mail-factor-reset-body =
    Good day,

    On { $at } (UTC) { $by } removed the app that shows codes, and the recovery codes, of { $email } at { $agency }. You are signed out everywhere. Sign in with your password, and set an app up again.

    If you did not ask for this, tell an owner of your agency.

mail-recovery-renewed-subject = New recovery codes for your sign-in at { $agency }
mail-recovery-renewed-body =
    Good day,

    On { $at } (UTC) new recovery codes were made for { $email } at { $agency }. The old ones no longer work.

    If that was not you, somebody else is signed in as you. Change your password, end all other sessions, and tell an owner of your agency.

mail-recovery-used-subject = A recovery code was used at { $agency }
mail-recovery-used-body =
    Good day,

    On { $at } (UTC) somebody signed in as { $email } at { $agency } with a recovery code. You have { $left } left.

    If that was not you, change your password, make new recovery codes, end all other sessions, and tell an owner of your agency.

mail-password-changed-subject = Your password at { $agency } was changed
mail-password-changed-body =
    Good day,

    On { $at } (UTC) the password of { $email } at { $agency } was changed, and other sessions were ended.

    If that was not you, tell an owner of your agency at once.

mail-new-sign-in-subject = A sign-in at { $agency } from somewhere new
mail-new-sign-in-body =
    Good day,

    On { $at } (UTC) somebody signed in as { $email } at { $agency } from a network that you had not used before.

    Address: { $address }
    Browser: { $agent }

    If that was you, there is nothing to do. If not, change your password, end all other sessions, and tell an owner of your agency.
