# Names of the policies, and what stands between their parts.
policy-title-rules = Huisregels
policy-title-social-media = Socialemediabeleid
policy-title-moderation = Moderatiebeleid
policy-title-privacy = Privacybeleid
policy-title-accessibility = Toegankelijkheid
policy-title-transparency = Transparantie
policy-title-imprint = Colofon
policy-title-closure-notice = Bericht van sluiting
policy-title-participation-agreement = Deelnameovereenkomst
policy-additions = Aanvullingen van { $agency }
policy-elsewhere = Meer over ons:
