# Accepting an invitation.
invitation-title = Accept your invitation
invitation-text = You have been invited to work at { $agency }. Choose a password to begin.
invitation-email-hint = The address that the invitation was for.
invitation-name-hint = Shown to your colleagues, not to the public.
invitation-password-hint = At least { $least } characters. A few words in a row are easy to remember and hard to guess.
invitation-button = Accept
invitation-problem-code = This code and e-mail address don’t belong to an open invitation. Check both; an invitation works once and expires. If need be, ask for a new one.
invitation-problem-password-short = Choose a password of at least { $least } characters.
invitation-problem-passwords-differ = The two passwords are not the same. Type them again.
invitation-problem-password-long = That password is too long. Choose one of at most 256 characters.
invitation-problem-no-place = All places for people of this agency are taken. Ask whoever invited you to free one; this invitation stays open until it expires.
invitation-done-title = Welcome
invitation-done-text = Your sign-in for { $agency } is ready. Your address is { $email }.
