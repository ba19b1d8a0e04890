# Berichten en gesprekken.
post-by = Bericht van { $name }
post-boosted-by = Gedeeld door { $name }
post-replies = { $count ->
    [one] { $count } reactie
   *[other] { $count } reacties
}
post-boosts = { $count } keer gedeeld
post-favourites = { $count ->
    [one] { $count } favoriet
   *[other] { $count } favorieten
}
post-edited = Bewerkt op { $at }
post-image-undescribed = Afbeelding zonder beschrijving
post-file-undescribed = Bijgevoegd bestand

thread-title = { $name }: ‘{ $text }’
thread-heading = Bericht van { $name }
thread-replies = { $count ->
    [0] Reacties
    [one] { $count } reactie
   *[other] { $count } reacties
}
thread-no-replies = Nog geen openbare reacties.
thread-how-to-reply = Wilt u reageren? Open het adres van deze pagina in het zoekveld van uw eigen fediverse-app.
