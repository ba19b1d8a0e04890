# De voorpagina van een organisatie.
front-title = Officieel kanaal
front-official = Onderdeel van { $domain }
front-what = Hier spreken wij op de fediverse, het open netwerk van Mastodon en vele andere. Iedereen kan hier zonder account meelezen en ons vanaf elke server volgen.
front-about = Over deze organisatie
front-latest = Nieuwste berichten
front-no-posts = Hier is nog niets geplaatst.
front-accounts = Onze accounts
front-no-accounts = Er zijn nog geen accounts.
front-rules = Onze regels
front-rules-for = Wat wij vragen van onszelf en van iedereen die op ons reageert.
front-no-rules = Er zijn nog geen regels vastgelegd.
front-contact = Contact
front-no-contact = Er is nog geen contactadres opgegeven.
front-staff-sign-in = Inloggen voor medewerkers
