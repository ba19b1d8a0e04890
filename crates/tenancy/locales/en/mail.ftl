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
