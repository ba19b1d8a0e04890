# Een uitnodiging aannemen.
invitation-title = Neem uw uitnodiging aan
invitation-text = U bent uitgenodigd om te werken bij { $agency }. Kies een wachtwoord om te beginnen.
invitation-email-hint = Het adres waarvoor de uitnodiging was.
invitation-name-hint = Zichtbaar voor uw collega’s, niet voor het publiek.
invitation-password-hint = Minstens { $least } tekens. Een paar woorden achter elkaar zijn makkelijk te onthouden en moeilijk te raden.
invitation-button = Aannemen
invitation-problem-code = Deze code en dit e-mailadres horen niet bij een openstaande uitnodiging. Controleer beide; een uitnodiging werkt één keer en verloopt. Vraag zo nodig een nieuwe.
invitation-problem-password-short = Kies een wachtwoord van minstens { $least } tekens.
invitation-problem-passwords-differ = De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw.
invitation-problem-password-long = Dat wachtwoord is te lang. Kies er een van hoogstens 256 tekens.
invitation-problem-no-place = Alle plaatsen voor medewerkers van deze organisatie zijn bezet. Vraag wie u uitnodigde er een vrij te maken; deze uitnodiging blijft open tot zij verloopt.
invitation-done-title = Welkom
invitation-done-text = U kunt inloggen bij { $agency }. Uw adres is { $email }.
