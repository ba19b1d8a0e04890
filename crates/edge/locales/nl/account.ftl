# Accounts en hun pagina's.
account-official = Officieel account
kind-organisation = Organisatie
kind-role = Ambt
kind-team = Team
kind-person = Medewerker
kind-explained-organisation = De organisatie zelf
kind-explained-role = Wie dit ambt bekleedt
kind-explained-team = Een team, namens de organisatie
kind-explained-person = Een medewerker, persoonlijk

profile-posts = { $count ->
    [one] { $count } bericht
   *[other] { $count } berichten
}
profile-followers = { $count ->
    [one] { $count } volger
   *[other] { $count } volgers
}
profile-following = volgt { $count }
profile-latest = Berichten
profile-feed = RSS-feed
profile-feed-title = Berichten van { $name }
profile-no-posts = { $name } heeft nog niets geplaatst.
profile-about = Over dit account
profile-follow-title = Volg dit account
profile-follow-how = Kopieer dit adres naar het zoekveld van uw eigen Mastodon- of andere fediverse-app en kies ‘Volgen’.
profile-follow-any = U kunt vanaf elke server volgen. U hebt hier geen account nodig en deze pagina plaatst geen cookies.
profile-official-title = Officieel account
profile-official-text = { $handle } is aan { $agency } toegekend door de instantie die het gedeelde domein beheert. Niemand anders kan het hebben.
profile-official-check = Controleer het in het register
profile-agency = Organisatie
profile-also = Ook bekend als
profile-speaks = Wie hier spreekt
profile-since = Hier sinds
profile-field-verified = gecontroleerd op { $day }
