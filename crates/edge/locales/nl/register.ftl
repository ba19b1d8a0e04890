# Het openbare register op het gedeelde domein.
register-title = Register van organisaties
register-lead = De overheidsorganisaties die op de fediverse spreken op { $domain }, en de accounts waarmee ze dat doen.
register-search-label = Zoek op naam of accountadres
register-search = Zoeken
register-agencies = Organisaties
register-found = Resultaten voor ‘{ $query }’
register-count-agencies = { $count ->
    [one] { $count } organisatie
   *[other] { $count } organisaties
}
register-count-accounts = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
register-lead-agency = Leidende organisatie
register-nothing-found = Geen organisatie of account past bij ‘{ $query }’. Een account dat niet in dit register staat, spreekt hier niet namens een organisatie.
register-show-all = Toon het hele register
register-empty = Er is nog geen organisatie openbaar.
register-check-title = Is dit account echt?
register-check-text = Een account is echt als het hier staat. Kijk naar het hele accountadres: het eindigt op { $domain } of op de host van een organisatie op deze pagina. Een nabootsing op een andere server kan dat niet.
register-machines = Voor machines:
