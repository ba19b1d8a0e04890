# Veel organisaties uit één lijst.
bulk-title = Toelaten uit een lijst
bulk-lead = Upload een lijst als CSV. Er wordt niets gemaakt voordat u gezien hebt wat elke rij zou worden.
bulk-file = Lijst
bulk-file-help = CSV in UTF-8, hoogstens { $kilobytes } kB en { $rows } rijen. De eerste regel noemt de kolommen: slug, name, owner_email, en waar gewenst phase, language, body_type, host, official_handle.
bulk-check = Lijst nakijken
bulk-problem-none = Kies een bestand.
bulk-problem-too-large = De lijst is te groot: hoogstens { $kilobytes } kB. Splits haar.
bulk-problem-too-many = De lijst heeft meer dan { $rows } rijen. Splits haar.
bulk-problem-empty = De lijst heeft geen rijen onder de kolomnamen.
bulk-problem-not-utf8 = De lijst is geen UTF-8. Bewaar haar als CSV in UTF-8.
bulk-problem-missing = De kolom ‘{ $word }’ ontbreekt. De eerste regel noemt de kolommen: minstens slug, name en owner_email.
bulk-problem-unknown = De kolom ‘{ $word }’ is niet bekend.
bulk-problem-twice = De kolom ‘{ $word }’ staat er twee keer.
bulk-problem-broken = Regel { $word } is niet zo lang als de regel met kolomnamen, of daar staat een aanhalingsteken open.
bulk-earlier = Lijsten tot nu toe
bulk-none = Er is nog geen lijst geüpload.
bulk-state-checked = Nagekeken
bulk-state-running = Bezig
bulk-state-done = Klaar
bulk-rows = { $count ->
    [one] { $count } rij
   *[other] { $count } rijen
}
bulk-when = Geüpload
bulk-state = Stand
bulk-run = Organisaties maken
bulk-run-help = Elke krijgt haar naamruimte, haar account en een uitnodiging voor de eigenaar. Het werk gaat door als u deze pagina verlaat, en na een onderbreking.
bulk-nothing-to-do = Er is niets te maken: elke rij bestaat of is geweigerd.
bulk-progress = { $done } van { $count } rijen zijn afgewerkt
bulk-refresh = Vernieuwen
bulk-codes = De codes van de uitnodigingen staan op geen pagina. Is er geen post ingericht, nodig de eigenaren dan uit op de pagina’s van hun organisaties of met het commando.
bulk-report = Verslag als CSV
bulk-back = Alle lijsten
bulk-line = Regel
bulk-outcome = Uitkomst
bulk-outcome-new = Nieuw
bulk-outcome-unfinished = Begonnen, te voltooien
bulk-outcome-same = Bestaat, en is gelijk
bulk-outcome-differs = Bestaat, en verschilt
bulk-outcome-refused = Geweigerd
bulk-outcome-created = Gemaakt
bulk-outcome-completed = Voltooid
bulk-outcome-failed = Mislukt
bulk-reason-twice = Een andere rij heeft dezelfde korte naam of host.
bulk-reason-differs = Verschilt in: { $detail }. Er wordt niets gewijzigd.
bulk-reason-internal = Er ging bij ons iets mis; het is vastgelegd. Upload de lijst opnieuw.
