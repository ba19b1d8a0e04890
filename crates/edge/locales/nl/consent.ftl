# Een app vraagt om toegang.
consent-title = Mag ‘{ $app }’ uw account gebruiken?
consent-warning = Sta dit alleen toe als u deze app zojuist zelf hebt geopend en haar vertrouwt.
consent-website = Website, volgens de app
consent-destination = Daarna keert u terug naar
consent-destination-copy = de app zelf, met een code die u kopieert
consent-scopes = De app mag dan
consent-as = { $count ->
    [one] Namens
   *[other] Namens welk account?
}
consent-allow = Toestaan
consent-deny = Weigeren
consent-no-accounts = U hebt nog tot geen enkel account toegang. Vraag een beheerder van uw organisatie om toegang.
scope-read = Lezen wat dit account kan lezen.
scope-profile = De naam en afbeelding van dit account zien.
scope-write = Berichten plaatsen, bewerken en verwijderen als dit account.
scope-follow = Volgen en ontvolgen als dit account.
scope-govern = Namens u het platform beheren, voor zover uw rol dat toelaat.
scope-manage = Uw organisatie namens u beheren, voor zover u dat zelf mag.
scope-push = U meldingen sturen.
oob-title = Uw code
oob-text = Kopieer deze code en plak haar in ‘{ $app }’.
oob-once = De code werkt één keer, tien minuten lang. Geef haar aan niemand.
