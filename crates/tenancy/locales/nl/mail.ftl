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
