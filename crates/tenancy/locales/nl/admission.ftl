# Brieven over een aanvraag om toelating, en de overeenkomst die erop volgt.
mail-request-subject = { $body }: uw aanvraag { $number }
mail-request-body =
    Goedendag,

    Uw aanvraag voor een plek voor { $body } op { $host } is aangekomen. Het nummer is { $number }.

    Open deze pagina en typ het nummer en de code om te zien hoe het ermee staat, vragen te beantwoorden en te bewijzen dat uw domein van u is:

    { $url }

    Code: { $code }

    Houd de code voor uzelf. Heeft u geen aanvraag gestuurd, laat deze brief dan liggen.

mail-request-asked-subject = { $body }: een vraag over uw aanvraag { $number }
mail-request-asked-body =
    Goedendag,

    Over uw aanvraag { $number } voor { $body } is er een vraag:

    { $text }

    Beantwoord die op deze pagina, met het nummer en de code uit onze eerste brief:

    { $url }

mail-request-refused-subject = { $body }: uw aanvraag { $number } is afgewezen
mail-request-refused-body =
    Goedendag,

    Uw aanvraag { $number } voor { $body } is afgewezen, om deze reden:

    { $text }

mail-request-approved-subject = { $body }: uw aanvraag { $number } is goedgekeurd
mail-request-approved-body =
    Goedendag,

    Uw aanvraag { $number } voor { $body } is goedgekeurd. De plek is er: { $address }

    De uitnodiging om eigenaar te worden is naar { $owner } gestuurd.

# De overeenkomst waarmee een organisatie wordt toegelaten. Mensen passen haar aan voor ze tekenen.
agreement =
    Overeenkomst over het gebruik van { $host }

    Tussen { $lead } (de leidende organisatie) en { $body } (de organisatie), die het domein { $domain } beheert.

    1. De leidende organisatie geeft de organisatie de naamruimte { $host } voor dit doel: { $purpose }

    2. De organisatie bepaalt wat zij daar zegt en staat ervoor in. De leidende organisatie leest er niets van.

    3. De organisatie houdt zich aan de regels die voor alle organisaties gelden, en mag daar eigen, strengere regels aan toevoegen.

    4. De organisatie wijst mensen aan die voor de naamruimte instaan, en meldt het als dat anderen worden. Zij is zo te bereiken: { $contact }

    5. De leidende organisatie mag de naamruimte opschorten bij misbruik, en zegt waarom. Daarbij gaat niets verloren.

    6. De organisatie mag op elk moment vertrekken en neemt alles mee: berichten, volgers en archief. De naam gaat daarna naar geen andere organisatie.

    7. Beiden bekijken deze overeenkomst opnieuw op de dag van herziening.
