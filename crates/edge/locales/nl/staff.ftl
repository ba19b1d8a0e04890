# Pagina's voor medewerkers.
console-title = Console
console-lead = Alle organisaties op { $domain } en hun stand van zaken. De inhoud blijft bij de organisaties: deze pagina kan die niet tonen.
console-agencies = { $count ->
    [one] { $count } organisatie
   *[other] { $count } organisaties
}
console-name = Naam
console-host = Host
console-state = Status
console-phase = Fase
console-empty = Er zijn nog geen organisaties.
console-admit-title = Een organisatie toelaten
console-admit-text = Organisaties worden voorlopig met een commando toegelaten. Het maakt de naamruimte, het account van de organisatie en een uitnodiging voor de eigenaar:
state-provisioning = Wordt ingericht
state-live = Actief
state-suspended = Opgeschort
state-deleted = Verwijderd
phase-pilot = Proef
phase-invited = Op uitnodiging
phase-public = Openbaar

admin-title = Overzicht
admin-lead = De accounts van { $agency }, en wat u hier mag.
admin-you = U
admin-accounts = Accounts
admin-no-accounts = Er zijn nog geen accounts.
admin-apps = Om te plaatsen logt u in een Mastodon-app in met het serveradres { $host }.
admin-to-staff = Mensen van deze organisatie
admin-back = Terug naar het overzicht
admin-staff-lead = Wie bij { $agency } werkt en wie is uitgenodigd.
admin-staff = Mensen
admin-no-staff = Nog niemand heeft een uitnodiging aangenomen.
admin-name = Naam
admin-role = Rol
admin-this-is-you = dit bent u
admin-disabled = uitgeschakeld
admin-invitations = Openstaande uitnodigingen
admin-no-invitations = Er zijn geen openstaande uitnodigingen.
admin-expires = Verloopt
admin-how-to-invite = Mensen worden voorlopig met een commando uitgenodigd:
role-lead = Leidende organisatie
role-owner = Eigenaar
role-admin = Beheerder
role-editor = Redacteur
role-author = Auteur
role-moderator = Moderator
role-records = Archiefbeheerder
