# Wat anderen met een organisatie deden, bovenaan haar overzicht. Eén tekst per handeling: `notice-<noun>-<verb>`.
notices-title = Wat u moet weten
notice-dismiss = Gezien
notice-reason = Reden: { $reason }
notice-by-lead = de leidende organisatie
notice-by-operator = de beheerder van het platform
notice-by-platform = het platform zelf
notice-tenant-phase = { $what ->
    [pilot] Uw naamruimte is nu een proef: zij spreekt met niemand buiten, of alleen met opgegeven servers.
    [invited] Uw naamruimte spreekt nu met elke server en staat niet in het register.
   *[public] Uw naamruimte spreekt nu met elke server en staat in het openbare register.
}
notice-tenant-suspend = Uw naamruimte is opgeschort.
notice-tenant-resume = Uw naamruimte is weer open.
notice-tenant-peer_add = Zolang uw naamruimte een proef is, mag zij spreken met { $what }.
notice-tenant-peer_remove = Zolang uw naamruimte een proef is, mag zij niet meer spreken met { $what }.
notice-tenant-urgent = { $what ->
    [true] Uw naamruimte mag nu dringende berichten sturen.
   *[other] Uw naamruimte mag geen dringende berichten meer sturen.
}
notice-tenant-wipe_on = { $what ->
    [null] Uw naamruimte is geen zandbak meer: zij blijft.
   *[other] Uw naamruimte is een zandbak: alles daarin moet worden gewist op { $what }.
}
sandbox-wiped-on = Dit is een zandbak: alles hierin moet worden gewist op { $date }.
notice-lead-transfer = De leidende rol is overgedragen aan een andere organisatie.
notice-tenant-break-glass = De leidende organisatie heeft een nieuwe eigenaar uitgenodigd, nadat twee van haar mensen het eens waren.
notice-tenant-rename = Uw organisatie heet nu { $what }.
notice-tenant-delete = Uw naamruimte wordt verwijderd op { $what }, tenzij de leidende organisatie haar behoudt.
notice-tenant-keep = Uw naamruimte wordt toch niet verwijderd.
