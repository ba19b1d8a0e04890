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

register-any-type = Alle
register-nothing-of-type = Geen organisatie van deze soort staat in het register.
register-feed = Nieuwe organisaties en accounts op { $domain } (RSS)
check-label = De hele naam van het account
check-hint = Zoals @naam@host.example, of het adres van het profiel.
check-button = Nakijken
check-malformed = Dit is geen accountnaam. Neem haar helemaal over, zoals @naam@host.example.
check-official = Ja. { $handle } is een officieel account van { $agency }.
check-listed = { $handle } hoort bij { $agency }, die in het register staat. Het heeft geen officiële naam.
check-proof = Het bewijs, voor mensen en machines
check-unknown = Nee. { $handle } staat niet in het register van { $domain } en spreekt hier voor geen organisatie.
check-resembles = Bedoelde u een van deze?
check-resembles-none = Geen account hier lijkt erop.
entry-text = { $handle } is aan { $agency } gegeven door de autoriteit die het gedeelde domein beheert. Niemand anders kan deze naam hebben.
entry-profile = Profiel
entry-since = Officieel sinds
entry-machines = Bewijs voor machines
follow-from = Volg { $name } vanaf uw server
follow-title = { $name } volgen
follow-label = Uw eigen accountnaam
follow-hint = Zoals @ik@thuis.example. Wij vragen uw server waar u kunt volgen, sturen u daarheen en bewaren niets.
follow-button = Naar mijn server
follow-else-title = Of zoek ernaar
follow-problem-malformed = Dit is geen accountnaam. Typ haar helemaal, met de naam van uw server: @ik@thuis.example.
follow-problem-ours = Deze naam is op dit platform. Medewerkers volgen met hun eigen app: neem het adres hieronder over.
follow-problem-unknown-account = Uw server kent geen account met deze naam. Kijk haar na.
follow-problem-unreachable = Uw server is van hier niet bereikbaar. Zet het adres hieronder in het zoekveld daar.
follow-problem-no-page = Uw server heeft geen pagina om te volgen waarheen wij u kunnen sturen. Zet het adres hieronder in het zoekveld daar.
follow-problem-too-often = Er waren veel pogingen vanaf uw netwerk. Wacht vijf minuten, of neem het adres hieronder over.
