# Wie deed wat: in de console en bij een organisatie.
console-nav-audit = Logboek
audit-title = Logboek
audit-lead = Wat de leidende organisatie en de beheerder deden, en hoe organisaties zichzelf besturen. Wat zij zeggen staat er niet in. Geen handeling kan ongemerkt worden gewijzigd of weggehaald.
audit-agency-lead = Wat mensen bij { $agency } deden, en wat de leidende organisatie en de beheerder daaraan deden. Geen handeling kan ongemerkt worden gewijzigd of weggehaald.
audit-acts = Handelingen, de nieuwste eerst
audit-text = Wie, waarmee of waarom
audit-action = Handeling
audit-agency = Organisatie (korte naam)
audit-since = Vanaf
audit-until = Tot en met
audit-at = Wanneer
audit-who = Wie
audit-detail = Bijzonderheden
audit-csv = Downloaden als CSV
audit-older = Oudere handelingen
audit-nothing-found = Geen handeling voldoet aan deze zoekopdracht.
audit-show-all = Toon alle handelingen
audit-empty = Er is nog niets gedaan.
audit-origin-staff = Medewerkers
audit-origin-client = Een programma
audit-origin-command = Een commando
audit-origin-platform = Het platform
audit-origin-lead = De leidende organisatie
audit-check = Controleer of het logboek volledig is
audit-back = Terug naar de handelingen
audit-sound = { $count ->
    [0] Er is nog niets te controleren.
    [one] Het logboek van { $count } handeling is volledig: er staat wat is opgeschreven.
   *[other] Het logboek van { $count } handelingen is volledig: elke is wat is opgeschreven, en er ontbreekt geen.
}
audit-broken = Het logboek klopt niet vanaf handeling { $seq }: iemand die de database beheert heeft het gewijzigd of er handelingen uit gehaald. Waarschuw uw beveiligingsfunctionaris en bewaar een kopie van de database.
audit-head-title = Hash van de nieuwste handeling
audit-head-help = Bewaar deze waar niemand die de database beheert kan schrijven, bijvoorbeeld op papier. Een latere controle ermee laat zien of alles tot nu toe nog is zoals het was.
