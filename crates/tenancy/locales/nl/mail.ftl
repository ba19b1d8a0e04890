# Brieven: `<key>-subject` en `<key>-body`, platte tekst.
mail-foot = Deze brief is geschreven door { $host }. Antwoorden worden niet gelezen.

mail-invitation-subject = Uw uitnodiging voor { $agency }
mail-invitation-body =
    Goedendag,

    { $by } nodigt u uit om bij { $agency } te werken op { $host }, in de rol “{ $role }”.

    Open deze pagina om de uitnodiging aan te nemen, en typ daar de code en dit e-mailadres:

    { $url }

    Code: { $code }

    De code werkt één keer, tot { $until } (UTC). Verwachtte u deze brief niet, laat hem dan liggen: zonder de code gebeurt er niets.

mail-break-glass-subject = Een nieuwe eigenaar is uitgenodigd bij { $agency }
mail-break-glass-body =
    Goedendag,

    De leidende organisatie heeft { $email } uitgenodigd als eigenaar van { $agency } op { $host }. { $proposed } stelde het voor en { $confirmed } bevestigde het.

    De reden die zij gaven:

    { $reason }

    Niemand van de leidende organisatie kan lezen wat uw organisatie schrijft, en dit geeft niemand van hen toegang. Denkt u dat dit niet klopt, neem dan contact op met de leidende organisatie langs een weg die u kent.

mail-factor-added-subject = Een app beschermt nu uw aanmelding bij { $agency }
mail-factor-added-body =
    Goedendag,

    Op { $at } (UTC) is voor { $email } bij { $agency } een app met codes ingesteld. Vanaf nu vraagt aanmelden om een code daarvan.

    Was u dat niet, dan is iemand anders onder uw naam aangemeld. Wijzig uw wachtwoord, beëindig alle andere sessies en meld het bij een eigenaar van uw organisatie.

mail-factor-removed-subject = Uw aanmelding bij { $agency } vraagt niet meer om een code
mail-factor-removed-body =
    Goedendag,

    Op { $at } (UTC) zijn de app met codes en de herstelcodes van { $email } bij { $agency } verwijderd.

    Was u dat niet, dan is iemand anders onder uw naam aangemeld. Wijzig uw wachtwoord, beëindig alle andere sessies en meld het bij een eigenaar van uw organisatie.

mail-factor-reset-subject = Uw tweede factor bij { $agency } is verwijderd
mail-factor-reset-body =
    Goedendag,

    Op { $at } (UTC) heeft { $by } de app met codes en de herstelcodes van { $email } bij { $agency } verwijderd. U bent overal afgemeld. Meld u aan met uw wachtwoord en stel opnieuw een app in.

    Hebt u hier niet om gevraagd, meld het dan bij een eigenaar van uw organisatie.

mail-recovery-renewed-subject = Nieuwe herstelcodes voor uw aanmelding bij { $agency }
mail-recovery-renewed-body =
    Goedendag,

    Op { $at } (UTC) zijn voor { $email } bij { $agency } nieuwe herstelcodes gemaakt. De oude werken niet meer.

    Was u dat niet, dan is iemand anders onder uw naam aangemeld. Wijzig uw wachtwoord, beëindig alle andere sessies en meld het bij een eigenaar van uw organisatie.

mail-recovery-used-subject = Er is een herstelcode gebruikt bij { $agency }
mail-recovery-used-body =
    Goedendag,

    Op { $at } (UTC) heeft iemand zich met een herstelcode aangemeld als { $email } bij { $agency }. U hebt er nog { $left }.

    Was u dat niet, wijzig dan uw wachtwoord, maak nieuwe herstelcodes, beëindig alle andere sessies en meld het bij een eigenaar van uw organisatie.

mail-password-changed-subject = Uw wachtwoord bij { $agency } is gewijzigd
mail-password-changed-body =
    Goedendag,

    Op { $at } (UTC) is het wachtwoord van { $email } bij { $agency } gewijzigd en zijn andere sessies beëindigd.

    Was u dat niet, meld het dan meteen bij een eigenaar van uw organisatie.

mail-new-sign-in-subject = Een aanmelding bij { $agency } vanaf een nieuwe plek
mail-new-sign-in-body =
    Goedendag,

    Op { $at } (UTC) heeft iemand zich aangemeld als { $email } bij { $agency } vanaf een netwerk dat u niet eerder gebruikte.

    Adres: { $address }
    Browser: { $agent }

    Was u dat, dan hoeft u niets te doen. Zo niet, wijzig dan uw wachtwoord, beëindig alle andere sessies en meld het bij een eigenaar van uw organisatie.
