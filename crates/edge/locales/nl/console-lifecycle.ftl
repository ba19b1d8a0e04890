# Een naamruimte sluiten, hernoemen en verwijderen.
agency-tab-lifecycle = Levensloop
lifecycle-suspended-since = Opgeschort sinds { $since } (UTC).
lifecycle-suspend-title = Opschorten
lifecycle-suspend-help = De pagina’s zeggen dat zij gesloten is, haar mensen kunnen niets plaatsen en er wordt niets verstuurd. Wat anderen sturen wordt bewaard, volgers blijven, en alles gaat verder zodra u hervat. Haar mensen kunnen inloggen en lezen waarom.
lifecycle-suspend-submit = Deze organisatie opschorten
lifecycle-reason-required = Verplicht: voor het dossier en voor de mensen van de organisatie.
lifecycle-resume-title = Hervatten
lifecycle-resume-help = De pagina’s gaan weer open en wat wachtte wordt verstuurd. De tijd van de opschorting telt niet mee.
lifecycle-resume-submit = Deze organisatie hervatten
lifecycle-nothing-to-do = Zij kan worden opgeschort zodra zij actief is.
lifecycle-problem-reasonless = Geef een reden op. Er is niets gewijzigd.
lifecycle-problem-reason-too-long = Gebruik ten hoogste 500 tekens voor de reden. Er is niets gewijzigd.
lifecycle-problem-lead = Dit is de leidende organisatie; zonder haar bestuurt niemand. Draag eerst de leidende rol over.
lifecycle-problem-state = Dit kan niet in de huidige toestand van de organisatie, die intussen gewijzigd kan zijn.
admin-suspended-title = Deze organisatie is opgeschort
admin-suspended-text = De leidende organisatie heeft haar gesloten op { $since } (UTC). Niemand kan iets plaatsen, er wordt niets verstuurd en er gaat niets verloren: wat anderen sturen wordt bewaard, en alles gaat verder zodra zij wordt hervat. U kunt deze pagina’s lezen.
