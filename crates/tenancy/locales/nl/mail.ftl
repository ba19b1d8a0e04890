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
