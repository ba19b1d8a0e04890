# Signing in, and the fields that forms share.
sign-in-title = Sign in
sign-in-for-staff = For people who work at { $agency }.
sign-in-for-console = For people of the lead agency.
sign-in-button = Sign in
sign-in-no-registration = People are invited by their agency. Nobody can register here.
sign-in-problem-wrong = The e-mail address or the password is not right. Check both and try again.
sign-in-problem-too-many = There have been too many attempts. Wait a quarter of an hour and try again.
field-email = E-mail address
field-password = Password
field-name = Your name
field-new-password = New password
field-password-again = The same password again
field-invitation-code = Code from the invitation
