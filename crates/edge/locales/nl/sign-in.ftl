# Inloggen, en de velden die formulieren delen.
sign-in-title = Inloggen
sign-in-for-staff = Voor mensen die bij { $agency } werken.
sign-in-for-console = Voor mensen van de leidende organisatie.
sign-in-button = Inloggen
sign-in-no-registration = Medewerkers worden uitgenodigd door hun organisatie. Niemand kan zich hier registreren.
sign-in-problem-wrong = Het e-mailadres of het wachtwoord klopt niet. Controleer beide en probeer het opnieuw.
sign-in-problem-too-many = Er zijn te veel pogingen gedaan. Wacht een kwartier en probeer het opnieuw.
field-email = E-mailadres
field-password = Wachtwoord
field-name = Uw naam
field-new-password = Nieuw wachtwoord
field-password-again = Hetzelfde wachtwoord nog eens
field-invitation-code = Code uit de uitnodiging
