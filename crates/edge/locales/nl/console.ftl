# De console van de leidende organisatie op het gedeelde domein.
console-nav-label = Console
console-nav-overview = Overzicht
console-nav-agencies = Organisaties
console-title = Console
console-lead = Alle organisaties op { $domain } en hun stand van zaken. De inhoud blijft bij de organisaties: deze pagina’s kunnen die niet tonen.
console-agencies = { $count ->
    [one] { $count } organisatie
   *[other] { $count } organisaties
}
console-name = Naam
console-host = Host
console-state = Toestand
console-phase = Fase
console-empty = Er zijn nog geen organisaties.

agencies-title = Organisaties
agencies-search-label = Naam, korte naam of host
agencies-any = Alle
agencies-nothing-found = Geen organisatie voldoet aan deze zoekopdracht.
agencies-show-all = Toon alle organisaties
agencies-paging = Meer organisaties
agencies-previous = Vorige pagina
agencies-next = Volgende pagina

agency-tab-overview = Overzicht
agency-back = Alle organisaties
agency-phase-title = Hoe ver zij openstaat
agency-phase-help = Een wijziging geldt binnen enkele seconden overal, en de mensen van de organisatie krijgen bericht.
agency-phase-submit = Fase wijzigen
agency-reason = Reden
agency-reason-help = Voor het dossier; de organisatie ziet deze.
phase-help-pilot = Spreekt met niemand buiten, of met de servers die u opgeeft.
phase-help-invited = Spreekt met iedereen en staat niet in het register.
phase-help-public = Spreekt met iedereen en staat in het register.
