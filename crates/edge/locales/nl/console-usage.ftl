# Wat organisaties gebruiken, hun ruimte, en grafieken daarvan.
console-nav-usage = Gebruik
agency-tab-usage = Gebruik
measure-accounts = Accounts
measure-staff = Medewerkers
measure-media_bytes = Opgeslagen media
measure-posts = Berichten
measure-deliveries = Bezorgingen

month-name = { $month } { $year }
chart-number = { $count }
chart-desc = Eén cijfer per dag. Het hoogste is { $most }, het laatste { $latest }. De tabel hieronder noemt ze alle.
chart-limit = De grens is { $limit }.
chart-table = Als tabel
chart-day = Dag

usage-title = Gebruik
usage-lead = Wat elke organisatie in een maand gebruikte, om door te berekenen. Hier staan alleen cijfers, nooit wat zij tellen.
usage-month = Maand
usage-search-label = Naam of korte naam
usage-show = Tonen
usage-plots = Alle organisaties samen, per dag
usage-total = Totaal
usage-limit-short = van { $limit }
usage-empty = Er is nog niets te tonen: de cijfers beginnen bij de eerste organisatie.
usage-explained = Dagen zijn UTC-dagen. Berichten zijn berichten en boosts, ook verwijderde. Een bezorging is één exemplaar aan één inbox, hoe vaak het ook wordt geprobeerd. Van accounts, medewerkers en media telt per maand het hoogste aantal aan het einde van een dag.
usage-csv = Deze maand downloaden als CSV
usage-csv-help = Eén regel per organisatie, met datums als 2026-11-30 en media in bytes.
usage-level-near = Bijna vol
usage-level-used-up = Op
usage-of = { $used } van { $limit }
usage-no-limit = { $used }, geen grens
usage-now = Nu en vandaag
usage-days = { $count ->
    [one] De afgelopen dag
   *[other] De afgelopen { $count } dagen
}
usage-days-label = Periode

quota-title = Ruimte
quota-help = Een wijziging geldt meteen. Wat buiten een kleinere ruimte valt blijft; er komt niets bij.
quota-which = Welke ruimte
quota-platform = De ruimte van het platform
quota-platform-help = Verandert daarmee mee.
quota-own = Eigen ruimte
quota-own-help = Wat u hieronder invult.
quota-default-title = De ruimte van het platform
quota-default-help = Geldt meteen voor elke organisatie zonder eigen ruimte. Wat buiten een kleinere ruimte valt blijft; er komt niets bij.
quota-empty = Laat een veld leeg voor geen grens.
quota-field-accounts = Accounts
quota-field-staff = Medewerkers
quota-field-media_bytes = Opgeslagen media, in MB
quota-field-posts = Berichten per dag
quota-field-deliveries = Bezorgingen per dag
quota-wrong-accounts = Typ een geheel getal van minstens 1, of niets.
quota-wrong-staff = Typ een geheel getal van minstens 1, of niets.
quota-wrong-media_bytes = Typ een aantal megabytes, zoals 500 of 0,5, of niets.
quota-wrong-posts = Typ een geheel getal, of niets.
quota-wrong-deliveries = Typ een geheel getal, of niets.
quota-problem = De ruimte is niet gewijzigd: enkele velden hieronder zijn niet te lezen.
quota-none = geen grens
quota-submit = Ruimte opslaan
quota-saved = De ruimte is opgeslagen en geldt vanaf nu.

own-usage-title = Gebruik
own-usage-lead = Wat { $agency } gebruikt, en hoeveel er mag. De leidende organisatie ziet dezelfde cijfers; zij kan u meer geven.
own-usage-warning-near = Uw organisatie nadert een grens: { $measure }, { $used } van { $limit }.
own-usage-warning-used-up = Uw organisatie heeft een grens bereikt: { $measure }, { $used } van { $limit }. Er komt niets meer bij tot er ruimte is, of tot de leidende organisatie u meer geeft.
own-usage-link = Bekijk wat uw organisatie gebruikt

# Hoe het platform ervoor staat.
console-nav-hosts = Afwezige servers
console-first = Tot nu toe is er alleen uw eigen organisatie. Maak de eerste naamruimte: de mensen daar worden meteen uitgenodigd.
standing-title = Hoe het ervoor staat
standing-open = Onderweg naar buiten
standing-posts = { $count ->
    [one] { $count } activiteit
   *[other] { $count } activiteiten
}
standing-waiting = Wacht op een nieuwe poging
standing-deliveries = { $count ->
    [one] { $count } bezorging
   *[other] { $count } bezorgingen
}
standing-since = De oudste sinds { $at }.
standing-hosts = Afwezige servers
standing-hosts-count = { $count ->
    [one] { $count } server
   *[other] { $count } servers
}
standing-gone = Nog { $count } zo lang afwezig dat er niets voor wordt bewaard.
standing-worst = Bij { $host } wacht het meest: { $count }.
standing-today = Vandaag (UTC)
standing-today-counts = Berichten: { $posts }. Bezorgingen: { $deliveries }.
hosts-title = Afwezige servers
hosts-lead = Andere servers die niet antwoorden. Wat daarheen gaat wacht, en vertrekt zodra zij terug zijn; niemand hoeft iets te doen.
hosts-host = Server
hosts-since = Sinds
hosts-waiting = Wachtende bezorgingen
hosts-probe = Teken van leven
hosts-probed = { $count ->
    [0] Nog niet gevraagd.
    [one] Eén keer gevraagd.
   *[other] { $count } keer gevraagd.
}
hosts-next = Opnieuw gevraagd om { $at }.
hosts-state-down = Afwezig
hosts-state-gone = Lang afwezig; er wordt niets voor bewaard
hosts-more = Er zijn er meer; getoond worden die waar het meest wacht.
hosts-none = Elke bekende server antwoordt.
