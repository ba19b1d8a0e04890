# Hoe ver een bericht is gekomen, voor de mensen van de organisatie.
delivery-title = Bezorging
delivery-only-you = Alleen wie bij { $agency } is aangemeld, ziet dit.
delivery-refresh = Vernieuwen
delivery-begins = Het gaat zo weg.
delivery-nobody = Geen andere server hoefde het te weten.
delivery-forgotten = Het is al dagen geleden verstuurd. Hoe ver het kwam, wordt niet meer bijgehouden.
delivery-walking = Er komen nog servers bij.
delivery-summary = { $servers ->
    [one] { $taken } van { $servers } server heeft het
   *[other] { $taken } van { $servers } servers hebben het
}
delivery-count-taken = { $count ->
    [one] { $count } heeft het
   *[other] { $count } hebben het
}
delivery-count-under-way = { $count } onderweg
delivery-count-waiting = { $count ->
    [one] { $count } wacht
   *[other] { $count } wachten
}
delivery-count-refused = { $count } geweigerd
delivery-count-gone = { $count } verdwenen
delivery-count-withdrawn = { $count } ingetrokken voor het werd verstuurd
delivery-barred = { $count ->
    [one] · { $count } server krijgt het niet: de regels van het platform laten dat niet toe
   *[other] · { $count } servers krijgen het niet: de regels van het platform laten dat niet toe
}
delivery-hosts = Servers die het niet hebben
delivery-hosts-left-off = { $count ->
    [one] En nog { $count }.
   *[other] En nog { $count }.
}
delivery-waits = wacht
delivery-refused = geweigerd
delivery-next = Volgende poging: { $at }.
delivery-when-back = Het wordt verstuurd zodra de server terug is.
delivery-until-released = Het wacht tot de beheerder van het platform het vrijgeeft.
delivery-ended = Sinds { $at }.
delivery-attempts = { $count ->
    [one] { $count } poging.
   *[other] { $count } pogingen.
}
delivery-end-given-up = Na een week opgegeven.
delivery-end-dropped = Opgegeven door de beheerder van het platform.
delivery-reason-forbidden = De server neemt dit van hier niet aan (antwoord { $status }).
delivery-reason-missing = Het account of zijn postvak is er niet meer (de server antwoordde { $status }).
delivery-reason-busy = De server vraagt om een pauze (antwoord { $status }).
delivery-reason-broken = De server heeft zelf problemen (antwoord { $status }).
delivery-reason-answered = De server antwoordde { $status }.
delivery-reason-slow = De server deed te lang over een antwoord.
delivery-reason-unreachable = De server is niet bereikbaar.
delivery-reason-broke-off = De verbinding werd verbroken.
delivery-reason-no-name = De naam van de server is onbekend op internet.
delivery-reason-down = De server is al een tijd weg.
delivery-reason-earlier = Een eerder bericht uit hetzelfde gesprek moet daar eerst aankomen.
delivery-reason-barred = De regels van het platform, of de fase van uw organisatie, laten niet toe dat daarheen wordt gestuurd.
delivery-reason-held = De beheerder van het platform houdt het vast.
delivery-reason-released = De beheerder van het platform heeft het vrijgegeven; het gaat zo weg.
delivery-reason-other = De reden: { $words }.

deliveries-title = Bezorging
deliveries-lead = Berichten van { $agency } van de laatste zeven dagen die niet elke server heeft.
deliveries-posts = Berichten
deliveries-empty = Alles van de laatste zeven dagen is overal aangekomen.
deliveries-more = Alleen de nieuwste staan hier.
deliveries-untitled = Een bericht zonder tekst
deliveries-boost = Een boost
deliveries-private = Een bericht dat niet openbaar is
deliveries-tile = Bezorging, laatste zeven dagen
deliveries-tile-all = Alles is aangekomen
deliveries-tile-counts = { $waiting } wachten, { $refused } geweigerd
